"""Green country: meadow and forest."""

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
)
from bot.media.animatic.pictures.particles import DUST, FIREFLIES, GLITTER
from bot.media.animatic.pictures.settings.sky import drifting_fog, falling_weather, ground, in_light, mist, ridge, sky
from bot.media.animatic.place import Hour, Weather

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.media.animatic.pictures.scenery import Scenery


_CROWN = ((-0.5, 1.6, 0.55), (0.5, 1.65, 0.6), (0.0, 2.2, 0.72), (0.05, 1.6, 0.7))
"""The parts of a tree's crown: right, up and radius, in shares of its size."""


def draw_meadow(scenery: Scenery) -> None:
    """Draw rolling hills under a wide sky, trees on the ridges, grass and flowers in front."""
    palette = scenery.palette
    sky(scenery, 0.62)
    snowy = scenery.place.weather is Weather.SNOW
    green: Colour = (214, 222, 232) if snowy else (98, 148, 84)
    for number, (base, height) in enumerate(((0.6, 0.13), (0.69, 0.1))):
        tone = in_light(scenery, mix(green, palette.haze, 0.6 - 0.26 * number))
        outline = ridge(scenery, base, height, 0.2)
        ground(scenery, scenery.far, outline, tone, dimmed(tone, 0.8), light=palette.glow)
        _trees(scenery, outline, mix(tone, dimmed(green, 0.75), 0.5), 10 - 3 * number, 0.022 + 0.014 * number)
    mist(scenery.far, scenery.y(0.5), scenery.y(0.85), palette.haze, 0.28)
    near = in_light(scenery, mix(green, palette.ink, 0.22))
    outline = ridge(scenery, 0.82, 0.09, 0.15)
    ground(scenery, scenery.middle, outline, near, dimmed(near, 0.5), light=palette.glow)
    if scenery.has("lake", "river", "pond", "湖", "河"):
        _lake(scenery)
    _grass(
        scenery,
        in_light(scenery, mix(green, palette.ink, 0.5)),
        flowers=not snowy and scenery.place.hour is not Hour.NIGHT,
    )
    scenery.before.append(scenery.swarm(FIREFLIES if scenery.place.hour is Hour.NIGHT else DUST))
    falling_weather(scenery)


def draw_forest(scenery: Scenery) -> None:
    """Draw trunks in rows that fade into the mist, shafts of light, ferns in front."""
    palette, unit = scenery.palette, scenery.unit
    deep, air = in_light(scenery, (38, 84, 72)), in_light(scenery, (188, 214, 176))
    scenery.far.fill(
        Gradient(mix(deep, air, 0.35), mix(air, palette.haze, 0.4), (0, 0), (0, scenery.y(0.75)), mix(air, deep, 0.3))
    )
    sun = scenery.x(0.62), scenery.y(0.3)
    scenery.far.light(*sun, unit * 0.9, palette.glow, 0.65)
    scenery.far.light(*sun, unit * 0.4, palette.glow, 0.5)
    for row, (count, width, share) in enumerate(((17, 0.018, 0.28), (12, 0.03, 0.5), (8, 0.05, 0.72))):
        tone = mix(mix(air, palette.haze, 0.3), mix(deep, palette.ink, 0.55), share)
        layer = scenery.far if row < 2 else scenery.middle  # noqa: PLR2004 - the last row is close
        base = 0.7 + 0.07 * row
        _trunks(scenery, layer, tone, count=count, width=width, base=base)
        ground(scenery, layer, ridge(scenery, base + 0.03, 0.04, 0.6, 4), mix(tone, deep, 0.35), dimmed(tone, 0.72))
        _canopy(scenery, layer, 0.05 + 0.045 * row, mix(tone, deep, 0.3))
        if layer is scenery.far:
            mist(layer, scenery.y(0.45), scenery.y(0.9), mix(air, palette.haze, 0.5), 0.3 - 0.12 * row)
    _shafts(scenery, sun)
    _ferns(scenery, mix(deep, palette.ink, 0.72))
    if scenery.place.weather is Weather.FOG or scenery.place.hour is Hour.DAWN:
        drifting_fog(scenery, mix(air, palette.haze, 0.5), 0.3)
    scenery.before.append(scenery.swarm(FIREFLIES if scenery.place.hour is Hour.NIGHT else DUST))
    falling_weather(scenery)


def _trees(scenery: Scenery, outline: list[Point], colour: Colour, count: int, size: float) -> None:
    for index in scenery.generator.integers(0, len(outline), count):
        x, y = outline[int(index)]
        radius = scenery.unit * size * scenery.generator.uniform(0.5, 1.0)
        stem = line([(x, y + radius * 0.3), (x, y - radius * 1.9)], radius * 0.2)
        scenery.far.paint(stem, dimmed(colour, 0.6))
        crown = ellipses([(x + radius * a, y - radius * b, radius * c, radius * c) for a, b, c in _CROWN])
        top, bottom = (x, y - radius * 2.9), (x, y - radius * 1.0)
        scenery.far.paint(crown, Gradient(mix(colour, scenery.palette.glow, 0.28), dimmed(colour, 0.8), top, bottom))


