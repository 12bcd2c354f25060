"""What stands in rooms: windows, lamps, shelves, tables, plants, pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.pictures.drawing import (
    Colour,
    Gradient,
    Layer,
    Mask,
    curve,
    dimmed,
    ellipse,
    ellipses,
    line,
    mix,
    polygon,
    polygons,
    rounded,
)
from bot.media.animatic.pictures.particles import DISTANT_RAIN, SNOW
from bot.media.animatic.place import Hour, Weather

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.media.animatic.pictures.palette import Palette
    from bot.media.animatic.pictures.scenery import Scenery

_BOOKS: tuple[Colour, ...] = (
    (140, 60, 52),
    (62, 90, 110),
    (176, 138, 78),
    (74, 96, 70),
    (98, 70, 104),
    (190, 172, 140),
)
_WINDOW_LIGHTS: tuple[Colour, ...] = ((255, 200, 122), (255, 226, 170), (168, 206, 255))
_BOKEH: tuple[Colour, ...] = ((255, 180, 100), (255, 118, 104), (132, 196, 255), (255, 222, 160))


def window(
    scenery: Scenery,
    area: tuple[float, float, float, float],
    outside: Palette,
    *,
    panes: int,
    town: bool = False,
    curtains: bool = False,
    arched: bool = False,
) -> None:
    """Draw a window; `area` is left, top, right, bottom in shares. Rain and snow fall behind it."""
    unit, far = scenery.unit, scenery.far
    left, top, right, bottom = scenery.x(area[0]), scenery.y(area[1]), scenery.x(area[2]), scenery.y(area[3])
    glass = rounded(left, top, right, bottom, unit * 0.012)
    if arched:
        radius = (right - left) / 2
        arch = ellipse((left + right) / 2, top + radius * 0.6, radius, radius * 0.6)
        glass = polygon([(left, top + radius * 0.6), (right, top + radius * 0.6), (right, bottom), (left, bottom)])
        whole = Layer(scenery.width, scenery.height)
        for part in (glass, arch):
            whole.paint(part, (255, 255, 255))
        glass = Mask(whole.coverage, 0, 0)
    far.glow(glass.blurred(unit * 0.07), outside.haze, 0.3)
    view = _view(scenery, outside, (left, top, right, bottom), town=town)
    far.paint(glass, (0, 0, 0))
    cut = Layer(scenery.width, scenery.height)
    cut.colour.paste(view.colour, (0, 0), glass.within((0, 0, scenery.width, scenery.height)).image)
    cut.coverage = glass.within((0, 0, scenery.width, scenery.height)).image
    far.over(cut)
    region = (round(left), round(top), round(right), round(bottom))
    if outside.stars < 1 or scenery.place.weather is not Weather.CLEAR:
        if scenery.place.weather in {Weather.RAIN, Weather.STORM}:
            scenery.behind.append(scenery.swarm(DISTANT_RAIN, region))
        elif scenery.place.weather is Weather.SNOW:
            scenery.behind.append(scenery.swarm(SNOW, region))
    shine = polygon(
        [
            (left + (right - left) * 0.1, bottom),
            (left + (right - left) * 0.5, top),
            (left + (right - left) * 0.62, top),
            (left + (right - left) * 0.22, bottom),
        ]
    )
    far.glow(shine.both(glass).blurred(3), (255, 255, 255), 0.05)
    _frame(scenery, (left, top, right, bottom), panes)
    if curtains:
        _curtains(scenery, (left, top, right, bottom))


def _view(scenery: Scenery, outside: Palette, box: tuple[float, float, float, float], *, town: bool) -> Layer:
    """Return what is seen through a window, out of focus."""
    left, top, right, bottom = box
    unit, generator = scenery.unit, scenery.generator
    view = Layer(scenery.width, scenery.height)
    view.fill(Gradient(outside.sky_top, outside.sky_low, (0, top), (0, bottom), outside.sky_middle))
    night = scenery.place.hour in {Hour.NIGHT, Hour.SUNSET}
    if not town:
        view.light((left + right) / 2, top + (bottom - top) * 0.4, unit * 0.4, outside.glow, 0.4)
        leaf = mix((96, 140, 90), outside.haze, 0.35)
        crowns = [
            (x, bottom - unit * generator.uniform(0.0, 0.14), unit * 0.1, unit * 0.09)
            for x in np.arange(left, right, unit * 0.07)
        ]
        view.paint(ellipses(crowns), dimmed(leaf, 0.42 if night else 0.85))
        view.blur(unit * 0.006)
        return view
    for depth, share in ((0, 0.72), (1, 0.5)):
        x = left - unit * 0.02
        tone = mix(outside.sky_middle, outside.ink, 0.35 + 0.35 * depth)
        while x < right:
            wide = generator.uniform(0.045, 0.1) * unit
            roof = bottom - (bottom - top) * generator.uniform(share * 0.55, share)
            view.paint(
                rounded(x, roof, x + wide, bottom + 2),
                Gradient(tone, mix(tone, outside.haze, 0.35), (0, roof), (0, bottom)),
            )
            if night:
                _lit_windows(scenery, view, (x, roof, x + wide, bottom))
            x += wide + generator.uniform(0, 0.01) * unit
    view.blur(unit * 0.004)
    if night:
        for _ in range(26):
            radius = generator.uniform(0.008, 0.024) * unit
            disc = ellipse(
                generator.uniform(left, right), generator.uniform(top + (bottom - top) * 0.6, bottom), radius
            )
            view.glow(disc.blurred(1.5), _BOKEH[int(generator.integers(len(_BOKEH)))], generator.uniform(0.15, 0.5))
    return view


def _lit_windows(scenery: Scenery, view: Layer, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    unit, generator = scenery.unit, scenery.generator
    lights: dict[Colour, list[list[tuple[float, float]]]] = {}
    for y in np.arange(top + unit * 0.012, bottom, unit * 0.022):
        for x in np.arange(left + unit * 0.008, right - unit * 0.01, unit * 0.016):
            if generator.random() < 0.34:  # noqa: PLR2004 - a third of the people are at home
                colour = _WINDOW_LIGHTS[int(generator.integers(len(_WINDOW_LIGHTS)))]
                wide, high = unit * 0.007, unit * 0.011
                lights.setdefault(colour, []).append([(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)])
    for colour, outlines in lights.items():
        view.paint(polygons(outlines), colour, 0.75)


def _frame(scenery: Scenery, box: tuple[float, float, float, float], panes: int) -> None:
    left, top, right, bottom = box
    unit, far = scenery.unit, scenery.far
    wood: Colour = (40, 30, 34)
    for number in range(panes + 1):
        x = left + (right - left) * number / panes
        far.paint(rounded(x - unit * 0.006, top, x + unit * 0.006, bottom), wood)
    for y in (top, bottom):
        far.paint(rounded(left - unit * 0.006, y - unit * 0.006, right + unit * 0.006, y + unit * 0.006), wood)
    far.paint(
        rounded(left - unit * 0.02, bottom, right + unit * 0.02, bottom + unit * 0.02, unit * 0.004), (74, 56, 54)
    )


def _curtains(scenery: Scenery, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    unit, far = scenery.unit, scenery.far
    cloth: Colour = (150, 86, 78)
    reach = (right - left) * 0.2
    for edge, inner in ((left - unit * 0.05, left + reach), (right + unit * 0.05, right - reach)):
        hang = curve(
            [
                (edge, top - unit * 0.03),
                (inner, top - unit * 0.03),
                (inner + (edge - inner) * 0.25, top + (bottom - top) * 0.5),
                (inner + (edge - inner) * 0.5, bottom + unit * 0.08),
                (edge, bottom + unit * 0.08),
            ],
            8,
        )
        far.paint(hang, Gradient(mix(cloth, (255, 220, 190), 0.2), dimmed(cloth, 0.6), (inner, 0), (edge, 0)))
        for fold in (0.25, 0.5, 0.75):
            x = edge + (inner - edge) * fold
            far.paint(
                line([(x, top), (x + (edge - inner) * 0.12, bottom + unit * 0.05)], unit * 0.006).both(hang),
                dimmed(cloth, 0.5),
                0.5,
            )
    far.paint(
        line([(left - unit * 0.09, top - unit * 0.035), (right + unit * 0.09, top - unit * 0.035)], unit * 0.012),
        (64, 48, 46),
    )


def lamp(scenery: Scenery, x: float, y: float, colour: Colour) -> None:
    """Draw a tube of light on the wall with its glow."""
    unit, far = scenery.unit, scenery.far
    far.light(x, y, unit * 0.34, colour, 0.42)
    far.light(x, y, unit * 0.14, colour, 0.5)
    far.paint(
        rounded(x - unit * 0.009, y - unit * 0.08, x + unit * 0.009, y + unit * 0.08, unit * 0.009),
        mix(colour, (255, 255, 255), 0.65),
    )


def pendant(scenery: Scenery, x: float, y: float, colour: Colour) -> None:
    """Draw a lamp that hangs from the ceiling."""
    unit, far = scenery.unit, scenery.far
    far.paint(line([(x, -4), (x, y)], unit * 0.004), (18, 16, 18))
    shade = polygon(
        [
            (x - unit * 0.018, y),
            (x + unit * 0.018, y),
            (x + unit * 0.06, y + unit * 0.055),
            (x - unit * 0.06, y + unit * 0.055),
        ]
    )
    far.light(x, y + unit * 0.08, unit * 0.36, colour, 0.45)
    far.paint(shade, Gradient((62, 58, 60), (26, 24, 28), (x - unit * 0.06, 0), (x + unit * 0.06, 0)))
    far.paint(ellipse(x, y + unit * 0.056, unit * 0.055, unit * 0.012), mix(colour, (255, 255, 255), 0.6))


def shelf(scenery: Scenery, area: tuple[float, float, float, float], *, bottles: bool = False) -> None:
    """Draw shelves full of books, or of bottles and jars."""
    unit, generator, far = scenery.unit, scenery.generator, scenery.far
    left, top, right, bottom = scenery.x(area[0]), scenery.y(area[1]), scenery.x(area[2]), scenery.y(area[3])
    far.paint(
        rounded(left, top, right, bottom, unit * 0.006), Gradient((58, 42, 36), (32, 24, 24), (0, top), (0, bottom))
    )
    rows = max(2, round((bottom - top) / (unit * 0.15)))
    high = (bottom - top) / rows
    for row in range(rows):
        floor = top + (row + 1) * high
        x = left + unit * 0.012
        while x < right - unit * 0.03:
            wide = generator.uniform(0.03, 0.05) * unit if bottles else generator.uniform(0.012, 0.026) * unit
            tall = high * generator.uniform(0.5, 0.8)
            colour = dimmed(_BOOKS[int(generator.integers(len(_BOOKS)))], generator.uniform(0.55, 0.95))
            item = rounded(x, floor - tall, x + wide, floor - unit * 0.004, unit * (0.012 if bottles else 0.003))
            far.paint(item, Gradient(mix(colour, (255, 230, 200), 0.2), dimmed(colour, 0.7), (x, 0), (x + wide, 0)))
            if bottles:
                far.paint(
                    rounded(x + wide * 0.34, floor - tall - high * 0.12, x + wide * 0.66, floor - tall + 2),
                    dimmed(colour, 0.8),
                )
            x += wide + (
                generator.uniform(0.006, 0.02) * unit if bottles else unit * generator.choice([0.001, 0.001, 0.012])
            )
        far.paint(rounded(left, floor - unit * 0.005, right, floor + unit * 0.007), (96, 68, 50))
    far.shade(rounded(left, top, right, bottom).blurred(unit * 0.02), 0.92)


def table(scenery: Scenery, top: float, colour: Colour) -> float:
    """Draw a table across the foreground and return the height of its edge in pixels."""
    y, unit, layer = scenery.y(top), scenery.unit, scenery.front
    board = rounded(-8, y, scenery.width + 8, scenery.height + 8)
    layer.paint(board, Gradient(colour, dimmed(colour, 0.28), (0, y), (0, scenery.height)))
    layer.light(scenery.width / 2, y, unit * 0.6, scenery.palette.glow, 0.25, flatten=0.2)
    layer.paint(board.within(board.box), dimmed(colour, 0.28), 0.15)
    layer.paint(rounded(-8, y, scenery.width + 8, y + unit * 0.006), mix(colour, (255, 226, 184), 0.5), 0.8)
    return y


def picture_frame(scenery: Scenery, area: tuple[float, float, float, float], colour: Colour) -> None:
    """Hang a framed picture of hills on the wall."""
    unit, far = scenery.unit, scenery.far
    left, top, right, bottom = scenery.x(area[0]), scenery.y(area[1]), scenery.x(area[2]), scenery.y(area[3])
    far.paint(
        rounded(left + unit * 0.008, top + unit * 0.012, right + unit * 0.008, bottom + unit * 0.012).blurred(
            unit * 0.008
        ),
        (0, 0, 0),
        0.35,
    )
    far.paint(rounded(left, top, right, bottom, unit * 0.003), (54, 40, 36))
    inner = rounded(left + unit * 0.012, top + unit * 0.012, right - unit * 0.012, bottom - unit * 0.012)
    far.paint(inner, Gradient(mix(colour, (255, 240, 220), 0.5), colour, (0, top), (0, bottom)))
    hill = curve(
        [
            (left, bottom - (bottom - top) * 0.3),
            ((left + right) / 2, bottom - (bottom - top) * 0.5),
            (right, bottom - (bottom - top) * 0.25),
            (right, bottom),
            (left, bottom),
        ],
        8,
    )
    far.paint(hill.both(inner), dimmed(colour, 0.6))


def plant(scenery: Scenery, x: float, y: float) -> None:
    """Draw a pot with broad leaves in the foreground corner."""
    unit, layer = scenery.unit, scenery.near
    for angle in np.linspace(-1.25, 1.25, 9):
        reach = unit * scenery.generator.uniform(0.2, 0.34)
        tip = (x + reach * float(np.sin(angle)), y - unit * 0.02 - reach * float(np.cos(angle)))
        middle = ((x + tip[0]) / 2, (y + tip[1]) / 2)
        side = (float(np.cos(angle)) * unit * 0.028, float(np.sin(angle)) * unit * 0.028)
        leaf = curve(
            [(x, y), (middle[0] + side[0], middle[1] + side[1]), tip, (middle[0] - side[0], middle[1] - side[1])], 8
        )
        green: Colour = (52, 92, 70)
        layer.paint(leaf, Gradient(mix(green, (190, 220, 160), 0.25), dimmed(green, 0.6), tip, (x, y)))
    pot = polygon(
        [
            (x - unit * 0.06, y - unit * 0.03),
            (x + unit * 0.06, y - unit * 0.03),
            (x + unit * 0.045, y + unit * 0.12),
            (x - unit * 0.045, y + unit * 0.12),
        ]
    )
    layer.paint(pot, Gradient((196, 120, 88), (110, 62, 50), (x - unit * 0.06, 0), (x + unit * 0.06, 0)))


def fireplace(scenery: Scenery, x: float, y: float) -> None:
    """Draw a fire burning in a stone surround; its light flickers."""
    unit, far = scenery.unit, scenery.far
    wide, high = unit * 0.34, unit * 0.4
    stone: Colour = (112, 98, 94)
    far.paint(
        rounded(x - wide, y - high, x + wide, y + unit * 0.2, unit * 0.01),
        Gradient(stone, dimmed(stone, 0.55), (x - wide, 0), (x + wide, 0)),
    )
    far.paint(rounded(x - wide * 1.12, y - high - unit * 0.035, x + wide * 1.12, y - high, unit * 0.006), (84, 58, 46))
    hearth = rounded(x - wide * 0.68, y - high * 0.72, x + wide * 0.68, y + unit * 0.12, unit * 0.06)
    far.paint(hearth, (22, 13, 13))
    for size, colour in ((1.0, (214, 74, 30)), (0.72, (255, 142, 46)), (0.42, (255, 222, 130))):
        flames = [
            [
                (x + dx * wide - wide * 0.13 * size, y + unit * 0.08),
                (x + dx * wide + lean * wide, y + unit * 0.08 - tall * high * size),
                (x + dx * wide + wide * 0.13 * size, y + unit * 0.08),
            ]
            for dx, tall, lean in ((-0.3, 0.4, 0.03), (-0.1, 0.62, -0.04), (0.12, 0.55, 0.03), (0.3, 0.36, -0.02))
        ]
        far.paint(polygons(flames).blurred(unit * 0.008).both(hearth), colour, 0.9)
    for phase, rate in ((0.0, 7.3), (1.9, 11.1)):
        glow = Layer(scenery.width, scenery.height)
        glow.light(x, y - unit * 0.05, unit * 0.75, (255, 132, 52), 0.32)
        scenery.animate(glow, _flicker(rate, phase))


def _flicker(rate: float, phase: float) -> Callable[[float], float]:
    return lambda seconds: 0.6 + 0.4 * float(np.sin(seconds * rate + phase) * np.sin(seconds * 2.3 + phase))
