"""Driving: the only place that moves a job from `submitting` to its end.

Before every outside effect the state that announces it is durable. After a doubt the effect is looked up before it is
repeated. What fails outside is waited out for as long as the patience lasts; what fails inside is counted, and after
too many interruptions the job is dead. Either way the credits go back.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from bot.errors import DownloadFailed, LinkGone, MediaError, MediaRefused
from bot.jobs import admission, messages, settle, store
from bot.jobs.admission import Room
from bot.jobs.parts import NotDeliverable
from bot.jobs.state import JobState
from bot.jobs.watcher import TaskLost, TaskOverdue, VendorSilent
from bot.providers.base import Advice, ProviderFailure, Submission, TaskState
from bot.texts import Sentence, verbatim

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.clock import Clock
    from bot.jobs.forecast import Forecast
    from bot.jobs.job import Clip, Job
    from bot.jobs.parts import Deliverer, DrivePolicy, Settlement, Workshop
    from bot.jobs.watcher import Watcher
    from bot.providers.base import Provider, TaskObservation, TaskReference
    from bot.storage.database import Database, Transaction

_log = logging.getLogger(__name__)

Outcome = TypeVar("Outcome")

_OUTAGE: Final = (ProviderFailure, DownloadFailed, TimeoutError, OSError)
_SUBMIT_REFUSED: Final = frozenset({Advice.TELL_USER, Advice.TELL_OPERATOR})


@dataclass(frozen=True, slots=True)
class ProviderLine:
    """One vendor together with the watcher of its tasks, the room it has, and where its callbacks should go."""

    provider: Provider
    watcher: Watcher
    callback_url: str | None = None
    room: Room = field(default_factory=Room)


@dataclass(slots=True)
class Driver:
    """Drives jobs, one call of `drive` for each; `announce` hears of every job that moved, after it is durable."""

    database: Database
    lines: dict[str, ProviderLine]
    forecast: Forecast
    workshop: Workshop
    deliverer: Deliverer
    settlement: Settlement
    clock: Clock
    policy: DrivePolicy
    announce: Callable[[Job], None]
    _ready: dict[str, TaskObservation] = field(default_factory=dict)

    async def drive(self, job: Job, *, fresh: bool) -> None:
        """Take a job onwards until it has ended, is back in the queue, or is no longer ours.

        `fresh` says that its present attempt was never sent; without that certainty it is looked up first.
        """
        repetition = 0
        while not job.state.ended and job.state is not JobState.QUEUED:
            before = job
            try:
                job = await self._advance(job, repetition, fresh=fresh)
            except store.JobTaken:
                await self._announce_end(job)
                return
            fresh = False
            repetition += 1
            if job.state is not before.state:
                repetition = 0
                self.announce(job)

    async def _advance(self, job: Job, repetition: int, *, fresh: bool) -> Job:
        """Try the next step once, and deal with whatever comes of it; only `JobTaken` gets out."""
        try:
            return await self._step(job, fresh=fresh)
        except store.JobTaken:
            raise
        except Exception as error:  # noqa: BLE001 - whatever happens, the job must reach an end
            return await self._recover(job, error, repetition)

    async def _step(self, job: Job, *, fresh: bool) -> Job:
        if job.recoveries > self.policy.recovery_limit:
            return await self._give_up(job, JobState.DEAD, messages.dead(job))
        match job.state:
            case JobState.SUBMITTING:
                return await self._submit(job, fresh=fresh)
            case JobState.RUNNING:
                return await self._watch(job)
            case JobState.FETCHING:
                return await self._fetch(job)
            case JobState.DELIVERING:
                return await self._deliver(job)
            case _:
                raise ValueError(f"nothing to drive in state {job.state}")

    async def _submit(self, job: Job, *, fresh: bool) -> Job:
        if not fresh and (known := await self._look_up(job)):
            return await self._running(job, known, since=job.state_since)
        try:
            submission = await self._submission(job)
            reference = await self._within(
                self.policy.submit_limit,
                self.lines[job.provider].provider.submit(submission),
            )
        except MediaError as error:
            return await self._give_up(job, JobState.FAILED, messages.failed(error.sentence))
        except ProviderFailure as failure:
            return await self._submit_failed(job, failure)
        return await self._running(job, reference, since=self.clock.now())

    async def _submission(self, job: Job) -> Submission:
        request = job.request
        return Submission(
            client_key=job.client_key,
            request=request,
            image=await self.workshop.load(request.image) if request.image else None,
            end_image=await self.workshop.load(request.end_image) if request.end_image else None,
            callback_url=self.lines[job.provider].callback_url,
        )

    async def _look_up(self, job: Job) -> TaskReference | None:
        """Ask whether an unclear submission arrived; more than once, because a look-up may lag behind."""
        provider = self.lines[job.provider].provider
        for pause in (*self.policy.look_up_pauses, None):
            found = await self._within(self.policy.submit_limit, provider.find(job.reference))
            if found is not None:
                return found.reference
            if pause is not None:
                await self.clock.sleep(pause)
        return None

    async def _submit_failed(self, job: Job, failure: ProviderFailure) -> Job:
        if failure.uncertain or failure.advice is Advice.ADOPT:
            raise failure
        if failure.advice in _SUBMIT_REFUSED:
            if failure.advice is Advice.TELL_OPERATOR:
                _log.error("the vendor refuses our account, job %s: %s", job.id, failure)
            return await self._give_up(job, JobState.FAILED, messages.refused(failure))
        return await self._step_back(job, failure)

    async def _step_back(self, job: Job, failure: ProviderFailure) -> Job:
        """Return a job to the queue, and keep the others from running into the same refusal."""
        at = self.clock.now()
        pause = max(failure.retry_after or 0.0, self.policy.step_back(job.attempt))
        until = at + round(pause * 1000)
        for_a_slot = failure.advice is Advice.WAIT_FOR_SLOT
        level = logging.INFO if for_a_slot else logging.WARNING
        _log.log(level, "job %s goes back to the queue, the vendor did not take it: %s", job.id, failure)
        others = await self.database.read(lambda tx: admission.count_with_vendor(tx, job.provider)) - 1
        # Before the job is back in the queue: from then on the next one may be let in.
        self.lines[job.provider].room.refused(taken=others if for_a_slot else 0, until=until, at=at)

        def step_back(tx: Transaction) -> Job:
            message = messages.stepped_back(failure)
            store.move(tx, job, JobState.QUEUED, at=at, message=message, not_before=None if for_a_slot else until)
            return store.load(tx, job.id)

        return await self.database.run(step_back)

    async def _running(self, job: Job, reference: TaskReference, *, since: int) -> Job:
        at = self.clock.now()

        def run(tx: Transaction) -> tuple[Job, int]:
            store.move(tx, job, JobState.RUNNING, at=at, task_id=reference.task_id, submitted_at=since)
            return store.load(tx, job.id), admission.count_with_vendor(tx, job.provider)

        running, taken = await self.database.run(run)
        self.lines[job.provider].room.accepted(taken=taken, at=at)
        return running

    async def _watch(self, job: Job) -> Job:
        age = (self.clock.now() - (job.submitted_at or job.state_since)) / 1000
        try:
            observation = await self.lines[job.provider].watcher.wait(
                job.reference,
                age=age,
                earliest=self.forecast.earliest(job.profile),
            )
        except TaskLost:
            return await self._give_up(job, JobState.FAILED, messages.LOST)
        except TaskOverdue:
            return await self._give_up(job, JobState.EXPIRED, messages.OVERDUE)
        except VendorSilent:
            return await self._give_up(job, JobState.EXPIRED, messages.outage(job))
        if observation.state is TaskState.FAILED:
            return await self._give_up(job, JobState.FAILED, messages.task_failed(observation))
        self._ready[job.id] = observation
        at = self.clock.now()

        def fetch(tx: Transaction) -> Job:
            store.move(tx, job, JobState.FETCHING, at=at)
            return store.load(tx, job.id)

        return await self.database.run(fetch)

    async def _fetch(self, job: Job) -> Job:
        for pause in (*self.policy.fresh_link_pauses, None):
            try:
                clip = await self._receive(job, await self._finished(job))
            except MediaRefused as error:
                return await self._give_up(job, JobState.FAILED, messages.failed(error.sentence))
            except LinkGone as error:
                if pause is None:
                    break
                _log.warning("the link to the clip of job %s leads nowhere, asking for another: %s", job.id, error)
                await self.clock.sleep(pause)
            else:
                self.forecast.record(job.profile, clip.generation)
                return await self._keep(job, clip)
        return await self._give_up(job, JobState.FAILED, messages.LINK_GONE)

    async def _finished(self, job: Job) -> TaskObservation:
        """Return what the vendor says of a finished task: as it was just seen, else asked anew for fresh links."""
        observation = self._ready.pop(job.id, None)
        if observation is None:
            provider = self.lines[job.provider].provider
            observation = await self._within(self.policy.submit_limit, provider.find(job.reference))
        if observation is None:
            raise DownloadFailed(Sentence("media.not-shown"))
        return observation

    async def _receive(self, job: Job, finished: TaskObservation) -> Clip:
        provider = self.lines[job.provider].provider
        return await self.workshop.receive(
            job,
            lambda path: self._within(self.policy.fetch_limit, provider.fetch(finished, path)),
            generation=_generation(job, finished),
        )

    async def _keep(self, job: Job, clip: Clip) -> Job:
        at = self.clock.now()

        def keep(tx: Transaction) -> Job:
            store.insert_clip(tx, clip, at=at)
            store.move(tx, job, JobState.DELIVERING, at=at)
            return store.load(tx, job.id)

        return await self.database.run(keep)

    async def _deliver(self, job: Job) -> Job:
        clip = await self.database.read(lambda tx: store.load_clip(tx, job.id))
        if clip is None:
            raise LookupError(f"job {job.id} has no clip to deliver")
        path = self.workshop.path(clip)
        if not path.is_file():
            _log.error("the clip of job %s is gone from the file store", job.id)
            return await self._give_up(job, JobState.FAILED, messages.MISLAID)
        try:
            receipt = await self._within(
                self.policy.deliver_limit,
                self.deliverer.deliver(job, clip, path),
            )
        except NotDeliverable as refusal:
            return await self._give_up(job, JobState.FAILED, messages.failed(verbatim(str(refusal))))
        due = self.settlement(job.request, subscriber=job.subscriber, quoted=job.credits, seconds=clip.seconds)
        at = self.clock.now()
        return await self.database.run(
            lambda tx: settle.finish_delivered(tx, job, receipt=receipt, credits_due=due, at=at),
        )

    async def _give_up(self, job: Job, to: JobState, message: Sentence) -> Job:
        at = self.clock.now()
        return await self.database.run(
            lambda tx: settle.finish_without_clip(tx, job, to, message=message, at=at),
        )

    async def _recover(self, job: Job, error: Exception, repetition: int) -> Job:
        """Wait out an outage or count an interruption, and return the job as it then stands.

        Raises `JobTaken` where somebody else has it by then.
        """
        outage = isinstance(error, _OUTAGE)
        _log.log(
            logging.WARNING if outage else logging.ERROR,
            "job %s was interrupted while %s: %s: %s",
            job.id,
            job.state,
            type(error).__name__,
            error,
            exc_info=None if outage else error,
        )
        while True:
            await self.clock.sleep(self._pause(error, repetition))
            repetition += 1
            try:
                if outage:
                    return await self._wait_out(job)
                return await self._count(job)
            except store.JobTaken:
                return await self._catch_up(job)
            except Exception:  # noqa: BLE001 - as above
                _log.exception("job %s cannot be recorded as interrupted, trying again", job.id)

    async def _catch_up(self, job: Job) -> Job:
        """Return a job that moved although the move seemed to fail; raise `JobTaken` where it was not our move."""
        found = await self.database.read(lambda tx: store.load(tx, job.id))
        ours = (found.owner, found.attempt) == (job.owner, job.attempt)
        if ours or found.state.ended or found.state is JobState.QUEUED:
            return found
        raise store.JobTaken(job.id)

    def _pause(self, error: Exception, repetition: int) -> float:
        wanted = error.retry_after if isinstance(error, ProviderFailure) else None
        return max(wanted or 0.0, self.policy.pause(repetition))

    async def _wait_out(self, job: Job) -> Job:
        if self.clock.now() - job.state_since <= self.policy.patience * 1000:
            return job
        return await self._give_up(job, JobState.EXPIRED, messages.outage(job))

    async def _count(self, job: Job) -> Job:
        return await self.database.run(lambda tx: store.stumble(tx, job))

    async def _announce_end(self, job: Job) -> None:
        job = await self.database.read(lambda tx: store.load(tx, job.id))
        if job.state.ended:
            self.announce(job)

    @staticmethod
    async def _within(seconds: float, effect: Awaitable[Outcome]) -> Outcome:
        async with asyncio.timeout(seconds):
            return await effect


def _generation(job: Job, observation: TaskObservation) -> float:
    """Return the seconds the vendor took: by its own clock where that is plausible, else by ours."""
    started = job.submitted_at or job.state_since
    seen = job.state_since
    completed = observation.completed_at
    return max(0, (completed if completed is not None and started <= completed <= seen else seen) - started) / 1000
