"""The command `/privacy`, and what happens when the bot is removed from a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.texts import reader_of
from bot.privacy.office import PrivacyOffice
from cogs.privacy._cards import overview_card
from cogs.privacy._reach import COG

if TYPE_CHECKING:
    from bot.discord.client import StageBot
    from bot.discord.items import StageInteraction

_DAY: Final = 24 * 3600.0


class PrivacyCog(commands.Cog, name=COG):
    """Shows what is stored, and keeps an eye on the servers that the bot is in."""

    def __init__(self, bot: StageBot) -> None:
        self._bot = bot
        self._app = bot.services.app
        self.office = PrivacyOffice(
            database=self._app.database,
            engine=self._app.engine,
            files=self._app.files,
            retention=self._app.retention,
            ids=self._app.ids,
            clock=self._app.clock,
        )

    async def cog_load(self) -> None:
        """Take up what was to be deleted."""
        await self.office.__aenter__()
        self._bot.start_task(self._look_round(), name="servers that were left")

    async def cog_unload(self) -> None:
        """Stop; what is to be deleted waits for the next start."""
        await self.office.__aexit__()

    @app_commands.command(description="What is stored about you, for how long; export it or delete it")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def privacy(self, interaction: StageInteraction) -> None:
        """Show what is stored."""
        texts, settings = self._bot.services.texts, self._app.settings.retention
        card = overview_card(texts, reader_of(interaction), settings)
        await interaction.response.send_message(view=card.layout(), ephemeral=True)

    @commands.Cog.listener()
    async def on_guild_join(self, _guild: discord.Guild) -> None:
        """Keep the data of a server that came back."""
        await self._note_servers()

    @commands.Cog.listener()
    async def on_guild_remove(self, _guild: discord.Guild) -> None:
        """Remember when a server was left; its data is deleted after some days."""
        await self._note_servers()

    async def _look_round(self) -> None:
        await self._bot.wait_until_ready()
        while True:
            await self._note_servers()
            await self._app.clock.sleep(_DAY)

    async def _note_servers(self) -> None:
        await self.office.note_servers([guild.id for guild in self._bot.guilds])
