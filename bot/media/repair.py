"""Make a delivered clip playable everywhere, if it is what was ordered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.media.checks import ClipReport, Expectation, Remedy, check_clip
from bot.media.ffmpeg import MP4, Ffmpeg, read_from

if TYPE_CHECKING:
    from pathlib import Path

_TRACKS = ("-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn")
_COPY = ("-c", "copy")
_ENCODE_VIDEO = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-profile:v", "high", "-pix_fmt", "yuv420p")
_EVEN_SIDES = ("-vf", "scale=trunc(iw/2)*2:trunc(ih/2)*2")
_ENCODE_SOUND = ("-c:a", "aac", "-b:a", "192k", "-ac", "2", "-ar", "48000")


@dataclass(frozen=True, slots=True)
class Checked:
    """A clip after checking and, where that helped, repair: where it lies and what is (still) wrong with it."""

    path: Path
    report: ClipReport


async def check_and_repair(ffmpeg: Ffmpeg, clip: Path, expectation: Expectation, destination: Path) -> Checked:
    """Check `clip`; if a repair removes all problems, write it to `destination` and check that.

    The answer's path is `clip` where nothing was wrong or nothing helps. Raises `EncodingFailed`.
    """
    report = await check_clip(clip, expectation)
    if report.remedy is None or report.remedy is Remedy.NONE:
        return Checked(clip, report)
    await repair(ffmpeg, clip, destination, report.remedy)
    return Checked(destination, await check_clip(destination, expectation))


async def repair(ffmpeg: Ffmpeg, clip: Path, destination: Path, remedy: Remedy) -> None:
    """Write `clip` anew as an MP4 with its index in front, copying or encoding its tracks. Raises `EncodingFailed`."""
    codecs = _COPY if remedy is Remedy.REMUX else (*_EVEN_SIDES, *_ENCODE_VIDEO, *_ENCODE_SOUND)
    await ffmpeg.make([*read_from(clip), *_TRACKS, *codecs], destination, MP4)
