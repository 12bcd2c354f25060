"""A stand-in for each test, and a real client connected to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.clock import RandomIds, SystemClock
from bot.sandbox.discord import DiscordStandIn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def stand_in(tmp_path: Path) -> AsyncIterator[DiscordStandIn]:
    """A fresh stand-in, listening; no test may have asked for a route that it lacks."""
    clock = SystemClock()
    async with DiscordStandIn(clock=clock, ids=RandomIds(clock), directory=tmp_path) as running:
        yield running
        assert [record.path for record in running.journal.unknown] == []
