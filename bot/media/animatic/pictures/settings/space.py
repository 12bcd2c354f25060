"""Space: stars, a nebula, a planet with its ring."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from bot.media.animatic.pictures.drawing import (
    Colour,
    Gradient,
    Layer,
    Mask,
    dimmed,
    ellipse,
    ellipses,
    fractal,
    line,
    mix,
    polygon,
    rounded,
)
from bot.media.animatic.pictures.particles import GLITTER
from bot.media.animatic.pictures.settings.sky import stars

if TYPE_CHECKING:
    from bot.media.animatic.pictures.scenery import Scenery

_PLANETS: tuple[tuple[Colour, Colour], ...] = (
    ((232, 176, 120), (140, 76, 78)),
    ((120, 178, 216), (48, 74, 138)),
    ((186, 150, 214), (88, 58, 138)),
)


def draw_space(scenery: Scenery) -> None:
    """Draw deep space; with people in it, seen through the window of their ship."""
    width, height, unit = scenery.width, scenery.height, scenery.unit
    scenery.palette = replace(scenery.palette, ambient=(206, 214, 240), glow=(150, 190, 255), haze=(60, 70, 120))
    scenery.far.fill(Gradient((6, 7, 20), (22, 20, 52), (0, 0), (width * 0.6, height)))
    for tone, cells in (((96, 60, 170), 2.0), ((30, 110, 170), 2.6), ((190, 70, 120), 3.2)):
        noise = np.asarray(fractal(width, height, scenery.generator, cells), np.float32) / 255
        cloud = np.clip((noise - 0.55) / 0.45, 0, 1) ** 1.4
        scenery.far.glow(Mask(Image.fromarray((cloud * 255).astype(np.uint8)), 0, 0), tone, 0.5)
    stars(scenery, height, 1.0, 420)
    planet_x = 0.5 if scenery.people > 1 else 0.74
    _planet(
        scenery,
        scenery.x(planet_x),
        scenery.y(0.36 if scenery.people else 0.5),
        unit * (0.2 if scenery.people else 0.3),
    )
    scenery.behind.append(scenery.swarm(replace(GLITTER, count=46)))
    if scenery.people:
        _cockpit(scenery)


def _planet(scenery: Scenery, x: float, y: float, radius: float) -> None:
    generator, far = scenery.generator, scenery.far
    bright, deep = _PLANETS[int(generator.integers(len(_PLANETS)))]
    far.light(x, y, radius * 2.1, bright, 0.35)
    disc = ellipse(x, y, radius)
    far.paint(
        disc,
        Gradient(mix(bright, (255, 255, 255), 0.2), deep, (x - radius, y - radius), (x + radius * 0.8, y + radius)),
    )
    for share in np.linspace(-0.85, 0.85, 9):
        band = ellipse(x, y + float(share) * radius, radius * 1.1, radius * generator.uniform(0.03, 0.08))
        far.paint(band.both(disc), mix(bright, deep, float(generator.random())), 0.5)
    night = disc.without(ellipse(x - radius * 0.42, y - radius * 0.36, radius * 1.12))
    far.paint(night.blurred(radius * 0.09).both(disc), (8, 8, 22), 0.9)
    far.glow(disc.edge(radius * 0.03, radius * 0.03, radius * 0.02), mix(bright, (255, 255, 255), 0.5), 0.8)
    size = round(radius * 4.6) // 2 * 2
    ring = Layer(size, size)
    for reach, strength in ((1.95, 0.5), (1.76, 0.75), (1.58, 0.45)):
        band = ellipse(size / 2, size / 2, radius * reach, radius * reach * 0.26).without(
            ellipse(size / 2, size / 2, radius * (reach - 0.13), radius * (reach - 0.13) * 0.25)
        )
        ring.paint(band, mix(bright, (255, 246, 230), 0.4), strength)
    front = Mask(ring.coverage.rotate(14, Image.Resampling.BICUBIC), round(x - size / 2), round(y - size / 2))
    behind = front.both(disc).without(
        polygon(
            [
                (x - radius * 2, y - radius * 0.5),
                (x + radius * 2, y - radius * 0.5 - radius),
                (x + radius * 2, y + radius * 3),
                (x - radius * 2, y + radius * 3),
            ]
        )
    )
    far.paint(front.without(behind), mix(bright, (255, 246, 230), 0.4), 0.9)


def _cockpit(scenery: Scenery) -> None:
    """Draw the frame of a ship's window and a console with lights."""
    width, height, unit, layer = scenery.width, scenery.height, scenery.unit, scenery.middle
    hull: Colour = (46, 52, 70)
    frame = rounded(-20, -20, width + 20, height + 20).without(
        rounded(width * 0.05, height * 0.06, width * 0.95, height * 0.74, unit * 0.14)
    )
    layer.paint(frame, Gradient(hull, dimmed(hull, 0.4), (0, 0), (0, height)))
    layer.glow(frame.edge(0, -unit * 0.008, unit * 0.003), (140, 180, 255), 0.45)
    lights: dict[Colour, list[tuple[float, float, float, float]]] = {}
    for row, y in enumerate(np.arange(height * 0.79, height * 0.98, unit * 0.035)):
        for x in np.arange(width * 0.04 + (row % 2) * unit * 0.02, width * 0.96, unit * 0.045):
            if scenery.generator.random() < 0.5:  # noqa: PLR2004 - half of the lamps are off
                colour = ((96, 214, 255), (255, 168, 92), (126, 255, 180))[int(scenery.generator.integers(3))]
                lights.setdefault(colour, []).append((float(x), float(y), unit * 0.005, unit * 0.005))
    for colour, spots in lights.items():
        layer.paint(ellipses(spots), colour, 0.85)
        layer.glow(ellipses(spots).blurred(unit * 0.008), colour, 0.6)
    for x, lean in ((0.3, 0.06), (0.7, -0.06)):
        layer.paint(
            line([(width * x, height * 0.06), (width * (x + lean), -20)], unit * 0.02),
            dimmed(hull, 0.6),
        )
