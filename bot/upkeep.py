"""Upkeep: what the bot does once a day beside its work. A backup of the database, then retention."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Final, Self, TypeAlias

from bot.delivery.retention import drop_clips, drop_history, needed_digests
from bot.storage.backup import back_up
from bot.storage.files import finish_in_thread

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.clock import Clock
    from bot.settings import RetentionSettings
    from bot.storage.database import Database, Transaction
    from bot.storage.files import FileStore

Task: TypeAlias = Callable[[], Awaitable[None]]

_log = logging.getLogger(__name__)

_DAY_MS: Final = 86_400_000
_INTERVAL: Final = 24 * 3600.0
_LOOK_EVERY: Final = 600.0


class Upkeep:
    """Does each task once in `interval` seconds, in their order, while its `async with` block runs.

    When a task was done is stored, so restarts neither skip nor repeat it. A failure is logged and tried again at the
    next look, `look_every` seconds later; it does not hold up the other tasks.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        tasks: Mapping[str, Task],
        *,
        interval: float = _INTERVAL,
        look_every: float = _LOOK_EVERY,
    ) -> None:
        self._database = database
        self._clock = clock
        self._tasks = dict(tasks)
        self._interval = interval
        self._look_every = look_every
        self._looking = asyncio.Lock()
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin to look."""
        self._running = asyncio.create_task(self._run(), name="upkeep")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
            self._running = None

    def add(self, name: str, task: Task) -> None:
        """Do one more task from now on, after the others; one with the same name is replaced."""
        self._tasks[name] = task

    async def look(self) -> None:
        """Do what is due; a task that was never done is due one interval after the first look at it."""
        async with self._looking:
            await self._look()

    async def _look(self) -> None:
        choose = partial(_due, tasks=tuple(self._tasks), at=self._clock.now(), every=self._interval)
        for name in await self._database.run(choose):
            try:
                await self._tasks[name]()
                await self._database.run(partial(_done, task=name, at=self._clock.now()))
            except Exception:  # noqa: BLE001 - one task must not hold up the others
                _log.exception("%s failed and is tried again in %.0f s", name, self._look_every)

    async def _run(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:  # noqa: BLE001 - the next look may succeed
                _log.exception("upkeep could not look round")
            await self._clock.sleep(self._look_every)


class Retention:
    """Forgets what is older than the settings allow, and deletes files that nothing names any more.

    `keepers` name further digests that are needed, for tables that this module does not know.
    """

    def __init__(
        self,
        database: Database,
        files: FileStore,
        clock: Clock,
        settings: RetentionSettings,
        keepers: tuple[Callable[[Transaction], set[str]], ...] = (),
    ) -> None:
        self._database = database
        self._files = files
        self._clock = clock
        self._settings = settings
        self._keepers = keepers

    async def __call__(self) -> None:
        """Forget and delete."""
        clips = await self._repeat(partial(drop_clips, before=self._ago(self._settings.clip_days)))
        jobs = await self._repeat(partial(drop_history, before=self._ago(self._settings.history_days)))
        files = await self.sweep()
        _log.info("retention: %d clips and %d jobs forgotten, %d files deleted", clips, jobs, files)

    async def sweep(self) -> int:
        """Delete the files that nothing names any more and return how many; also for a person who wants it now."""
        return await self._files.delete_unreferenced(await self.needed())

    async def needed(self) -> set[str]:
        """Return the digests of all files that something still names."""
        return await self._database.survey(self._needed)

    async def _repeat(self, drop: Callable[[Transaction], int]) -> int:
        """Drop in small transactions, so that nobody waits for a large one."""
        total = 0
        while dropped := await self._database.run(drop):
            total += dropped
        return total

    def _needed(self, tx: Transaction) -> set[str]:
        uploads_since = self._ago(self._settings.upload_days)
        needed = needed_digests(tx, at=self._clock.now(), uploads_since=uploads_since)
        return needed.union(*(keeper(tx) for keeper in self._keepers))

    def _ago(self, days: int) -> int:
        return self._clock.now() - days * _DAY_MS


class DailyBackup:
    """Copies the database into a directory, checks the copy, and lets the oldest copies go."""

    def __init__(self, database: Path, directory: Path, clock: Clock) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock

    async def __call__(self) -> None:
        """Copy in a thread; writers are not delayed."""
        copy = await finish_in_thread(back_up, self._database, self._directory, at=self._clock.now())
        _log.info("the database was copied to %s", copy)


def _due(tx: Transaction, *, tasks: tuple[str, ...], at: int, every: float) -> list[str]:
    """Return those of the tasks that are due, in their order; the count for a new one begins now."""
    done = {row["task"]: row["done_at"] for row in tx.rows("SELECT task, done_at FROM upkeep")}
    for name in tasks:
        if name not in done:
            tx.execute("INSERT INTO upkeep (task, done_at) VALUES (:task, :at)", task=name, at=at)
    return [name for name in tasks if done.get(name, at) <= at - round(every * 1000)]


def _done(tx: Transaction, *, task: str, at: int) -> None:
    tx.execute("UPDATE upkeep SET done_at = :at WHERE task = :task", task=task, at=at)
