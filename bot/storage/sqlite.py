"""The database on SQLite: one writer with group commit, a reader for answers and one for surveys, each on a thread.

Write transactions are plain functions. Those that wait while a commit is under way are executed together in the next
one, each in its own savepoint: a flush to disk costs the same for one as for five hundred, so every commit can
afford `synchronous=FULL`, and an answer that a user sees is on disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import aiosqlite

from bot.clock import SystemClock
from bot.errors import CommitFailed, StorageError
from bot.storage import connection as session
from bot.storage.filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType
    from typing import Self, TypeAlias

    from bot.clock import Clock
    from bot.storage.database import Result, Transaction

    Commit: TypeAlias = Callable[[sqlite3.Connection], None]
    Function: TypeAlias = Callable[[Transaction], Any]
    CommitObserver: TypeAlias = Callable[["CommitObservation"], None]

LARGEST_BATCH = 500
"""Transactions in one commit at most; more would make the first of them wait for the last (measured: 10 ms)."""


@dataclass(frozen=True, slots=True)
class CommitObservation:
    """One commit: how long it took from its first statement, in seconds, and how many transactions it carried."""

    seconds: float
    transactions: int


def commit(connection: sqlite3.Connection) -> None:
    """End a batch by making it durable. Tests pass functions of their own that fail, or hang, around this."""
    connection.execute("COMMIT")


class _Connection(aiosqlite.Connection):
    """An aiosqlite connection that runs whole functions on its thread, with one hop instead of one per statement.

    When it is closed, or could not be opened, its thread is over; aiosqlite alone would leave it a moment longer.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=1)  # nothing is iterated across threads here

    async def call(self, function: Callable[[sqlite3.Connection], Result]) -> Result:
        return cast("Result", await self._execute(function, self._conn))  # type: ignore[no-untyped-call]

    async def __aenter__(self) -> Self:
        try:
            await super().__aenter__()
        except Exception:
            self._thread.join()
            raise
        return self

    async def close(self) -> None:
        await super().close()
        self._thread.join()


