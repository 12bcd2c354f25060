"""The scenery of each setting. A setting is a function that draws on a `Scenery`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.media.animatic.pictures.settings import coast, heights, indoors, kitchen, product, space, stage, street, woods
from bot.media.animatic.place import Setting

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.media.animatic.pictures.scenery import Scenery

SETTINGS: dict[Setting, Callable[[Scenery], None]] = {
    Setting.STUDIO: indoors.draw_studio,
    Setting.ROOM: indoors.draw_room,
    Setting.CAFE: indoors.draw_cafe,
    Setting.LIBRARY: indoors.draw_library,
    Setting.KITCHEN: kitchen.draw_kitchen,
    Setting.PRODUCT: product.draw_product,
    Setting.STAGE: stage.draw_stage,
    Setting.STREET: street.draw_street,
    Setting.SPACE: space.draw_space,
    Setting.FOREST: woods.draw_forest,
    Setting.MEADOW: woods.draw_meadow,
    Setting.SEA: coast.draw_sea,
    Setting.MOUNTAIN: heights.draw_mountain,
    Setting.DESERT: heights.draw_desert,
}


def build(scenery: Scenery) -> None:
    """Draw the setting of the place."""
    SETTINGS[scenery.place.setting](scenery)
