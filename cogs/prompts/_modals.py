"""Forms about prompts. They are found by their custom ids, so what was typed arrives whatever happened meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import discord

from bot.discord.items import StageModal
from cogs.prompts._reach import desk_of

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction

_TEXT_LENGTH: Final = 4000


class TextForm(StageModal, area="prompt", action="text"):
    """The whole text of a prompt."""

    def __init__(
        self, subject: str, revision: int | None = None, *, title: str = "…", field: str = "…", text: str = ""
    ) -> None:
        super().__init__(subject, revision, title=title)
        self.text: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, max_length=_TEXT_LENGTH, default=text or None
        )
        self.add_item(discord.ui.Label(text=field, component=self.text))

    async def submitted(self, interaction: StageInteraction) -> None:
        """Show what the new text says."""
        await interaction.response.defer()
        await desk_of(interaction).rewrite(interaction, self.target, self.text.value)


CHECK_MODALS: Final = (TextForm,)
