"""Counts what jobs do: their moves, how good the forecasts are, and the credits that the ledger moved for them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.jobs.state import JobState
from bot.ledger import find_settlement

if TYPE_CHECKING:
    from bot.jobs.forecast import Forecast
    from bot.jobs.job import Job
    from bot.metrics import Metrics
    from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class JobCounter:
    """A listener of the engine that keeps the figures of an operator up to date."""

    metrics: Metrics
    forecast: Forecast
    database: Database
    _reading: set[asyncio.Task[None]] = field(default_factory=set)

    def __call__(self, job: Job) -> None:
        """Count a job that has just reached its state."""
        self.metrics.job_moved(job)
        if job.state is JobState.FETCHING and job.submitted_at is not None:
            real = (job.state_since - job.submitted_at) / 1000
            self.metrics.waited(expected=self.forecast.typical(job.profile), real=real)
        if job.state is JobState.QUEUED and not job.attempt:
            self.metrics.credits_moved("held", job.credits)
        elif job.state.ended:
            task = asyncio.create_task(self._count_settlement(job.id), name=f"count the credits of {job.id}")
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    async def close(self) -> None:
        """Wait until everything that happened is counted."""
        await asyncio.gather(*self._reading, return_exceptions=True)

    async def _count_settlement(self, job_id: str) -> None:
        # The quote says what a clip may cost; a clip that came out shorter costs less.
        settlement = await self.database.read(lambda tx: find_settlement(tx, job_id))
        if settlement is None:
            return
        if settlement.captured:
            self.metrics.credits_moved("captured", settlement.captured)
        if settlement.released:
            self.metrics.credits_moved("released", settlement.released)
