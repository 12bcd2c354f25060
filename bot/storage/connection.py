"""One SQLite connection: how it is opened, and what a transaction on it is.

Everything here is synchronous and runs on the thread that owns the connection. `bot.storage.sqlite` puts these
pieces on threads of their own; backups, the command line and property tests use them as they are.
"""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from bot.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.storage.database import Result, Row, Transaction, Value

BUSY_TIMEOUT_MS = 10_000
_PRIVATE_FILE = 0o600
_PRIVATE_DIRECTORY = 0o700


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open a database file for durable work; a missing file is created for its owner alone.

    A read-only connection sees what is committed and can change nothing. Raises `StorageError` if the file cannot
    be opened or is not a database.
    """
    try:
        if not read_only:
            _make_private(path)
        mode = "ro" if read_only else "rw"
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"The database {path} cannot be opened: {error}.") from error
    try:
        _configure(connection, read_only=read_only)
    except sqlite3.Error as error:
        connection.close()
        raise StorageError(f"The file {path} cannot be used as a database: {error}.") from error
    return connection


def _make_private(path: Path) -> None:
    """Create the file, readable by its owner alone; SQLite gives its side files the same mode."""
    path.parent.mkdir(mode=_PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, _PRIVATE_FILE))
    path.chmod(_PRIVATE_FILE)


def _configure(connection: sqlite3.Connection, *, read_only: bool) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")  # the undo log of a savepoint, too: a third less time per call
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, however SQLite was built
        connection.execute("PRAGMA fullfsync = ON")  # macOS alone: without it a flush stops at the disk's cache


class SqliteTransaction:
    """A `Transaction` on one connection; it refuses to work once `end` was called."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute: Callable[[str, dict[str, Value]], sqlite3.Cursor] = connection.execute

    def execute(self, sql: str, /, **parameters: Value) -> int:
        """Run a statement that changes rows and return how many it changed."""
        return self._execute(sql, parameters).rowcount

    def row(self, sql: str, /, **parameters: Value) -> Row | None:
        """Return the first row of a query, or None."""
        cursor = self._execute(sql, parameters)
        values = cursor.fetchone()
        if values is None:
            return None
        return dict(zip((column[0] for column in cursor.description), values, strict=True))

    def rows(self, sql: str, /, **parameters: Value) -> list[Row]:
        """Return all rows of a query."""
        cursor = self._execute(sql, parameters)
        found = cursor.fetchall()
        if not found:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in found]

    def end(self) -> None:
        """Make the transaction useless, so that nobody can write outside it."""
        self._execute = _refuse


def _refuse(_: str, __: dict[str, Value]) -> sqlite3.Cursor:
    raise RuntimeError("A transaction was used after the function that received it had returned.")


def apply(connection: sqlite3.Connection, function: Callable[[Transaction], Result]) -> Result:
    """Call `function` with a transaction object that is valid during the call only."""
    transaction = SqliteTransaction(connection)
    try:
        return function(transaction)
    except StopIteration as error:  # a future cannot carry it: whoever waits would wait for ever
        raise RuntimeError("A transaction function raised StopIteration.") from error
    finally:
        transaction.end()


def write(connection: sqlite3.Connection, function: Callable[[Transaction], Result]) -> Result:
    """Run `function` in one write transaction on `connection` and return its result once it is durable."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = apply(connection, function)
        connection.execute("COMMIT")
    except BaseException:
        undo(connection)
        raise
    return result


def read(connection: sqlite3.Connection, function: Callable[[Transaction], Result]) -> Result:
    """Run `function` on one consistent view of what is committed."""
    connection.execute("BEGIN")
    try:
        return apply(connection, function)
    finally:
        undo(connection)


def scrub(connection: sqlite3.Connection) -> bool:
    """Empty the log, so that nothing that was deleted is left in it; say whether nobody was in the way just now."""
    connection.execute("PRAGMA busy_timeout = 0")  # writers must not wait for a long reader such as a backup
    try:
        blocked, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    return not blocked


def undo(connection: sqlite3.Connection) -> None:
    """Roll back whatever is open; SQLite itself may have done so already after a disk error."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")