@dataclass(frozen=True, slots=True)
class _Waiting:
    """One caller of `run`."""

    function: Function
    answer: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one function: its result, or the exception that undid it."""

    result: Any = None
    error: BaseException | None = None


class SqliteDatabase:
    """A `Database` in one SQLite file. Made by `open`; must be closed, or used as an asynchronous context."""

    def __init__(
        self,
        *,
        path: Path,
        writer: _Connection,
        reader: _Connection,
        surveyor: _Connection,
        lock: FileLock | None,
        commit: Commit,
        observer: CommitObserver | None,
        clock: Clock,
    ) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._surveyor = surveyor
        self._lock = lock
        self._commit = commit
        self._observer = observer
        self._clock = clock
        self._waiting: list[_Waiting] = []
        self._flusher: asyncio.Task[None] | None = None
        self._closed = False

    @classmethod
    async def open(
        cls,
        path: Path,
        *,
        exclusive: bool = True,
        commit: Commit = commit,
        observer: CommitObserver | None = None,
        clock: Clock | None = None,
    ) -> Self:
        """Open a database file, creating an empty one where there is none.

        `exclusive` takes the lock that keeps a second process out (`DatabaseInUse`). `commit` ends each batch.
        `observer` is told of every commit. Raises `StorageError` if the file cannot be used.
        """
        async with contextlib.AsyncExitStack() as undo:
            lock = FileLock(path) if exclusive else None
            if lock is not None:
                undo.callback(lock.release)
            writer = await undo.enter_async_context(_Connection(partial(session.connect, path)))
            look = partial(session.connect, path, read_only=True)
            reader = await undo.enter_async_context(_Connection(look))
            surveyor = await undo.enter_async_context(_Connection(look))
            database = cls(
                path=path,
                writer=writer,
                reader=reader,
                surveyor=surveyor,
                lock=lock,
                commit=commit,
                observer=observer,
                clock=clock or SystemClock(),
            )
            undo.pop_all()
        return database

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def run(self, function: Callable[[Transaction], Result]) -> Result:
        """Run `function` in a write transaction and return its result once it is durable.

        If the function raises, what it wrote is undone and its exception comes out here. `CommitFailed` says that
        the outcome is unknown. A caller that is cancelled leaves a transaction that happened as a whole or not
        at all.
        """
        self._require_open()
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(function, answer))
        if self._flusher is None:
            self._flusher = asyncio.create_task(self._flush(), name="database commits")
        return await answer

    async def read(self, function: Callable[[Transaction], Result]) -> Result:
        """Run `function` on a read-only, consistent view of what was last made durable."""
        self._require_open()
        return await self._reader.call(lambda connection: session.read(connection, function))

    async def survey(self, function: Callable[[Transaction], Result]) -> Result:
        """Run `function` as `read` does, where it looks at so much that no other read may wait for it."""
        self._require_open()
        return await self._surveyor.call(lambda connection: session.read(connection, function))

    async def scrub(self) -> bool:
        """Empty the side file in which deleted rows are still to be read; false where a reader was in the way."""
        self._require_open()
        return await self._writer.call(session.scrub)

    async def close(self) -> None:
        """Finish what was begun, end the threads and let the next process in. Closing twice is harmless."""
        if self._closed:
            return
        self._closed = True
        async with contextlib.AsyncExitStack() as rest:
            if self._lock is not None:
                rest.callback(self._lock.release)
            rest.push_async_callback(self._writer.close)
            rest.push_async_callback(self._reader.close)
            rest.push_async_callback(self._surveyor.close)
            if self._flusher is not None:
                await asyncio.wait([self._flusher])

    def _require_open(self) -> None:
        if self._closed:
            raise StorageError("The database is closed.")

    async def _flush(self) -> None:
        """Commit batch after batch until nobody waits."""
        try:
            while self._waiting:
                batch = [waiting for waiting in self._waiting[:LARGEST_BATCH] if not waiting.answer.done()]
                del self._waiting[:LARGEST_BATCH]
                if batch:
                    await self._flush_batch(batch)
        finally:
            self._flusher = None
            for waiting in self._waiting:  # left over only if this task was cancelled: nothing of these has begun
                waiting.answer.cancel()
            self._waiting.clear()

    async def _flush_batch(self, batch: list[_Waiting]) -> None:
        begun = self._clock.monotonic()
        functions = [waiting.function for waiting in batch]
        try:
            outcomes = await self._writer.call(lambda connection: _execute(connection, functions, self._commit))
        except asyncio.CancelledError:
            for waiting in batch:
                waiting.answer.cancel()
            raise
        except Exception as error:  # noqa: BLE001 - whatever stopped the batch belongs to everybody in it
            outcomes = [_Outcome(error=_copy(error)) for _ in batch]
        for waiting, outcome in zip(batch, outcomes, strict=True):
            if waiting.answer.done():  # cancelled meanwhile
                continue
            if outcome.error is not None:
                waiting.answer.set_exception(outcome.error)
            else:
                waiting.answer.set_result(outcome.result)
        if self._observer is not None:
            observation = CommitObservation(self._clock.monotonic() - begun, len(batch))
            asyncio.get_running_loop().call_soon(self._observer, observation)  # its mistakes are not ours


def _execute(connection: sqlite3.Connection, functions: list[Function], commit: Commit) -> list[_Outcome]:
    """Run a batch on the writer's thread: all functions, each undone alone if it fails, then one commit."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        outcomes = [_attempt(connection, function) for function in functions]
    except sqlite3.Error as error:
        session.undo(connection)
        raise StorageError(f"The database cannot be written: {error}. Nothing was stored.") from error
    try:
        commit(connection)
    except Exception as error:
        session.undo(connection)
        raise CommitFailed(f"The database did not confirm that this was stored: {error}.") from error
    return outcomes


def _attempt(connection: sqlite3.Connection, function: Function) -> _Outcome:
    connection.execute("SAVEPOINT caller")
    try:
        outcome = _Outcome(result=session.apply(connection, function))
    except BaseException as error:  # noqa: BLE001 - it is handed to the caller whose function this is
        connection.execute("ROLLBACK TO caller")
        outcome = _Outcome(error=error)
    connection.execute("RELEASE caller")
    return outcome


def _copy(error: Exception) -> Exception:
    """Give each caller an exception of its own, since each adds its own traceback."""
    copy = type(error)(*error.args)
    copy.__cause__ = error.__cause__
    return copy
