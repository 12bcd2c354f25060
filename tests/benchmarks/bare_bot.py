"""`python -m tests.benchmarks.bare_bot JSON`: two commands written in the briefest way that discord.py allows.

They answer as the product's do, with a constant card and nothing behind it: `/video text` says at once that it thinks
and shows its card later, `/credits balance` answers directly. The argument has `api_base` and `token`.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import discord
from discord import app_commands

from bot.discord.address import talk_to

_COLOUR = 0xD9A441


def card() -> discord.ui.LayoutView:
    """Return a card as large as that of a balance."""
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(
        discord.ui.Button(label="Show history", emoji="📜", custom_id="history")
    )
    container: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.TextDisplay("### Your credits"),
        discord.ui.TextDisplay("**450** to spend\n0 set aside for clips that are being made"),
        discord.ui.TextDisplay("-# Today's limits leave you all of them."),
        row,
        accent_colour=_COLOUR,
    )
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(container)
    view.stop()
    return view


class BareBot(discord.AutoShardedClient):
    """A client with a tree of commands."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None, guild_ready_timeout=0.25)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        video = app_commands.Group(name="video", description="Clips")
        credit = app_commands.Group(name="credits", description="Credits")

        @video.command(name="text", description="Make a clip")
        async def text(interaction: discord.Interaction[Any], prompt: str) -> None:  # noqa: ARG001 - the same option
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.edit_original_response(view=card())

        @credit.command(name="balance", description="What you have")
        async def balance(interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_message(view=card(), ephemeral=True)

        self.tree.add_command(video)
        self.tree.add_command(credit)
        await self.tree.sync()


async def main(address: dict[str, str]) -> None:
    """Run until the process is told to end."""
    await talk_to(address["api_base"])
    async with BareBot() as bot:
        await bot.start(address["token"])


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
