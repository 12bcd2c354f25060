"""What falls, floats and twinkles: rain, snow, dust, fireflies, embers, steam. Positions follow from the time alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from bot.media.animatic.pictures.drawing import line

if TYPE_CHECKING:
    from bot.media.animatic.pictures.camera import Camera
    from bot.media.animatic.pictures.drawing import Box
    from bot.media.animatic.pictures.planes import Frame
    from bot.media.animatic.pictures.scenery import Moment

_Stamp = npt.NDArray[np.float32]
_CHROMA = (16, 240)
_EDGE = 0.08
"""How far beyond the frame particles go before they come back on the other side, in shares of its size."""


@dataclass(frozen=True, slots=True)
class Swarm:
    """How a kind of particle looks and moves; lengths are in shares of the frame's shorter side, times in seconds."""

    count: int
    size: tuple[float, float]
    velocity: tuple[float, float]
    strength: tuple[float, float]
    slant: float = 0.0
    """For streaks: how far they lean over their length; 0 with `length` 0 makes dots."""
    length: float = 0.0
    sway: float = 0.0
    twinkle: float = 0.0
    warmth: float = 0.0
    """How far the colour goes towards orange, from 0 to 1."""
    upper: float = 0.0
    lower: float = 1.0
    """The part of the height in which particles appear."""


RAIN = Swarm(110, (0.0016, 0.003), (-0.35, 2.6), (26, 70), slant=-0.14, length=0.07)
DISTANT_RAIN = Swarm(90, (0.001, 0.0016), (-0.2, 1.7), (16, 40), slant=-0.12, length=0.035)
SNOW = Swarm(95, (0.002, 0.0062), (-0.06, 0.16), (40, 120), sway=0.02)
DUST = Swarm(38, (0.0018, 0.005), (0.015, -0.012), (8, 34), sway=0.012, twinkle=0.35)
FIREFLIES = Swarm(26, (0.004, 0.009), (0.012, -0.008), (60, 150), sway=0.03, twinkle=0.6, warmth=0.7, upper=0.3)
EMBERS = Swarm(34, (0.002, 0.005), (0.03, -0.22), (60, 150), sway=0.02, twinkle=1.4, warmth=1.0, upper=0.2)
STEAM = Swarm(12, (0.06, 0.11), (0.01, -0.09), (5, 12), sway=0.03, twinkle=0.25, upper=0.3, lower=0.75)
GLITTER = Swarm(90, (0.0016, 0.004), (0.0, 0.0), (30, 110), twinkle=0.9)
CONFETTI = Swarm(44, (0.003, 0.006), (0.02, 0.1), (50, 120), sway=0.03, twinkle=1.2, warmth=0.4)


class Particles:
    """A swarm in the frame, or in a part of the scenery (`region`, in pixels of the drawing, at a depth)."""

    def __init__(
        self, swarm: Swarm, frame_size: tuple[int, int], seed: int, region: Box | None = None, depth: float = 0.0
    ) -> None:
        self._swarm, self._region, self._depth = swarm, region, depth
        self._unit = min(frame_size)
        generator = np.random.default_rng(seed)
        count = swarm.count
        self._x, self._y = generator.random(count), swarm.upper + (swarm.lower - swarm.upper) * generator.random(count)
        self._pace = generator.uniform(0.75, 1.25, count)
        self._phase = generator.uniform(0, 2 * np.pi, count)
        sizes = generator.uniform(*swarm.size, count) * self._unit
        strengths = generator.uniform(*swarm.strength, count)
        self._stamps = [
            self._stamp(max(0.7, float(size))) * np.float32(s) for size, s in zip(sizes, strengths, strict=True)
        ]

    def draw(self, frame: Frame, moment: Moment, camera: Camera) -> None:
        """Add the particles to the frame."""
        left, top, right, bottom = self._area(frame, moment, camera)
        width, height = right - left, bottom - top
        if width < 4 or height < 4:  # noqa: PLR2004 - nothing worth drawing
            return
        time, swarm = moment.seconds, self._swarm
        across = self._x + swarm.velocity[0] * self._pace * time * self._unit / width
        across += swarm.sway * np.sin(time * 1.7 + self._phase) * self._unit / width
        down = self._y + swarm.velocity[1] * self._pace * time * self._unit / height
        xs = left + ((across % 1.0) * (1 + 2 * _EDGE) - _EDGE) * width
        ys = top + ((down % 1.0) * (1 + 2 * _EDGE) - _EDGE) * height
        glow = np.ones(swarm.count)
        if swarm.twinkle:
            glow = np.clip(0.5 + 0.7 * np.sin(2 * np.pi * swarm.twinkle * self._pace * time + self._phase), 0, 1)
        for x, y, light, stamp in zip(xs, ys, glow, self._stamps, strict=True):
            if light > 0.04:  # noqa: PLR2004 - too faint to see
                _add(frame, stamp * np.float32(light), (round(x), round(y)), (left, top, right, bottom), swarm.warmth)

    def _area(self, frame: Frame, moment: Moment, camera: Camera) -> Box:
        height, width = frame.luma.shape
        if self._region is None:
            return 0, 0, width, height
        window = camera.window(moment.progress, self._depth)
        scale = width / window.width
        left, top, right, bottom = self._region
        return (
            max(0, round((left - window.left) * scale)),
            max(0, round((top - window.top) * scale)),
            min(width, round((right - window.left) * scale)),
            min(height, round((bottom - window.top) * scale)),
        )

    def _stamp(self, size: float) -> _Stamp:
        if self._swarm.length:
            length = self._swarm.length * self._unit * (0.6 + size / self._unit * 120)
            return _streak(round(length), round(self._swarm.slant * length), round(max(1.0, size), 1))
        return _dot(round(size, 1))


@lru_cache(maxsize=256)
def _dot(radius: float) -> _Stamp:
    reach = max(1, round(radius * 2))
    axis = np.arange(-reach, reach + 1, dtype=np.float32) / max(radius, 0.5)
    stamp: _Stamp = np.exp(-(axis[None, :] ** 2 + axis[:, None] ** 2)).astype(np.float32)
    return stamp


@lru_cache(maxsize=256)
def _streak(length: int, lean: int, width: float) -> _Stamp:
    mask = line([(max(0, -lean), 0), (max(0, -lean) + lean, max(2, length))], width)
    stamp = np.asarray(mask.image, np.float32) / 255
    fade: _Stamp = (stamp * np.linspace(0.15, 1, stamp.shape[0])[:, None]).astype(np.float32)
    return fade


def _add(frame: Frame, stamp: _Stamp, place: tuple[int, int], area: Box, warmth: float) -> None:
    """Add a stamp of light centred on a pixel, within an area."""
    x, y = place
    left, top = x - stamp.shape[1] // 2, y - stamp.shape[0] // 2
    x0, y0 = max(area[0], left), max(area[1], top)
    x1, y1 = min(area[2], left + stamp.shape[1]), min(area[3], top + stamp.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = stamp[y0 - top : y1 - top, x0 - left : x1 - left].astype(np.uint8)
    target = frame.luma[y0:y1, x0:x1]
    target += np.minimum(part, 255 - target)
    if warmth > 0:
        half = part[::2, ::2] * np.float32(warmth * 0.4)
        rows, columns = slice(y0 // 2, y0 // 2 + half.shape[0]), slice(x0 // 2, x0 // 2 + half.shape[1])
        for plane, sign in ((frame.red, 1), (frame.blue, -1)):
            warm = plane[rows, columns]
            warm[:] = np.clip(warm + sign * half[: warm.shape[0], : warm.shape[1]], *_CHROMA)
