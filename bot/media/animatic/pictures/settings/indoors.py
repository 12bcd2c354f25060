"""Rooms: studio, living room, café, library."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.media.animatic.pictures.drawing import (
    Colour,
    Gradient,
    dimmed,
    ellipse,
    line,
    mix,
    polygon,
    polygons,
    rounded,
)
from bot.media.animatic.pictures.particles import DUST, EMBERS
from bot.media.animatic.pictures.settings.furniture import (
    fireplace,
    lamp,
    pendant,
    picture_frame,
    plant,
    shelf,
    table,
    window,
)
from bot.media.animatic.place import Hour

if TYPE_CHECKING:
    from bot.media.animatic.pictures.scenery import Scenery

_TUNGSTEN: Colour = (255, 186, 114)


def indoor_light(scenery: Scenery, ambient: Colour = (240, 214, 194)) -> None:
    """Let the lamps of a room light the people, not the sky outside; by day more of it comes in."""
    day = scenery.place.hour is Hour.DAY
    light = mix(ambient, (250, 246, 240), 0.6) if day else ambient
    scenery.palette = replace(scenery.palette, ambient=light, glow=_TUNGSTEN)


def draw_studio(scenery: Scenery) -> None:
    """Draw a studio: slatted wall, window onto the town, lamps, a desk with microphones."""
    outside = scenery.palette
    indoor_light(scenery)
    wall(scenery, (44, 34, 52), (92, 58, 62), slats=True)
    portrait = scenery.portrait
    area = (0.1, 0.14, 0.9, 0.56) if portrait else (0.22, 0.1, 0.78, 0.62)
    window(scenery, area, outside, panes=3, town=True)
    for x in (0.1, 0.9):
        lamp(scenery, scenery.x(x), scenery.y(0.3), _TUNGSTEN)
    sign(scenery)
    desk = table(scenery, 0.88 if not portrait else 0.87, (104, 66, 52))
    for number in range(max(1, min(3, scenery.people))):
        count = max(1, min(3, scenery.people))
        microphone(scenery, scenery.x((number + 0.5) / count + (0.11 if number < count / 2 else -0.11)), desk)
    scenery.before.append(scenery.swarm(DUST))


def draw_room(scenery: Scenery) -> None:
    """Draw a living room or an office: papered wall, window, pictures, a lamp, perhaps a fire."""
    outside = scenery.palette
    indoor_light(scenery, (244, 220, 200))
    evening = scenery.place.hour in {Hour.NIGHT, Hour.SUNSET}
    top, bottom = ((58, 52, 74), (112, 82, 80)) if evening else ((150, 158, 160), (214, 204, 186))
    wall(scenery, top, bottom)
    panelling(scenery, 0.66, dimmed(bottom, 0.72))
    if scenery.has("fire", "壁炉"):
        fireplace(scenery, scenery.x(0.5 if scenery.people != 1 else 0.79), scenery.y(0.8))
        scenery.before.append(scenery.swarm(EMBERS))
    else:
        area = (0.2, 0.12, 0.8, 0.5) if scenery.portrait else (0.36, 0.1, 0.64, 0.6)
        window(scenery, area, outside, panes=2, curtains=True)
    picture_frame(scenery, (0.04, 0.16, 0.14, 0.36), (86, 122, 128))
    picture_frame(scenery, (0.87, 0.14, 0.96, 0.3), (182, 120, 84))
    plant(scenery, scenery.x(0.94), scenery.y(0.86))
    if evening:
        lamp(scenery, scenery.x(0.2), scenery.y(0.36), _TUNGSTEN)
    scenery.before.append(scenery.swarm(DUST))


def draw_cafe(scenery: Scenery) -> None:
    """Draw a café: a wall of shelves and blackboard, pendant lamps, a counter with cups."""
    outside = scenery.palette
    indoor_light(scenery, (246, 220, 196))
    wall(scenery, (44, 52, 54), (98, 74, 62))
    window(scenery, (0.05, 0.14, 0.3, 0.62), outside, panes=2, town=True)
    shelf(scenery, (0.62, 0.2, 0.96, 0.56), bottles=True)
    board = rounded(scenery.x(0.37), scenery.y(0.15), scenery.x(0.56), scenery.y(0.44), scenery.unit * 0.01)
    scenery.far.paint(board, (30, 34, 36))
    for row in range(5):
        y = scenery.y(0.2 + row * 0.045)
        chalk = line([(scenery.x(0.39), y), (scenery.x(0.47 + 0.018 * (row * 7 % 4)), y)], scenery.unit * 0.005)
        scenery.far.paint(chalk, (226, 222, 208), 0.55)
    for x in (0.18, 0.5, 0.82):
        pendant(scenery, scenery.x(x), scenery.y(0.13), _TUNGSTEN)
    top = table(scenery, 0.86, (124, 82, 58))
    for x in (0.42, 0.58):
        cup(scenery, scenery.x(x), top + scenery.unit * 0.012)
    scenery.before.append(scenery.swarm(DUST))


def draw_library(scenery: Scenery) -> None:
    """Draw a library: high shelves of books on both sides of a tall window."""
    outside = scenery.palette
    indoor_light(scenery, (240, 216, 188))
    wall(scenery, (46, 36, 34), (94, 66, 48))
    middle = (0.36, 0.08, 0.64, 0.62) if not scenery.portrait else (0.3, 0.1, 0.7, 0.5)
    window(scenery, middle, outside, panes=2, arched=True)
    shelf(scenery, (-0.02, 0.04, middle[0] - 0.04, 0.92))
    shelf(scenery, (middle[2] + 0.04, 0.04, 1.02, 0.92))
    x0, x1 = scenery.x(middle[0]), scenery.x(middle[2])
    beam = polygon(
        [
            (x0, scenery.y(middle[1])),
            (x1, scenery.y(middle[1])),
            (x1 + scenery.x(0.2), scenery.height),
            (x0 - scenery.x(0.02), scenery.height),
        ]
    )
    scenery.middle.glow(beam.blurred(scenery.unit * 0.05), outside.glow, 0.16)
    table(scenery, 0.9, (96, 60, 42))
    scenery.before.append(scenery.swarm(DUST))


def wall(scenery: Scenery, top: Colour, bottom: Colour, *, slats: bool = False) -> None:
    """Cover the far layer with a wall, lit softly from the middle."""
    width, height, unit = scenery.width, scenery.height, scenery.unit
    scenery.far.fill(Gradient(top, bottom, (0, 0), (0, height)))
    if slats:
        pitch = unit * 0.07
        stripes = [
            [(x, 0.0), (x + pitch * 0.3, 0.0), (x + pitch * 0.3, float(height)), (x, float(height))]
            for x in (number * pitch for number in range(int(width / pitch) + 1))
        ]
        scenery.far.paint(polygons(stripes), dimmed(top, 0.55), 0.6)
    scenery.far.light(width * 0.5, height * 0.5, unit * 0.9, scenery.palette.glow, 0.26)


def panelling(scenery: Scenery, top: float, colour: Colour) -> None:
    """Draw wooden panels along the foot of the wall."""
    y, unit = scenery.y(top), scenery.unit
    scenery.far.paint(
        rounded(-4, y, scenery.width + 4, scenery.height + 4),
        Gradient(colour, dimmed(colour, 0.5), (0, y), (0, scenery.height)),
    )
    scenery.far.paint(
        rounded(-4, y - unit * 0.012, scenery.width + 4, y + unit * 0.006), mix(colour, (255, 236, 210), 0.25)
    )
    pitch = unit * 0.3
    for number in range(int(scenery.width / pitch) + 1):
        left = number * pitch + unit * 0.03
        panel = rounded(left, y + unit * 0.05, left + pitch - unit * 0.06, scenery.height + 9, unit * 0.008)
        scenery.far.paint(panel.edge(unit * 0.006, unit * 0.006, 1), (0, 0, 0), 0.4)
        scenery.far.paint(panel.edge(-unit * 0.006, -unit * 0.006, 1), (255, 230, 200), 0.12)


def sign(scenery: Scenery) -> None:
    """Draw the red light that says that the microphones are open."""
    x, y, unit = scenery.x(0.88), scenery.y(0.12), scenery.unit
    scenery.far.light(x, y, unit * 0.2, (255, 70, 60), 0.5)
    scenery.far.paint(
        rounded(x - unit * 0.06, y - unit * 0.022, x + unit * 0.06, y + unit * 0.022, unit * 0.01), (206, 44, 40)
    )
    scenery.far.paint(
        rounded(x - unit * 0.03, y - unit * 0.004, x + unit * 0.03, y + unit * 0.004, unit * 0.004), (255, 214, 204)
    )


def microphone(scenery: Scenery, x: float, desk: float) -> None:
    """Draw a microphone on an arm in front of a speaker."""
    unit, layer = scenery.unit, scenery.front
    side = 1 if x < scenery.width / 2 else -1
    head_x, head_y = x, desk - unit * 0.2
    arm = line(
        [
            (head_x, head_y),
            (head_x + side * unit * 0.1, head_y + unit * 0.09),
            (head_x + side * unit * 0.03, desk + unit * 0.08),
        ],
        unit * 0.013,
    )
    layer.paint(arm, (22, 20, 26))
    body = rounded(
        head_x - unit * 0.034, head_y - unit * 0.062, head_x + unit * 0.034, head_y + unit * 0.058, unit * 0.034
    )
    layer.paint(body, Gradient((92, 88, 98), (28, 26, 34), (head_x - unit * 0.034, 0), (head_x + unit * 0.034, 0)))
    for row in range(5):
        y = head_y - unit * 0.04 + row * unit * 0.013
        layer.paint(line([(head_x - unit * 0.024, y), (head_x + unit * 0.024, y)], unit * 0.003), (18, 16, 22), 0.8)
    layer.paint(
        rounded(head_x - unit * 0.034, head_y + unit * 0.022, head_x + unit * 0.034, head_y + unit * 0.032),
        (255, 190, 116),
        0.9,
    )


def cup(scenery: Scenery, x: float, y: float) -> None:
    """Draw a cup on the table."""
    unit, layer = scenery.unit, scenery.front
    layer.paint(ellipse(x, y + unit * 0.04, unit * 0.07, unit * 0.013), (20, 14, 14), 0.4)
    handle = ellipse(x + unit * 0.045, y, unit * 0.022, unit * 0.026).without(
        ellipse(x + unit * 0.045, y, unit * 0.012, unit * 0.016)
    )
    layer.paint(handle, (206, 196, 184))
    bowl = rounded(x - unit * 0.045, y - unit * 0.038, x + unit * 0.045, y + unit * 0.042, unit * 0.026)
    layer.paint(bowl, Gradient((244, 238, 228), (150, 138, 130), (x - unit * 0.045, 0), (x + unit * 0.05, 0)))
    layer.paint(ellipse(x, y - unit * 0.034, unit * 0.042, unit * 0.008), (92, 58, 42))
