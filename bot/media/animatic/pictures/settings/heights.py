"""Bare country: mountains and desert."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.pictures.drawing import (
    Colour,
    Gradient,
    Layer,
    Mask,
    Point,
    dimmed,
    line,
    mix,
    polygon,
    polygons,
)
from bot.media.animatic.pictures.particles import DUST
from bot.media.animatic.pictures.settings.sky import drifting_fog, falling_weather, ground, in_light, mist, ridge, sky

if TYPE_CHECKING:
    from bot.media.animatic.pictures.scenery import Scenery


def draw_mountain(scenery: Scenery) -> None:
    """Draw ranges one behind the other, each paler, the highest with snow."""
    palette, unit = scenery.palette, scenery.unit
    sky(scenery, 0.66, 0.3)
    rock = in_light(scenery, (74, 84, 108))
    back = _peaks(scenery, 0.66, 0.42, 5)
    far_tone = mix(rock, palette.haze, 0.45)
    body = ground(scenery, scenery.far, back, mix(far_tone, palette.glow, 0.22), far_tone, light=palette.glow)
    _slopes(scenery, body, dimmed(far_tone, 0.7))
    _snow_caps(scenery, back, body)
    mist(scenery.far, scenery.y(0.42), scenery.y(0.72), palette.haze, 0.6)
    middle = _peaks(scenery, 0.76, 0.26, 7)
    tone = mix(rock, palette.haze, 0.2)
    nearer = ground(scenery, scenery.far, middle, mix(tone, palette.glow, 0.12), dimmed(tone, 0.7), light=palette.glow)
    _slopes(scenery, nearer, dimmed(tone, 0.6))
    mist(scenery.far, scenery.y(0.6), scenery.y(0.86), palette.haze, 0.4)
    slope = ridge(scenery, 0.88, 0.16, 0.3, 1.4)
    dark = mix(rock, palette.ink, 0.6)
    ground(scenery, scenery.middle, slope, dark, dimmed(dark, 0.6), light=palette.glow)
    _firs(scenery, scenery.middle, slope, dimmed(dark, 0.66), count=34, size=0.085)
    close = ridge(scenery, 1.0, 0.1, 0.6, 3)
    ground(scenery, scenery.front, close, dimmed(palette.ink, 0.9), dimmed(palette.ink, 0.6))
    _firs(scenery, scenery.front, close, dimmed(palette.ink, 0.8), count=16, size=0.13)
    drifting_fog(scenery, palette.haze, 0.22)
    for number in range(5):
        x, y = scenery.x(0.52) + number * unit * 0.05, scenery.y(0.2) + (number % 3) * unit * 0.026
        wing = [
            (x - unit * 0.014, y - unit * 0.006),
            (x - unit * 0.005, y - unit * 0.004),
            (x, y),
            (x + unit * 0.005, y - unit * 0.004),
            (x + unit * 0.014, y - unit * 0.006),
        ]
        scenery.far.paint(line(wing, unit * 0.0026), palette.ink, 0.7)
    falling_weather(scenery)


def draw_desert(scenery: Scenery) -> None:
    """Draw dunes with a lit and a shaded side, heat over them, perhaps cacti."""
    palette, unit = scenery.palette, scenery.unit
    sky(scenery, 0.56, 0.3)
    sand = in_light(scenery, (232, 172, 108))
    _mesas(scenery, mix(in_light(scenery, (176, 92, 72)), palette.haze, 0.45))
    for number, (base, height) in enumerate(((0.6, 0.06), (0.7, 0.1), (0.82, 0.12))):
        tone = mix(mix(sand, palette.haze, 0.4 - 0.17 * number), palette.ink, 0.06 * number)
        layer = scenery.far if number < 2 else scenery.middle  # noqa: PLR2004 - the last dune is close
        outline = _dune(scenery, base, height)
        body = ground(scenery, layer, outline, mix(tone, palette.glow, 0.3), dimmed(tone, 0.72), light=palette.glow)
        crest = min(outline, key=lambda point: point[1])
        shade = polygon(
            [crest, (crest[0] + unit * 0.5, crest[1] + unit * 0.3), (crest[0] - unit * 0.1, crest[1] + unit * 0.4)]
        )
        layer.paint(shade.blurred(unit * 0.03).both(body), dimmed(tone, 0.55), 0.55)
    for x, y, size in ((0.86, 0.84, 1.0), (0.1, 0.78, 0.6)):
        _cactus(scenery, scenery.x(x), scenery.y(y), unit * 0.24 * size)
    close = mix(sand, palette.ink, 0.55)
    ground(scenery, scenery.front, ridge(scenery, 1.0, 0.07, 0.4, 1.2), close, dimmed(close, 0.5))
    scenery.before.append(scenery.swarm(DUST))
    falling_weather(scenery)


def _firs(scenery: Scenery, layer: Layer, outline: list[Point], colour: Colour, *, count: int, size: float) -> None:
    shapes = []
    for index in scenery.generator.integers(2, len(outline) - 2, count):
        x, y = outline[int(index)]
        tall = scenery.unit * size * scenery.generator.uniform(0.5, 1.1)
        for tier in range(3):
            top, wide = y - tall * (1 - 0.25 * tier), tall * (0.13 + 0.07 * tier)
            shapes.append([(x, top), (x + wide, top + tall * 0.48), (x - wide, top + tall * 0.48)])
    layer.paint(polygons(shapes), colour)


def _peaks(scenery: Scenery, base: float, height: float, count: int) -> list[Point]:
    """Return a jagged outline by halving distances, with the highest peak off the centre."""
    generator = scenery.generator
    xs = np.linspace(-0.05, 1.05, count * 2 + 1)
    ys = np.where(
        np.arange(len(xs)) % 2 == 1, generator.uniform(0.45, 0.95, len(xs)), generator.uniform(0.0, 0.25, len(xs))
    )
    highest = len(xs) * 6 // 10 // 2 * 2 + 1
    ys[min(highest, len(ys) - 2)] = 1.0
    rough = 0.09
    for _ in range(5):
        middle_x = (xs[:-1] + xs[1:]) / 2
        middle_y = (ys[:-1] + ys[1:]) / 2 + generator.normal(0, rough, len(xs) - 1)
        xs, ys = np.insert(xs, np.arange(1, len(xs)), middle_x), np.insert(ys, np.arange(1, len(ys)), middle_y)
        rough *= 0.52
    return [(scenery.x(float(x)), scenery.y(base - height * float(y))) for x, y in zip(xs, ys, strict=True)]


def _slopes(scenery: Scenery, body: Mask, shadow: Colour) -> None:
    """Give a range its lit and its shaded side: bands along the slopes that turn to the light and away from it."""
    unit = scenery.unit
    for reach in (0.03, 0.07, 0.12):
        scenery.far.paint(body.without(body.moved(-reach * unit, -reach * unit * 0.2)), shadow, 0.2)
        scenery.far.glow(body.without(body.moved(reach * unit, 0)), scenery.palette.glow, 0.07)


def _snow_caps(scenery: Scenery, outline: list[Point], body: Mask) -> None:
    highest = min(y for _, y in outline)
    line_of_snow = highest + scenery.y(0.17)
    generator = scenery.generator
    lower = [(x, max(y, 0) + max(0.0, line_of_snow - y) * generator.uniform(0.45, 0.95)) for x, y in outline]
    cap = polygon([*outline, *reversed(lower)])
    snow = in_light(scenery, (250, 250, 255))
    scenery.far.paint(cap.both(body), mix(snow, scenery.palette.glow, 0.2), 0.92)
    shaded = cap.both(body).edge(-scenery.unit * 0.02, 0, 1.5)
    scenery.far.paint(shaded, mix(snow, scenery.palette.sky_top, 0.45), 0.6)


def _dune(scenery: Scenery, base: float, height: float) -> list[Point]:
    generator = scenery.generator
    across = np.linspace(-0.02, 1.02, 200)
    centre = generator.uniform(0.25, 0.75)
    shape = np.where(
        across < centre, ((across + 0.3) / (centre + 0.3)) ** 1.8, np.clip(1 - (across - centre) * 1.6, 0, 1) ** 1.3
    )
    shape = shape + 0.25 * np.sin(across * 5 + generator.uniform(0, 6)) + 0.1
    return [(scenery.x(float(x)), scenery.y(base - height * float(s))) for x, s in zip(across, shape, strict=True)]


def _mesas(scenery: Scenery, colour: Colour) -> None:
    unit, y = scenery.unit, scenery.y(0.58)
    for x, wide, tall in ((0.72, 0.2, 0.16), (0.88, 0.1, 0.22), (0.2, 0.14, 0.1)):
        left = scenery.x(x)
        mesa = polygon(
            [
                (left - wide * unit * 0.62, y),
                (left - wide * unit * 0.45, y - tall * unit * 0.9),
                (left - wide * unit * 0.4, y - tall * unit),
                (left + wide * unit * 0.38, y - tall * unit),
                (left + wide * unit * 0.46, y - tall * unit * 0.85),
                (left + wide * unit * 0.66, y),
            ]
        )
        scenery.far.paint(
            mesa,
            Gradient(
                mix(colour, scenery.palette.glow, 0.3), colour, (left - wide * unit / 2, 0), (left + wide * unit / 2, 0)
            ),
        )


def _cactus(scenery: Scenery, x: float, y: float, tall: float) -> None:
    colour = mix(in_light(scenery, (58, 98, 70)), scenery.palette.ink, 0.35)
    wide = tall * 0.17
    for points in (
        [(x, y), (x, y - tall)],
        [(x, y - tall * 0.35), (x - tall * 0.26, y - tall * 0.38), (x - tall * 0.27, y - tall * 0.68)],
        [(x, y - tall * 0.5), (x + tall * 0.24, y - tall * 0.52), (x + tall * 0.25, y - tall * 0.8)],
    ):
        stem = line(points, wide if len(points) == 2 else wide * 0.72)  # noqa: PLR2004 - the trunk has two points
        scenery.middle.paint(stem, colour)
        scenery.middle.glow(stem.edge(wide * 0.2, 0, 1), scenery.palette.glow, 0.5)
