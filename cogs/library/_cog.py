"""The command `/library`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from cogs.library._cards import LibraryCards
from cogs.library._reach import COG
from cogs.library._shelf import ALL, KEPT, Shelf

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from bot.discord.services import Services


class LibraryCog(commands.Cog, name=COG):
    """Shows people their own clips, wherever they are."""

    def __init__(self, services: Services) -> None:
        self.shelf = Shelf(services)

    @app_commands.command(description="Your clips: watch them, post them here, delete them")
    @app_commands.describe(kept="Only clips that were not posted anywhere")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def library(self, interaction: StageInteraction, kept: bool = False) -> None:  # noqa: FBT001, FBT002 - an option
        """Show the newest page."""
        which = KEPT if kept else ALL
        page = await self.shelf.page(interaction, which, 1)
        card = LibraryCards.of(interaction).page(page, which, await self.shelf.making(interaction))
        await interaction.response.send_message(view=card.layout(), ephemeral=True)
        await self.shelf.told(page)
