"""The scenery of each setting. A setting is a function that draws on a `Scenery`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.media.animatic.pictures.settings import indoors, nature, objects, space, stage, street
from bot.media.animatic.place import Setting

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.media.animatic.pictures.scenery import Scenery

SETTINGS: dict[Setting, Callable[[Scenery], None]] = {
    Setting.STUDIO: indoors.draw_studio,
    Setting.ROOM: indoors.draw_room,
    Setting.CAFE: indoors.draw_cafe,
    Setting.LIBRARY: indoors.draw_library,
    Setting.KITCHEN: objects.draw_kitchen,
    Setting.PRODUCT: objects.draw_product,
    Setting.STAGE: stage.draw_stage,
    Setting.STREET: street.draw_street,
    Setting.SPACE: space.draw_space,
    Setting.FOREST: nature.draw_forest,
    Setting.MEADOW: nature.draw_meadow,
    Setting.SEA: nature.draw_sea,
    Setting.MOUNTAIN: nature.draw_mountain,
    Setting.DESERT: nature.draw_desert,
}


def build(scenery: Scenery) -> None:
    """Draw the setting of the place."""
    SETTINGS[scenery.place.setting](scenery)
