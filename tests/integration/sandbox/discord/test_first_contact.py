"""Login, command sync and one interaction with the real client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.discord import Reply
from tests.support.discord_bot import RunningBot, TestBot

if TYPE_CHECKING:
    import discord

    from bot.sandbox.discord import DiscordStandIn


async def test_a_slash_command_is_registered_run_and_answered(stand_in: DiscordStandIn) -> None:
    client = TestBot()

    @client.tree.command(description="Say hello")
    async def hello(interaction: discord.Interaction, name: str) -> None:
        await interaction.response.send_message(f"Hello {name}")

    async with RunningBot(stand_in, client):
        assert [command.name for command in await client.tree.sync()] == ["hello"]
        mia = stand_in.person("mia")
        answer = await mia.slash("hello", {"name": "world"}, channel="stage")
        assert answer.reply is Reply.MESSAGE
        assert answer.message is not None
        assert answer.message.content == "Hello world"
        assert mia.messages("stage")[-1] is answer.message
        assert client.get_guild(int(stand_in.person("mia").guilds()[0].id)) is not None
