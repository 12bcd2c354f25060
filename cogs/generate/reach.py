"""How buttons and modals, which are built anew at each use, find what they work with, here and in other packages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, cast

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from cogs.generate._studio import Studio

COG: Final = "Generate"


class _HasStudio(Protocol):
    studio: Studio


def studio_of(interaction: StageInteraction) -> Studio:
    """Return the studio of the running bot."""
    return cast("_HasStudio", interaction.client.get_cog(COG)).studio
