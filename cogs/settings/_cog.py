"""The command `/settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from cogs.settings._panel import panel

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction


class SettingsCog(commands.Cog, name="Settings"):
    """Everybody has settings of their own; those who may manage the server see the server's as well."""

    @app_commands.command(description="Your settings; for managers also those of the server")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def settings(self, interaction: StageInteraction) -> None:
        """Show what is chosen, with buttons to change it."""
        await interaction.response.send_message(view=(await panel(interaction)).layout(), ephemeral=True)
