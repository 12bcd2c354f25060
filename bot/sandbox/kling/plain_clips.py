"""A renderer that costs almost nothing: one prepared clip for each length, size and sound."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from bot.sandbox.kling.rendering import FRAMES_PER_SECOND

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.video.stream import VideoStream

    from bot.sandbox.kling.rendering import RenderOrder

_ENCODING = {"preset": "ultrafast", "crf": "35"}
_PIXELS_PER_FRAME = 6
_BOX_HEADER = 8
_SAMPLE_RATE = 48_000
_TONE_HERTZ = 220
_LOUDNESS = 0.2


class PlainClips:
    """Copies a prepared clip: a wandering colour gradient, and a soft tone if audio is on.

    Clips are prepared at first use and kept in `cache`, which several stand-ins may share. Each copy ends in a free
    MP4 box with the prompt, so that tasks with different prompts give different bytes. With `black` the picture is
    black, with `silent` the tone cannot be heard.
    """

    def __init__(self, cache: Path, *, black: bool = False, silent: bool = False) -> None:
        self._cache = cache
        self._black = black
        self._silent = silent
        self._lock = asyncio.Lock()

    async def render(self, order: RenderOrder, destination: Path) -> None:
        """Write the clip that fits `order` to `destination`."""
        sound = "sound" if order.audio else "silent"
        flaws = ("-black" if self._black else "") + ("-silent" if self._silent else "")
        prepared = self._cache / f"{order.width}x{order.height}-{order.frames}-{sound}{flaws}.mp4"
        async with self._lock:
            if not prepared.exists():
                await asyncio.to_thread(self._prepare, order, prepared)
        await asyncio.to_thread(_copy, prepared, destination, order.prompt)

    def _prepare(self, order: RenderOrder, prepared: Path) -> None:
        """Encode a clip beside its place and move it there, so that another process never sees half of it."""
        prepared.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=prepared.parent) as directory:
            unfinished = Path(directory) / prepared.name
            with av.open(str(unfinished), "w", options={"movflags": "+faststart"}) as container:
                picture = container.add_stream("libx264", rate=FRAMES_PER_SECOND, options=_ENCODING)
                tone = container.add_stream("aac", rate=_SAMPLE_RATE, layout="mono") if order.audio else None
                _add_picture(container, picture, order, black=self._black)
                if tone is not None:
                    _add_tone(container, tone, order, loudness=0 if self._silent else _LOUDNESS)
            unfinished.replace(prepared)


def _add_picture(container: OutputContainer, stream: VideoStream, order: RenderOrder, *, black: bool) -> None:
    stream.width, stream.height, stream.pix_fmt = order.width, order.height, "yuv420p"
    picture = np.zeros((order.height, order.width, 3), dtype=np.uint8)
    if not black:
        picture[:, :, 0] = np.linspace(40, 220, order.width, dtype=np.uint8)
        picture[:, :, 1] = 110
        picture[:, :, 2] = np.linspace(200, 60, order.height, dtype=np.uint8)[:, np.newaxis]
    still = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuv420p").to_ndarray()
    for number in range(order.frames):
        planes = still.copy()
        planes[: order.height] = np.roll(still[: order.height], number * _PIXELS_PER_FRAME, axis=1)
        frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        frame.pts = number
        container.mux(stream.encode(frame))
    container.mux(stream.encode())


def _add_tone(container: OutputContainer, stream: AudioStream, order: RenderOrder, *, loudness: float) -> None:
    samples = order.frames * _SAMPLE_RATE // FRAMES_PER_SECOND
    moments = np.arange(samples, dtype=np.float32) / _SAMPLE_RATE
    tone = (loudness * np.sin(2 * np.pi * _TONE_HERTZ * moments)).astype(np.float32)
    frame = av.AudioFrame.from_ndarray(tone[np.newaxis, :], format="fltp", layout="mono")
    frame.sample_rate = _SAMPLE_RATE
    frame.pts = 0
    container.mux(stream.encode(frame))
    container.mux(stream.encode())


def _copy(prepared: Path, destination: Path, prompt: str) -> None:
    shutil.copyfile(prepared, destination)
    label = prompt.encode()
    with destination.open("ab") as clip:
        clip.write((_BOX_HEADER + len(label)).to_bytes(4) + b"free" + label)
