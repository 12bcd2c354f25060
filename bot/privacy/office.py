"""The privacy office: hands people what is stored about them, and deletes it with its files when they say so."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self

from bot.delivery.retention import named_digests
from bot.jobs import store
from bot.privacy import departures
from bot.privacy.erasure import erase_person, erase_server, forget_ended, waiting
from bot.privacy.export import export_person

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bot.clock import Clock, IdSource
    from bot.jobs.engine import Engine
    from bot.jobs.job import Job
    from bot.privacy.erasure import Erased
    from bot.storage.database import Database, Transaction
    from bot.storage.files import FileStore
    from bot.upkeep import Retention

_log = logging.getLogger(__name__)

_SCRUB_TRIES: Final = 20
_SCRUB_PAUSE: Final = 0.25

_REQUESTS: Final = """
SELECT request AS named FROM job WHERE {0} = :id UNION ALL SELECT request FROM quote WHERE {0} = :id
UNION ALL SELECT request FROM draft WHERE {0} = :id
UNION ALL SELECT '"digest":"' || clip.digest || '"' FROM clip JOIN job ON job.id = clip.job WHERE job.{0} = :id"""


class PrivacyOffice:
    """Exports and deletes. Use as an asynchronous context manager around a running engine.

    Within it, jobs that could not be stopped when their person wanted to be forgotten are forgotten as they end.
    """

    def __init__(
        self,
        *,
        database: Database,
        engine: Engine,
        files: FileStore,
        retention: Retention,
        ids: IdSource,
        clock: Clock,
    ) -> None:
        self._database = database
        self._engine = engine
        self._files = files
        self._retention = retention
        self._ids = ids
        self._clock = clock
        self._waiting: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Forget what ended meanwhile, and listen for the rest."""
        self._engine.listeners.append(self._hear)
        await self._forget_ended()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening; what was not forgotten is forgotten after the next start."""
        self._engine.listeners.remove(self._hear)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def finish(self) -> None:
        """Wait until everything is forgotten that has ended so far."""
        await asyncio.gather(*self._tasks)

    async def export(self, person: int) -> dict[str, Any]:
        """Return everything that is stored about a person; see `bot.privacy.export`."""
        at = self._clock.now()
        return await self._database.survey(lambda tx: export_person(tx, person, at=at))

    async def erase_person(self, person: int) -> Erased:
        """Cancel what waits, then delete everything about a person, their files included.

        Credits that are left are lost. Clips in the making are not posted and are forgotten as soon as they end.
        """
        for job in await self._database.read(lambda tx: _open_jobs(tx, person)):
            await self._engine.cancel(job.id, job.requester, keep=True)
        at = self._clock.now()
        erased = await self._erase("person", person, partial(erase_person, person=person, new_id=self._ids.new, at=at))
        _log.info("a person's data was deleted: %d jobs, %d waiting", erased.jobs, erased.waiting)
        return erased

    async def erase_server(self, server: int) -> Erased:
        """Delete everything about a server and what was made in it."""
        at = self._clock.now()
        erased = await self._erase("server", server, partial(erase_server, server=server, new_id=self._ids.new, at=at))
        _log.warning("the data of server %d was deleted: %d jobs, %d waiting", server, erased.jobs, erased.waiting)
        return erased

    async def note_servers(self, present: Collection[int]) -> list[int]:
        """Take note of the servers that the bot is in, and delete the data of those it left long ago.

        Returns the servers whose data was deleted.
        """
        at = self._clock.now()
        overdue = await self._database.run(lambda tx: departures.note(tx, present, at=at))
        for server in overdue:
            await self.erase_server(server)
        return overdue

    async def _erase(self, column: str, of: int, erase: Callable[[Transaction], Erased]) -> Erased:
        digests = await self._database.read(lambda tx: _digests(tx, column, of))
        erased = await self._database.run(erase)
        await self._clean(digests)
        await self._forget_ended()
        return erased

    def _hear(self, job: Job) -> None:
        if job.state.ended and job.id in self._waiting:
            task = asyncio.create_task(self._forget_ended(), name=f"forget {job.id}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _forget_ended(self) -> None:
        """Forget the jobs that have ended meanwhile; a failure is logged and made good at the next one or start."""
        try:
            self._waiting, digests = await self._database.read(lambda tx: (waiting(tx), _digests_of_waiting(tx)))
            forgotten = await self._database.run(partial(forget_ended, at=self._clock.now()))
            self._waiting = await self._database.read(waiting)
            if forgotten:
                await self._clean(digests)
        except Exception:  # noqa: BLE001 - nobody waits for it
            _log.exception("ended jobs could not be forgotten")

    async def _clean(self, digests: set[str]) -> None:
        """Delete the files that nobody else needs, and what the database still holds of deleted rows."""
        await self._files.delete(digests - await self._retention.needed())
        for _ in range(_SCRUB_TRIES):
            if await self._database.scrub():
                return
            await self._clock.sleep(_SCRUB_PAUSE)
        _log.warning("deleted rows stay in the database's log until it is written anew")


def _open_jobs(tx: Transaction, person: int) -> list[Job]:
    rows = tx.rows("SELECT id FROM job WHERE person = :person AND ended_at IS NULL", person=person)
    return [store.load(tx, row["id"]) for row in rows]


def _digests(tx: Transaction, column: str, of: int) -> set[str]:
    """Return the files of a person or a server; `column` says which of them `of` is."""
    rows = tx.rows(_REQUESTS.format(column), id=of)
    return {digest for row in rows for digest in named_digests(row["named"])}


def _digests_of_waiting(tx: Transaction) -> set[str]:
    rows = tx.rows(
        """
        SELECT request AS named FROM job WHERE id IN (SELECT job FROM erasure)
        UNION ALL SELECT '"digest":"' || digest || '"' FROM clip WHERE job IN (SELECT job FROM erasure)
        """
    )
    return {digest for row in rows for digest in named_digests(row["named"])}
