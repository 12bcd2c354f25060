"""The tree of commands: every failure is answered, and while the bot stops it takes nothing new."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.discord.notices import tell_waiting_notices
from bot.errors import Restarting

if TYPE_CHECKING:
    from bot.discord.client import StageBot


class StageTree(app_commands.CommandTree["StageBot"]):
    """Commands with one error handler for all of them."""

    async def interaction_check(self, interaction: discord.Interaction[StageBot], /) -> bool:
        """Refuse commands while the bot stops; autocomplete goes unanswered then."""
        if not self.client.stopping.is_set():
            return True
        if interaction.type is not discord.InteractionType.autocomplete:
            await self.client.failures.answer(interaction, Restarting())
        return False

    async def on_error(
        self, interaction: discord.Interaction[StageBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer the failure of a command."""
        await self.client.failures.answer(interaction, error)

    # The library's own way to carry out one command or autocomplete; overridden to know when all are answered.
    async def _call(self, interaction: discord.Interaction[StageBot]) -> None:
        with self.client.at_work():
            await super()._call(interaction)
            # A failure in an autocomplete is logged by the library and leaves the person waiting.
            if interaction.type is discord.InteractionType.autocomplete and not interaction.response.is_done():
                with contextlib.suppress(discord.HTTPException):
                    await interaction.response.autocomplete([])
            if interaction.type is discord.InteractionType.application_command and interaction.response.is_done():
                await tell_waiting_notices(interaction)
