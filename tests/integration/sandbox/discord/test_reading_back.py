"""What a recovering bot asks: history, messages, direct conversations, channels and members; and the admin routes."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest

from bot.sandbox.discord import Upload

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox.discord import DiscordStandIn, Person
    from tests.support.discord_bot import TestBot


async def test_history_is_read_in_both_directions(bot: TestBot, mia: Person) -> None:
    stage = bot.get_partial_messageable(int(mia.channel("stage").id))
    sent = [await stage.send(str(number)) for number in range(5)]
    newest = [message.content async for message in stage.history(limit=2)]
    later = [message.content async for message in stage.history(after=sent[2])]
    earlier = [message.content async for message in stage.history(before=sent[2], limit=2)]
    assert (newest, later, earlier) == (["4", "3"], ["3", "4"], ["1", "0"])
    assert (await stage.fetch_message(sent[3].id)).content == "3"


async def test_a_direct_conversation_is_opened_once_and_seen_by_its_two_sides_alone(
    bot: TestBot, stand_in: DiscordStandIn, mia: Person
) -> None:
    user = await bot.fetch_user(int(mia.id))
    sent = await user.send("for you", file=discord.File(__file__, "a.py"))
    assert mia.messages("@bot")[-1].id == str(sent.id)
    assert stand_in.person("noor").messages("@bot") == []
    assert (await user.create_dm()).id == sent.channel.id


async def test_channels_members_and_roles_can_be_fetched(bot: TestBot, mia: Person) -> None:
    guild = bot.guilds[0]
    member = await guild.fetch_member(int(mia.id))
    assert [role.name for role in member.roles] == ["@everyone", "Member"]
    assert {channel.name for channel in await guild.fetch_channels()} >= {"stage", "projects"}
    thread = await bot.fetch_channel(int(mia.channel("Rain scene").id))
    assert isinstance(thread, discord.Thread)
    assert thread.parent is not None
    assert thread.parent.name == "stage"
    stage = guild.get_channel(int(mia.channel("stage").id))
    assert stage is not None
    assert stage.permissions_for(guild.me).attach_files


async def test_only_the_author_who_is_allowed_is_mentioned(bot: TestBot, stand_in: DiscordStandIn, mia: Person) -> None:
    stage = bot.get_partial_messageable(int(mia.channel("stage").id))
    noor = stand_in.person("noor")
    text = f"<@{mia.id}> <@{noor.id}> @everyone"
    quiet = await stage.send(text)
    told = await stage.send(text, allowed_mentions=discord.AllowedMentions(users=[discord.Object(int(mia.id))]))
    stored = [stand_in.world.message(str(stage.id), str(one.id)) for one in (quiet, told)]
    assert [one.mentioned_users for one in stored] == [[], [mia.id]]
    assert not any(one.mentions_everyone for one in stored)


async def test_a_file_given_with_a_command_can_vanish(bot: TestBot, stand_in: DiscordStandIn, mia: Person) -> None:
    held: asyncio.Future[discord.Attachment] = asyncio.get_running_loop().create_future()

    @bot.tree.command(description="Keeps the file for later")
    async def keep(interaction: discord.Interaction, file: discord.Attachment) -> None:
        held.set_result(file)
        await interaction.response.send_message("later", ephemeral=True)

    await bot.tree.sync()
    await mia.slash("keep", {"file": Upload("a.png", b"liar", "image/png")})
    file = await held
    assert (file.content_type, await file.read()) == ("image/png", b"liar")
    stand_in.stagehand.forget_file(str(file.id))
    with pytest.raises(discord.NotFound):
        await file.read()


async def test_faults_and_records_are_reachable_from_other_processes(
    bot: TestBot, stand_in: DiscordStandIn, mia: Person
) -> None:
    fault = {"route": "GET /users/{user_id}", "status": 403, "code": 50001, "message": "Missing Access"}
    async with aiohttp.ClientSession(headers={"X-Stand-In": "test"}) as session:
        async with session.post(f"{stand_in.page_url}admin/faults", json=fault) as answer:
            assert answer.status == 204
        with pytest.raises(discord.Forbidden):
            await bot.fetch_user(int(mia.id))
        async with session.post(f"{stand_in.page_url}admin/gateway/reconnect") as answer:
            assert answer.status == 204
        await bot.until(lambda: bot.resumes == 1)
        async with session.get(f"{stand_in.page_url}admin/records?route=GET+/users/{{user_id}}") as answer:
            shown = await answer.json()
        assert [one["status"] for one in shown["records"]] == [403]
        assert (shown["identified"], shown["resumed"], shown["unknown"]) == (1, 1, [])


async def test_the_stand_in_starts_alone_and_stops_when_asked(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot.sandbox.discord", "--data", str(tmp_path)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    async with asyncio.timeout(20):
        address = (await process.stdout.readline()).decode().split()[-1]
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            assert "Discord stand-in" in await answer.text()
        process.send_signal(signal.SIGTERM)
        await process.communicate()
    assert process.returncode == 0
    assert (tmp_path / "state.json").exists()
