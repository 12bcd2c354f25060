"""A database with one small table, opened anew for every test."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.storage import connection as session
from bot.storage.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "test.db"
    with closing(session.connect(path)) as connection:
        session.write(connection, lambda tx: tx.execute("CREATE TABLE number (value BIGINT PRIMARY KEY)"))
    return path


@pytest.fixture
async def database(path: Path) -> AsyncIterator[SqliteDatabase]:
    async with await SqliteDatabase.open(path) as database:
        yield database
    assert not [thread.name for thread in threading.enumerate() if "connection" in thread.name]


@pytest.fixture
def stored(path: Path) -> Callable[[], list[int]]:
    """What is on disk, as another process would see it."""

    def read() -> list[int]:
        with closing(session.connect(path, read_only=True)) as connection:
            return session.read(connection, lambda tx: [row["value"] for row in tx.rows("SELECT value FROM number")])

    return read
