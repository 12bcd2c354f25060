"""The set of a scene: layers at three depths, what moves in it, and the light it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PIL import ImageChops

from bot.media.animatic.pictures.camera import put
from bot.media.animatic.pictures.drawing import Layer, Mask, ellipse
from bot.media.animatic.pictures.particles import Particles, Swarm
from bot.media.animatic.pictures.planes import Planes, converted, to_planes

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.media.animatic.pictures.camera import Camera
    from bot.media.animatic.pictures.drawing import Box, Point
    from bot.media.animatic.pictures.palette import Palette
    from bot.media.animatic.pictures.planes import Frame
    from bot.media.animatic.place import Place

FAR, MIDDLE, NEAR, CLOSE = 0.0, 0.35, 0.75, 1.0
"""Depths of the layers: what is close moves most under the camera."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time of the clip: seconds since its start, and the share of it that is over."""

    seconds: float
    progress: float


class Element(Protocol):
    """Something that draws itself into each frame."""

    def draw(self, frame: Frame, moment: Moment, camera: Camera) -> None:
        """Draw into the frame."""
        ...


def _steady(_: float) -> float:
    return 1.0


def _still(_: float) -> Point:
    return 0.0, 0.0


@dataclass(frozen=True, slots=True)
class Sprite:
    """A drawn picture at a place and depth. Opacity and offset in pixels may change with the seconds of the clip."""

    planes: Planes
    depth: float
    left: float = 0.0
    top: float = 0.0
    opacity: Callable[[float], float] = _steady
    offset: Callable[[float], Point] = _still

    def draw(self, frame: Frame, moment: Moment, camera: Camera) -> None:
        """Lay the picture over the frame."""
        across, down = self.offset(moment.seconds)
        window = camera.window(moment.progress, self.depth)
        put(frame, self.planes, window, self.left + across, self.top + down, self.opacity(moment.seconds))


@dataclass(slots=True)
class Scenery:
    """What a setting draws on. Sizes are pixels of the drawing, which is larger than the frame.

    `far` covers everything, `middle` and `near` stand before it and behind the people, `front` is closest. `behind` and
    `before` are what moves behind and before the people.
    """

    width: int
    height: int
    place: Place
    palette: Palette
    generator: np.random.Generator
    people: int
    words: str
    frame_size: tuple[int, int]
    far: Layer = field(init=False)
    middle: Layer = field(init=False)
    near: Layer = field(init=False)
    front: Layer = field(init=False)
    behind: list[Element] = field(default_factory=list)
    before: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the empty layers."""
        self.far, self.middle, self.near, self.front = (Layer(self.width, self.height) for _ in range(4))

    @property
    def unit(self) -> float:
        """Return the shorter side, the measure of everything."""
        return float(min(self.width, self.height))

    @property
    def portrait(self) -> bool:
        """Say whether the picture is higher than wide."""
        return self.height > self.width

    def x(self, share: float) -> float:
        """Return the pixel of a share of the width."""
        return share * self.width

    def y(self, share: float) -> float:
        """Return the pixel of a share of the height."""
        return share * self.height

    def has(self, *words: str) -> bool:
        """Say whether the description contains one of the words (lower case)."""
        return any(word in self.words for word in words)

    def swarm(self, swarm: Swarm, region: Box | None = None, depth: float = FAR) -> Particles:
        """Return particles for this scene, over the whole frame or in a region of the drawing."""
        return Particles(swarm, self.frame_size, int(self.generator.integers(1 << 30)), region, depth)

    def animate(
        self,
        layer: Layer,
        depth: float,
        opacity: Callable[[float], float] = _steady,
        offset: Callable[[float], Point] = _still,
    ) -> None:
        """Put a layer of its own behind the people; its opacity or place changes with the seconds of the clip."""
        self.behind += sprites(layer, depth, opacity, offset)

    def elements_behind(self) -> list[Element]:
        """Return everything behind the people, ready to be drawn, furthest first."""
        vignette(self.far)
        layers: list[Element] = [Sprite(to_planes(self.far, opaque=True), FAR)]
        layers += sprites(self.middle, MIDDLE)
        layers += self.behind
        layers += sprites(self.near, NEAR)
        return layers

    def elements_before(self) -> list[Element]:
        """Return everything in front of the people."""
        return [*sprites(self.front, CLOSE), *self.before]


def sprites(
    layer: Layer,
    depth: float,
    opacity: Callable[[float], float] = _steady,
    offset: Callable[[float], Point] = _still,
) -> list[Element]:
    """Return the painted part of a layer as a sprite, or nothing where it is empty."""
    # Light without paint counts too, so the box is taken from colour and coverage.
    boxes = [box for box in (layer.coverage.getbbox(), layer.colour.getbbox()) if box is not None]
    if not boxes:
        return []
    left = max(0, min(box[0] for box in boxes) // 2 * 2 - 2)
    top = max(0, min(box[1] for box in boxes) // 2 * 2 - 2)
    right = min(layer.width, (max(box[2] for box in boxes) + 3) // 2 * 2)
    bottom = min(layer.height, (max(box[3] for box in boxes) + 3) // 2 * 2)
    box = (left, top, right, bottom)
    colour = layer.colour.crop(box)
    # Light that lies on nothing covers as much as it is bright, which brightens what is behind it like a screen.
    brightness = ImageChops.lighter(ImageChops.lighter(*colour.split()[:2]), colour.getchannel("B"))
    coverage = ImageChops.lighter(layer.coverage.crop(box), brightness)
    return [Sprite(converted(colour, coverage), depth, left, top, opacity, offset)]


def vignette(layer: Layer) -> None:
    """Darken the corners a little."""
    width, height = layer.width, layer.height
    lit = ellipse(width / 2, height * 0.46, width * 0.62, height * 0.68).within((0, 0, width, height))
    dark = Mask(lit.image, 0, 0).blurred(min(width, height) * 0.16).within((0, 0, width, height))
    layer.shade(layer.whole.without(dark), 0.62)
