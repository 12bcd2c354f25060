"""Rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.media.animatic.pictures.drawing import Gradient, rounded

if TYPE_CHECKING:
    from bot.media.animatic.pictures.scenery import Scenery


def draw_room(scenery: Scenery) -> None:
    """Draw a wall with light on it."""
    width, height, unit = scenery.width, scenery.height, scenery.unit
    scenery.far.fill(Gradient((40, 34, 56), (104, 66, 70), (0, 0), (0, height)))
    scenery.far.light(width / 2, height * 0.45, unit * 0.8, (255, 176, 110), 0.4)
    desk = rounded(-4, height * 0.86, width + 4, height + 4)
    scenery.front.paint(desk, Gradient((92, 58, 48), (22, 14, 18), (0, height * 0.86), (0, height)))
