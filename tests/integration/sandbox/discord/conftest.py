"""A stand-in for each test, and a real client connected to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.clock import RandomIds, SystemClock
from bot.sandbox.discord import DiscordStandIn
from tests.support.discord_bot import RunningBot, TestBot, add_everything

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox.discord import Person


@pytest.fixture
async def stand_in(tmp_path: Path) -> AsyncIterator[DiscordStandIn]:
    """A fresh stand-in, listening; no test may have asked for a route that it lacks."""
    clock = SystemClock()
    async with DiscordStandIn(clock=clock, ids=RandomIds(clock), directory=tmp_path) as running:
        yield running
        assert [record.path for record in running.journal.unknown] == []


@pytest.fixture
async def bot(stand_in: DiscordStandIn) -> AsyncIterator[TestBot]:
    """A connected client with all test commands registered."""
    client = TestBot()
    add_everything(client)
    async with RunningBot(stand_in, client):
        await client.tree.sync()
        yield client


@pytest.fixture
def mia(stand_in: DiscordStandIn) -> Person:
    """A member without special rights."""
    return stand_in.person("mia")
