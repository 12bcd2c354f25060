"""A kitchen with something on the stove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.pictures.drawing import (
    Colour,
    Gradient,
    dimmed,
    ellipse,
    line,
    mix,
    polygons,
    rounded,
)
from bot.media.animatic.pictures.particles import STEAM
from bot.media.animatic.pictures.settings.furniture import pendant, shelf, table, window
from bot.media.animatic.pictures.settings.indoors import indoor_light, wall
from bot.media.animatic.place import Hour

if TYPE_CHECKING:
    from bot.media.animatic.pictures.scenery import Scenery


def draw_kitchen(scenery: Scenery) -> None:
    """Draw tiles, shelves, hanging pans, a window, and a counter with a steaming pot."""
    outside, unit = scenery.palette, scenery.unit
    indoor_light(scenery, (250, 230, 208))
    evening = scenery.place.hour in {Hour.NIGHT, Hour.SUNSET}
    wall(scenery, (96, 108, 110) if evening else (186, 202, 198), (132, 118, 104) if evening else (232, 222, 202))
    _tiles(scenery, (236, 232, 222) if not evening else (150, 150, 146))
    window(scenery, (0.38, 0.12, 0.62, 0.48) if not scenery.portrait else (0.2, 0.14, 0.8, 0.4), outside, panes=2)
    shelf(scenery, (0.7, 0.12, 0.98, 0.44), bottles=True)
    _pans(scenery)
    if evening:
        pendant(scenery, scenery.x(0.5), scenery.y(0.06), (255, 196, 128))
    counter = scenery.y(0.66)
    scenery.far.paint(
        rounded(-9, counter, scenery.width + 9, scenery.height + 9),
        Gradient((92, 116, 112), (40, 54, 54), (0, counter), (0, scenery.height)),
    )
    scenery.far.paint(rounded(-9, counter - unit * 0.012, scenery.width + 9, counter + unit * 0.014), (226, 208, 180))
    _pot(scenery, scenery.x(0.5), counter - unit * 0.01)
    table(scenery, 0.92, (168, 120, 82))
    region = (
        round(scenery.x(0.5) - unit * 0.2),
        round(scenery.y(0.1)),
        round(scenery.x(0.5) + unit * 0.2),
        round(counter - unit * 0.1),
    )
    scenery.behind.append(scenery.swarm(STEAM, region))


def _tiles(scenery: Scenery, colour: Colour) -> None:
    unit, far = scenery.unit, scenery.far
    top, bottom, size = scenery.y(0.42), scenery.y(0.66), unit * 0.055
    far.paint(rounded(-9, top, scenery.width + 9, bottom), colour, 0.55)
    seams = []
    for row, y in enumerate(np.arange(top, bottom, size * 0.5)):
        seams.append([(-9.0, y), (scenery.width + 9.0, y), (scenery.width + 9.0, y + 1.4), (-9.0, y + 1.4)])
        seams += [
            [(x, y), (x + 1.4, y), (x + 1.4, y + size * 0.5), (x, y + size * 0.5)]
            for x in np.arange(-size + (row % 2) * size / 2, scenery.width, size)
        ]
    far.paint(polygons(seams), dimmed(colour, 0.6), 0.45)


def _pans(scenery: Scenery) -> None:
    unit, far = scenery.unit, scenery.far
    y = scenery.y(0.1)
    far.paint(line([(scenery.x(0.03), y), (scenery.x(0.31), y)], unit * 0.009), (62, 54, 52))
    for number, (x, size) in enumerate(((0.07, 0.05), (0.15, 0.062), (0.23, 0.046), (0.29, 0.036))):
        centre = scenery.x(x)
        copper: Colour = (192, 112, 72) if number % 2 else (88, 88, 96)
        far.paint(line([(centre, y), (centre, y + unit * 0.1)], unit * 0.01), dimmed(copper, 0.6))
        far.paint(
            ellipse(centre, y + unit * (0.1 + size), unit * size),
            Gradient(
                mix(copper, (255, 230, 200), 0.4),
                dimmed(copper, 0.6),
                (centre - unit * size, y),
                (centre + unit * size, y + unit * 0.2),
            ),
        )
        far.paint(ellipse(centre, y + unit * (0.1 + size), unit * size * 0.76), dimmed(copper, 0.75))


def _pot(scenery: Scenery, x: float, foot: float) -> None:
    unit, far = scenery.unit, scenery.far
    half, tall = unit * 0.11, unit * 0.12
    far.paint(
        rounded(x - half, foot - tall, x + half, foot, unit * 0.016),
        Gradient((226, 98, 74), (122, 40, 38), (x - half, 0), (x + half, 0)),
    )
    far.paint(
        rounded(x - half * 1.08, foot - tall - unit * 0.012, x + half * 1.08, foot - tall + unit * 0.006, unit * 0.006),
        (150, 54, 48),
    )
    for side in (-1, 1):
        far.paint(ellipse(x + side * half * 1.1, foot - tall * 0.7, unit * 0.022, unit * 0.012), (120, 40, 38))
