"""A street that runs into the distance between lit houses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.pictures.drawing import (
    Colour,
    Gradient,
    Layer,
    Point,
    dimmed,
    ellipse,
    ellipses,
    line,
    mix,
    polygon,
    polygons,
    rounded,
)
from bot.media.animatic.pictures.particles import DUST
from bot.media.animatic.pictures.settings.sky import falling_weather, sky
from bot.media.animatic.place import Hour, Weather

if TYPE_CHECKING:
    from bot.media.animatic.pictures.scenery import Scenery

_NEON: tuple[Colour, ...] = ((255, 84, 132), (84, 214, 255), (255, 196, 84), (154, 116, 255), (112, 255, 190))
_PANES: tuple[Colour, ...] = ((255, 206, 132), (255, 228, 176), (170, 208, 255))
_LAMP: Colour = (255, 196, 128)


def draw_street(scenery: Scenery) -> None:
    """Draw the street with its houses, lamps and signs; wet when it rains, and lit when it is dark."""
    palette = scenery.palette
    sky(scenery, 0.6, 0.52)
    dark = scenery.place.hour in {Hour.NIGHT, Hour.SUNSET}
    vanish = scenery.x(0.5), scenery.y(0.56)
    _towers(scenery, dark=dark)
    _road(scenery, vanish)
    for side in (-1, 1):
        for near, far, roof in ((0.36, 0.2, 0.3), (0.62, 0.36, 0.12), (1.1, 0.62, -0.3)):
            _house(scenery, vanish, side, (near, far, roof), dark=dark)
    for side in (-1, 1):
        for distance in (0.3, 0.5):
            _street_lamp(scenery, vanish, side, distance, dark=dark)
    if dark:
        for _ in range(18):
            x, y = (
                vanish[0] + scenery.generator.normal(0, scenery.unit * 0.12),
                vanish[1] + abs(scenery.generator.normal(0, scenery.unit * 0.03)),
            )
            colour = ((255, 236, 200), (255, 90, 70))[int(scenery.generator.integers(2))]
            scenery.far.glow(
                ellipse(x, y, scenery.unit * scenery.generator.uniform(0.006, 0.016)).blurred(1.2), colour, 0.6
            )
    else:
        scenery.before.append(scenery.swarm(DUST))
    scenery.far.light(*vanish, scenery.unit * 0.5, mix(palette.glow, _LAMP, 0.5 if dark else 0.0), 0.42)
    falling_weather(scenery)


def _towers(scenery: Scenery, *, dark: bool) -> None:
    generator, unit, palette = scenery.generator, scenery.unit, scenery.palette
    x = scenery.x(0.3)
    while x < scenery.x(0.7):
        wide, roof = generator.uniform(0.04, 0.09) * unit, scenery.y(generator.uniform(0.24, 0.46))
        tone = mix(palette.sky_middle, palette.ink, 0.3)
        scenery.far.paint(
            rounded(x, roof, x + wide, scenery.y(0.6)),
            Gradient(tone, mix(tone, palette.haze, 0.5), (0, roof), (0, scenery.y(0.58))),
        )
        if dark:
            panes = [
                (px, py, unit * 0.0022, unit * 0.0032)
                for px in np.arange(x + unit * 0.01, x + wide - unit * 0.006, unit * 0.012)
                for py in np.arange(roof + unit * 0.014, scenery.y(0.55), unit * 0.018)
                if generator.random() < 0.4  # noqa: PLR2004 - not everybody is in
            ]
            if panes:
                scenery.far.paint(ellipses(panes), _PANES[0], 0.7)
        x += wide + generator.uniform(0, 0.015) * unit


def _road(scenery: Scenery, vanish: Point) -> None:
    width, height, unit, palette = scenery.width, scenery.height, scenery.unit, scenery.palette
    asphalt = mix((92, 92, 104), palette.ink, 0.45 if scenery.place.hour is not Hour.NIGHT else 0.75)
    road = polygon(
        [
            (vanish[0] - unit * 0.02, vanish[1]),
            (vanish[0] + unit * 0.02, vanish[1]),
            (width * 1.25, height + 9),
            (-width * 0.25, height + 9),
        ]
    )
    ground = rounded(-9, vanish[1], width + 9, height + 9)
    scenery.far.paint(
        ground, Gradient(mix(asphalt, palette.haze, 0.45), dimmed(asphalt, 0.72), (0, vanish[1]), (0, height))
    )
    scenery.far.paint(
        road, Gradient(mix(asphalt, palette.haze, 0.35), dimmed(asphalt, 0.6), (0, vanish[1]), (0, height))
    )
    dashes = []
    for share in (0.06, 0.13, 0.24, 0.42, 0.7):
        top, bottom = vanish[1] + (height - vanish[1]) * share, vanish[1] + (height - vanish[1]) * share * 1.4
        dashes.append(
            [
                (vanish[0] - unit * 0.02 * share, top),
                (vanish[0] + unit * 0.02 * share, top),
                (vanish[0] + unit * 0.03 * share, bottom),
                (vanish[0] - unit * 0.03 * share, bottom),
            ]
        )
    scenery.far.paint(polygons(dashes), (226, 214, 186), 0.4)
    if scenery.place.weather in {Weather.RAIN, Weather.STORM}:
        for number in range(14):
            x = vanish[0] + scenery.generator.normal(0, width * 0.2)
            gleam = ellipse(
                x,
                scenery.y(scenery.generator.uniform(0.7, 0.95)),
                unit * 0.012,
                unit * scenery.generator.uniform(0.06, 0.16),
            )
            scenery.far.glow(gleam.blurred(unit * 0.012), _NEON[number % len(_NEON)], 0.3)


def _house(scenery: Scenery, vanish: Point, side: int, shape: tuple[float, float, float], *, dark: bool) -> None:
    """Draw a house front in perspective; `shape` is where it begins and ends from the middle, and its roof."""
    near, far, roof = shape
    palette, generator = scenery.palette, scenery.generator
    half = scenery.width / 2 if scenery.width > scenery.height else scenery.width * 0.62

    def corner(distance: float, height: float) -> Point:
        """Return a point on the front: distance from the middle, height from ground (0) to roof (1)."""
        ground = vanish[1] + distance * scenery.unit * 0.42
        top = vanish[1] - (vanish[1] - scenery.y(roof)) * distance / near
        return vanish[0] + side * distance * half, ground + (top - ground) * height

    tone = mix(
        mix((132, 96, 92), palette.haze, 0.35 - 0.3 * near),
        palette.ink,
        0.7 if scenery.place.hour is Hour.NIGHT else 0.4,
    )
    layer = scenery.far if near < 1 else scenery.middle
    front = polygon([corner(far, 0), corner(near, 0), corner(near, 1), corner(far, 1)])
    layer.paint(front, Gradient(mix(tone, palette.haze, 0.3), dimmed(tone, 0.7), corner(far, 0.5), corner(near, 0.5)))
    columns, rows = 4, 6
    for column in range(columns):
        for row in range(1, rows):
            a, b = (far + (near - far) * (column + share) / columns for share in (0.28, 0.78))
            low, high = (row + 0.15) / rows, (row + 0.72) / rows
            pane = polygon([corner(a, low), corner(b, low), corner(b, high), corner(a, high)])
            lit = dark and generator.random() < 0.45  # noqa: PLR2004 - not everybody is in
            colour = (
                _PANES[int(generator.integers(len(_PANES)))]
                if lit
                else mix(dimmed(tone, 0.5), palette.sky_middle, 0.35)
            )
            layer.paint(pane, colour, 0.9 if lit else 0.7)
    shop = polygon(
        [
            corner(far + (near - far) * 0.1, 0.01),
            corner(near - (near - far) * 0.08, 0.01),
            corner(near - (near - far) * 0.08, 0.13),
            corner(far + (near - far) * 0.1, 0.13),
        ]
    )
    layer.paint(shop, _PANES[0] if dark else mix(palette.sky_low, (255, 255, 255), 0.2), 0.75)
    if dark:
        _neon_sign(scenery, layer, corner(far + (near - far) * 0.3, 0.24), scenery.unit * 0.16 * near)


def _neon_sign(scenery: Scenery, layer: Layer, place: Point, size: float) -> None:
    colour = _NEON[int(scenery.generator.integers(len(_NEON)))]
    x, y = place
    frame = rounded(x - size * 0.28, y - size * 0.6, x + size * 0.28, y + size * 0.6, size * 0.1)
    layer.light(x, y, size * 2.2, colour, 0.45)
    layer.paint(frame, mix(colour, (20, 16, 30), 0.72))
    rim = frame.without(rounded(x - size * 0.22, y - size * 0.54, x + size * 0.22, y + size * 0.54, size * 0.08))
    layer.paint(rim, mix(colour, (255, 255, 255), 0.35))
    for row in (-0.3, 0.0, 0.3):
        layer.paint(
            line([(x - size * 0.12, y + row * size), (x + size * 0.12, y + row * size)], size * 0.07),
            mix(colour, (255, 255, 255), 0.5),
        )


def _street_lamp(scenery: Scenery, vanish: Point, side: int, distance: float, *, dark: bool) -> None:
    unit, layer = scenery.unit, scenery.far
    x, foot = vanish[0] + side * distance * scenery.width * 0.4, vanish[1] + distance * unit * 0.4
    tall = unit * 0.8 * distance
    ink = mix(scenery.palette.ink, scenery.palette.haze, 0.2)
    post = [
        (x, foot),
        (x, foot - tall),
        (x - side * tall * 0.14, foot - tall * 1.05),
        (x - side * tall * 0.24, foot - tall * 1.03),
    ]
    layer.paint(line(post, max(1.5, unit * 0.011 * distance)), ink)
    lamp_x, lamp_y = post[-1]
    layer.paint(
        ellipse(lamp_x, lamp_y + unit * 0.006, unit * 0.03 * distance, unit * 0.014 * distance), _LAMP if dark else ink
    )
    if dark:
        layer.light(lamp_x, lamp_y, unit * 0.42 * distance, _LAMP, 0.7)
        cone = polygon([(lamp_x, lamp_y), (lamp_x + tall * 0.35, foot), (lamp_x - tall * 0.35, foot)])
        layer.glow(cone.blurred(unit * 0.02), _LAMP, 0.12)
