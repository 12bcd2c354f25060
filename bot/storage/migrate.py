"""The shape of the database, one numbered SQL file per change.

Every file begins with three lines, `-- Revises:`, `-- Date:` and `-- Reason:`; the first names the file before it
(`nothing` for the first one). What was applied is recorded in the database together with a checksum of the file, so a
changed file and a database of a later program are both noticed.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from bot.errors import DatabaseTooNew, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.resources.abc import Traversable

    from bot.storage.database import Transaction

_FILE_NAME = re.compile(r"(?P<number>\d{4})_(?P<title>[a-z0-9_]+)\.sql")
_HEADER = re.compile(r"-- Revises: (?P<revises>\S+)\n-- Date: (?P<date>\d{4}-\d\d-\d\d)\n-- Reason: (?P<reason>\S.*)\n")
_RECORD = """
CREATE TABLE IF NOT EXISTS migration (
    number BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at BIGINT NOT NULL
)"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One change of the database's shape. `name` is the file's name without its ending, such as `0001_ledger`."""

    number: int
    name: str
    revises: str
    date: str
    reason: str
    sql: str

    @property
    def checksum(self) -> str:
        """The SHA-256 of the file in hexadecimal."""
        return hashlib.sha256(self.sql.encode()).hexdigest()

    def statements(self) -> Iterator[str]:
        """Yield the statements of the file one by one. No line holds more than one semicolon that ends a statement."""
        statement = ""
        for line in self.sql.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                yield statement
                statement = ""
        if any(line.strip() and not line.startswith("--") for line in statement.splitlines()):
            raise StorageError(f"Migration {self.name} ends in the middle of a statement.")


def load_migrations(directory: Traversable | None = None) -> list[Migration]:
    """Read all migrations in their order; raises `StorageError` if they do not form one chain."""
    folder = directory or resources.files("bot.storage").joinpath("migrations")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    migrations = [parse_migration(file.name, file.read_text(encoding="utf-8")) for file in files]
    previous, number = "nothing", 1
    for migration in migrations:
        if migration.revises != previous or migration.number != number:
            raise StorageError(
                f"Migration {migration.name} revises {migration.revises}, but it should be number {number} "
                f"and revise {previous}."
            )
        previous, number = migration.name, number + 1
    return migrations


def parse_migration(file_name: str, sql: str) -> Migration:
    """Read one file; raises `StorageError` if its name or its header is not as it must be."""
    name, header = _FILE_NAME.fullmatch(file_name), _HEADER.match(sql)
    if name is None or header is None:
        raise StorageError(
            f"Migration {file_name} must be called NNNN_title.sql and begin with the lines Revises, Date and Reason."
        )
    return Migration(number=int(name["number"]), name=file_name.removesuffix(".sql"), sql=sql, **header.groupdict())


def pending(tx: Transaction, migrations: Sequence[Migration]) -> list[Migration]:
    """Return what is not yet applied to a database that keeps a record; works on a read-only view.

    Raises `DatabaseTooNew` if the database knows migrations that this program does not, and `StorageError` if a
    migration was changed after it had been applied.
    """
    applied = tx.rows("SELECT number, name, checksum FROM migration ORDER BY number")
    if len(applied) > len(migrations):
        raise DatabaseTooNew(
            f"The database was written by a later version of Soundstage (it has {applied[-1]['name']}). "
            "Nothing was changed; install that version, or restore an older backup."
        )
    for row, migration in zip(applied, migrations, strict=False):
        if (row["name"], row["checksum"]) != (migration.name, migration.checksum):
            raise StorageError(
                f"Migration {migration.name} is not what was applied to this database ({row['name']}). "
                "Nothing was changed; install the version of Soundstage that wrote it."
            )
    return list(migrations[len(applied) :])


def begin_record(tx: Transaction) -> None:
    """Create the record of applied migrations in a database that has none."""
    tx.execute(_RECORD)


def migrate(tx: Transaction, migrations: Sequence[Migration], *, at: int) -> list[Migration]:
    """Apply what is missing, all of it or nothing, and return it. `at` is the time in Unix milliseconds."""
    begin_record(tx)
    missing = pending(tx, migrations)
    for migration in missing:
        for statement in migration.statements():
            tx.execute(statement)
        tx.execute(
            "INSERT INTO migration (number, name, checksum, applied_at) VALUES (:number, :name, :checksum, :at)",
            number=migration.number,
            name=migration.name,
            checksum=migration.checksum,
            at=at,
        )
    return missing
