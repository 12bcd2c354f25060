"""The set of a scene: layers at three depths, what moves in it, and the light it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PIL import Image, ImageChops

from bot.media.animatic.pictures.camera import put
from bot.media.animatic.pictures.drawing import Layer, Mask, ellipse
from bot.media.animatic.pictures.haze import Haze
from bot.media.animatic.pictures.particles import Particles, Swarm
from bot.media.animatic.pictures.planes import Planes, converted, to_planes

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.media.animatic.pictures.camera import Camera
    from bot.media.animatic.pictures.drawing import Box
    from bot.media.animatic.pictures.palette import Palette
    from bot.media.animatic.pictures.planes import Frame
    from bot.media.animatic.place import Place

FAR, MIDDLE, NEAR, CLOSE = 0.0, 0.35, 0.75, 1.0
"""Depths of the layers: what is close moves most under the camera."""
_GAP = 48
"""Empty columns that are worth splitting a layer at."""


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


@dataclass(frozen=True, slots=True)
class Sprite:
    """A drawn picture at a place and depth. Its opacity may change with the seconds of the clip."""

    planes: Planes
    depth: float
    left: float = 0.0
    top: float = 0.0
    opacity: Callable[[float], float] = _steady

    def draw(self, frame: Frame, moment: Moment, camera: Camera) -> None:
        """Lay the picture over the frame."""
        window = camera.window(moment.progress, self.depth)
        put(frame, self.planes, window, self.left, self.top, opacity=self.opacity(moment.seconds))


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
    haze: Haze = field(init=False)

    def __post_init__(self) -> None:
        """Make the empty layers."""
        self.far, self.middle, self.near, self.front = (Layer(self.width, self.height) for _ in range(4))
        self.haze = Haze((self.width, self.height))

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

    def animate(self, layer: Layer, opacity: Callable[[float], float] = _steady, drift: float = 0.0) -> None:
        """Put moving light or fog behind the people.

        `opacity` follows the seconds of the clip; `drift` is in pixels per second, for a layer wider than the drawing.
        """
        self.haze.add(layer, opacity, drift)

    def elements_behind(self) -> list[Element]:
        """Return everything behind the people, ready to be drawn, furthest first."""
        vignette(self.far)
        layers: list[Element] = [Sprite(to_planes(self.far, opaque=True), FAR)]
        layers += sprites(self.middle, MIDDLE)
        layers += self.behind
        if not self.haze.empty:
            layers.append(self.haze)
        layers += sprites(self.near, NEAR)
        return layers

    def elements_before(self) -> list[Element]:
        """Return everything in front of the people."""
        return [*sprites(self.front, CLOSE), *self.before]


def sprites(layer: Layer, depth: float) -> list[Element]:
    """Return the painted parts of a layer as sprites; parts with nothing between them become sprites of their own."""
    colour = layer.colour
    # Light that lies on nothing covers as much as it is bright, which brightens what is behind it like a screen.
    brightness = ImageChops.lighter(ImageChops.lighter(*colour.split()[:2]), colour.getchannel("B"))
    coverage = ImageChops.lighter(layer.coverage, brightness)
    found: list[Element] = []
    for left, right in _stretches(coverage):
        painted = coverage.crop((left, 0, right, layer.height)).getbbox()
        if painted is not None:
            top, bottom = max(0, painted[1] // 2 * 2 - 2), min(layer.height, (painted[3] + 3) // 2 * 2)
            box = (left, top, right, bottom)
            found.append(Sprite(converted(colour.crop(box), coverage.crop(box)), depth, left, top))
    return found


def _stretches(coverage: Image.Image) -> list[tuple[int, int]]:
    """Return where a layer is painted, from left to right, joined where the gap between two parts is small."""
    columns = np.flatnonzero(np.asarray(coverage).any(axis=0))
    if not len(columns):
        return []
    breaks = np.flatnonzero(np.diff(columns) > _GAP)
    starts = [columns[0], *columns[breaks + 1]]
    ends = [*columns[breaks], columns[-1]]
    return [
        (max(0, int(start) // 2 * 2 - 2), min(coverage.width, (int(end) + 4) // 2 * 2))
        for start, end in zip(starts, ends, strict=True)
    ]


def vignette(layer: Layer) -> None:
    """Darken the corners a little."""
    width, height = layer.width, layer.height
    lit = ellipse(width / 2, height * 0.46, width * 0.62, height * 0.68).within((0, 0, width, height))
    dark = Mask(lit.image, 0, 0).blurred(min(width, height) * 0.16).within((0, 0, width, height))
    layer.shade(layer.whole.without(dark), 0.62)
