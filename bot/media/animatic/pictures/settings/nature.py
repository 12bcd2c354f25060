"""Open country: forest, meadow, sea, mountains, desert."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.pictures.drawing import (
    Colour,
    Gradient,
    Layer,
    Mask,
    Point,
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
from bot.media.animatic.pictures.particles import DUST, FIREFLIES, GLITTER
from bot.media.animatic.pictures.settings.sky import drifting_fog, falling_weather, ground, mist, ridge, sky
from bot.media.animatic.place import Hour, Weather

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.media.animatic.pictures.scenery import Scenery


def draw_meadow(scenery: Scenery) -> None:
    """Draw rolling hills under a wide sky, trees on the ridges, grass and flowers in front."""
    palette = scenery.palette
    sky(scenery, 0.62)
    snowy = scenery.place.weather is Weather.SNOW
    green: Colour = (214, 222, 232) if snowy else (98, 148, 84)
    for number, (base, height) in enumerate(((0.6, 0.13), (0.69, 0.1))):
        tone = _lit(scenery, mix(green, palette.haze, 0.6 - 0.26 * number))
        outline = ridge(scenery, base, height, 0.2)
        ground(scenery, scenery.far, outline, tone, dimmed(tone, 0.8), palette.glow)
        _trees(scenery, scenery.far, outline, dimmed(tone, 0.66), 9 - 3 * number, 0.03 + 0.02 * number)
    mist(scenery.far, scenery.y(0.5), scenery.y(0.85), palette.haze, 0.28)
    near = _lit(scenery, mix(green, palette.ink, 0.22))
    outline = ridge(scenery, 0.82, 0.09, 0.15)
    ground(scenery, scenery.middle, outline, near, dimmed(near, 0.5), palette.glow)
    if scenery.has("lake", "river", "pond", "湖", "河"):
        _lake(scenery)
    _grass(
        scenery, _lit(scenery, mix(green, palette.ink, 0.5)), flowers=not snowy and scenery.place.hour is not Hour.NIGHT
    )
    scenery.before.append(scenery.swarm(FIREFLIES if scenery.place.hour is Hour.NIGHT else DUST))
    falling_weather(scenery)


def draw_forest(scenery: Scenery) -> None:
    """Draw trunks in rows that fade into the mist, shafts of light, ferns in front."""
    palette, unit = scenery.palette, scenery.unit
    deep, air = _lit(scenery, (38, 84, 72)), _lit(scenery, (188, 214, 176))
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
        _trunks(scenery, layer, count, width, base, tone)
        ground(scenery, layer, ridge(scenery, base + 0.03, 0.04, 0.6, 4), mix(tone, deep, 0.35), dimmed(tone, 0.72))
        _canopy(scenery, layer, 0.05 + 0.045 * row, mix(tone, deep, 0.3))
        mist(layer, scenery.y(0.45), scenery.y(0.9), mix(air, palette.haze, 0.5), 0.3 - 0.12 * row) if row < 2 else None  # noqa: PLR2004
    _shafts(scenery, sun)
    _ferns(scenery, mix(deep, palette.ink, 0.72))
    if scenery.place.weather is Weather.FOG or scenery.place.hour is Hour.DAWN:
        drifting_fog(scenery, mix(air, palette.haze, 0.5), 0.3)
    scenery.before.append(scenery.swarm(FIREFLIES if scenery.place.hour is Hour.NIGHT else DUST))
    falling_weather(scenery)


def draw_sea(scenery: Scenery) -> None:
    """Draw the sea with the light's path on it, surf, sand and perhaps a lighthouse or a sail."""
    palette, unit = scenery.palette, scenery.unit
    horizon = 0.54
    sun = 0.64
    sky(scenery, horizon, sun)
    y = scenery.y(horizon)
    deep = _lit(scenery, mix((30, 118, 158), palette.sky_top, 0.25))
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
            mix(tone, palette.glow, 0.2),
            tone,
            mix(palette.glow, (255, 255, 255), 0.3),
        )
    sand = _lit(scenery, (226, 190, 146))
    shore = _swell(scenery, 0.91, 0.009, 5)
    foam = [(x, top - unit * 0.02) for x, top in shore]
    ground(scenery, scenery.front, foam, mix((255, 255, 255), palette.haze, 0.3), sand)
    ground(scenery, scenery.front, shore, sand, dimmed(sand, 0.62))
    left = round(scenery.x(sun) - unit * 0.3)
    scenery.behind.append(scenery.swarm(GLITTER, (left, round(y), left + round(unit * 0.6), round(scenery.y(0.8)))))
    if scenery.has("palm", "tropic", "island", "椰"):
        _palm(scenery)
    falling_weather(scenery)


