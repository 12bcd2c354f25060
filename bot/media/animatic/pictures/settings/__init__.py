"""The scenery of each setting. A setting is a function that draws on a `Scenery`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.media.animatic.pictures.settings.indoors import draw_room
from bot.media.animatic.pictures.settings.outdoors import draw_meadow
from bot.media.animatic.place import Setting

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.media.animatic.pictures.scenery import Scenery

SETTINGS: dict[Setting, Callable[[Scenery], None]] = {
    Setting.STUDIO: draw_room,
    Setting.ROOM: draw_room,
    Setting.MEADOW: draw_meadow,
}


def build(scenery: Scenery) -> None:
    """Draw the setting of the place."""
    SETTINGS.get(scenery.place.setting, draw_meadow)(scenery)
