"""Backups are made while others write, are checked, and can be put back."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot import ledger
from bot.errors import DatabaseInUse, DatabaseTooNew, StorageError
from bot.storage import connection as session
from bot.storage.backup import back_up, restore, verify
from bot.storage.filelock import FileLock
from bot.storage.migrate import load_migrations
from bot.storage.open import open_database

if TYPE_CHECKING:
    from pathlib import Path

    from bot.storage.database import Database

ANNA = "server:1/person:1"
AT = 1_763_717_400_000  # 2025-11-21 09:30 UTC
DAY = 24 * 3600 * 1000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "soundstage.db"


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
async def _used(path: Path) -> None:
    """A database in which somebody has 70 credits and 30 are held."""
    async with open_database(f"sqlite:///{path}") as database:
        await spend(database, 0, 100)


async def spend(database: Database, number: int, credits_granted: int = 2) -> None:
    await database.run(
        partial(ledger.grant, command=f"c{number}", owner=ANNA, amount=credits_granted, actor="admin", at=1)
    )
    await database.run(partial(ledger.hold, job=f"j{number}", owner=ANNA, amount=credits_granted // 3, at=2))


def available(path: Path) -> int:
    with closing(session.connect(path, read_only=True)) as connection:
        return session.read(connection, partial(ledger.balance, owner=ANNA, at=3)).available


def damage(path: Path) -> None:
    """Overwrite the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 3 : len(content) // 2] = b"\xff" * (len(content) // 2 - len(content) // 3)
    path.write_bytes(content)


def let_the_books_drift(path: Path) -> None:
    with closing(session.connect(path)) as connection:
        connection.execute("UPDATE account SET balance = balance + 1 WHERE kind = 'permanent'")


async def test_a_backup_is_made_while_a_writer_is_busy_and_restores_to_sound_books(path: Path, backups: Path) -> None:
    progress = asyncio.Event()
    copies: list[Path] = []
    written = 0

    async def write(database: Database) -> None:
        nonlocal written
        while True:
            await asyncio.gather(*(spend(database, written + number) for number in range(10)))
            written += 10
            progress.set()

    async with open_database(f"sqlite:///{path}") as database:
        writer = asyncio.create_task(write(database))
        for number in range(5):
            copies.append(await asyncio.to_thread(back_up, path, backups, at=AT + number))
            progress.clear()
            await progress.wait()
        writer.cancel()
        with pytest.raises(DatabaseInUse):
            restore(copies[0], path, at=AT)
        postings = (await database.read(ledger.audit)).postings
    counts = [verify(copy).postings for copy in copies]
    assert counts == sorted(set(counts)), "the writer went on between the copies"
    assert counts[-1] <= postings

    aside = restore(copies[2], path, at=AT)
    async with open_database(f"sqlite:///{path}") as database:
        assert (await database.read(ledger.audit)).postings == counts[2]
        assert (await database.read(ledger.audit)).clean
        await spend(database, 10_000_000)
    assert aside is not None
    assert verify(aside).postings == postings, "what was there before is kept, complete"


@pytest.mark.usefixtures("_used")
def test_a_backup_is_private_named_by_its_time_and_leaves_no_parts(path: Path, backups: Path) -> None:
    copy = back_up(path, backups, at=AT + 7)
    assert copy.name == "soundstage-20251121T093000.007Z.db"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert list(backups.iterdir()) == [copy]
    assert available(copy) == available(path) == 67


@pytest.mark.usefixtures("_used")
def test_the_newest_backups_stay(path: Path, backups: Path) -> None:
    copies = [back_up(path, backups, at=AT + day * DAY, keep=3) for day in range(5)]
    strangers = {backups / name for name in ("holiday.db", "soundstage-1.db", "soundstage-2025-mine.db")}
    for stranger in strangers:
        stranger.write_text("mine")
    (backups / "soundstage-20251120T000000.000Z.db.part").write_text("left by an ended process")
    copies.append(back_up(path, backups, at=AT + 5 * DAY, keep=3))
    assert set(backups.iterdir()) == {*copies[3:], *strangers}