def draw_mountain(scenery: Scenery) -> None:
    """Draw ranges one behind the other, each paler, the highest with snow."""
    palette, unit = scenery.palette, scenery.unit
    sky(scenery, 0.66, 0.3)
    rock = _lit(scenery, (74, 84, 108))
    back = _peaks(scenery, 0.66, 0.42, 5)
    far_tone = mix(rock, palette.haze, 0.45)
    body = ground(scenery, scenery.far, back, mix(far_tone, palette.glow, 0.22), far_tone, palette.glow)
    _snow_caps(scenery, back, body)
    mist(scenery.far, scenery.y(0.42), scenery.y(0.72), palette.haze, 0.6)
    middle = _peaks(scenery, 0.76, 0.26, 7)
    tone = mix(rock, palette.haze, 0.2)
    ground(scenery, scenery.far, middle, mix(tone, palette.glow, 0.12), dimmed(tone, 0.7), palette.glow)
    mist(scenery.far, scenery.y(0.6), scenery.y(0.86), palette.haze, 0.4)
    slope = ridge(scenery, 0.88, 0.16, 0.3, 1.4)
    dark = mix(rock, palette.ink, 0.6)
    ground(scenery, scenery.middle, slope, dark, dimmed(dark, 0.6), palette.glow)
    _firs(scenery, scenery.middle, slope, dimmed(dark, 0.66), 34, 0.085)
    close = ridge(scenery, 1.0, 0.1, 0.6, 3)
    ground(scenery, scenery.front, close, dimmed(palette.ink, 0.9), dimmed(palette.ink, 0.6))
    _firs(scenery, scenery.front, close, dimmed(palette.ink, 0.8), 16, 0.13)
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
    sand = _lit(scenery, (232, 172, 108))
    _mesas(scenery, mix(_lit(scenery, (176, 92, 72)), palette.haze, 0.45))
    for number, (base, height) in enumerate(((0.6, 0.06), (0.7, 0.1), (0.82, 0.12))):
        tone = mix(mix(sand, palette.haze, 0.4 - 0.17 * number), palette.ink, 0.06 * number)
        layer = scenery.far if number < 2 else scenery.middle  # noqa: PLR2004 - the last dune is close
        outline = _dune(scenery, base, height)
        body = ground(scenery, layer, outline, mix(tone, palette.glow, 0.3), dimmed(tone, 0.72), palette.glow)
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


def _lit(scenery: Scenery, colour: Colour) -> Colour:
    """Return a colour as it looks in the light of the scene."""
    red, green, blue = (round(c * a / 255) for c, a in zip(colour, scenery.palette.ambient, strict=True))
    night = scenery.place.hour is Hour.NIGHT
    return dimmed((red, green, blue), 0.5) if night else (red, green, blue)


def _trees(scenery: Scenery, layer: Layer, outline: list[Point], colour: Colour, count: int, size: float) -> None:
    crowns = []
    for index in scenery.generator.integers(0, len(outline), count):
        x, y = outline[int(index)]
        radius = scenery.unit * size * scenery.generator.uniform(0.6, 1.2)
        crowns += [
            (x, y - radius * 0.5, radius, radius),
            (x + radius * 0.7, y - radius * 0.2, radius * 0.7, radius * 0.6),
        ]
    layer.paint(ellipses(crowns), colour)


