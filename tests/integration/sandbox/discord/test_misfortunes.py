"""Nonces, limits, permissions and faults, as the real client meets them."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest

from bot.clock import RandomIds, SystemClock
from bot.sandbox.discord import DiscordStandIn, Fault, RateLimits
from bot.sandbox.discord.limits import Allowance
from bot.sandbox.discord.permissions import Permission
from tests.support.discord_bot import RunningBot, TestBot, file_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox.discord import Person

SEND = "POST /channels/{channel_id}/messages"


def stage_of(bot: TestBot, mia: Person, name: str = "stage") -> discord.PartialMessageable:
    """Return a channel to which the bot can send."""
    return bot.get_partial_messageable(int(mia.channel(name).id))


async def test_a_repeated_nonce_returns_the_first_message(bot: TestBot, mia: Person) -> None:
    stage = stage_of(bot, mia)
    first = await stage.send("once", nonce="job-1")
    again = await stage.send("once", nonce="job-1", file=file_of(b"data", "a.txt"))
    other = await stage.send("once", nonce="job-2")
    assert first.id == again.id != other.id
    await first.delete()
    with pytest.raises(discord.NotFound):
        await stage.send("once", nonce="job-1")


async def test_a_502_after_the_message_was_stored_posts_it_once(
    bot: TestBot, stand_in: DiscordStandIn, mia: Person
) -> None:
    stand_in.faults.add(Fault(SEND, status=502, when="after"))
    sent = await stage_of(bot, mia).send("exactly once", file=file_of(b"bytes", "a.txt"))
    stored = [one for one in mia.messages("stage") if one.content == "exactly once"]
    assert [one.id for one in stored] == [str(sent.id)]
    records = stand_in.journal.of(SEND)
    assert [record.status for record in records] == [502, 200]
    nonces = [record.payload["nonce"] for record in records if isinstance(record.payload, dict)]
    assert nonces[0] == nonces[1]


async def test_a_connection_lost_after_the_message_was_stored_is_seen_as_unknown(
    bot: TestBot, stand_in: DiscordStandIn, mia: Person
) -> None:
    stand_in.faults.add(Fault(SEND, status=0, when="after"))
    with pytest.raises(aiohttp.ClientConnectionError):
        await stage_of(bot, mia).send("unknown outcome", nonce="n")
    again = await stage_of(bot, mia).send("unknown outcome", nonce="n")
    assert [one.id for one in mia.messages("stage") if one.content == "unknown outcome"] == [str(again.id)]


async def test_a_429_is_waited_for(bot: TestBot, stand_in: DiscordStandIn, mia: Person) -> None:
    stand_in.faults.add(Fault(SEND, status=429, retry_after=0.2))
    started = time.monotonic()
    await stage_of(bot, mia).send("after a pause")
    assert time.monotonic() - started >= 0.2


async def test_a_client_that_reads_the_headers_is_never_refused(tmp_path: Path) -> None:
    clock = SystemClock()
    limits = RateLimits(Allowance(50, 1.0), {SEND: Allowance(5, 1.0)})
    async with DiscordStandIn(clock=clock, ids=RandomIds(clock), directory=tmp_path, rate_limits=limits) as stand_in:
        client = TestBot()
        async with RunningBot(stand_in, client):
            stage = stage_of(client, stand_in.person("mia"))
            await asyncio.gather(*(stage.send(str(number)) for number in range(7)))
        statuses = [record.status for record in stand_in.journal.of(SEND)]
        assert statuses == [200] * 7


async def test_a_file_over_the_servers_limit_is_refused(bot: TestBot, stand_in: DiscordStandIn, mia: Person) -> None:
    stand_in.stagehand.set_upload_limit("Soundstage Demo", 1000)
    with pytest.raises(discord.HTTPException) as refused:
        await stage_of(bot, mia).send(file=file_of(b"x" * 1001, "big.bin"))
    assert (refused.value.status, refused.value.code) == (413, 40005)
    await stage_of(bot, mia).send(file=file_of(b"x" * 1000, "fits.bin"))
    assert [file.size for record in stand_in.journal.of(SEND) for file in record.files] == [1001, 1000]


async def test_missing_permissions_are_told_apart(bot: TestBot, stand_in: DiscordStandIn, mia: Person) -> None:
    stand_in.stagehand.set_bot_permissions("screening-room", deny=Permission.SEND_MESSAGES)
    with pytest.raises(discord.Forbidden) as no_writing:
        await stage_of(bot, mia, "screening-room").send("x")
    stand_in.stagehand.set_bot_permissions("welcome", deny=Permission.VIEW_CHANNEL)
    with pytest.raises(discord.Forbidden) as no_sight:
        await stage_of(bot, mia, "welcome").send("x")
    assert (no_writing.value.code, no_sight.value.code) == (50013, 50001)


async def test_what_is_gone_answers_404(bot: TestBot, stand_in: DiscordStandIn, mia: Person) -> None:
    stage = stage_of(bot, mia)
    sent = await stage.send("soon gone")
    stand_in.person("sam").delete(stand_in.world.message(str(stage.id), str(sent.id)))
    with pytest.raises(discord.NotFound) as no_message:
        await sent.edit(content="too late")
    stand_in.stagehand.delete_channel("stage")
    with pytest.raises(discord.NotFound) as no_channel:
        await stage.send("x")
    assert (no_message.value.code, no_channel.value.code) == (10008, 10003)


async def test_an_archived_thread_opens_when_somebody_writes_but_not_for_an_edit(
    bot: TestBot, stand_in: DiscordStandIn, mia: Person
) -> None:
    thread = stage_of(bot, mia, "Rain scene")
    sent = await thread.send("before")
    stand_in.stagehand.set_thread("Rain scene", archived=True)
    with pytest.raises(discord.HTTPException) as archived:
        await sent.edit(content="x")
    assert archived.value.code == 50083
    await thread.send("wakes it up")
    state = stand_in.stagehand.channel("Rain scene").thread
    assert state is not None
    assert not state.archived


async def test_a_bot_that_is_thrown_out_loses_the_server(bot: TestBot, stand_in: DiscordStandIn, mia: Person) -> None:
    stage = stage_of(bot, mia)
    await stage.send("still here")
    stand_in.stagehand.remove_bot("Soundstage Demo")
    with pytest.raises(discord.Forbidden):
        await stage.send("locked out")


async def test_unknown_routes_are_refused_and_recorded(bot: TestBot, stand_in: DiscordStandIn) -> None:
    with pytest.raises(discord.NotFound):
        await bot.http.request(discord.http.Route("GET", "/stickers/{sticker_id}", sticker_id=1))
    assert [record.path for record in stand_in.journal.unknown] == ["/stickers/1"]
    stand_in.journal.clear()


async def test_forum_posts_and_threads_are_created(bot: TestBot, mia: Person) -> None:
    forum = bot.get_channel(int(mia.channel("projects").id))
    assert isinstance(forum, discord.ForumChannel)
    post = await forum.create_thread(
        name="New film", content="Act one", file=file_of(b"x", "a.txt"), applied_tags=forum.available_tags[:1]
    )
    await post.thread.send("Act two")
    assert [one.content for one in mia.messages("New film")] == ["Act one", "Act two"]
    stage = bot.get_channel(int(mia.channel("stage").id))
    assert isinstance(stage, discord.TextChannel)
    sent = await stage.send("start here")
    thread = await sent.create_thread(name="From a message")
    assert thread.id == sent.id


async def test_everything_survives_a_restart_of_the_stand_in(tmp_path: Path) -> None:
    clock = SystemClock()
    for expected in (0, 1):
        async with DiscordStandIn(clock=clock, ids=RandomIds(clock), directory=tmp_path) as stand_in:
            mia = stand_in.person("mia")
            kept = [one for one in mia.messages("stage") if one.content == "remember me"]
            assert len(kept) == expected
            await mia.say("remember me", "stage")
