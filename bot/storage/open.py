"""From a database address to a database of the right shape."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import SystemClock
from bot.errors import ConfigurationError
from bot.storage.backup import back_up
from bot.storage.files import finish_in_thread
from bot.storage.migrate import begin_record, load_migrations, migrate, pending
from bot.storage.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.clock import Clock
    from bot.storage.migrate import Migration
    from bot.storage.sqlite import CommitObserver

_SQLITE = "sqlite:///"


def database_path(url: str) -> Path:
    """Return the absolute path of the file that a `database.url` names.

    `sqlite:////srv/x.db` is absolute already, `sqlite:///data/x.db` is meant from where the process runs.
    Raises `ConfigurationError` for any other kind of address.
    """
    if not url.startswith(_SQLITE) or url == _SQLITE:
        raise ConfigurationError(
            f"database.url must be sqlite:///PATH, such as sqlite:///data/soundstage.db; {url.partition(':')[0]} "
            "databases are not supported by this version."
        )
    return Path(url.removeprefix(_SQLITE)).absolute()


async def bring_up_to_date(
    database: SqliteDatabase, migrations: Sequence[Migration], *, clock: Clock, backups: Path | None = None
) -> list[Migration]:
    """Apply the migrations that are missing and return them.

    A database that has something in it is copied to `backups` first (by default `backups/` beside the file). Raises
    `DatabaseTooNew` if a later version of the program wrote it.
    """
    await database.run(begin_record)
    missing = await database.read(lambda tx: pending(tx, migrations))
    if missing and len(missing) < len(migrations):
        directory = backups or database.path.parent / "backups"
        await finish_in_thread(back_up, database.path, directory, at=clock.now())
    return await database.run(lambda tx: migrate(tx, migrations, at=clock.now()))


@asynccontextmanager
async def open_database(
    url: str, *, clock: Clock | None = None, observer: CommitObserver | None = None, backups: Path | None = None
) -> AsyncIterator[SqliteDatabase]:
    """Open the database at `url`, bring it to the shape that this program needs, and close it in the end.

    Raises `ConfigurationError`, `DatabaseInUse`, `DatabaseTooNew` or another `StorageError`, each with a sentence for
    the operator.
    """
    clock = clock or SystemClock()
    async with await SqliteDatabase.open(database_path(url), observer=observer, clock=clock) as database:
        await bring_up_to_date(database, load_migrations(), clock=clock, backups=backups)
        yield database
