"""A ledger without an event loop: whole transactions, one after another, on one connection."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.storage import connection as session
from bot.storage.migrate import load_migrations, migrate

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.storage.database import Row, Transaction, Value

Result = TypeVar("Result")


@functools.cache
def _template() -> bytes:
    """Return the content of a freshly migrated database; migrating anew for every example would be the slowest part."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "template.db"
        connection = session.connect(path)
        session.write(connection, lambda tx: migrate(tx, load_migrations(), at=0))
        connection.close()
        return path.read_bytes()


class Books:
    """A migrated database file in a directory of its own. `close` deletes it.

    A `competitor` is called between two transactions of whoever writes next: the moment at which somebody else gets
    in if an operation is not one transaction.
    """

    def __init__(self) -> None:
        self._directory = Path(tempfile.mkdtemp(prefix="books-"))
        self.path = self._directory / "books.db"
        self.path.write_bytes(_template())
        self._connection = session.connect(self.path)
        self._relax()
        self.competitor: Callable[[], None] | None = None

    def write(self, function: Callable[[Transaction], Result]) -> Result:
        result = session.write(self._connection, function)
        self._let_competitor_in()
        return result

    def read(self, function: Callable[[Transaction], Result]) -> Result:
        result = session.read(self._connection, function)
        self._let_competitor_in()
        return result

    def rows(self, sql: str, **parameters: Value) -> list[Row]:
        return session.read(self._connection, lambda tx: tx.rows(sql, **parameters))

    def restart(self) -> None:
        """Close the file and open it again, as a new process would."""
        self._connection.close()
        self._connection = session.connect(self.path)
        self._relax()

    def close(self) -> None:
        self._connection.close()
        shutil.rmtree(self._directory)

    def _relax(self) -> None:
        """Do without flushes: power cuts are not what these tests are about."""
        self._connection.execute("PRAGMA synchronous = OFF")

    def _let_competitor_in(self) -> None:
        competitor, self.competitor = self.competitor, None
        if competitor is not None:
            competitor()
