"""When clips will probably be ready: those in the queue, and those that are not ordered yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.jobs import admission, store
from bot.jobs.job import profile_of
from bot.jobs.lineup import Work, go_now, ready_in
from bot.jobs.state import JobState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.jobs.admission import RunningLimits, Waiting
    from bot.jobs.forecast import Forecast
    from bot.jobs.job import Job
    from bot.jobs.quote import Requester
    from bot.jobs.request import Request
    from bot.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an open job stands: its place in the queue and the expected seconds to the clip.

    The place is None where nothing holds the job up: it left the queue, or there is room for it at this moment.
    """

    position: int | None
    expected_seconds: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected of one vendor at one moment, `at` in Unix milliseconds."""

    provider: str
    forecast: Forecast
    limits: RunningLimits
    at: int

    def standings(self, tx: Transaction, jobs: Sequence[Job]) -> dict[str, Standing]:
        """Return, by id, where those of the jobs stand that are open."""
        open_jobs = [job for job in jobs if not job.state.ended]
        found = {
            job.id: Standing(None, self._remaining(job) if job.state.occupies_slot else 0.0)
            for job in open_jobs
            if job.state is not JobState.QUEUED
        }
        queued = {job.id for job in open_jobs} - found.keys()
        if not queued:
            return found
        line = admission.waiting_line(tx, self.provider, self.at)
        places = {one.job: place for place, one in enumerate(line, start=1) if one.job in queued}
        ahead = line[: max(places.values(), default=0)]
        ready = self._ready_in(tx, ahead)
        running = [job.requester for job in store.with_vendor(tx, self.provider)]
        going = go_now(running, [one.requester for one in ahead], self.limits)
        return found | {
            job: Standing(None if going[place - 1] else place, ready[place - 1]) for job, place in places.items()
        }

    def of_request(self, tx: Transaction, request: Request, requester: Requester, *, priority: int) -> float:
        """Return the seconds until the last clip of a request would probably be ready, were it confirmed now."""
        line = admission.waiting_line(tx, self.provider, self.at)
        profile = profile_of(request.model, request.mode, request.seconds)
        turn = 1 + max(
            [
                sum(job.requester == requester for job in store.with_vendor(tx, self.provider)),
                *(one.turn for one in line if one.requester == requester),
            ]
        )
        own = [
            admission.Waiting("", requester, profile, priority=priority, turn=turn + number)
            for number in range(request.outputs)
        ]
        # A sort keeps the order of those that are alike: who is here already stays in front.
        whole = sorted([*line, *own], key=lambda one: (-one.priority, one.turn))
        ready = self._ready_in(tx, whole)
        return max(seconds for seconds, one in zip(ready, whole, strict=True) if not one.job)

    def _ready_in(self, tx: Transaction, line: Sequence[Waiting]) -> list[float]:
        running = [Work(job.requester, self._remaining(job)) for job in store.with_vendor(tx, self.provider)]
        waiting = [Work(one.requester, self.forecast.typical(one.profile)) for one in line]
        return ready_in(running, waiting, self.limits)

    def _remaining(self, job: Job) -> float:
        began = job.submitted_at or job.state_since
        return max(0.0, self.forecast.typical(job.profile) - (self.at - began) / 1000)
