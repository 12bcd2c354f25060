"""The database as the rest of the program sees it.

A transaction is a plain function of a `Transaction`: no `await` can stand between its reads and its writes, nobody
can hold the write lock across a network call, and tests run thousands of them a second. SQL uses `:name` parameters
and the subset that SQLite and PostgreSQL share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Value: TypeAlias = str | int | float | bytes | None
Row: TypeAlias = "Mapping[str, Any]"
Result = TypeVar("Result")


class Transaction(Protocol):
    """One open transaction. Only valid inside the function that received it."""

    def execute(self, sql: str, /, **parameters: Value) -> int:
        """Run a statement that changes rows and return how many it changed."""
        ...

    def row(self, sql: str, /, **parameters: Value) -> Row | None:
        """Return the first row of a query, or None."""
        ...

    def rows(self, sql: str, /, **parameters: Value) -> list[Row]:
        """Return all rows of a query."""
        ...


class Database(Protocol):
    """Runs transactions."""

    async def run(self, function: Callable[[Transaction], Result]) -> Result:
        """Run `function` in a write transaction and return its result once it is durable.

        If the function raises, everything it wrote is undone and the exception comes out here. Functions of
        concurrent callers run one after another, each seeing what the previous ones wrote.
        """
        ...

    async def read(self, function: Callable[[Transaction], Result]) -> Result:
        """Run `function` on a read-only view of what was last made durable."""
        ...

    async def survey(self, function: Callable[[Transaction], Result]) -> Result:
        """Run `function` as `read` does, where it looks at so much that no other read may wait for it."""
        ...

    async def scrub(self) -> bool:
        """Make what was deleted unreadable on the disk, and say whether that could be finished now."""
        ...

    async def close(self) -> None:
        """Finish what was begun and release the file."""
        ...
