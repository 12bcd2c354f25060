"""What can be pressed while clips are being made. The subject is the batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.discord.items import StageButton
from bot.discord.signs import Sign
from cogs.generate.reach import studio_of

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction


class CancelBatch(StageButton, area="batch", action="cancel", sign=Sign.CANCEL):
    """Cancels what still waits."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Cancel, and tell the truth about what cannot be stopped."""
        await interaction.response.defer()
        await studio_of(interaction).progress.cancel(interaction, self.target.subject)


class KeepBatch(StageButton, area="batch", action="keep", sign=Sign.KEEP):
    """Has the clips of a batch kept instead of posted."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Remember the choice."""
        await interaction.response.defer()
        await studio_of(interaction).progress.choose(interaction, self.target.subject, keep=True)


class PostBatch(StageButton, area="batch", action="post", sign=Sign.POST):
    """Has the clips of a batch posted after all."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Remember the choice."""
        await interaction.response.defer()
        await studio_of(interaction).progress.choose(interaction, self.target.subject, keep=False)


class Refresh(StageButton, area="batch", action="refresh", sign=Sign.REFRESH):
    """Shows how things stand, and lets the card move again."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Follow the batch in this message."""
        await interaction.response.defer()
        await studio_of(interaction).progress.follow(interaction, self.target.subject)


JOB_BUTTONS: Final = (CancelBatch, KeepBatch, PostBatch, Refresh)
