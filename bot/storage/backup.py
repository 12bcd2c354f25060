"""Copies of the database: made while it is written, checked before they count, put back in place.

A backup is a complete database file. `back_up` writes `soundstage-20261121T093000.000Z.db` under a temporary name,
checks it, and only then gives it its name; `restore` checks a copy again and replaces the database with it. Whoever
opens the restored database finds the jobs that were open at the time of the copy and looks each of them up at the
vendor before anything is sent again.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.errors import StorageError
from bot.ledger import audit
from bot.storage import connection as session
from bot.storage.filelock import FileLock
from bot.storage.files import replace_durably
from bot.storage.migrate import Migration, load_migrations, pending

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEPT_BACKUPS = 14
"""Backups that stay: two weeks of daily ones."""

_PREFIX = "soundstage-"
_ENDING = ".db"
_ANY_STAMP = f"{'[0-9]' * 8}T{'[0-9]' * 6}.{'[0-9]' * 3}Z"
"""The pattern of the moments in names, so that nobody else's file is taken for a backup."""
_PART = ".part"
_SHOWN_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Verification:
    """What a look at a database file found.

    `problems` are sentences; `missing` are migrations still to be applied (no problem: the next start applies them,
    but the books can be audited only afterwards); `postings` were audited.
    """

    problems: tuple[str, ...]
    missing: tuple[Migration, ...]
    postings: int


def verify(path: Path) -> Verification:
    """Check the file itself, its references and the credit books; works beside a running bot.

    Raises `StorageError` if it cannot be read as a Soundstage database at all, `DatabaseTooNew` if a later version
    wrote it.
    """
    with _reading(path) as connection:
        try:
            connection.execute("BEGIN")
            faults = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_SHOWN_FAULTS})")]
            dangling = connection.execute("PRAGMA foreign_key_check").fetchmany(_SHOWN_FAULTS)
            problems = [f"The file is damaged: {fault}." for fault in faults if fault != "ok"]
            problems += [f"A row of {row[0]} refers to a row of {row[2]} that does not exist." for row in dangling]
            session.undo(connection)
            missing = session.read(connection, lambda tx: pending(tx, load_migrations()))
            if missing:
                return Verification(tuple(problems), tuple(missing), 0)
            report = session.read(connection, audit)
        except sqlite3.Error as error:
            raise StorageError(f"The file {path} is not a Soundstage database: {error}.") from error
    problems += [f"The credit books do not add up: {problem}." for problem in report.problems]
    return Verification(tuple(problems), (), report.postings)


def back_up(database: Path, directory: Path, *, at: int, keep: int = KEPT_BACKUPS) -> Path:
    """Copy a database that may be in use, check the copy, and return its path; `at` is Unix milliseconds.

    The newest `keep` backups stay. A copy that fails its check raises `StorageError` and replaces nothing, so a
    database with a fault never pushes out the good copies of it. Takes a fraction of a second and delays no writer;
    call it in a thread.
    """
    destination = directory / f"{_PREFIX}{_stamp(at)}{_ENDING}"
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _part_of(destination) as part:
            with _reading(database) as connection:
                connection.execute("VACUUM INTO :part", {"part": str(part)})
            _require_sound(part)
            with part.open("rb+") as file:
                replace_durably(file, part, destination)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"The database could not be copied to {directory}: {error}.") from error
    _prune(directory, newest=destination, keep=keep)
    return destination


def restore(copy: Path, database: Path, *, at: int) -> Path | None:
    """Put a checked copy in the place of the database, and return where the database before it is kept.

    Raises `DatabaseInUse` while a bot runs on it, and `StorageError` if the copy fails its check; then nothing
    changed.
    """
    lock = FileLock(database)
    try:
        _require_sound(copy)
        with _part_of(database) as part:
            shutil.copyfile(copy, part)
            aside = _set_aside(database, at)
            with part.open("rb+") as file:
                replace_durably(file, part, database)
    except OSError as error:
        raise StorageError(f"The backup {copy} could not be put in place: {error}.") from error
    finally:
        lock.release()
    return aside


def _set_aside(database: Path, at: int) -> Path | None:
    """Keep what was there under another name, whole, and leave no write-ahead log that would be laid over the copy."""
    if not database.exists():
        return None
    with contextlib.suppress(StorageError):  # it may be damaged: then its pieces are kept as they are
        session.connect(database).close()  # the last one to close moves the write-ahead log into the file
    aside = database.with_name(f"{database.name}.before-{_stamp(at)}")
    for ending in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            database.with_name(database.name + ending).replace(aside.with_name(aside.name + ending))
    os.link(database, aside)
    return aside


def _require_sound(copy: Path) -> None:
    found = verify(copy)
    if found.problems:
        raise StorageError(f"The copy {copy.name} failed its check and was not used. {' '.join(found.problems)}")


def _prune(directory: Path, *, newest: Path, keep: int) -> None:
    """Delete the oldest backups, and parts that an ended process left behind. Their names sort by time."""
    backups = sorted(directory.glob(f"{_PREFIX}{_ANY_STAMP}{_ENDING}"))
    for old in backups[: max(0, len(backups) - keep)]:
        if old != newest:
            old.unlink(missing_ok=True)
    for part in directory.glob(f"{_PREFIX}{_ANY_STAMP}{_ENDING}{_PART}"):
        if part.name < newest.name:
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.is_file():
        raise StorageError(f"There is no database {path}.")
    connection = session.connect(path, read_only=True)
    try:
        yield connection
    finally:
        connection.close()


@contextlib.contextmanager
def _part_of(destination: Path) -> Iterator[Path]:
    """Make an empty file beside `destination` that its owner alone can read; it goes unless it was renamed."""
    part = destination.with_name(destination.name + _PART)
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def _stamp(at: int) -> str:
    moment = datetime.fromtimestamp(at / 1000, tz=UTC)
    return f"{moment:%Y%m%dT%H%M%S}.{at % 1000:03d}Z"
