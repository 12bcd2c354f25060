"""Scripts for the animatic renderer, and what can be measured of its clips."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import av
import imageio_ffmpeg  # type: ignore[import-untyped]
import numpy as np
import numpy.typing as npt

from bot.media.animatic import Place, Script, ScriptLine, Setting, Speaker
from bot.media.animatic.from_prompt import describe_speaker

if TYPE_CHECKING:
    from pathlib import Path

Samples = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

QUIET_ROOM = Place(setting=Setting.ROOM)
_METER = ("-filter_complex", "ebur128=peak=true", "-f", "null", "-")
HOST = describe_speaker("Host", "warm male voice", position=0)
GUEST = describe_speaker("Guest", "bright female voice", position=1)


def script_of(*lines: ScriptLine, speakers: tuple[Speaker, ...] = (HOST, GUEST), **fields: Any) -> Script:
    """A small script in a room without sounds, unless the fields say otherwise."""
    return Script.model_validate(
        {
            "title": "",
            "place": QUIET_ROOM,
            "seconds": 4,
            "width": 256,
            "height": 144,
            "speakers": speakers,
            "lines": lines,
        }
        | fields
    )


@dataclass(frozen=True, slots=True)
class Watched:
    """A clip as a player sees and hears it."""

    width: int
    height: int
    rate: float
    video_codec: str
    pixel_format: str
    audio_codec: str | None
    sample_rate: int
    sound: Samples
    """Both channels mixed to one; empty without an audio track."""
    frames: Pixels
    """All frames in RGB."""


def watch(path: Path) -> Watched:
    """Decode a whole clip."""
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        frames = np.stack(
            [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in container.decode(video=0)]
        )
        facts = (video.width, video.height, float(video.average_rate or 0), video.codec_context.name)
        pixel_format = video.codec_context.pix_fmt or ""
    codec, rate, sound = _listen(path)
    return Watched(*facts, pixel_format, codec, rate, sound, frames)


def _listen(path: Path) -> tuple[str | None, int, Samples]:
    with av.open(str(path)) as container:
        if not container.streams.audio:
            return None, 0, np.zeros(0, np.float32)
        stream = container.streams.audio[0]
        pieces = [frame.to_ndarray().mean(axis=0) for frame in container.decode(audio=0)]
        return stream.codec_context.name, stream.codec_context.sample_rate, np.concatenate(pieces).astype(np.float32)


def loudness_and_peak(path: Path) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP, as ffmpeg measures them."""
    result = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-hide_banner", "-i", str(path), *_METER],
        capture_output=True,
        check=True,
        text=True,
    )
    summary = result.stderr[result.stderr.rindex("Summary:") :]
    loudness, peak = re.search(r"I:\s+(-?[\d.]+) LUFS", summary), re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)
    assert loudness is not None
    assert peak is not None
    return float(loudness[1]), float(peak[1])


def energy(sound: Samples, rate: int, start: float, end: float) -> float:
    """Root mean square of a stretch of sound."""
    stretch = sound[round(start * rate) : round(end * rate)]
    return float(np.sqrt((stretch.astype(np.float64) ** 2).mean()))


def fundamental(sound: Samples, rate: int) -> float:
    """The pitch of a voice in hertz: the median over its loud stretches, by autocorrelation."""
    window = rate // 20
    pitches = []
    loudest = np.abs(sound).max()
    for start in range(0, len(sound) - window, window // 2):
        frame = sound[start : start + window].astype(np.float64)
        if np.abs(frame).max() < loudest / 4:
            continue
        frame -= frame.mean()
        similarity = np.correlate(frame, frame, "full")[window - 1 :]
        low, high = rate // 420, rate // 70
        best = low + int(np.argmax(similarity[low:high]))
        if similarity[best] > 0.45 * similarity[0]:
            pitches.append(rate / best)
    return float(np.median(pitches))
