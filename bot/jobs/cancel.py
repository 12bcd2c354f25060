"""Cancelling: free while a job waits; afterwards only the posting can be stopped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.errors import UnknownJob
from bot.jobs import messages, settle, store
from bot.jobs.state import JobState

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.jobs.quote import Requester
    from bot.storage.database import Transaction
    from bot.texts import Sentence


class CancelOutcome(StrEnum):
    """What became of the wish to cancel."""

    CANCELLED = "cancelled"
    """The job was waiting; it ended and cost nothing."""
    CANNOT_STOP = "cannot_stop"
    """The vendor works on it: the person may have it posted as planned or kept unposted, at the same price."""
    TOO_LATE = "too_late"
    """It is being posted at this moment, or has ended already."""


@dataclass(frozen=True, slots=True)
class Cancellation:
    """The outcome, the job as it now stands, and the sentence for the person."""

    outcome: CancelOutcome
    job: Job
    message: Sentence


def cancel(tx: Transaction, job_id: str, requester: Requester, *, keep: bool | None, at: int) -> Cancellation:
    """Cancel a waiting job, or choose what happens to the clip of one that cannot be stopped.

    `keep` is only looked at in the second case: true keeps the clip for its author without posting it, false posts it,
    None leaves the choice as it is. Raises `UnknownJob` where the job is not this person's.
    """
    job = store.load(tx, job_id)
    if job.requester != requester:
        raise UnknownJob(job_id)
    if job.state.ended:
        return Cancellation(CancelOutcome.TOO_LATE, job, messages.TOO_LATE)
    if job.state is JobState.QUEUED:
        ended = settle.finish_without_clip(tx, job, JobState.CANCELLED, message=messages.CANCELLED, at=at)
        return Cancellation(CancelOutcome.CANCELLED, ended, messages.CANCELLED)
    if job.state is JobState.DELIVERING:
        return Cancellation(CancelOutcome.TOO_LATE, job, messages.KEPT if job.keep else messages.BEING_POSTED)
    if keep is not None:
        tx.execute("UPDATE job SET keep = :keep WHERE id = :id", keep=int(keep), id=job.id)
        store.note(tx, job.id, job.state, "keep" if keep else "post", at=at)
        job = store.load(tx, job.id)
    return Cancellation(CancelOutcome.CANNOT_STOP, job, messages.KEPT if job.keep else messages.CANNOT_STOP)
