"""A product on its pedestal, lit like an advertisement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.pictures.drawing import (
    Colour,
    Gradient,
    Layer,
    Point,
    curve,
    dimmed,
    ellipse,
    line,
    mix,
    polygon,
    rounded,
)
from bot.media.animatic.pictures.particles import CONFETTI, DUST
from bot.media.animatic.pictures.settings.indoors import indoor_light
from bot.media.animatic.place import Hour

if TYPE_CHECKING:
    from bot.media.animatic.pictures.scenery import Scenery

_SCHEMES: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((244, 206, 178), (206, 128, 104), (255, 236, 206)),
    ((186, 206, 216), (84, 122, 146), (240, 248, 255)),
    ((208, 196, 226), (122, 98, 160), (255, 240, 252)),
    ((198, 214, 188), (96, 128, 100), (248, 255, 232)),
)


def draw_product(scenery: Scenery) -> None:
    """Draw a seamless backdrop with an arch, pedestals and the product, lit like an advertisement."""
    width, height, unit = scenery.width, scenery.height, scenery.unit
    light, deep, shine = _SCHEMES[
        0 if scenery.has("gold", "warm", "perfume") else int(scenery.generator.integers(len(_SCHEMES)))
    ]
    if scenery.place.hour is Hour.NIGHT:
        light, deep = dimmed(light, 0.5), dimmed(deep, 0.34)
    indoor_light(scenery, (248, 232, 220))
    x = scenery.x(0.5)
    floor = scenery.y(0.68)
    scenery.far.fill(Gradient(mix(deep, light, 0.3), light, (0, 0), (0, floor)))
    scenery.far.light(x, scenery.y(0.34), unit * 0.95, shine, 0.55)
    arch_high, arch_wide = floor - scenery.y(0.16), unit * 0.36
    arch = Layer(width, height)
    for part in (
        ellipse(x, floor - arch_high + arch_wide, arch_wide),
        rounded(x - arch_wide, floor - arch_high + arch_wide, x + arch_wide, floor),
    ):
        arch.paint(part, Gradient(mix(deep, light, 0.25), deep, (x - arch_wide, 0), (x + arch_wide, 0)))
    scenery.far.over(arch)
    scenery.far.light(x - arch_wide * 0.2, floor - arch_high * 0.5, unit * 0.4, shine, 0.5)
    scenery.far.paint(
        rounded(-9, floor, width + 9, height + 9),
        Gradient(mix(light, (255, 255, 255), 0.22), mix(light, deep, 0.55), (0, floor), (0, height)),
    )
    scenery.far.shade(ellipse(x, floor + unit * 0.13, unit * 0.5, unit * 0.06).blurred(unit * 0.04), 0.7)
    for side, wide, tall, lower in ((-0.4, 0.14, 0.11, 0.05), (0.43, 0.11, 0.2, 0.02)):
        _pedestal(
            scenery, (x + side * unit, floor + lower * unit), mix(light, deep, 0.4), half=wide * unit, tall=tall * unit
        )
    base = floor + unit * 0.16
    _pedestal(scenery, (x, base), mix(light, (255, 255, 255), 0.25), half=unit * 0.25, tall=unit * 0.16)
    _product(scenery, x, base - unit * 0.16, mix(deep, (70, 40, 40), 0.2), shine)
    _leaves(scenery, mix(deep, (40, 60, 50), 0.55))
    window_light = polygon(
        [(scenery.x(0.1), 0), (scenery.x(0.32), 0), (scenery.x(0.8), height), (scenery.x(0.5), height)]
    )
    scenery.middle.glow(window_light.blurred(unit * 0.03), shine, 0.16)
    scenery.before.append(scenery.swarm(CONFETTI if scenery.has("party", "sale", "birthday", "celebrat") else DUST))


def _pedestal(scenery: Scenery, place: Point, colour: Colour, *, half: float, tall: float) -> None:
    layer, (x, foot) = scenery.middle, place
    squash = half * 0.2
    body = rounded(x - half, foot - tall, x + half, foot)
    shade = Gradient(mix(colour, (255, 255, 255), 0.3), dimmed(colour, 0.62), (x - half, 0), (x + half, 0))
    layer.paint(ellipse(x, foot, half, squash), shade)
    layer.paint(body, shade)
    layer.paint(ellipse(x, foot - tall, half, squash), mix(colour, (255, 255, 255), 0.42))


def _product(scenery: Scenery, x: float, foot: float, colour: Colour, shine: Colour) -> None:
    """Draw the thing that is advertised, as far as the words tell what it is."""
    unit, layer = scenery.unit, scenery.middle
    layer.shade(ellipse(x, foot, unit * 0.16, unit * 0.03).blurred(unit * 0.012), 0.72)
    if scenery.has("phone", "手机", "tablet", "app"):
        _phone(scenery, x, foot)
    elif scenery.has("watch", "手表"):
        _watch(scenery, x, foot)
    elif scenery.has("sneaker", "shoe", "鞋"):
        _shoe(scenery, x, foot)
    elif scenery.has("headphone", "耳机"):
        _headphones(scenery, x, foot)
    elif scenery.has("box", "packag", "book", "cereal"):
        _box(scenery, x, foot, colour)
    else:
        _bottle(scenery, x, foot, colour, shine)


def _bottle(scenery: Scenery, x: float, foot: float, colour: Colour, shine: Colour) -> None:
    unit, layer = scenery.unit, scenery.middle
    half, tall = unit * 0.11, unit * 0.3
    body = rounded(x - half, foot - tall, x + half, foot, unit * 0.035)
    layer.paint(
        body,
        Gradient(
            mix(colour, shine, 0.62), dimmed(colour, 0.75), (x - half, 0), (x + half, 0), mix(colour, shine, 0.25)
        ),
    )
    liquid = rounded(x - half * 0.86, foot - tall * 0.72, x + half * 0.86, foot - unit * 0.016, unit * 0.028)
    layer.paint(
        liquid,
        Gradient(mix((244, 170, 90), shine, 0.4), (176, 88, 60), (x - half, foot - tall), (x + half, foot)),
        0.82,
    )
    layer.glow(
        rounded(x - half * 0.78, foot - tall * 0.94, x - half * 0.56, foot - tall * 0.08, unit * 0.01).blurred(2),
        (255, 255, 255),
        0.6,
    )
    layer.glow(body.edge(unit * 0.006, 0, 1.5), shine, 0.6)
    label = rounded(x - half * 0.5, foot - tall * 0.52, x + half * 0.5, foot - tall * 0.24, unit * 0.004)
    layer.paint(label, (252, 246, 236), 0.92)
    for row, wide in ((0.44, 0.32), (0.38, 0.2), (0.32, 0.26)):
        layer.paint(
            line([(x - half * wide, foot - tall * row), (x + half * wide, foot - tall * row)], unit * 0.003),
            dimmed(colour, 0.7),
        )
    layer.paint(
        rounded(x - half * 0.34, foot - tall * 1.1, x + half * 0.34, foot - tall * 0.98),
        Gradient((250, 226, 170), (160, 116, 66), (x - half * 0.3, 0), (x + half * 0.3, 0)),
    )
    cap = rounded(x - half * 0.5, foot - tall * 1.36, x + half * 0.5, foot - tall * 1.08, unit * 0.012)
    layer.paint(
        cap, Gradient((255, 240, 200), (140, 98, 58), (x - half * 0.5, 0), (x + half * 0.5, 0), (226, 182, 116))
    )


def _phone(scenery: Scenery, x: float, foot: float) -> None:
    unit, layer = scenery.unit, scenery.middle
    half, tall = unit * 0.105, unit * 0.42
    layer.paint(
        rounded(x - half, foot - tall, x + half, foot, unit * 0.032),
        Gradient((96, 98, 110), (24, 24, 32), (x - half, 0), (x + half, 0)),
    )
    screen = rounded(x - half * 0.9, foot - tall * 0.975, x + half * 0.9, foot - tall * 0.025, unit * 0.024)
    layer.paint(
        screen, Gradient((88, 120, 255), (255, 150, 130), (x - half, foot - tall), (x + half, foot), (180, 110, 230))
    )
    for number, radius in enumerate((0.7, 0.48, 0.28)):
        layer.paint(
            ellipse(x + half * 0.3, foot - tall * 0.34, half * radius).both(screen), (255, 226 - 26 * number, 190), 0.3
        )
    layer.paint(
        rounded(x - half * 0.24, foot - tall * 0.955, x + half * 0.24, foot - tall * 0.93, unit * 0.006), (14, 14, 20)
    )
    shine = polygon(
        [
            (x - half * 0.9, foot - tall * 0.6),
            (x + half * 0.2, foot - tall),
            (x + half * 0.6, foot - tall),
            (x - half * 0.9, foot - tall * 0.4),
        ]
    )
    layer.glow(shine.both(screen), (255, 255, 255), 0.16)


def _watch(scenery: Scenery, x: float, foot: float) -> None:
    unit, layer = scenery.unit, scenery.middle
    y, radius = foot - unit * 0.22, unit * 0.12
    strap = rounded(x - radius * 0.56, foot - unit * 0.44, x + radius * 0.56, foot, unit * 0.02)
    layer.paint(strap, Gradient((110, 74, 56), (46, 30, 28), (x - radius * 0.6, 0), (x + radius * 0.6, 0)))
    layer.paint(
        ellipse(x, y, radius),
        Gradient((255, 246, 226), (120, 100, 80), (x - radius, y - radius), (x + radius, y + radius)),
    )
    layer.paint(ellipse(x, y, radius * 0.86), Gradient((34, 42, 62), (16, 20, 32), (x, y - radius), (x, y + radius)))
    for hour in range(12):
        angle = hour * np.pi / 6
        inner, outer = radius * 0.7, radius * 0.8
        mark = [(x + reach * float(np.sin(angle)), y - reach * float(np.cos(angle))) for reach in (inner, outer)]
        layer.paint(line(mark, unit * 0.004), (240, 226, 196))
    layer.paint(line([(x, y), (x - radius * 0.3, y - radius * 0.4)], unit * 0.007), (250, 240, 220))
    layer.paint(line([(x, y), (x + radius * 0.36, y - radius * 0.52)], unit * 0.005), (250, 240, 220))


def _shoe(scenery: Scenery, x: float, foot: float) -> None:
    unit, layer = scenery.unit, scenery.middle
    s = unit * 0.2
    upper = curve(
        [
            (x - s, foot - s * 0.2),
            (x - s * 0.96, foot - s * 0.86),
            (x - s * 0.5, foot - s * 0.96),
            (x - s * 0.24, foot - s * 0.7),
            (x + s * 0.3, foot - s * 0.52),
            (x + s * 0.96, foot - s * 0.34),
            (x + s, foot - s * 0.16),
        ]
    )
    layer.paint(upper, Gradient((255, 108, 84), (170, 44, 66), (x - s, foot - s), (x + s, foot)))
    sole = curve(
        [
            (x - s * 1.06, foot - s * 0.24),
            (x + s * 1.04, foot - s * 0.22),
            (x + s * 1.06, foot - s * 0.04),
            (x - s * 1.02, foot),
        ],
        6,
    )
    layer.paint(sole, Gradient((255, 252, 246), (190, 184, 184), (0, foot - s * 0.24), (0, foot)))
    swoosh = curve(
        [
            (x - s * 0.62, foot - s * 0.34),
            (x - s * 0.2, foot - s * 0.42),
            (x + s * 0.3, foot - s * 0.44),
            (x - s * 0.16, foot - s * 0.26),
        ]
    )
    layer.paint(swoosh, (255, 244, 232))
    for number in range(4):
        lace_x = x - s * 0.2 + number * s * 0.13
        layer.paint(
            line(
                [(lace_x, foot - s * (0.7 - 0.06 * number)), (lace_x + s * 0.12, foot - s * (0.5 - 0.03 * number))],
                unit * 0.006,
            ),
            (255, 246, 236),
        )


def _headphones(scenery: Scenery, x: float, foot: float) -> None:
    unit, layer = scenery.unit, scenery.middle
    y, radius = foot - unit * 0.17, unit * 0.15
    arc = [(x + radius * float(np.cos(a)), y - radius * 1.15 * float(np.sin(a))) for a in np.linspace(0, np.pi, 30)]
    layer.paint(line(arc, unit * 0.026), (52, 50, 60))
    layer.paint(line(arc, unit * 0.008), (150, 146, 160), 0.7)
    for side in (-1, 1):
        cup = ellipse(x + side * radius, y + unit * 0.05, unit * 0.052, unit * 0.085)
        layer.paint(
            cup,
            Gradient(
                (112, 108, 124),
                (28, 26, 34),
                (x + side * radius - unit * 0.05, 0),
                (x + side * radius + unit * 0.05, 0),
            ),
        )
        layer.paint(ellipse(x + side * radius, y + unit * 0.05, unit * 0.026, unit * 0.046), (236, 178, 108))


def _box(scenery: Scenery, x: float, foot: float, colour: Colour) -> None:
    unit, layer = scenery.unit, scenery.middle
    half, tall = unit * 0.13, unit * 0.34
    layer.paint(
        polygon([(x - half, foot - tall), (x + half * 0.5, foot - tall), (x + half * 0.5, foot), (x - half, foot)]),
        Gradient(mix(colour, (255, 255, 255), 0.3), colour, (x, foot - tall), (x, foot)),
    )
    layer.paint(
        polygon(
            [
                (x + half * 0.5, foot - tall),
                (x + half, foot - tall - half * 0.16),
                (x + half, foot - half * 0.16),
                (x + half * 0.5, foot),
            ]
        ),
        dimmed(colour, 0.62),
    )
    layer.paint(
        polygon(
            [
                (x - half, foot - tall),
                (x + half * 0.5, foot - tall),
                (x + half, foot - tall - half * 0.16),
                (x - half * 0.5, foot - tall - half * 0.16),
            ]
        ),
        mix(colour, (255, 255, 255), 0.5),
    )
    layer.paint(ellipse(x - half * 0.25, foot - tall * 0.56, half * 0.46), (255, 244, 226))


def _leaves(scenery: Scenery, colour: Colour) -> None:
    """Frame the picture with soft leaves close to the lens."""
    unit, layer = scenery.unit, scenery.front
    for foot_x, foot_y, direction in ((-0.02, 0.98, 1), (1.02, 0.22, -1)):
        x, y = scenery.x(foot_x), scenery.y(foot_y)
        for angle in np.linspace(-0.5, 0.9, 5):
            reach = unit * 0.34
            tip = (x + direction * reach * float(np.cos(angle)), y - reach * float(np.sin(angle)))
            side = (float(np.sin(angle)) * unit * 0.035, float(np.cos(angle)) * unit * 0.035)
            middle = ((x + tip[0]) / 2, (y + tip[1]) / 2)
            layer.paint(
                curve(
                    [
                        (x, y),
                        (middle[0] + side[0], middle[1] + side[1]),
                        tip,
                        (middle[0] - side[0], middle[1] - side[1]),
                    ],
                    8,
                ),
                colour,
                0.92,
            )
    layer.blur(unit * 0.009)
