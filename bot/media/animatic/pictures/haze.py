"""Moving light and fog: soft, so they are composed at a sixth of the size and laid over the frame at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops

from bot.media.animatic.pictures.camera import Window, put
from bot.media.animatic.pictures.planes import converted

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.media.animatic.pictures.camera import Camera
    from bot.media.animatic.pictures.drawing import Layer
    from bot.media.animatic.pictures.planes import Frame
    from bot.media.animatic.pictures.scenery import Moment

_SHRINK = 6
_DEPTH = 0.15

_Pixels = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Veil:
    """One light or fog bank: premultiplied colour and coverage, 0 to 255, in one array of four channels."""

    pixels: _Pixels
    opacity: Callable[[float], float]
    drift: float
    """Small pixels per second that it moves to the left; the array is wider than the picture by what that needs."""


class Haze:
    """All the moving light and fog of a scene, for a drawing of a given size."""

    def __init__(self, drawing: tuple[int, int]) -> None:
        self._size = tuple(-(-side // (2 * _SHRINK)) * 2 for side in drawing)
        self._veils: list[_Veil] = []

    @property
    def empty(self) -> bool:
        """Say whether there is nothing to draw."""
        return not self._veils

    def add(self, layer: Layer, opacity: Callable[[float], float], drift: float = 0.0) -> None:
        """Add a layer as high as the drawing; with a drift in pixels per second it may be wider."""
        width, height = round(layer.width / _SHRINK), self._size[1]
        colour = layer.colour.resize((width, height), Image.Resampling.BOX)
        brightness = ImageChops.lighter(ImageChops.lighter(*colour.split()[:2]), colour.getchannel("B"))
        coverage = ImageChops.lighter(layer.coverage.resize((width, height), Image.Resampling.BOX), brightness)
        pixels = np.dstack([np.asarray(colour, np.float32), np.asarray(coverage, np.float32)])
        missing = self._size[0] + 2 - pixels.shape[1]
        if missing > 0:
            pixels = np.pad(pixels, ((0, 0), (0, missing), (0, 0)), mode="edge")
        self._veils.append(_Veil(pixels, opacity, drift / _SHRINK))

    def draw(self, frame: Frame, moment: Moment, camera: Camera) -> None:
        """Lay everything over the frame."""
        width, height = self._size
        total = np.zeros((height, width, 4), np.float32)
        for veil in self._veils:
            strength = min(1.0, veil.opacity(moment.seconds))
            if strength <= 0:
                continue
            shown = _shifted(veil.pixels, veil.drift * moment.seconds, width) * np.float32(strength)
            total *= 1 - shown[..., 3:] / 255
            total += shown
        picture = Image.fromarray(np.clip(total + 0.5, 0, 255).astype(np.uint8))
        small = converted(Image.merge("RGB", picture.split()[:3]), picture.getchannel(3))
        window = camera.window(moment.progress, _DEPTH)
        put(
            frame, small, Window(*(value / _SHRINK for value in (window.left, window.top, window.width, window.height)))
        )


def _shifted(pixels: _Pixels, shift: float, width: int) -> _Pixels:
    """Return `width` columns from a place between two columns."""
    place = min(max(0.0, shift), pixels.shape[1] - width - 1.0)
    first = int(place)
    share = np.float32(place - first)
    if not share:
        return pixels[:, first : first + width]
    return pixels[:, first : first + width] * (1 - share) + pixels[:, first + 1 : first + 1 + width] * share
