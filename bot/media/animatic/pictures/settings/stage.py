"""A concert stage: beams that sweep through haze, and the audience in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.pictures.drawing import (
    Colour,
    Gradient,
    Layer,
    dimmed,
    ellipse,
    ellipses,
    line,
    mix,
    polygon,
    rounded,
)
from bot.media.animatic.pictures.particles import DUST
from bot.media.animatic.pictures.settings.indoors import indoor_light
from bot.media.animatic.pictures.settings.sky import drifting_fog

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.media.animatic.pictures.scenery import Scenery

_SCHEMES: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((255, 96, 150), (110, 120, 255), (255, 190, 110)),
    ((80, 200, 255), (150, 100, 255), (255, 120, 180)),
    ((255, 150, 80), (255, 80, 100), (120, 140, 255)),
)


def draw_stage(scenery: Scenery) -> None:
    """Draw back wall, beams, floor and audience."""
    width, height, unit = scenery.width, scenery.height, scenery.unit
    scheme = _SCHEMES[int(scenery.generator.integers(len(_SCHEMES)))]
    indoor_light(scenery, mix((226, 204, 226), scheme[0], 0.12))
    scenery.far.fill(Gradient((10, 8, 24), mix((46, 26, 66), scheme[1], 0.18), (0, 0), (0, height * 0.8)))
    _screen(scenery, scheme)
    floor = scenery.y(0.76)
    scenery.far.paint(
        rounded(-9, floor, width + 9, height + 9),
        Gradient(mix((54, 34, 66), scheme[0], 0.25), (10, 8, 18), (0, floor), (0, height)),
    )
    scenery.far.light(width / 2, floor + unit * 0.04, unit * 0.75, scheme[2], 0.55, flatten=0.22)
    _truss(scenery)
    for number, (x, lean) in enumerate(((0.08, 0.34), (0.3, 0.1), (0.7, -0.1), (0.92, -0.34))):
        _beam(scenery, scenery.x(x), lean * unit * 2, scheme[number % 3], _swell(1.1 + 0.23 * number, number * 1.7))
    spot = Layer(width, height)
    cone = polygon(
        [
            (width / 2 - unit * 0.03, -10),
            (width / 2 + unit * 0.03, -10),
            (width / 2 + unit * 0.42, height),
            (width / 2 - unit * 0.42, height),
        ]
    )
    spot.glow(cone.blurred(unit * 0.04), (255, 238, 214), 0.3)
    scenery.animate(spot)
    if not scenery.people:
        _microphone_stand(scenery)
    drifting_fog(scenery, mix(scheme[0], (190, 170, 220), 0.6), 0.26)
    _audience(scenery, scheme[2])
    scenery.before.append(scenery.swarm(DUST))


def _screen(scenery: Scenery, scheme: tuple[Colour, Colour, Colour]) -> None:
    """Draw a wall of lights behind the stage."""
    unit, far = scenery.unit, scenery.far
    across, down = (0.16, 0.84), (0.16, 0.66)
    step = unit * 0.03
    centre = scenery.x(0.5), scenery.y(0.48)
    for tone, (low, high) in ((scheme[1], (0.0, 0.5)), (scheme[0], (0.5, 0.8)), (scheme[2], (0.8, 1.01))):
        dots = []
        for x in np.arange(scenery.x(across[0]), scenery.x(across[1]), step):
            for y in np.arange(scenery.y(down[0]), scenery.y(down[1]), step):
                distance = float(np.hypot(x - centre[0], y - centre[1])) / unit
                value = 0.5 + 0.5 * float(np.cos(distance * 16))
                if low <= value < high:
                    radius = step * (0.12 + 0.16 * value)
                    dots.append((x, y, radius, radius))
        if dots:
            far.paint(ellipses(dots), dimmed(tone, 0.8), 0.6)
    far.light(*centre, unit * 0.6, scheme[0], 0.3)


def _truss(scenery: Scenery) -> None:
    unit, far = scenery.unit, scenery.far
    y, dark = unit * 0.075, (8, 7, 14)
    for height in (0, unit * 0.045):
        far.paint(line([(-9, y + height), (scenery.width + 9, y + height)], unit * 0.009), dark)
    zigzag = [
        (x, y + (unit * 0.045 if number % 2 else 0))
        for number, x in enumerate(np.arange(-9, scenery.width + unit * 0.1, unit * 0.06))
    ]
    far.paint(line([(float(x), float(top)) for x, top in zigzag], unit * 0.005), dark)
    for x in (0.08, 0.3, 0.5, 0.7, 0.92):
        lamp = scenery.x(x)
        far.paint(
            rounded(lamp - unit * 0.025, y + unit * 0.045, lamp + unit * 0.025, y + unit * 0.1, unit * 0.01),
            (18, 16, 26),
        )
        far.paint(ellipse(lamp, y + unit * 0.1, unit * 0.022, unit * 0.01), (255, 250, 240))


def _beam(scenery: Scenery, x: float, lean: float, colour: Colour, opacity: Callable[[float], float]) -> None:
    unit = scenery.unit
    layer = Layer(scenery.width, scenery.height)
    top = unit * 0.17
    ray = polygon(
        [
            (x - unit * 0.012, top),
            (x + unit * 0.012, top),
            (x + lean + unit * 0.15, scenery.height * 0.92),
            (x + lean - unit * 0.15, scenery.height * 0.92),
        ]
    )
    layer.glow(ray.blurred(unit * 0.014), colour, 0.48)
    layer.light(x, top, unit * 0.16, colour, 0.8)
    scenery.animate(layer, opacity)


def _swell(rate: float, phase: float) -> Callable[[float], float]:
    return lambda seconds: 0.55 + 0.45 * float(np.sin(seconds * rate * 2 + phase))


def _microphone_stand(scenery: Scenery) -> None:
    unit, layer = scenery.unit, scenery.near
    x, foot = scenery.x(0.5), scenery.y(0.86)
    layer.paint(line([(x, foot), (x, foot - unit * 0.44)], unit * 0.008), (20, 18, 26))
    layer.paint(ellipse(x, foot, unit * 0.06, unit * 0.012), (14, 12, 18))
    layer.paint(
        ellipse(x, foot - unit * 0.46, unit * 0.02, unit * 0.028),
        Gradient((150, 146, 160), (40, 38, 48), (x - unit * 0.02, 0), (x + unit * 0.02, 0)),
    )


def _audience(scenery: Scenery, rim: Colour) -> None:
    """Draw heads and raised hands along the lower edge."""
    unit, generator, layer = scenery.unit, scenery.generator, scenery.front
    heads, arms = [], []
    for x in np.arange(-0.02, 1.03, 0.052):
        centre, y = scenery.x(float(x)) + generator.normal(0, unit * 0.008), scenery.y(generator.uniform(0.905, 0.94))
        radius = unit * generator.uniform(0.034, 0.044)
        heads += [(centre, y, radius * 0.86, radius), (centre, y + radius * 2.1, radius * 1.9, radius * 1.4)]
        raised = abs(x - 0.5) > 0.24 and generator.random() < 0.5  # noqa: PLR2004 - hands stay clear of the captions
        if raised:
            reach = generator.uniform(0.1, 0.17) * unit
            arms.append([(centre + radius, y + radius), (centre + radius * generator.uniform(0.8, 1.8), y - reach)])
    crowd = ellipses(heads)
    for points in arms:
        layer.paint(line(points, unit * 0.019), (9, 7, 14))
        layer.paint(ellipse(*points[-1], unit * 0.017, unit * 0.021), (9, 7, 14))
    layer.paint(crowd, (9, 7, 14))
    layer.glow(crowd.edge(0, unit * 0.005, unit * 0.002), rim, 0.5)
