"""How buttons, which are built anew at each use, find the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, cast

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from cogs.library._shelf import Shelf

COG: Final = "Library"


class _HasShelf(Protocol):
    shelf: Shelf


def shelf_of(interaction: StageInteraction) -> Shelf:
    """Return the shelf of the running bot."""
    return cast("_HasShelf", interaction.client.get_cog(COG)).shelf
