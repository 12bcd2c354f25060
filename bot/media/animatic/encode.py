"""H.264 and AAC in an MP4 that plays while it loads."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace

from bot.media.animatic.script import FRAME_RATE
from bot.media.animatic.sound.dsp import RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from av.container import OutputContainer
    from av.video.stream import VideoStream

    from bot.media.animatic.pictures.planes import Frame, Plane
    from bot.media.animatic.sound.dsp import Stereo

_QUALITY = "21"
_AUDIO_BITS = 160_000
_AUDIO_FRAME = 1024
_THREADS = 2
_AHEAD = 4
"""Frames that are composed while earlier ones are encoded."""


def encode(
    destination: Path, size: tuple[int, int], frame_count: int, picture: Callable[[int], Frame], sound: Stereo | None
) -> None:
    """Write a clip of `frame_count` pictures, with sound if there is any; both end at the same time."""
    with av.open(str(destination), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        video = _video_stream(container, size)
        audio = None if sound is None else _SoundTrack(container, sound)
        for number, frame in enumerate(_composed(frame_count, picture)):
            container.mux(video.encode(_video_frame(frame, number)))
            if audio is not None:
                audio.write_until((number + 1) / FRAME_RATE)
        container.mux(video.encode(None))
        if audio is not None:
            audio.finish()


class _SoundTrack:
    """Writes sound alongside the pictures, so that a player finds both at the same place of the file."""

    def __init__(self, container: OutputContainer, sound: Stereo) -> None:
        self._container, self._sound, self._written = container, sound, 0
        self._stream = container.add_stream("aac", rate=RATE, layout="stereo")
        self._stream.bit_rate = _AUDIO_BITS

    def write_until(self, seconds: float) -> None:
        """Write whole audio frames up to a time."""
        while self._written + _AUDIO_FRAME <= min(self._sound.shape[1], round(seconds * RATE)):
            self._write(_AUDIO_FRAME)

    def finish(self) -> None:
        """Write the rest, which may be shorter than a frame."""
        while self._written < self._sound.shape[1]:
            self._write(min(_AUDIO_FRAME, self._sound.shape[1] - self._written))
        self._container.mux(self._stream.encode(None))

    def _write(self, count: int) -> None:
        samples = self._sound[:, self._written : self._written + count]
        self._container.mux(self._stream.encode(_audio_frame(samples, self._written)))
        self._written += count


def _video_stream(container: OutputContainer, size: tuple[int, int]) -> VideoStream:
    video = container.add_stream("libx264", rate=FRAME_RATE)
    video.width, video.height = size
    video.pix_fmt = "yuv420p"
    video.time_base = Fraction(1, FRAME_RATE)
    video.options = {
        "preset": "veryfast",
        "crf": _QUALITY,
        "profile": "high",
        "x264-params": "colorprim=bt709:transfer=bt709:colormatrix=bt709",
    }
    video.codec_context.thread_count = _THREADS
    return video


def _composed(count: int, picture: Callable[[int], Frame]) -> Iterator[Frame]:
    """Yield the frames in order while a few more are composed in other threads."""
    with ThreadPoolExecutor(_THREADS, "frames") as pool:
        waiting: deque[Future[Frame]] = deque()
        for number in range(count):
            waiting.append(pool.submit(picture, number))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _video_frame(frame: Frame, number: int) -> av.VideoFrame:
    height, width = frame.luma.shape
    result = av.VideoFrame(width, height, "yuv420p")
    for target, plane in zip(result.planes, (frame.luma, frame.blue, frame.red), strict=True):
        target.update(_padded(plane, target.line_size))
    result.pts = number
    result.time_base = Fraction(1, FRAME_RATE)
    result.color_range = ColorRange.MPEG
    result.colorspace = Colorspace.ITU709
    return result


def _padded(plane: Plane, line_size: int) -> bytes:
    if plane.shape[1] == line_size:
        return plane.tobytes()
    wide = np.zeros((plane.shape[0], line_size), np.uint8)
    wide[:, : plane.shape[1]] = plane
    return wide.tobytes()


def _audio_frame(samples: Stereo, position: int) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout="stereo")
    frame.sample_rate = RATE
    frame.time_base = Fraction(1, RATE)
    frame.pts = position
    return frame
