"""The engine: lets jobs in, drives them with asyncio tasks, and takes every open job up again at start."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final, Self

from bot.jobs import admission, cancel, place, store
from bot.jobs.cancel import CancelOutcome
from bot.jobs.outlook import Outlook
from bot.jobs.quote import load_quote

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.clock import Clock
    from bot.jobs.admission import RunningLimits
    from bot.jobs.cancel import Cancellation
    from bot.jobs.drive import Driver
    from bot.jobs.housekeeping import Housekeeping
    from bot.jobs.inspection import Inspection
    from bot.jobs.job import Job
    from bot.jobs.outlook import Standing
    from bot.jobs.place import Agreement, Placement, WaitingLimits
    from bot.jobs.quote import Requester
    from bot.jobs.request import Request
    from bot.ledger import Cap
    from bot.providers.base import CallbackHint
    from bot.storage.database import Database, Transaction

_log = logging.getLogger(__name__)

_RETRY_PAUSE: Final = 1.0


@dataclass(slots=True)
class Engine:
    """Places, drives, cancels and watches over jobs. Use as an asynchronous context manager.

    `owner` names this process in the job rows; `listeners` hear of every job that moved, after it is durable.
    """

    owner: str
    database: Database
    driver: Driver
    inspection: Inspection
    housekeeping: Housekeeping
    running_limits: dict[str, RunningLimits]
    waiting_limits: WaitingLimits
    clock: Clock
    listeners: list[Callable[[Job], None]] = field(default_factory=list)
    _driving: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _background: list[asyncio.Task[None]] = field(default_factory=list)
    _admission: asyncio.Event = field(default_factory=asyncio.Event)
    _taking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _waiters: defaultdict[str, list[asyncio.Future[Job]]] = field(default_factory=lambda: defaultdict(list))

    async def __aenter__(self) -> Self:
        """Take up every open job and begin to admit new ones."""
        await self.take_up()
        loops: list[Callable[[], Awaitable[None]]] = [line.watcher.run for line in self.driver.lines.values()]
        loops += [partial(self._admit_forever, provider) for provider in self.running_limits]
        loops.append(partial(self.housekeeping.run, self))
        self._background = [asyncio.create_task(self._keep_running(loop)) for loop in loops]
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop driving. Open jobs stay as they are and are taken up at the next start."""
        tasks = [*self._background, *self._driving.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._driving.clear()
        self._background.clear()

    @property
    def driving(self) -> frozenset[str]:
        """The ids of the jobs that are being driven here."""
        return frozenset(self._driving)

    async def place(
        self,
        agreement: Agreement,
        *,
        provider: str,
        caps: Sequence[Cap],
        priority: int = 0,
        fund: Callable[[Transaction], None] | None = None,
    ) -> Placement:
        """Hold the credits of a quote and queue its jobs; see `bot.jobs.place.place` for what it raises.

        `fund` gives the requester what is missing, in the same transaction: if nothing is placed, nothing is given.

        The request is looked over once more, because rules and models may have changed with a restart: raises
        `RequestRefused` where an error is in the way that its person did not accept.
        """
        self.housekeeping.spending.check()
        quote = await self.database.read(lambda tx: load_quote(tx, agreement.quote_id))
        if quote.placed_at is None:
            await self.inspection.check_again(quote.request)
        at = self.clock.now()

        def fund_and_place(tx: Transaction) -> Placement:
            if fund is not None:
                fund(tx)
            return place.place(
                tx,
                agreement,
                provider=provider,
                limits=self.waiting_limits,
                caps=caps,
                priority=priority,
                at=at,
            )

        try:
            placement = await self.database.run(fund_and_place)
        finally:
            self._admission.set()
        if placement.first:
            for job in placement.jobs:
                self.announce(job)
        return placement

    async def cancel(self, job_id: str, requester: Requester, *, keep: bool | None = None) -> Cancellation:
        """Cancel a job or choose what happens to its clip; see `bot.jobs.cancel.cancel`."""
        at = self.clock.now()
        cancellation = await self.database.run(
            lambda tx: cancel.cancel(tx, job_id, requester, keep=keep, at=at),
        )
        if cancellation.outcome is CancelOutcome.CANCELLED:
            self.announce(cancellation.job)
        return cancellation

    async def wait(self, job_id: str) -> Job:
        """Wait until a job has ended and return it."""
        future: asyncio.Future[Job] = asyncio.get_running_loop().create_future()
        self._waiters[job_id].append(future)
        try:
            job = await self.database.read(lambda tx: store.load(tx, job_id))
            return job if job.state.ended else await future
        finally:
            self._waiters[job_id].remove(future)
            if not self._waiters[job_id]:
                del self._waiters[job_id]

    async def standings(self, batch: str) -> tuple[list[Job], dict[str, Standing]]:
        """Return the jobs of a batch and, by id, where the open ones stand, all at the same moment."""

        def look(tx: Transaction) -> tuple[list[Job], dict[str, Standing]]:
            jobs = store.load_batch(tx, batch)
            return jobs, self._outlook(jobs[0].provider).standings(tx, jobs) if jobs else {}

        return await self.database.read(look)

    async def expected_wait(self, request: Request, requester: Requester, *, provider: str, priority: int = 0) -> float:
        """Return the seconds until all clips of a request would probably be ready, were it confirmed now."""
        return await self.database.read(
            lambda tx: self._outlook(provider).of_request(tx, request, requester, priority=priority)
        )

    def announce(self, job: Job) -> None:
        """Tell everybody who listens that a job moved, and let others in where there is room now."""
        line = self.driver.lines.get(job.provider)
        if not job.state.occupies_slot or (line is not None and line.room.limited):
            self._admission.set()
        if job.state.ended:
            for future in self._waiters.get(job.id, ()):
                if not future.done():
                    future.set_result(job)
        for listener in self.listeners:
            try:
                listener(job)
            except Exception:  # noqa: BLE001 - a listener must not disturb the job
                _log.exception("a listener failed on job %s", job.id)

    def callback(self, provider: str, hint: CallbackHint) -> bool:
        """Ask at once about the task that a callback named; say whether it is one that we wait for."""
        return self.driver.lines[provider].watcher.wake(hint)

    def wake(self) -> None:
        """Look for waiting jobs that may go to the vendor now."""
        self._admission.set()

    async def take_up(self) -> None:
        """Drive every open job that nobody here drives: after a start, or after a lost answer of the database."""
        async with self._taking:
            driving = self.driving
            taken = await self.database.run(lambda tx: store.take_over(tx, self.owner, except_for=driving))
            for job in taken:
                self._drive(job, fresh=False)
        self._admission.set()

    def _drive(self, job: Job, *, fresh: bool) -> None:
        earlier = self._driving.get(job.id)
        if earlier is not None:
            # It brought the job back to the queue, or it waits to find that out: nobody is driven twice.
            earlier.cancel()
        task = asyncio.create_task(self.driver.drive(job, fresh=fresh), name=f"drive {job.id}")
        self._driving[job.id] = task
        task.add_done_callback(lambda done: self._driven(job.id, done))

    def _driven(self, job_id: str, task: asyncio.Task[None]) -> None:
        if self._driving.get(job_id) is task:
            del self._driving[job_id]
        if not task.cancelled() and task.exception() is not None:
            _log.error("driving job %s ended with an error; it is taken up again", job_id, exc_info=task.exception())
        self._admission.set()

    async def _keep_running(self, loop: Callable[[], Awaitable[None]]) -> None:
        """Run a loop that must not end for as long as the engine runs."""
        while True:
            try:
                await loop()
            except Exception:  # noqa: BLE001 - without this loop jobs would stand still
                _log.exception("a background loop failed and is started again")
                await self.clock.sleep(_RETRY_PAUSE)

    async def _admit_forever(self, provider: str) -> None:
        while True:
            self._admission.clear()
            try:
                again_at = await self._admit(provider)
            except Exception:  # noqa: BLE001 - admission must go on
                _log.exception("could not admit waiting jobs, trying again")
                again_at = self.clock.now() + round(_RETRY_PAUSE * 1000)
            if again_at is None:
                await self._admission.wait()
            else:
                await self.clock.wait(self._admission, max(0.0, (again_at - self.clock.now()) / 1000))

    async def _admit(self, provider: str) -> int | None:
        at = self.clock.now()
        room = self.driver.lines[provider].room
        limits = self.running_limits[provider]
        limits = replace(limits, slots=room.slots(limits.slots, at))
        async with self._taking:
            admitted, again_at = await self.database.run(
                lambda tx: (
                    admission.admit(tx, provider, limits=limits, owner=self.owner, at=at),
                    admission.next_retry(tx, provider, at),
                ),
            )
            for job in admitted:
                self._drive(job, fresh=True)
        for job in admitted:
            self.announce(job)
        return min((moment for moment in (again_at, room.next_trial(at)) if moment is not None), default=None)

    def _outlook(self, provider: str) -> Outlook:
        at = self.clock.now()
        limits = self.running_limits[provider]
        slots = max(1, self.driver.lines[provider].room.slots(limits.slots, at))
        return Outlook(provider, self.driver.forecast, replace(limits, slots=slots), at)
