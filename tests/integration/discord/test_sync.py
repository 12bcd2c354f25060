"""Commands are made known to Discord when their definition changed, and at no other time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.discord.sync import FILE
from bot.sandbox.discord import Fault
from tests.support.discord_trial import EXTENSION
from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

EVERYWHERE = "PUT /applications/{application_id}/commands"
ONE_SERVER = "PUT /applications/{application_id}/guilds/{guild_id}/commands"


@pytest.fixture
async def trial(tmp_path: Path) -> AsyncIterator[Theatre]:
    """A bot with one group of commands."""
    async with open_theatre(tmp_path, cogs=[EXTENSION]) as theatre:
        yield theatre


def syncs(theatre: Theatre, route: str = EVERYWHERE) -> int:
    return len(theatre.discord.journal.of(route))


async def test_nothing_is_sent_again_without_a_change(trial: Theatre) -> None:
    assert syncs(trial) == 1

    await trial.restart_bot()

    assert syncs(trial) == 1
    assert trial.as_person("Mia").person.commands("stage") == ["trial"]


async def test_a_changed_definition_is_sent(trial: Theatre) -> None:
    trial.cogs = ()
    await trial.restart_bot()

    assert syncs(trial) == 2
    assert trial.as_person("Mia").person.commands("stage") == []


async def test_an_operator_can_ask_for_it(trial: Theatre) -> None:
    await trial.restart_bot(force_sync=True)

    assert syncs(trial) == 2


async def test_a_refusal_does_not_stop_the_bot_and_is_made_good_at_the_next_start(trial: Theatre) -> None:
    (trial.settings.data.dir / FILE).unlink()
    trial.discord.faults.add(
        Fault(route=EVERYWHERE, status=400, code=30034, message="Max number of daily application command creates")
    )

    await trial.restart_bot()

    assert await trial.bot.is_connected()
    assert syncs(trial) == 2
    await trial.restart_bot()
    assert syncs(trial) == 3


async def test_a_damaged_note_only_costs_a_sync(trial: Theatre) -> None:
    (trial.settings.data.dir / FILE).write_text("[not a note")

    await trial.restart_bot()

    assert syncs(trial) == 2


async def test_one_server_can_have_the_commands_at_once(trial: Theatre) -> None:
    discord = trial.settings.discord.model_copy(update={"application_guild": trial.server})
    trial.settings = trial.settings.model_copy(update={"discord": discord})

    await trial.restart_bot()

    assert syncs(trial, ONE_SERVER) == 1
