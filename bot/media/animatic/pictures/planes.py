"""Pictures as the encoder wants them: luma and half-size chroma, BT.709 in limited range.

Frames are composed directly in this form; converting every finished frame would cost as much as composing it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

if TYPE_CHECKING:
    from bot.media.animatic.pictures.drawing import Colour, Layer

Plane: TypeAlias = npt.NDArray[np.uint8]

BLACK, WHITE, NEUTRAL = 16, 235, 128
_RED, _GREEN, _BLUE = 0.2126, 0.7152, 0.0722
_LUMA_RANGE, _CHROMA_RANGE = 219 / 255, 224 / 255


@dataclass(slots=True)
class Frame:
    """One picture: luma at full size, both chroma planes at half size."""

    luma: Plane
    blue: Plane
    red: Plane

    @classmethod
    def black(cls, width: int, height: int) -> Frame:
        """Return a black picture."""
        chroma = np.full((height // 2, width // 2), NEUTRAL, np.uint8)
        return cls(np.full((height, width), BLACK, np.uint8), chroma, chroma.copy())


@dataclass(frozen=True, slots=True)
class Planes:
    """A drawn layer in the encoder's form: premultiplied, of even size; without `coverage` it covers everything."""

    luma: Image.Image
    blue: Image.Image
    red: Image.Image
    coverage: Image.Image | None
    half_coverage: Image.Image | None

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height in pixels."""
        return self.luma.size


def colour_values(colour: Colour) -> tuple[int, int, int]:
    """Return luma, blue and red difference of a colour."""
    red, green, blue = colour
    luma = _RED * red + _GREEN * green + _BLUE * blue
    return (
        round(BLACK + luma * _LUMA_RANGE),
        round(NEUTRAL + (blue - luma) / 1.8556 * _CHROMA_RANGE),
        round(NEUTRAL + (red - luma) / 1.5748 * _CHROMA_RANGE),
    )


def to_planes(layer: Layer, *, opaque: bool = False) -> Planes:
    """Convert a layer; its size must be even."""
    return converted(layer.colour, None if opaque else layer.coverage)


def converted(colour: Image.Image, coverage: Image.Image | None) -> Planes:
    """Convert a premultiplied picture and its coverage; the size must be even."""
    base = np.float32(255) if coverage is None else np.asarray(coverage, np.float32)
    pixels = np.asarray(colour, np.float32)
    luma = pixels @ np.array([_RED, _GREEN, _BLUE], np.float32)
    half = np.asarray(colour.reduce(2), np.float32)
    half_luma = half @ np.array([_RED, _GREEN, _BLUE], np.float32)
    half_base = base if coverage is None else np.asarray(coverage.reduce(2), np.float32)
    neutral = half_base * np.float32(NEUTRAL / 255)
    return Planes(
        luma=_image(luma * np.float32(_LUMA_RANGE) + base * np.float32(BLACK / 255)),
        blue=_image((half[..., 2] - half_luma) * np.float32(_CHROMA_RANGE / 1.8556) + neutral),
        red=_image((half[..., 0] - half_luma) * np.float32(_CHROMA_RANGE / 1.5748) + neutral),
        coverage=coverage,
        half_coverage=None if coverage is None else coverage.reduce(2),
    )


def _image(values: npt.NDArray[np.float32]) -> Image.Image:
    return Image.fromarray(np.clip(values + np.float32(0.5), 0, 255).astype(np.uint8))
