"""The people of a scene: they are lit while they speak, move their mouths, and blink."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from bot.media.animatic.pictures.body import MOUTHS, Body
from bot.media.animatic.pictures.camera import put
from bot.media.animatic.pictures.drawing import Colour, Layer, Mask, dimmed, mix
from bot.media.animatic.pictures.planes import Planes, to_planes
from bot.media.animatic.pictures.scenery import NEAR, Moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.media.animatic.pictures.camera import Camera
    from bot.media.animatic.pictures.composition import Seat
    from bot.media.animatic.pictures.levels import Levels
    from bot.media.animatic.pictures.looks import Look
    from bot.media.animatic.pictures.palette import Palette
    from bot.media.animatic.pictures.planes import Frame
    from bot.media.animatic.timing import Span

_LIT_STEPS = 4
_FADE_SECONDS = 0.22
_DIM = 0.78
_BLINK_SECONDS, _BLINK_EVERY = 0.13, 3.1


class Figure:
    """A speaker in the picture. `speaking` are the times of the lines, `levels` how loud they are."""

    def __init__(
        self,
        look: Look,
        seat: Seat,
        *,
        palette: Palette,
        accent: Colour,
        drawing_height: int,
        speaking: Sequence[Span],
        levels: Levels,
    ) -> None:
        self._seat, self._speaking, self._levels = seat, tuple(speaking), levels
        half = seat.head * 1.45
        height = max(seat.head * 2, drawing_height - seat.y + seat.head * 1.1)
        self._left, self._top = seat.x - half, seat.y - seat.head * 1.1
        size = round(half) * 2, round(height) // 2 * 2 + 2
        body = Body(look, seat, size)
        drawn = body.drawn()
        self._states = _states(_dim(drawn, palette, seat), _lit(drawn, palette, accent, seat))
        self._mouths = [[_detail(mouth, light) for light in _lights(palette)] for mouth in body.mouths()]
        self._lids = [_detail(body.lids(), light) for light in _lights(palette)]
        self._phase = zlib.crc32(repr(seat).encode()) % 1000 / 1000

    def draw(self, frame: Frame, moment: Moment, camera: Camera) -> None:
        """Draw the figure as it is at this moment."""
        window = camera.window(moment.progress, NEAR)
        attention = self._attention(moment.seconds)
        level = self._levels.at(moment.seconds) if attention > 0 else 0.0
        left, top = self._left, self._top - self._seat.head * (0.02 * attention + 0.018 * level)
        left += self._seat.head * 0.008 * float(np.sin(moment.seconds * 1.3 + self._phase * 6))
        step = round(attention * _LIT_STEPS)
        put(frame, self._states[step], window, left, top)
        mouth = self._mouths[min(MOUTHS - 1, int(level * MOUTHS))][step]
        blinking = (moment.seconds + self._phase * 3) % _BLINK_EVERY < _BLINK_SECONDS
        for detail in (mouth, self._lids[step] if blinking else None):
            if detail is not None:
                planes, across, down = detail
                put(frame, planes, window, left + across, top + down)

    def _attention(self, seconds: float) -> float:
        """Return 1 while the figure speaks and 0 while it listens, with soft changes."""
        near = [
            min(
                (seconds - line.start + _FADE_SECONDS) / _FADE_SECONDS,
                (line.end + _FADE_SECONDS - seconds) / _FADE_SECONDS,
            )
            for line in self._speaking
        ]
        return float(np.clip(max(near, default=0.0), 0.0, 1.0))


def _lights(palette: Palette) -> list[Colour]:
    """Return the colour of the light on a figure for each step from listening to speaking."""
    lit, dim = mix(palette.ambient, (255, 250, 242), 0.66), dimmed(mix(palette.ambient, (255, 250, 242), 0.2), _DIM)
    return [mix(dim, lit, step / _LIT_STEPS) for step in range(_LIT_STEPS + 1)]


def _lit(drawn: Layer, palette: Palette, accent: Colour, seat: Seat) -> Layer:
    lit, outline = _copy(drawn), Mask(drawn.coverage, 0, 0)
    lit.tint(_lights(palette)[-1])
    side = seat.facing * seat.head
    lit.glow(outline.edge(0.16 * side, 0.08 * seat.head, seat.head * 0.1), accent, 0.24)
    lit.glow(outline.edge(0.034 * side, 0.02 * seat.head, seat.head * 0.012), mix(accent, (255, 255, 255), 0.35), 0.85)
    return lit


def _dim(drawn: Layer, palette: Palette, seat: Seat) -> Layer:
    dim, outline = _copy(drawn), Mask(drawn.coverage, 0, 0)
    dim.tint(_lights(palette)[0])
    side = seat.facing * seat.head
    dim.glow(outline.edge(0.03 * side, 0.02 * seat.head, seat.head * 0.014), palette.glow, 0.3)
    return dim


def _states(dim: Layer, lit: Layer) -> list[Planes]:
    result = []
    for step in range(_LIT_STEPS + 1):
        state = _copy(dim)
        state.colour = Image.blend(dim.colour, lit.colour, step / _LIT_STEPS)
        result.append(to_planes(state))
    return result


def _detail(layer: Layer, light: Colour) -> tuple[Planes, int, int] | None:
    """Return the painted part of a layer in a light, and where it lies in the figure."""
    box = layer.coverage.getbbox()
    if box is None:
        return None
    left, top = box[0] // 2 * 2 - 2, box[1] // 2 * 2 - 2
    cut = Layer(((box[2] - left) // 2 + 2) * 2, ((box[3] - top) // 2 + 2) * 2)
    area = (left, top, left + cut.width, top + cut.height)
    cut.colour, cut.coverage = layer.colour.crop(area), layer.coverage.crop(area)
    cut.tint(light)
    return to_planes(cut), left, top


def _copy(layer: Layer) -> Layer:
    copy = Layer(layer.width, layer.height)
    copy.colour, copy.coverage = layer.colour.copy(), layer.coverage
    return copy
