"""From a database address to a database of the right shape."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import SystemClock
from bot.errors import ConfigurationError
from bot.storage.migrate import load_migrations, migrate
from bot.storage.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.clock import Clock
    from bot.storage.sqlite import CommitObserver

_SQLITE = "sqlite:///"


def database_path(url: str) -> Path:
    """Return the file that a `database.url` names: `sqlite:///data/x.db` is relative, `sqlite:////srv/x.db` absolute.

    Raises `ConfigurationError` for any other kind of address.
    """
    if not url.startswith(_SQLITE) or url == _SQLITE:
        raise ConfigurationError(
            f"database.url must be sqlite:///PATH, such as sqlite:///data/soundstage.db; {url.partition(':')[0]} "
            "databases are not supported by this version."
        )
    return Path(url.removeprefix(_SQLITE))


@asynccontextmanager
async def open_database(
    url: str, *, clock: Clock | None = None, observer: CommitObserver | None = None
) -> AsyncIterator[SqliteDatabase]:
    """Open the database at `url`, bring it to the shape that this program needs, and close it in the end."""
    clock = clock or SystemClock()
    async with await SqliteDatabase.open(database_path(url), observer=observer, clock=clock) as database:
        migrations = load_migrations()
        await database.run(lambda tx: migrate(tx, migrations, at=clock.now()))
        yield database
