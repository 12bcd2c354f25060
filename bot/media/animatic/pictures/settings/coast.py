"""The sea: surf, sand, a lighthouse or a sail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.pictures.drawing import (
    Gradient,
    Layer,
    Point,
    curve,
    dimmed,
    ellipses,
    line,
    mix,
    polygon,
    rounded,
)
from bot.media.animatic.pictures.particles import GLITTER
from bot.media.animatic.pictures.settings.sky import falling_weather, ground, in_light, sky

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.media.animatic.pictures.scenery import Scenery


def draw_sea(scenery: Scenery) -> None:
    """Draw the sea with the light's path on it, surf, sand and perhaps a lighthouse or a sail."""
    palette, unit = scenery.palette, scenery.unit
    horizon = 0.54
    sun = 0.64
    sky(scenery, horizon, sun)
    y = scenery.y(horizon)
    deep = in_light(scenery, mix((30, 118, 158), palette.sky_top, 0.25))
    water = rounded(-8, y, scenery.width + 8, scenery.height + 8)
    scenery.far.paint(water, Gradient(mix(palette.sky_low, deep, 0.45), deep, (0, y), (0, scenery.y(0.84))))
    _light_path(scenery, scenery.x(sun), y)
    if scenery.has("lighthouse", "灯塔"):
        _lighthouse(scenery, scenery.x(0.2), y + unit * 0.02)
    elif scenery.has("ship", "boat", "sail", "船"):
        _sail(scenery, scenery.x(0.3), y)
    for number, height in enumerate((0.62, 0.7, 0.78)):
        outline = _swell(scenery, height, 0.002 + 0.0025 * number, number)
        tone = mix(deep, palette.ink, 0.08 * number)
        ground(
            scenery,
            scenery.far if number == 0 else scenery.middle,
            outline,
            mix(tone, palette.sky_low, 0.34),
            tone,
            light=dimmed(palette.sky_low, 0.6),
        )
    sand = in_light(scenery, (226, 190, 146))
    shore = _swell(scenery, 0.91, 0.009, 5)
    foam = [(x, top - unit * 0.02) for x, top in shore]
    ground(scenery, scenery.front, foam, mix((255, 255, 255), palette.haze, 0.3), sand)
    ground(scenery, scenery.front, shore, sand, dimmed(sand, 0.62))
    left = round(scenery.x(sun) - unit * 0.3)
    scenery.behind.append(scenery.swarm(GLITTER, (left, round(y), left + round(unit * 0.6), round(scenery.y(0.8)))))
    if scenery.has("palm", "tropic", "island", "椰"):
        _palm(scenery)
    falling_weather(scenery)


def _light_path(scenery: Scenery, x: float, top: float) -> None:
    unit, generator = scenery.unit, scenery.generator
    dashes = []
    for share in np.linspace(0.01, 1, 60) ** 1.5:
        y = top + share * (scenery.y(0.86) - top)
        reach = unit * (0.02 + 0.16 * share) * generator.uniform(0.3, 1)
        shift = unit * 0.05 * share * generator.uniform(-1, 1)
        dashes.append((x + shift, y, reach, unit * (0.0014 + 0.004 * share)))
    scenery.far.glow(ellipses(dashes), scenery.palette.glow, 0.6)
    scenery.far.light(x, top + unit * 0.02, unit * 0.5, scenery.palette.glow, 0.4, flatten=0.35)


def _swell(scenery: Scenery, base: float, height: float, seed: int) -> list[Point]:
    across = np.linspace(-0.02, 1.02, 160)
    ratio = scenery.width / scenery.unit
    wave = np.sin(across * 14 * ratio + seed * 2.1) + 0.5 * np.sin(across * 31 * ratio + seed)
    return [
        (scenery.x(float(x)), scenery.y(base) + float(w) * height * scenery.unit)
        for x, w in zip(across, wave, strict=True)
    ]


