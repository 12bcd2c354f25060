"""The connection to Discord: lost, resumed, refused, and given up in good order."""

from __future__ import annotations

import asyncio
import io
import json
from typing import TYPE_CHECKING

import aiohttp
import pytest
from pydantic import SecretStr

from bot.discord.address import REAL, talk_to
from bot.discord.running import running_bot
from bot.errors import ConfigurationError, DiscordUnreachable
from bot.log import logging_to
from bot.sandbox.discord import Fault, Reply
from bot.settings import DiscordSettings, Settings
from tests.support.discord_trial import EXTENSION
from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def trial(tmp_path: Path) -> AsyncIterator[Theatre]:
    """A bot with a few commands."""
    async with open_theatre(tmp_path, cogs=[EXTENSION]) as theatre:
        yield theatre


def changed(settings: Settings, **discord: object) -> Settings:
    """Settings with other values in the section about Discord."""
    return settings.model_copy(update={"discord": settings.discord.model_copy(update=discord)})


async def test_a_command_given_while_the_line_is_cut_is_answered_after_the_resume(trial: Theatre) -> None:
    trial.discord.interactions.answer_seconds = 10
    trial.discord.gateway.cut()

    answer = await trial.as_person("Mia").slash("/trial fail", how="none")

    assert answer.reply is Reply.MESSAGE
    assert trial.discord.gateway.identified == 1
    assert trial.discord.gateway.resumed == 1


async def test_after_a_lost_session_everything_works_as_before(trial: Theatre) -> None:
    mia = trial.as_person("Mia")
    card = (await mia.slash("/trial card")).message
    assert card is not None

    ready = asyncio.create_task(trial.bot.wait_for("shard_ready", timeout=20))
    gone = asyncio.create_task(trial.bot.wait_for("shard_disconnect", timeout=20))
    trial.discord.gateway.invalidate()
    await gone
    assert not await trial.bot.is_connected()
    await ready
    assert await trial.bot.is_connected()
    assert trial.discord.gateway.identified == 2

    assert (await mia.press(card, "Press")).reply is Reply.MESSAGE


async def test_an_answer_under_way_is_finished_before_the_bot_stops_and_nothing_new_is_taken(trial: Theatre) -> None:
    mia, sam = trial.as_person("Mia"), trial.as_person("Sam")
    card = (await sam.slash("/trial card")).message
    assert card is not None
    waiting = await mia.slash("/trial wait")
    curtain = trial.bot.get_cog("TrialCog").curtain  # type: ignore[union-attr]  # the cog of this test

    bot = trial.bot
    stopping = asyncio.create_task(trial.stop_bot())
    await bot.stopping.wait()
    for refused in (await sam.slash("/trial fail", how="none"), await sam.press(card, "Press")):
        assert refused.message is not None, refused.failure
        assert "restarting" in refused.message.content
    curtain.set()
    await stopping

    assert waiting.message is not None
    assert waiting.message.content == "the curtain is up"
    assert not trial.discord.gateway.connected
    await trial.start_bot()


async def test_a_token_that_discord_refuses_is_one_sentence(trial: Theatre) -> None:
    await trial.stop_bot()
    wrong = changed(trial.settings, token=SecretStr("not-the-token"))

    with pytest.raises(ConfigurationError, match=r"does not accept discord\.token"):
        async with running_bot(wrong, cogs=()):
            pass
    with pytest.raises(ConfigurationError, match=r"discord\.token is empty"):
        async with running_bot(changed(trial.settings, token=SecretStr("")), cogs=()):
            pass
    await trial.start_bot()


async def test_a_token_revoked_while_running_ends_the_bot_with_a_sentence(trial: Theatre) -> None:
    await trial.stop_bot()

    async def run() -> None:
        async with running_bot(trial.settings, cogs=()):
            trial.discord.gateway._token = "another"
            trial.discord.gateway.invalidate()
            await asyncio.Event().wait()

    with pytest.raises(ConfigurationError, match=r"does not accept discord\.token"):
        await asyncio.wait_for(run(), 20)
    trial.discord.gateway._token = trial.discord.token
    await trial.start_bot()


async def test_a_bot_that_cannot_log_in_says_so(trial: Theatre) -> None:
    await trial.stop_bot()
    trial.discord.faults.add(Fault(route="GET /users/@me", status=403, times=10))

    with pytest.raises(DiscordUnreachable, match="cannot be reached"):
        async with running_bot(trial.settings, cogs=()):
            pass
    trial.discord.faults.clear()
    await trial.start_bot()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("https://discord.example/api/v10", "must be https://discord.com/api/v10"),
        ("http://127.0.0.1:9/api/v10", "No Discord stand-in answers"),
    ],
)
async def test_no_third_discord_is_talked_to(address: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError, match=sentence):
        await talk_to(address)


async def test_the_default_is_the_real_discord() -> None:
    assert DiscordSettings().api_base == REAL


async def test_no_secret_is_ever_logged(tmp_path: Path) -> None:
    log = io.StringIO()
    with logging_to(log, level="debug", style="json", secrets=["stand-in-token"]):
        async with open_theatre(tmp_path, cogs=[EXTENSION]) as theatre:
            mia = theatre.as_person("Mia")
            theatre.discord.faults.add(Fault(route="POST /interactions/{interaction_id}/{token}/callback", status=500))
            answers = [await mia.slash("/trial fail", how=how) for how in ("none", "unforeseen", "foreseen")]
            theatre.discord.gateway.cut()
            await theatre.discord.until(lambda: theatre.discord.gateway.resumed)
            async with aiohttp.ClientSession() as session, session.get(f"{theatre.discord.base_url}/users/@me"):
                pass

    written = log.getvalue()
    assert '"reference"' in written
    assert all(json.loads(line) for line in written.splitlines())
    assert "stand-in-token" not in written
    assert not [answer.token for answer in answers if answer.token in written]
