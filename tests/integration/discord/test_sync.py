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


def names_one_server(theatre: Theatre, server: int | None) -> None:
    """Change the configuration so that one server has the commands, or all."""
    discord = theatre.settings.discord.model_copy(update={"application_guild": server})
    theatre.settings = theatre.settings.model_copy(update={"discord": discord})


async def test_one_server_can_have_the_commands_at_once(trial: Theatre) -> None:
    names_one_server(trial, trial.server)

    await trial.restart_bot()

    assert syncs(trial, ONE_SERVER) == 1
    assert trial.as_person("Mia").person.commands("stage") == ["trial"]


async def test_nobody_sees_a_command_twice_when_one_server_no_longer_has_them_alone(trial: Theatre) -> None:
    names_one_server(trial, trial.server)
    await trial.restart_bot()
    names_one_server(trial, None)

    await trial.restart_bot()

    assert trial.as_person("Mia").person.commands("stage") == ["trial"]
    assert (await trial.as_person("Mia").slash("/trial fail", how="none")).failure is None


async def test_what_could_not_be_withdrawn_is_withdrawn_at_the_next_start(trial: Theatre) -> None:
    names_one_server(trial, trial.server)
    await trial.restart_bot()
    names_one_server(trial, None)
    trial.discord.faults.add(Fault(route=ONE_SERVER, status=400, code=30034, message="Max number of commands"))
    await trial.restart_bot()

    await trial.restart_bot()

    assert trial.as_person("Mia").person.commands("stage") == ["trial"]


async def test_a_server_that_was_left_keeps_nobody_from_starting(trial: Theatre) -> None:
    names_one_server(trial, trial.server)
    await trial.restart_bot()
    names_one_server(trial, None)
    trial.discord.faults.add(Fault(route=ONE_SERVER, status=403, code=50001, message="Missing Access"))

    await trial.restart_bot()
    await trial.restart_bot()

    assert syncs(trial, ONE_SERVER) == 2
