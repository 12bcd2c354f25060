"""Drawing with soft edges: shapes become masks, masks are painted into layers.

Coordinates are pixels of the drawing, sizes are usually given in shares of its shorter side (`Canvas.unit`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Colour: TypeAlias = tuple[int, int, int]
Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[int, int, int, int]

_SUPERSAMPLING = 3
_LARGE_SHAPE = 600_000
"""Pixels from which a shape is sampled twice per direction instead of three times, to save time."""
_SOFT_RADIUS = 8
_RAMP = 512


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return a colour between two; share 0 is the first, 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def dimmed(colour: Colour, factor: float) -> Colour:
    """Return a colour darker (below 1) or brighter (above 1)."""
    red, green, blue = (max(0, min(255, round(value * factor))) for value in colour)
    return red, green, blue


@dataclass(frozen=True, slots=True)
class Gradient:
    """A change of colour along a line from one point to another."""

    first: Colour
    last: Colour
    start: Point
    end: Point
    middle: Colour | None = None
    """A colour half-way, or None."""


Paint: TypeAlias = Colour | Gradient


@dataclass(frozen=True, slots=True)
class Mask:
    """How much of each pixel a shape covers, within its box (left, top, right, bottom)."""

    image: Image.Image
    left: int
    top: int

    @property
    def box(self) -> Box:
        """Return where the mask lies."""
        return self.left, self.top, self.left + self.image.width, self.top + self.image.height

    def within(self, box: Box) -> Mask:
        """Return the mask cut or widened to a box."""
        left, top, right, bottom = box
        cropped = self.image.crop((left - self.left, top - self.top, right - self.left, bottom - self.top))
        return Mask(cropped, left, top)

    def both(self, other: Mask) -> Mask:
        """Return what lies in this mask and in another."""
        return Mask(ImageChops.multiply(self.image, other.within(self.box).image), self.left, self.top)

    def without(self, other: Mask) -> Mask:
        """Return this mask with another cut out of it."""
        inverted = ImageChops.invert(other.within(self.box).image)
        return Mask(ImageChops.multiply(self.image, inverted), self.left, self.top)

    def moved(self, right: float, down: float) -> Mask:
        """Return the mask at another place, whole pixels away."""
        return Mask(self.image, self.left + round(right), self.top + round(down))

    def blurred(self, radius: float) -> Mask:
        """Return the mask with soft edges; it grows by three radii on each side."""
        margin = math.ceil(radius * 2.5) + 2
        left, top, right, bottom = self.box
        return Mask(
            soft(self.within((left - margin, top - margin, right + margin, bottom + margin)).image, radius),
            left - margin,
            top - margin,
        )

    def edge(self, right: float, down: float, softness: float) -> Mask:
        """Return the rim of the shape on the side that lies opposite to the given direction."""
        return Mask(soft(self.without(self.moved(right, down)).image, softness), self.left, self.top).both(self)

    def faded(self, opacity: float) -> Mask:
        """Return the mask with its coverage multiplied."""
        return Mask(self.image.point([round(value * opacity) for value in range(256)]), self.left, self.top)


def soft(image: Image.Image, radius: float) -> Image.Image:
    """Return an image blurred; large radii are blurred on a smaller copy, which looks the same and is much faster."""
    if radius <= 0:
        return image
    if radius < _SOFT_RADIUS:
        return image.filter(ImageFilter.GaussianBlur(radius))
    factor = min(16, 2 ** int(math.log2(radius / 2)))
    small = image.resize((max(1, image.width // factor), max(1, image.height // factor)), Image.Resampling.BOX)
    return small.filter(ImageFilter.GaussianBlur(radius / factor)).resize(image.size, Image.Resampling.BICUBIC)


def shape(
    draw: Callable[[ImageDraw.ImageDraw, Callable[[Point], Point], float], None], extent: Sequence[float]
) -> Mask:
    """Return a mask of what `draw` draws; it gets a pen, a function from our points to the pen's, and the scale.

    `extent` is left, top, right, bottom of the drawing, in pixels.
    """
    left, top = math.floor(extent[0]) - 2, math.floor(extent[1]) - 2
    width, height = max(1, math.ceil(extent[2]) + 2 - left), max(1, math.ceil(extent[3]) + 2 - top)
    scale = _SUPERSAMPLING if width * height < _LARGE_SHAPE else 2
    image = Image.new("L", (width * scale, height * scale))
    draw(ImageDraw.Draw(image), lambda point: ((point[0] - left) * scale, (point[1] - top) * scale), scale)
    return Mask(image.reduce(scale), left, top)


def polygon(points: Sequence[Point]) -> Mask:
    """Return the mask of a closed outline."""
    return shape(lambda pen, to, _: pen.polygon([to(point) for point in points], fill=255), _extent(points))


def polygons(outlines: Sequence[Sequence[Point]]) -> Mask:
    """Return one mask of many outlines, cheaper than many masks."""

    def draw(pen: ImageDraw.ImageDraw, to: Callable[[Point], Point], _: float) -> None:
        for outline in outlines:
            pen.polygon([to(point) for point in outline], fill=255)

    return shape(draw, _extent([point for outline in outlines for point in outline]))


def curve(points: Sequence[Point], steps: int = 10) -> Mask:
    """Return the mask of a closed outline that runs smoothly through the points."""
    return polygon(smooth_line(points, steps, closed=True))


def ellipse(x: float, y: float, horizontal: float, vertical: float | None = None) -> Mask:
    """Return the mask of an ellipse around a centre; with one radius, a circle."""
    upright = horizontal if vertical is None else vertical
    extent = (x - horizontal, y - upright, x + horizontal, y + upright)
    return shape(lambda pen, to, _: pen.ellipse([to(extent[:2]), to(extent[2:])], fill=255), extent)


def ellipses(circles: Iterable[tuple[float, float, float, float]]) -> Mask:
    """Return one mask of many ellipses, given as x, y and both radii."""
    boxes = [(x - a, y - b, x + a, y + b) for x, y, a, b in circles]

    def draw(pen: ImageDraw.ImageDraw, to: Callable[[Point], Point], _: float) -> None:
        for left, top, right, bottom in boxes:
            pen.ellipse([to((left, top)), to((right, bottom))], fill=255)

    return shape(draw, _extent([point for box in boxes for point in (box[:2], box[2:])]))


def rounded(left: float, top: float, right: float, bottom: float, radius: float = 0.0) -> Mask:
    """Return the mask of a rectangle with rounded corners."""

    def draw(pen: ImageDraw.ImageDraw, to: Callable[[Point], Point], scale: float) -> None:
        pen.rounded_rectangle([to((left, top)), to((right, bottom))], radius * scale, fill=255)

    return shape(draw, (left, top, right, bottom))


def line(points: Sequence[Point], width: float) -> Mask:
    """Return the mask of a line with round joints and ends."""

    def draw(pen: ImageDraw.ImageDraw, to: Callable[[Point], Point], scale: float) -> None:
        placed = [to(point) for point in points]
        pen.line(placed, fill=255, width=max(1, round(width * scale)), joint="curve")
        for x, y in (placed[0], placed[-1]):
            radius = width * scale / 2
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)

    left, top, right, bottom = _extent(points)
    return shape(draw, (left - width, top - width, right + width, bottom + width))


def smooth_line(points: Sequence[Point], steps: int = 10, *, closed: bool = False) -> list[Point]:
    """Return a Catmull-Rom curve through the points."""
    known = np.asarray(points, np.float64)
    count = len(known)
    share = (np.arange(steps) / steps)[:, None]
    pieces = []
    for index in range(count if closed else count - 1):
        numbers = [index - 1, index, index + 1, index + 2]
        before, start, end, after = (known[n % count] if closed else known[min(max(n, 0), count - 1)] for n in numbers)
        pieces.append(
            0.5
            * (
                2 * start
                + (end - before) * share
                + (2 * before - 5 * start + 4 * end - after) * share**2
                + (3 * start - before - 3 * end + after) * share**3
            )
        )
    result = np.concatenate(pieces)
    return [(float(x), float(y)) for x, y in (result if closed else np.vstack([result, known[-1]]))]


class Layer:
    """A picture in premultiplied colour with its coverage; drawing goes over what is there already."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.colour = Image.new("RGB", (width, height))
        self.coverage = Image.new("L", (width, height))

    @property
    def whole(self) -> Mask:
        """Return the mask that covers the whole layer."""
        return Mask(Image.new("L", (self.width, self.height), 255), 0, 0)

    def fill(self, paint: Paint) -> None:
        """Cover the whole layer."""
        self.paint(self.whole, paint)

    def paint(self, mask: Mask, paint: Paint, opacity: float = 1.0) -> None:
        """Lay paint over the layer where the mask is."""
        left, top, right, bottom = mask.box
        box = max(0, left), max(0, top), min(self.width, right), min(self.height, bottom)
        if box[0] >= box[2] or box[1] >= box[3] or opacity <= 0:
            return
        fitting = (mask if opacity >= 1 else mask.faded(opacity)).within(box).image
        source: Colour | Image.Image = paint if isinstance(paint, tuple) else _render(paint, box)
        self.colour.paste(source, box, fitting)
        self.coverage.paste(255, box, fitting)

    def light(
        self, x: float, y: float, radius: float, colour: Colour, strength: float, *, flatten: float = 1.0
    ) -> None:
        """Add light that falls off from a centre; `flatten` below 1 makes it wider than high."""
        mask = Mask(
            _falloff().resize(
                (max(2, round(radius * 2)), max(2, round(radius * 2 * flatten))), Image.Resampling.BICUBIC
            ),
            round(x - radius),
            round(y - radius * flatten),
        )
        self.glow(mask, colour, strength)

    def glow(self, mask: Mask, colour: Colour, strength: float = 1.0) -> None:
        """Add light where the mask is; it brightens and never covers."""
        left, top, right, bottom = mask.box
        box = max(0, left), max(0, top), min(self.width, right), min(self.height, bottom)
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        ray = Image.new("RGB", (box[2] - box[0], box[3] - box[1]))
        ray.paste(colour, (0, 0), mask.faded(min(1.0, strength)).within(box).image)
        self.colour.paste(ImageChops.screen(self.colour.crop(box), ray), box)

    def shade(self, mask: Mask, factor: float) -> None:
        """Darken what is there, without covering anything new."""
        self._multiply(mask.image.point([round(255 - value * (1 - factor)) for value in range(256)]), mask.box)

    def tint(self, colour: Colour) -> None:
        """Multiply the layer by a colour, as coloured light does."""
        self.colour = ImageChops.multiply(self.colour, Image.new("RGB", self.colour.size, colour))

    def blur(self, radius: float) -> None:
        """Put the layer out of focus."""
        self.colour, self.coverage = soft(self.colour, radius), soft(self.coverage, radius)

    def over(self, other: Layer, x: int = 0, y: int = 0) -> None:
        """Lay another layer on this one."""
        box = (x, y, x + other.width, y + other.height)
        below = self.colour.crop(box)
        inverse = ImageChops.invert(other.coverage)
        kept = ImageChops.multiply(below, Image.merge("RGB", (inverse, inverse, inverse)))
        self.colour.paste(ImageChops.add(kept, other.colour), box)
        self.coverage.paste(255, box, other.coverage)

    def _multiply(self, image: Image.Image, box: Box) -> None:
        left, top, right, bottom = box
        inside = max(0, left), max(0, top), min(self.width, right), min(self.height, bottom)
        if inside[0] >= inside[2] or inside[1] >= inside[3]:
            return
        cut = image.crop((inside[0] - left, inside[1] - top, inside[2] - left, inside[3] - top))
        self.colour.paste(ImageChops.multiply(self.colour.crop(inside), Image.merge("RGB", (cut, cut, cut))), inside)