@pytest.mark.usefixtures("_used")
def test_books_that_do_not_add_up_push_out_no_good_copy(path: Path, backups: Path) -> None:
    backups.mkdir()
    good = backups / "soundstage-20251120T000000.000Z.db"
    good.write_text("good")
    let_the_books_drift(path)
    with pytest.raises(StorageError, match=r"failed its check.*books do not add up: permanent:server:1/person:1"):
        back_up(path, backups, at=AT, keep=1)
    assert list(backups.iterdir()) == [good]


@pytest.mark.usefixtures("_used")
def test_restoring_replaces_a_lost_or_damaged_database(path: Path, backups: Path) -> None:
    copy = back_up(path, backups, at=AT)
    damage(path)
    with pytest.raises(StorageError):
        verify(path)
    assert restore(copy, path, at=AT) is not None
    assert available(path) == 67
    path.unlink()
    assert restore(copy, path, at=AT) is None
    assert available(path) == 67
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("_used")
def test_a_write_ahead_log_of_the_old_database_is_not_laid_over_the_restored_one(path: Path, backups: Path) -> None:
    copy = back_up(path, backups, at=AT)
    connection = session.connect(path)
    session.write(connection, partial(ledger.grant, command="later", owner=ANNA, amount=1000, actor="admin", at=5))
    files = {file: file.read_bytes() for file in path.parent.iterdir() if file.name != "soundstage.db.lock"}
    connection.close()
    for file, content in files.items():  # as after a crash: the log still holds the last transaction
        file.write_bytes(content)
    assert path.with_name("soundstage.db-wal").stat().st_size > 0
    aside = restore(copy, path, at=AT)
    assert available(path) == 67
    assert aside is not None
    assert available(aside) == 1067


@pytest.mark.usefixtures("_used")
@pytest.mark.parametrize("kind", ["damaged", "truncated", "empty", "text", "missing"])
def test_a_bad_copy_is_refused_and_changes_nothing(path: Path, backups: Path, kind: str) -> None:
    copy = back_up(path, backups, at=AT)
    match kind:
        case "damaged":
            damage(copy)
        case "truncated":
            copy.write_bytes(copy.read_bytes()[:50_000])
        case "empty":
            copy.write_bytes(b"")
        case "text":
            copy.write_text("not a database at all" * 1000)
        case "missing":
            copy.unlink()
    with pytest.raises(StorageError):
        restore(copy, path, at=AT)
    assert available(path) == 67
    FileLock(path).release()


@pytest.mark.usefixtures("_used")
def test_verify_names_every_kind_of_problem(path: Path) -> None:
    assert verify(path).problems == ()
    assert verify(path).postings == 2
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM posting WHERE key = 'hold:j0'")
        connection.commit()
    problems = " ".join(verify(path).problems)
    assert "A row of entry refers to a row of posting that does not exist." in problems
    assert "The credit books do not add up: held:server:1/person:1: found 33, expected 0" in problems


@pytest.mark.usefixtures("_used")
def test_verify_knows_a_database_of_a_later_version(path: Path) -> None:
    number = len(load_migrations()) + 1
    with closing(session.connect(path)) as connection:
        connection.execute("INSERT INTO migration VALUES (?, 'x', 'y', 1)", (number,))
    with pytest.raises(DatabaseTooNew):
        verify(path)


def test_there_must_be_a_database_to_back_up(path: Path, backups: Path) -> None:
    with pytest.raises(StorageError, match="There is no database"):
        back_up(path, backups, at=AT)
    assert not path.exists()
    assert list(backups.iterdir()) == []


@pytest.mark.usefixtures("_used")
def test_a_target_that_cannot_be_written_gets_a_sentence(path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="could not be copied to"):
        back_up(path, tmp_path / "file", at=AT)
