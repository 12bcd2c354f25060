"""Still pictures out of a clip: poster, contact sheet and last frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.media.ffmpeg import JPEG, LAST_PNG, EncodingFailed, Ffmpeg, read_from

if TYPE_CHECKING:
    from pathlib import Path

    from bot.media.probe import ClipFacts

_POSTER_SECONDS = 0.5
_POSTER_SHARE = 0.1
_SHEET_COLUMNS = 4
_SHEET_ROWS = 2
_CELL_WIDTH = 360
_TAIL_FRAMES = 4
_TAIL_SECONDS = 1.0


async def make_poster(ffmpeg: Ffmpeg, clip: Path, facts: ClipFacts, destination: Path, *, width: int = 1280) -> int:
    """Write one telling frame of the clip as a JPEG of at most `width` pixels; return its size in bytes.

    The frame stands half a second or a tenth into the clip, because the first ones are often a fade or blurred.
    """
    at = min(max(_POSTER_SECONDS, facts.seconds * _POSTER_SHARE), facts.seconds / 2)
    scale = f"scale='min({width},iw)':-2:out_range=full"
    return await ffmpeg.make(["-ss", f"{at:.3f}", *read_from(clip), "-map", "0:v:0", "-vf", scale], destination, JPEG)


async def make_contact_sheet(ffmpeg: Ffmpeg, clip: Path, facts: ClipFacts, destination: Path) -> int:
    """Write eight frames, evenly spread over the clip, as one JPEG; return its size in bytes."""
    cells = _SHEET_COLUMNS * _SHEET_ROWS
    step = max(facts.seconds, 0.1) / cells
    # Where there are key frames for all cells, the frames between them need not be decoded.
    keyframes = facts.video.keyframes if facts.video else 0
    sparse = ["-skip_frame", "nokey"] if keyframes >= cells else []
    # The last picture is held for a moment, or the last cell might find none.
    hold = f"tpad=stop_mode=clone:stop_duration={step:.3f}"
    tiles = f"tile={_SHEET_COLUMNS}x{_SHEET_ROWS}"
    graph = f"{hold},fps={1 / step:.6f},scale={_CELL_WIDTH}:-2:out_range=full,{tiles}"
    arguments = [*sparse, "-ss", f"{step / 2:.3f}", *read_from(clip), "-map", "0:v:0", "-vf", graph]
    return await ffmpeg.make(arguments, destination, JPEG)


async def make_last_frame(ffmpeg: Ffmpeg, clip: Path, facts: ClipFacts, destination: Path) -> int:
    """Write the very last frame of the clip as a PNG in full size, to begin another clip with; return its size."""
    seconds = facts.video.seconds if facts.video else 0.0
    rate = facts.video.frame_rate if facts.video else 0.0
    # Few frames are decoded first; a clip whose last frame stands still for long needs a longer tail.
    tails = ([_TAIL_FRAMES / rate] if rate else []) + [_TAIL_SECONDS]
    for tail in tails:
        seek = ["-ss", f"{max(0.0, seconds - tail):.3f}"]
        try:
            return await ffmpeg.make([*seek, *read_from(clip), "-map", "0:v:0"], destination, LAST_PNG)
        except EncodingFailed as failure:
            if not failure.nothing_written:
                raise
    return await ffmpeg.make([*read_from(clip), "-map", "0:v:0"], destination, LAST_PNG)
