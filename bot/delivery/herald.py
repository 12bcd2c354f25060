"""The herald: tells authors that their jobs ended without a clip, also when the process dies in between."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final, Self

from bot.delivery import store
from bot.delivery.card import Detour
from bot.delivery.destination import Folder, parse_destination
from bot.delivery.parts import Interrupted, Kind
from bot.jobs.state import JobState

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.delivery.channel import ChannelDelivery
    from bot.jobs.job import Job
    from bot.storage.database import Database

_log = logging.getLogger(__name__)

_WITHOUT_CLIP: Final = frozenset({JobState.FAILED, JobState.EXPIRED, JobState.DEAD})
_LOOK_BACK: Final = 24 * 3600.0
_PAUSE: Final = 2.0
_LONGEST_PAUSE: Final = 60.0
_MOST_FAILURES: Final = 8


class Herald:
    """Listens to the engine and posts notices. Use as an asynchronous context manager around a running engine.

    `engine.listeners.append(herald)` before entering; entering also tells what an earlier process could not tell.
    """

    def __init__(self, delivery: ChannelDelivery, database: Database, clock: Clock) -> None:
        self._delivery = delivery
        self._database = database
        self._clock = clock
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def __call__(self, job: Job) -> None:
        """Hear that a job moved."""
        told_here = job.state in _WITHOUT_CLIP and not isinstance(parse_destination(job.destination), Folder)
        if told_here and job.id not in self._tasks:
            task = asyncio.create_task(self._tell(job), name=f"tell the end of {job.id}")
            self._tasks[job.id] = task
            task.add_done_callback(lambda _: self._tasks.pop(job.id, None))

    async def __aenter__(self) -> Self:
        """Take up what was not told in the last day."""
        since = self._clock.now() - round(_LOOK_BACK * 1000)
        for job in await self._database.read(lambda tx: store.untold_ends(tx, since=since)):
            self(job)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop; what was not told is told after the next start."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def finish(self) -> None:
        """Wait until everything that was heard so far is told."""
        await asyncio.gather(*self._tasks.values())

    async def _tell(self, job: Job) -> None:
        failures, pause = 0, _PAUSE
        while failures < _MOST_FAILURES:
            try:
                await self._delivery.notify(job)
            except Interrupted:
                _log.info("the end of job %s cannot be told at the moment", job.id)
            except Exception:  # noqa: BLE001 - whatever it is, the author must hear of the end
                failures += 1
                _log.exception("the end of job %s cannot be told", job.id)
            else:
                return
            await self._clock.sleep(pause)
            pause = min(_LONGEST_PAUSE, pause * 1.5)
        await self._delivery.keep(job, Kind.NOTICE, Detour.OUTAGE)