def _lighthouse(scenery: Scenery, x: float, y: float) -> None:
    unit, far, palette = scenery.unit, scenery.far, scenery.palette
    cliff = curve(
        [
            (x - unit * 0.32, y + unit * 0.04),
            (x - unit * 0.2, y - unit * 0.06),
            (x + unit * 0.05, y - unit * 0.08),
            (x + unit * 0.16, y),
            (x + unit * 0.2, y + unit * 0.05),
        ]
    )
    far.paint(cliff, mix(palette.ink, palette.haze, 0.2))
    top = y - unit * 0.3
    tower = polygon(
        [
            (x - unit * 0.026, top),
            (x + unit * 0.026, top),
            (x + unit * 0.042, y - unit * 0.06),
            (x - unit * 0.042, y - unit * 0.06),
        ]
    )
    far.paint(
        tower,
        Gradient(
            in_light(scenery, (246, 238, 230)),
            in_light(scenery, (140, 132, 140)),
            (x - unit * 0.04, 0),
            (x + unit * 0.04, 0),
        ),
    )
    for stripe in (0.25, 0.62):
        height = top + (y - unit * 0.06 - top) * stripe
        far.paint(
            rounded(x - unit * 0.06, height, x + unit * 0.06, height + unit * 0.05).both(tower),
            in_light(scenery, (190, 54, 48)),
        )
    far.paint(rounded(x - unit * 0.034, top - unit * 0.012, x + unit * 0.034, top, 1), palette.ink)
    far.paint(
        polygon(
            [(x - unit * 0.026, top - unit * 0.05), (x, top - unit * 0.085), (x + unit * 0.026, top - unit * 0.05)]
        ),
        palette.ink,
    )
    far.paint(rounded(x - unit * 0.017, top - unit * 0.05, x + unit * 0.017, top - unit * 0.01), (255, 240, 190))
    for number, (side, drop) in enumerate(((1, 0.18), (-1, 0.1))):
        beam = Layer(scenery.width, scenery.height)
        lamp_y = top - unit * 0.03
        ray = polygon(
            [
                (x, lamp_y),
                (x + side * unit * 1.5, lamp_y - unit * (drop - 0.22)),
                (x + side * unit * 1.5, lamp_y - unit * drop),
            ]
        )
        beam.glow(ray.blurred(unit * 0.01), (255, 240, 196), 0.5)
        beam.light(x, lamp_y, unit * 0.16, (255, 236, 180), 0.9)
        scenery.animate(beam, _sweeping(number * np.pi))


def _sweeping(phase: float) -> Callable[[float], float]:
    return lambda seconds: max(0.12, float(np.cos(seconds * 1.5 + phase)))


def _sail(scenery: Scenery, x: float, y: float) -> None:
    unit, far = scenery.unit, scenery.far
    white = mix(in_light(scenery, (255, 248, 236)), scenery.palette.haze, 0.2)
    far.paint(
        polygon([(x, y - unit * 0.16), (x + unit * 0.075, y - unit * 0.012), (x + unit * 0.004, y - unit * 0.012)]),
        white,
    )
    far.paint(
        polygon(
            [
                (x - unit * 0.005, y - unit * 0.13),
                (x - unit * 0.05, y - unit * 0.012),
                (x - unit * 0.005, y - unit * 0.012),
            ]
        ),
        dimmed(white, 0.86),
    )
    far.paint(
        curve(
            [
                (x - unit * 0.06, y - unit * 0.006),
                (x + unit * 0.085, y - unit * 0.006),
                (x + unit * 0.06, y + unit * 0.014),
                (x - unit * 0.04, y + unit * 0.014),
            ],
            6,
        ),
        scenery.palette.ink,
    )


def _palm(scenery: Scenery) -> None:
    unit, layer, ink = scenery.unit, scenery.front, scenery.palette.ink
    foot, crown = (scenery.x(0.93), scenery.y(0.98)), (scenery.x(0.85), scenery.y(0.2))
    stem = [foot, (foot[0] + unit * 0.02, scenery.y(0.7)), (crown[0] + unit * 0.05, scenery.y(0.42)), crown]
    layer.paint(line(stem, unit * 0.026), ink)
    for angle in np.linspace(-2.7, 0.4, 8):
        tip = (crown[0] + unit * 0.3 * float(np.cos(angle)), crown[1] + unit * (0.2 * float(np.sin(angle)) + 0.12))
        bend = ((crown[0] + tip[0]) / 2, min(crown[1], tip[1]) - unit * 0.05)
        layer.paint(curve([crown, bend, tip, (bend[0], bend[1] + unit * 0.04)], 10), ink)
