"""What can be pressed on a clip, and on the news that there is none. The subject is the job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.discord import results
from bot.discord.items import StageButton
from cogs.generate._reach import studio_of

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction


class Again(StageButton, area=results.AREA, action=results.AGAIN):
    """Asks for the same once more."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show a quote."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await studio_of(interaction).clips.again(interaction, self.target.subject)


class EditClip(StageButton, area=results.AREA, action=results.EDIT):
    """Opens the form with the request of a clip."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the form, filled in."""
        await studio_of(interaction).clips.open_edit(interaction, self.target.subject)


class Extend(StageButton, area=results.AREA, action=results.EXTEND):
    """Opens the form for what happens next."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the form."""
        await studio_of(interaction).clips.open_extend(interaction, self.target.subject)


CLIP_BUTTONS: Final = (Again, EditClip, Extend)