def fractal(width: int, height: int, generator: np.random.Generator, cells: float = 4, octaves: int = 5) -> Image.Image:
    """Return cloudy noise from 0 to 255; `cells` is the number of lumps across the width."""
    total = np.zeros((height, width), np.float32)
    strength = 1.0
    for octave in range(octaves):
        across = max(2, round(cells * 2**octave))
        down = max(2, round(across * height / width))
        grid = Image.fromarray(generator.random((down + 1, across + 1), np.float32) * 255)
        total += strength * np.asarray(grid.resize((width, height), Image.Resampling.BICUBIC), np.float32)
        strength *= 0.5
    low, high = np.percentile(total, (1, 99))
    return Image.fromarray((np.clip((total - low) / max(high - low, 1e-6), 0, 1) * 255).astype(np.uint8))


@lru_cache(maxsize=1)
def _falloff() -> Image.Image:
    across = np.linspace(-1, 1, 256)
    distance = across[None, :] ** 2 + across[:, None] ** 2
    return Image.fromarray((255 * np.clip(1 - distance, 0, 1) ** 2.5).astype(np.uint8))


def _render(gradient: Gradient, box: Box) -> Image.Image:
    left, top, right, bottom = box
    (x0, y0), (x1, y1) = gradient.start, gradient.end
    length = max(1e-6, (x1 - x0) ** 2 + (y1 - y0) ** 2)
    across = (np.arange(left, right, dtype=np.float32) - x0) * ((x1 - x0) / length)
    down = (np.arange(top, bottom, dtype=np.float32) - y0) * ((y1 - y0) / length)
    dither = np.random.default_rng(1).random((bottom - top, right - left), np.float32)
    share = np.clip(across[None, :] + down[:, None], 0, 1) * (_RAMP - 2) + dither
    stops = (
        [gradient.first, gradient.last] if gradient.middle is None else [gradient.first, gradient.middle, gradient.last]
    )
    places = np.linspace(0, 1, len(stops))
    ramp = np.stack(
        [np.interp(np.linspace(0, 1, _RAMP), places, [stop[i] for stop in stops]) for i in range(3)], axis=1
    )
    return Image.fromarray((ramp + 0.5).astype(np.uint8)[share.astype(np.intp)])


def _extent(points: Sequence[Point]) -> tuple[float, float, float, float]:
    across, down = [point[0] for point in points], [point[1] for point in points]
    return min(across), min(down), max(across), max(down)
