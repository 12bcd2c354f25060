"""Daily tasks: once a day, across restarts, and none held up by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.settings import RetentionSettings
from bot.storage.backup import verify
from bot.storage.files import FileStore
from bot.storage.open import open_database
from bot.upkeep import DailyBackup, Retention, Upkeep
from tests.support.clip_rows import delivered
from tests.support.clock import ManualClock
from tests.support.jobs import NOW

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.database import Transaction
    from bot.storage.sqlite import SqliteDatabase

DAY = 86_400.0


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    async with open_database(f"sqlite:///{tmp_path / 'test.db'}") as opened:
        yield opened


class Counter:
    """A task that counts how often it was done, and fails at first."""

    def __init__(self, failures: int = 0) -> None:
        self.done = 0
        self.failures = failures

    async def __call__(self) -> None:
        """Fail or count."""
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        self.done += 1


async def test_a_task_is_done_once_a_day_across_restarts(database: SqliteDatabase) -> None:
    clock, task = ManualClock(NOW), Counter()
    done = []
    for _ in range(6):
        upkeep = Upkeep(database, clock, {"task": task})
        async with upkeep:
            await upkeep.look()
            await upkeep.look()
        done.append(task.done)
        await clock.advance(DAY / 2)
    assert done == [0, 0, 1, 1, 2, 2]


async def test_a_failure_is_tried_again_and_holds_nobody_up(
    database: SqliteDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    clock, failing, other = ManualClock(NOW), Counter(failures=1), Counter()
    upkeep = Upkeep(database, clock, {"failing": failing, "other": other})
    await upkeep.look()
    await clock.advance(DAY)
    await upkeep.look()
    assert (failing.done, other.done) == (0, 1)
    await upkeep.look()
    assert (failing.done, other.done) == (1, 1)
    assert "failing failed" in caplog.text


async def test_a_task_that_came_later_is_done_as_well(database: SqliteDatabase) -> None:
    clock, early, late = ManualClock(NOW), Counter(), Counter()
    upkeep = Upkeep(database, clock, {"early": early})
    await upkeep.look()
    await clock.advance(DAY / 2)
    upkeep.add("late", late)
    await upkeep.look()
    await clock.advance(DAY / 2)
    await upkeep.look()
    assert (early.done, late.done) == (1, 0)
    await clock.advance(DAY / 2)
    await upkeep.look()
    assert (early.done, late.done) == (1, 1)


async def test_the_backup_is_sound(database: SqliteDatabase, tmp_path: Path) -> None:
    await database.run(lambda tx: delivered(tx, "q"))
    await DailyBackup(tmp_path / "test.db", tmp_path / "backups", ManualClock(NOW))()
    (copy,) = sorted((tmp_path / "backups").iterdir())
    assert verify(copy).problems == ()


async def test_retention_deletes_the_files_of_what_it_forgets(database: SqliteDatabase, tmp_path: Path) -> None:
    clock = ManualClock(NOW)
    files = FileStore(tmp_path / "data", clock)
    old, new, used = [(await files.put_bytes(word, "video/mp4")).digest for word in (b"old", b"new", b"used")]

    def fill(tx: Transaction) -> None:
        delivered(tx, "old", at=NOW, digest=old)
        delivered(tx, "new", at=NOW + round(29 * DAY * 1000), digest=new)

    await database.run(fill)
    await clock.advance(30.5 * DAY)
    retention = Retention(database, files, clock, RetentionSettings(clip_days=30), keepers=(lambda _: {used},))
    await retention()
    assert [files.path(digest).exists() for digest in (old, new, used)] == [False, True, True]