def _firs(scenery: Scenery, layer: Layer, outline: list[Point], colour: Colour, count: int, size: float) -> None:
    shapes = []
    for index in scenery.generator.integers(2, len(outline) - 2, count):
        x, y = outline[int(index)]
        tall = scenery.unit * size * scenery.generator.uniform(0.5, 1.1)
        for tier in range(3):
            top, wide = y - tall * (1 - 0.25 * tier), tall * (0.13 + 0.07 * tier)
            shapes.append([(x, top), (x + wide, top + tall * 0.48), (x - wide, top + tall * 0.48)])
    layer.paint(polygons(shapes), colour)


def _trunks(scenery: Scenery, layer: Layer, count: int, width: float, base: float, colour: Colour) -> None:
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
            layer.paint(ellipses(spots), _lit(scenery, petal), 0.95)


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


def _light_path(scenery: Scenery, x: float, top: float) -> None:
    unit, generator = scenery.unit, scenery.generator
    dashes = []
    for share in np.linspace(0.01, 1, 60) ** 1.5:
        y = top + share * (scenery.y(0.86) - top)
        reach = unit * (0.02 + 0.16 * share) * generator.uniform(0.3, 1)
        shift = unit * 0.05 * share * generator.uniform(-1, 1)
        dashes.append((x + shift, y, reach, unit * (0.0014 + 0.004 * share)))
    scenery.far.glow(ellipses(dashes), scenery.palette.glow, 0.6)
    scenery.far.light(x, top + unit * 0.02, unit * 0.5, scenery.palette.glow, 0.4, 0.35)


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
            _lit(scenery, (246, 238, 230)), _lit(scenery, (140, 132, 140)), (x - unit * 0.04, 0), (x + unit * 0.04, 0)
        ),
    )
    for stripe in (0.25, 0.62):
        height = top + (y - unit * 0.06 - top) * stripe
        far.paint(
            rounded(x - unit * 0.06, height, x + unit * 0.06, height + unit * 0.05).both(tower),
            _lit(scenery, (190, 54, 48)),
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
    white = mix(_lit(scenery, (255, 248, 236)), scenery.palette.haze, 0.2)
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


def _snow_caps(scenery: Scenery, outline: list[Point], body: Mask) -> None:
    highest = min(y for _, y in outline)
    line_of_snow = highest + scenery.y(0.17)
    generator = scenery.generator
    lower = [(x, max(y, 0) + max(0.0, line_of_snow - y) * generator.uniform(0.45, 0.95)) for x, y in outline]
    cap = polygon([*outline, *reversed(lower)])
    snow = _lit(scenery, (250, 250, 255))
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
        mesa = polygon([(left - wide * unit * 0.62, y), (left - wide * unit * 0.45, y - tall * unit * 0.9), (left - wide * unit * 0.4, y - tall * unit),
                        (left + wide * unit * 0.38, y - tall * unit), (left + wide * unit * 0.46, y - tall * unit * 0.85), (left + wide * unit * 0.66, y)])  # fmt: skip
        scenery.far.paint(
            mesa,
            Gradient(
                mix(colour, scenery.palette.glow, 0.3), colour, (left - wide * unit / 2, 0), (left + wide * unit / 2, 0)
            ),
        )


def _cactus(scenery: Scenery, x: float, y: float, tall: float) -> None:
    colour = mix(_lit(scenery, (58, 98, 70)), scenery.palette.ink, 0.35)
    wide = tall * 0.17
    for points in (
        [(x, y), (x, y - tall)],
        [(x, y - tall * 0.35), (x - tall * 0.26, y - tall * 0.38), (x - tall * 0.27, y - tall * 0.68)],
        [(x, y - tall * 0.5), (x + tall * 0.24, y - tall * 0.52), (x + tall * 0.25, y - tall * 0.8)],
    ):
        stem = line(points, wide if len(points) == 2 else wide * 0.72)  # noqa: PLR2004 - the trunk has two points
        scenery.middle.paint(stem, colour)
        scenery.middle.glow(stem.edge(wide * 0.2, 0, 1), scenery.palette.glow, 0.5)
