from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.storage.migrate import load_migrations, migrate
from bot.storage.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    async with await SqliteDatabase.open(tmp_path / "soundstage.db") as opened:
        await opened.run(lambda tx: migrate(tx, load_migrations(), at=0))
        yield opened
