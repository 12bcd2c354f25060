"""How buttons, which are built anew at each use, find the privacy office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, cast

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from bot.privacy.office import PrivacyOffice

COG: Final = "Privacy"


class HasOffice(Protocol):
    """The cog, as buttons know it."""

    office: PrivacyOffice


def cog_of(interaction: StageInteraction) -> HasOffice:
    """Return the cog of the running bot."""
    return cast("HasOffice", interaction.client.get_cog(COG))
