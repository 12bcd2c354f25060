"""Resume, session loss, intents and compression, with the real client's own recovery."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest

from bot.clock import RandomIds, SystemClock
from bot.sandbox.discord import DiscordStandIn
from bot.sandbox.discord.seed import seed
from tests.support.discord_bot import RunningBot, TestBot, add_everything

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox.discord import Person


async def test_a_client_asked_to_reconnect_resumes_and_misses_nothing(
    bot: TestBot, stand_in: DiscordStandIn, mia: Person
) -> None:
    stand_in.gateway.ask_to_reconnect()
    await mia.say("said in between", "stage")
    await bot.until(lambda: bot.resumes == 1)
    await mia.say("said afterwards", "stage")
    await bot.until(lambda: len(bot.seen) == 2)
    assert stand_in.gateway.identified == 1
    assert stand_in.gateway.resumed == 1


async def test_a_lost_session_is_started_anew(bot: TestBot, stand_in: DiscordStandIn, mia: Person) -> None:
    stand_in.gateway.invalidate()
    await stand_in.until(lambda: stand_in.gateway.identified == 2)
    await stand_in.until(lambda: stand_in.gateway.connected)
    await mia.say("hello again", "stage")
    await bot.until(lambda: len(bot.seen) == 1)


async def test_an_interaction_during_a_cut_is_answered_after_the_resume(
    bot: TestBot, stand_in: DiscordStandIn, mia: Person
) -> None:
    stand_in.interactions.answer_seconds = 8
    stand_in.gateway.cut()
    answer = await mia.slash("model", {"name": "late"}, channel="stage")
    assert answer.message is not None
    assert answer.message.content == "late"
    await bot.until(lambda: bot.resumes == 1)


async def test_privileged_intents_are_refused(stand_in: DiscordStandIn) -> None:
    client = TestBot(intents=discord.Intents(guilds=True, message_content=True))
    running = RunningBot(stand_in, client)
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await running.__aenter__()


async def test_a_wrong_token_is_refused(stand_in: DiscordStandIn) -> None:
    stand_in.token = "another"
    running = RunningBot(stand_in, TestBot())
    with pytest.raises(discord.LoginFailure):
        await running.__aenter__()


async def test_text_of_others_is_withheld_without_the_content_intent(bot: TestBot, mia: Person) -> None:
    await mia.say("secret", "stage")
    await mia.say(f"<@{bot.application_id}> hear me", "stage")
    await mia.say("between us", "@bot")
    await bot.until(lambda: len(bot.seen) == 2)
    assert [message.content for message in bot.seen] == ["", f"<@{bot.application_id}> hear me"]


@pytest.mark.parametrize("compression", ["zlib-stream", None])
async def test_frames_come_compressed_only_if_asked_for(stand_in: DiscordStandIn, compression: str | None) -> None:
    parameters = {"v": "10", "encoding": "json"} | ({"compress": compression} if compression else {})
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(stand_in.gateway.url, params=parameters) as socket,
    ):
        first = await socket.receive()
        assert first.type is (aiohttp.WSMsgType.BINARY if compression else aiohttp.WSMsgType.TEXT)


async def test_a_bot_in_many_servers_becomes_ready(tmp_path: Path) -> None:
    clock = SystemClock()
    beginning = seed(more_servers=500)
    async with DiscordStandIn(clock=clock, ids=RandomIds(clock), directory=tmp_path, beginning=beginning) as stand_in:
        client = TestBot()
        async with RunningBot(stand_in, client):
            assert len(client.guilds) == 501
            assert sum(len(guild.channels) for guild in client.guilds) == 500 * 5 + 5


async def test_shards_divide_the_servers(stand_in: DiscordStandIn) -> None:
    clients = [TestBot(shard_id=number, shard_count=2) for number in range(2)]
    for client in clients:
        add_everything(client)
    async with RunningBot(stand_in, clients[0]), RunningBot(stand_in, clients[1]):
        known = [len(client.guilds) for client in clients]
        assert sorted(known) == [0, 1]
        serving = clients[known.index(1)]
        await serving.tree.sync()
        answer = await stand_in.person("mia").slash("model", {"name": "x"}, channel="stage")
        assert answer.failure is None
