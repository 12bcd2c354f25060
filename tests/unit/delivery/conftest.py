"""An empty database of the right shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.storage.open import open_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.sqlite import SqliteDatabase


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    async with open_database(f"sqlite:///{tmp_path / 'test.db'}") as opened:
        yield opened
