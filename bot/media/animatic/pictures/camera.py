"""The camera: a slow move over layers at different depths, and how a layer lands in a frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from bot.media.animatic.pictures.planes import Frame, Plane, Planes

OVERSCAN = 1.12
"""How much larger than the frame scenery is drawn, to leave room for the move."""
_MARGIN = 0.985
_SHIFT = 8


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the drawing that fills the frame, in pixels of the drawing."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Move:
    """A camera move: zoom grows, the centre drifts. Shares of what the overscan leaves free, from -1 to 1."""

    zoom: float = 0.07
    across: float = 0.3
    up: float = 0.1


class Camera:
    """Sees a drawing of a given size through a frame of another; `progress` runs from 0 to 1 over the clip."""

    def __init__(self, drawing: tuple[int, int], frame: tuple[int, int], move: Move) -> None:
        self.drawing, self.frame, self.move = drawing, frame, move

    def window(self, progress: float, depth: float) -> Window:
        """Return what the frame shows of a layer; depth 0 is far away, 1 is close and moves most."""
        eased = progress * progress * (3 - 2 * progress) * 0.5 + progress * 0.5
        nearness = 0.45 + 0.75 * depth
        zoom = 1 + self.move.zoom * (eased - 0.15) * nearness
        width = self.drawing[0] / OVERSCAN / zoom
        height = width * self.frame[1] / self.frame[0]
        free_x = (self.drawing[0] - width) / 2 * _MARGIN
        free_y = (self.drawing[1] - height) / 2 * _MARGIN
        shift_x = max(-1.0, min(1.0, self.move.across * (eased - 0.5) * 2 * nearness))
        shift_y = max(-1.0, min(1.0, -self.move.up * (eased - 0.5) * 2 * nearness))
        return Window(
            (self.drawing[0] - width) / 2 + free_x * shift_x,
            (self.drawing[1] - height) / 2 + free_y * shift_y,
            width,
            height,
        )


def put(
    frame: Frame, planes: Planes, window: Window, left: float = 0.0, top: float = 0.0, *, opacity: float = 1.0
) -> None:
    """Lay a drawn layer over the frame; `left` and `top` say where it lies in the drawing."""
    height, width = frame.luma.shape
    scale = width / window.width
    box = _visible(
        ((left - window.left) * scale, (top - window.top) * scale),
        (planes.size[0] * scale, planes.size[1] * scale),
        (width, height),
    )
    if box is None or opacity <= 0:
        return
    x0, y0, x1, y1 = box
    source = tuple(
        value - offset
        for value, offset in (
            (window.left + x0 / scale, left),
            (window.top + y0 / scale, top),
            (window.left + x1 / scale, left),
            (window.top + y1 / scale, top),
        )
    )
    target = (slice(y0, y1), slice(x0, x1))
    half_target = (slice(y0 // 2, y1 // 2), slice(x0 // 2, x1 // 2))
    half_source = tuple(value / 2 for value in source)
    cover = _cover(planes.coverage, source, (x1 - x0, y1 - y0), opacity)
    half_cover = _cover(planes.half_coverage, half_source, ((x1 - x0) // 2, (y1 - y0) // 2), opacity)
    _blend(frame.luma[target], planes.luma, source, cover, opacity)
    _blend(frame.blue[half_target], planes.blue, half_source, half_cover, opacity)
    _blend(frame.red[half_target], planes.red, half_source, half_cover, opacity)


def _visible(
    place: tuple[float, float], size: tuple[float, float], frame: tuple[int, int]
) -> tuple[int, int, int, int] | None:
    """Return the part of the frame that a layer covers, on even pixels, or None."""
    x0, y0 = (max(0, _even_up(start)) for start in place)
    x1, y1 = (min(limit, _even_down(start + length)) for start, length, limit in zip(place, size, frame, strict=True))
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def _even_up(value: float) -> int:
    return math.ceil(value / 2 - 1e-6) * 2


def _even_down(value: float) -> int:
    return math.floor(value / 2 + 1e-6) * 2


def _cover(image: Image.Image | None, source: tuple[float, ...], size: tuple[int, int], opacity: float) -> Plane | None:
    """Return 255 minus the coverage, or None where nothing shines through."""
    if image is None:
        return None if opacity >= 1 else np.full(size[::-1], round(255 * (1 - opacity)), np.uint8)
    cover = _sampled(image, source, size)
    return np.uint8(255) - cover if opacity >= 1 else (255 - cover * np.float32(opacity)).astype(np.uint8)


def _blend(target: Plane, image: Image.Image, source: tuple[float, ...], cover: Plane | None, opacity: float) -> None:
    drawn = _sampled(image, source, (target.shape[1], target.shape[0]))
    if cover is None:
        target[:] = drawn
        return
    if opacity < 1:
        drawn = (drawn * np.float32(opacity)).astype(np.uint8)
    below = np.multiply(target, cover, dtype=np.uint16)
    below += 255  # with the shift this leaves a pixel as it is under nothing, and black under everything
    below >>= _SHIFT
    below += drawn
    np.minimum(below, 255, out=below)
    target[:] = below


def _sampled(image: Image.Image, source: tuple[float, ...], size: tuple[int, int]) -> Plane:
    box = (
        max(0.0, source[0]),
        max(0.0, source[1]),
        min(float(image.width), source[2]),
        min(float(image.height), source[3]),
    )
    return np.asarray(image.resize(size, Image.Resampling.BILINEAR, box=box))
