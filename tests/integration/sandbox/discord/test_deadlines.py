"""Three seconds for the first answer, fifteen minutes for the rest, a day for file links: by a clock of our own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest

from bot.clock import RandomIds
from bot.sandbox.discord import DiscordStandIn, Upload
from tests.support.clock import ManualClock
from tests.support.discord_bot import RunningBot, TestBot, add_everything

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def clock() -> ManualClock:
    """Time for the stand-in alone; the client lives in real time."""
    return ManualClock()


@pytest.fixture
async def stand_in(tmp_path: Path, clock: ManualClock) -> AsyncIterator[DiscordStandIn]:
    """A stand-in that lives by the manual clock."""
    async with DiscordStandIn(clock=clock, ids=RandomIds(clock), directory=tmp_path) as running:
        yield running


@pytest.fixture
async def bot(stand_in: DiscordStandIn) -> AsyncIterator[TestBot]:
    """A connected client."""
    client = TestBot()
    add_everything(client)
    async with RunningBot(stand_in, client):
        await client.tree.sync()
        yield client


async def test_an_answer_after_three_seconds_is_too_late(
    bot: TestBot, stand_in: DiscordStandIn, clock: ManualClock
) -> None:
    received: asyncio.Future[discord.Interaction] = asyncio.get_running_loop().create_future()

    @bot.tree.command(description="Waits to be told")
    async def patient(interaction: discord.Interaction) -> None:
        received.set_result(interaction)

    await bot.tree.sync()
    asked = asyncio.create_task(stand_in.person("mia").slash("patient", channel="stage"))
    interaction = await received
    await clock.advance(2.9)
    assert not asked.done()
    await clock.advance(0.2)
    assert (await asked).failure == "The application did not respond"
    with pytest.raises(discord.NotFound) as late:
        await interaction.response.send_message("sorry")
    assert late.value.code == 10062
    assert all(message.content != "sorry" for message in stand_in.person("mia").messages("stage"))


async def test_a_token_works_for_fifteen_minutes(bot: TestBot, stand_in: DiscordStandIn, clock: ManualClock) -> None:
    answer = await stand_in.person("mia").slash("model", {"name": "x"}, channel="stage")
    webhook = discord.Webhook.partial(int(stand_in.world.application_id), answer.token, client=bot)
    await clock.advance(15 * 60 - 1)
    await webhook.send("in time")
    await clock.advance(1)
    with pytest.raises(discord.HTTPException) as late:
        await webhook.send("too late")
    assert (late.value.status, late.value.code) == (401, 50027)
    assert [one.content for one in answer.followups] == ["in time"]


async def test_a_nonce_is_forgotten_after_its_minutes(
    bot: TestBot, stand_in: DiscordStandIn, clock: ManualClock
) -> None:
    stage = bot.get_partial_messageable(int(stand_in.person("mia").channel("stage").id))
    first = await stage.send("x", nonce="n")
    await clock.advance(299)
    assert (await stage.send("x", nonce="n")).id == first.id
    await clock.advance(2)
    assert (await stage.send("x", nonce="n")).id != first.id


async def test_a_file_link_works_for_a_day_and_a_fetched_message_has_a_fresh_one(
    bot: TestBot, stand_in: DiscordStandIn, clock: ManualClock
) -> None:
    posted = await stand_in.person("mia").say("a file", "stage", [Upload("a.txt", b"abc")])
    stage = bot.get_partial_messageable(int(posted.channel_id))
    before = (await stage.fetch_message(int(posted.id))).attachments[0]
    await clock.advance(24 * 60 * 60)
    with pytest.raises(discord.NotFound):
        await before.read()
    assert await (await stage.fetch_message(int(posted.id))).attachments[0].read() == b"abc"


async def test_foreign_pages_and_hosts_are_kept_out(stand_in: DiscordStandIn) -> None:
    mia = stand_in.person("mia").id
    async with aiohttp.ClientSession() as session:
        action = {"do": "say", "text": "x", "channel": "stage"}
        async with session.post(f"{stand_in.page_url}stage/act?as={mia}", json=action) as answer:
            assert answer.status == 403
        async with session.get(f"{stand_in.page_url}stage/world?as={mia}", headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403
        async with session.get(f"{stand_in.page_url}page/..%2Fserver.py") as answer:
            assert answer.status == 404
        async with session.get(stand_in.page_url) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "script-src 'self'" in policy
            assert "unsafe" not in policy
