"""Join clips into one: by copying where their encodings agree, by encoding where they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.media.ffmpeg import MP4, Ffmpeg, read_from, read_list

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.media.probe import ClipFacts

_LIST_HEADER = "ffconcat version 1.0\n"
_SAMPLE_RATE = 48_000
_FALLBACK_RATE = 24
_MOST_RATE = 60
_PICTURE = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-profile:v", "high", "-pix_fmt", "yuv420p")
_SOUND = ("-c:a", "aac", "-b:a", "192k")


def can_copy(clips: Sequence[ClipFacts]) -> bool:
    """Return whether clips may follow each other without encoding: every parameter of every track agrees."""
    keys = {(facts.container, _key(facts.video), _key(facts.audio)) for facts in clips}
    return len(keys) == 1 and all(facts.video is not None and not facts.video.rotation for facts in clips)


async def join_clips(ffmpeg: Ffmpeg, clips: Sequence[tuple[Path, ClipFacts]], destination: Path) -> int:
    """Write `clips`, two or more, one after the other; return the size in bytes. Raises `EncodingFailed`.

    A joined clip has the size and frame rate of the first. `destination` has to lie in a workspace of ours, since the
    list of names is written beside it.
    """
    if can_copy([facts for _, facts in clips]):
        return await _copy(ffmpeg, [path for path, _ in clips], destination)
    return await _encode(ffmpeg, clips, destination)


async def _copy(ffmpeg: Ffmpeg, clips: Sequence[Path], destination: Path) -> int:
    names = destination.with_name(f"{destination.name}.list")
    # FFmpeg looks for relative names beside the list, not where this process runs.
    lines = "".join(f"file '{_quoted(clip.absolute())}'\n" for clip in clips)
    try:
        names.write_text(_LIST_HEADER + lines, encoding="utf-8")
        arguments = [*read_list(names), "-map", "0:v:0", "-map", "0:a:0?", "-c", "copy"]
        return await ffmpeg.make(arguments, destination, MP4)
    finally:
        names.unlink(missing_ok=True)


async def _encode(ffmpeg: Ffmpeg, clips: Sequence[tuple[Path, ClipFacts]], destination: Path) -> int:
    first = clips[0][1]
    width, height = (side // 2 * 2 for side in (first.width, first.height))
    rate = _frame_rate(first)
    inputs = [argument for path, _ in clips for argument in read_from(path)]
    chains = []
    for index, (_, facts) in enumerate(clips):
        # Whole frames, or picture and sound drift apart by a fraction of a frame with every clip.
        seconds = max(1, round(facts.seconds * rate)) / rate
        chains.append(_picture_chain(index, width, height, rate, seconds))
        chains.append(_sound_chain(index, seconds, silent=facts.audio is None))
    ends = "".join(f"[v{index}][a{index}]" for index in range(len(clips)))
    graph = ";".join([*chains, f"{ends}concat=n={len(clips)}:v=1:a=1[v][a]"])
    arguments = [*inputs, "-filter_complex", graph, "-map", "[v]", "-map", "[a]", *_PICTURE, *_SOUND]
    return await ffmpeg.make(arguments, destination, MP4)


def _picture_chain(index: int, width: int, height: int, rate: float, seconds: float) -> str:
    return (
        f"[{index}:v:0]scale={width}:{height}:force_original_aspect_ratio=decrease,"
        f"pad={width}:{height}:(ow-iw)/2:(oh-ih)/2,setsar=1,fps={rate:g},format=yuv420p,"
        f"tpad=stop_mode=clone:stop_duration=1,trim=duration={seconds:.6f},setpts=PTS-STARTPTS[v{index}]"
    )


def _sound_chain(index: int, seconds: float, *, silent: bool) -> str:
    shape = f"atrim=duration={seconds:.6f},asetpts=PTS-STARTPTS[a{index}]"
    if silent:
        return f"anullsrc=r={_SAMPLE_RATE}:cl=stereo,{shape}"
    return f"[{index}:a:0]aresample={_SAMPLE_RATE}:async=1:first_pts=0,aformat=channel_layouts=stereo,apad,{shape}"


def _frame_rate(facts: ClipFacts) -> float:
    rate = facts.video.frame_rate if facts.video else 0.0
    return min(rate, _MOST_RATE) if rate else _FALLBACK_RATE


def _key(track: object) -> object:
    return getattr(track, "configuration", None)


def _quoted(path: Path) -> str:
    return str(path).replace("'", r"'\''")