def _trunks(scenery: Scenery, layer: Layer, colour: Colour, *, count: int, width: float, base: float) -> None:
    generator, unit = scenery.generator, scenery.unit
    for number in range(count):
        x = scenery.x((number + generator.uniform(0.1, 0.9)) / count)
        half, lean = unit * width * generator.uniform(0.5, 1.0) / 2, generator.uniform(-0.03, 0.03) * unit
        foot = scenery.y(base + 0.03)
        trunk = polygon(
            [
                (x + lean - half * 0.6, -6),
                (x + lean + half * 0.6, -6),
                (x + half, foot),
                (x + half * 2, foot + unit * 0.02),
                (x - half * 2, foot + unit * 0.02),
                (x - half, foot),
            ]
        )
        layer.paint(
            trunk, Gradient(mix(colour, scenery.palette.glow, 0.16), dimmed(colour, 0.8), (x + half, 0), (x - half, 0))
        )
        for _ in range(2):
            y = scenery.y(generator.uniform(0.12, 0.42))
            reach = unit * generator.uniform(0.05, 0.12) * generator.choice([-1, 1])
            layer.paint(line([(x, y), (x + reach, y - abs(reach) * 0.6)], max(1.0, half * 0.4)), colour)


def _canopy(scenery: Scenery, layer: Layer, depth: float, colour: Colour) -> None:
    generator, unit = scenery.generator, scenery.unit
    leaves = [
        (
            x,
            scenery.y(depth) * generator.uniform(-0.4, 1.0),
            unit * generator.uniform(0.04, 0.1),
            unit * generator.uniform(0.03, 0.06),
        )
        for x in np.arange(-unit * 0.05, scenery.width + unit * 0.05, unit * 0.035)
    ]
    layer.paint(ellipses(leaves), colour, 0.9)


def _shafts(scenery: Scenery, sun: Point) -> None:
    """Let rays fall through the trees; each comes and goes slowly."""
    unit = scenery.unit
    for number, angle in enumerate((-0.85, -0.35, 0.12)):
        rays = Layer(scenery.width, scenery.height)
        dx = float(np.sin(angle)) * unit * 1.6
        ray = polygon(
            [
                (sun[0] + dx * 0.02, -20),
                (sun[0] + unit * 0.06, -20),
                (sun[0] + dx + unit * 0.26, scenery.height),
                (sun[0] + dx, scenery.height),
            ]
        )
        rays.glow(ray.blurred(unit * 0.03), scenery.palette.glow, 0.3)
        scenery.animate(rays, _breathing(0.5 + 0.17 * number, number * 2.1))


def _breathing(rate: float, phase: float) -> Callable[[float], float]:
    return lambda seconds: 0.62 + 0.38 * float(np.sin(seconds * rate * 2 + phase))


def _ferns(scenery: Scenery, colour: Colour) -> None:
    generator, unit, layer = scenery.generator, scenery.unit, scenery.front
    blades = []
    for x in np.arange(-0.02, 1.04, 0.016):
        side = abs(x - 0.5) * 2
        tall = unit * generator.uniform(0.05, 0.12) * (0.35 + 1.3 * side**2)
        lean = generator.uniform(-0.06, 0.06) * unit
        foot = scenery.x(float(x))
        blades.append(
            [
                (foot - unit * 0.012, scenery.height + 4.0),
                (foot + lean, scenery.height - tall - unit * 0.03),
                (foot + unit * 0.012, scenery.height + 4.0),
            ]
        )
    layer.paint(polygons(blades), colour)
    layer.blur(unit * 0.0025)


def _grass(scenery: Scenery, colour: Colour, *, flowers: bool) -> None:
    generator, unit, layer = scenery.generator, scenery.unit, scenery.front
    ground(scenery, layer, ridge(scenery, 0.99, 0.04, 0.4, 3), colour, dimmed(colour, 0.5))
    blades = []
    for x in np.arange(-0.01, 1.02, 0.006):
        foot, tall, lean = (
            scenery.x(float(x)),
            unit * generator.uniform(0.04, 0.09),
            generator.uniform(-0.03, 0.03) * unit,
        )
        bottom = scenery.y(0.985)
        blades.append([(foot - unit * 0.004, bottom), (foot + lean, bottom - tall), (foot + unit * 0.004, bottom)])
    layer.paint(polygons(blades), dimmed(colour, 1.1))
    if flowers:
        for petal in ((255, 236, 150), (255, 180, 190), (250, 250, 255)):
            spots = [
                (
                    scenery.x(float(generator.random())),
                    scenery.y(generator.uniform(0.91, 0.97)),
                    unit * 0.007,
                    unit * 0.007,
                )
                for _ in range(12)
            ]
            layer.paint(ellipses(spots), in_light(scenery, petal), 0.95)


def _lake(scenery: Scenery) -> None:
    palette = scenery.palette
    x, y = scenery.x(0.5), scenery.y(0.83)
    water = ellipse(x, y, scenery.width * 0.36, scenery.unit * 0.05)
    scenery.middle.paint(
        water, Gradient(palette.sky_low, palette.sky_middle, (0, y - scenery.unit * 0.05), (0, y + scenery.unit * 0.05))
    )
    scenery.behind.append(
        scenery.swarm(
            GLITTER, (round(scenery.x(0.2)), round(scenery.y(0.79)), round(scenery.x(0.8)), round(scenery.y(0.87)))
        )
    )
