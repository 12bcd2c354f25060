"""Make a clip smaller than an upload limit, at the best quality that fits.

One pass with capped quality is nearly always enough; if it misses, two passes at an exact bit rate follow, and at last
a smaller picture. The formula and the thresholds were measured on 5 s and 10 s clips of 12 and 46 Mbit/s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.errors import MediaRefused
from bot.media.ffmpeg import MP4, EncodingFailed, Ffmpeg, read_from
from bot.texts import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.media.probe import ClipFacts

_ONE_PASS_SHARE = 0.985
_TWO_PASS_SHARE = 0.97
_LAST_SHARE = 0.92
_BUFFER_SECONDS = 0.5
_BUFFER_WEIGHT = 0.9
"""The part of the decoder's buffer that an encoder may overdraw; on a 5 s clip it matters."""

_CONTAINER_BITS_PER_SECOND = 3000
_QUALITY = "21"
_SOUND_BITS = (128_000, 96_000, 64_000)
_SOUND_SHARE = 0.12
_LEAST_PICTURE_BITS = 60_000
_STEPS = ((1080, 3_000_000), (720, 1_400_000), (540, 850_000), (360, 0))
"""Short edges in pixels, and the bits per second below which the next smaller one looks better (24 frames/s)."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """One attempt: bits per second for picture and sound, and the short edge (None keeps the size)."""

    picture_bits: int
    sound_bits: int
    short_edge: int | None


async def fit_to_limit(ffmpeg: Ffmpeg, source: Path, facts: ClipFacts, destination: Path, *, limit_bytes: int) -> Path:
    """Return a file of at most `limit_bytes`: `source` itself if it fits, otherwise `destination`, written anew.

    Raises `MediaRefused` if the clip is too long for the limit at any watchable quality.
    """
    if facts.size <= limit_bytes:
        return source
    plan = _plan(facts, limit_bytes * _ONE_PASS_SHARE, buffered=True)
    if await _one_pass(ffmpeg, source, plan, destination, limit_bytes):
        return destination
    for attempt in _second_plans(facts, limit_bytes):
        if await _two_passes(ffmpeg, source, attempt, destination, limit_bytes):
            return destination
    raise _too_long(limit_bytes)


def _plan(facts: ClipFacts, total_bytes: float, *, buffered: bool) -> _Plan:
    seconds = max(facts.seconds, 0.1)
    bits = total_bytes * 8 / seconds
    sound = 0
    if facts.audio is not None:
        sound = next((rate for rate in _SOUND_BITS if rate <= bits * _SOUND_SHARE), _SOUND_BITS[-1])
    picture = bits - sound - _CONTAINER_BITS_PER_SECOND
    if buffered:
        picture *= seconds / (seconds + _BUFFER_WEIGHT * _BUFFER_SECONDS)
    if picture < _LEAST_PICTURE_BITS:
        raise _too_long(total_bytes)
    return _Plan(int(picture), sound, _short_edge(facts, picture))


def _second_plans(facts: ClipFacts, limit_bytes: int) -> Iterator[_Plan]:
    yield _plan(facts, limit_bytes * _TWO_PASS_SHARE, buffered=False)
    last = _plan(facts, limit_bytes * _LAST_SHARE, buffered=False)
    yield replace(last, short_edge=_smaller(last.short_edge or min(facts.width, facts.height)))


def _short_edge(facts: ClipFacts, picture_bits: float) -> int | None:
    """Return the short edge that a bit rate carries, or None to keep the present size."""
    present = min(facts.width, facts.height)
    edge = present
    for step, enough in _STEPS:
        if edge >= step and picture_bits < enough:
            edge = _smaller(step)
    return edge if edge < present else None


def _smaller(edge: int) -> int:
    return next((step for step, _ in _STEPS if step < edge), edge)


async def _one_pass(ffmpeg: Ffmpeg, source: Path, plan: _Plan, destination: Path, limit_bytes: int) -> bool:
    rate = [
        "-crf",
        _QUALITY,
        "-maxrate",
        str(plan.picture_bits),
        "-bufsize",
        str(int(plan.picture_bits * _BUFFER_SECONDS)),
    ]
    return await _encode(ffmpeg, source, [*_picture(plan), *rate, *_sound(plan)], destination, limit_bytes)


async def _two_passes(ffmpeg: Ffmpeg, source: Path, plan: _Plan, destination: Path, limit_bytes: int) -> bool:
    log = destination.with_name(f"{destination.name}.pass")
    rate = ["-b:v", str(plan.picture_bits), "-passlogfile", str(log)]
    try:
        first = [*read_from(source), "-map", "0:v:0", *_picture(plan), *rate, "-pass", "1", "-an"]
        await ffmpeg.analyse(first)
        return await _encode(
            ffmpeg, source, [*_picture(plan), *rate, "-pass", "2", *_sound(plan)], destination, limit_bytes
        )
    finally:
        for left in destination.parent.glob(f"{log.name}-*"):
            left.unlink(missing_ok=True)


async def _encode(ffmpeg: Ffmpeg, source: Path, codecs: list[str], destination: Path, limit_bytes: int) -> bool:
    """Encode once; return whether `destination` was made within the limit."""
    arguments = [*read_from(source), "-map", "0:v:0", "-map", "0:a:0?", *codecs]
    try:
        await ffmpeg.make(arguments, destination, MP4, most_bytes=limit_bytes)
    except EncodingFailed as failure:
        if not failure.outgrown:
            raise
        return False
    return True


def _picture(plan: _Plan) -> list[str]:
    codec = ["-c:v", "libx264", "-profile:v", "high", "-pix_fmt", "yuv420p", "-preset", "veryfast"]
    if plan.short_edge is None:
        return codec
    edge = plan.short_edge
    return ["-vf", f"scale='if(gt(iw,ih),-2,{edge})':'if(gt(iw,ih),{edge},-2)':flags=bicubic", *codec]


def _sound(plan: _Plan) -> list[str]:
    return ["-c:a", "aac", "-b:a", str(plan.sound_bits), "-ac", "2"] if plan.sound_bits else ["-an"]


def _too_long(limit_bytes: float) -> MediaRefused:
    return MediaRefused(Sentence("media.clip-too-long", most=f"{limit_bytes / (1 << 20):.3g}"))
