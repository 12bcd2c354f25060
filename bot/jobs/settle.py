"""The ends of a job: the state and the credits move in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.jobs import store
from bot.jobs.state import JobState
from bot.ledger import capture, release

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.storage.database import Transaction
    from bot.texts import Sentence


def finish_delivered(tx: Transaction, job: Job, *, receipt: str, credits_due: int, at: int) -> Job:
    """End a job whose clip arrived: what it costs is captured, the rest of the hold goes back."""
    store.move(tx, job, JobState.DELIVERED, at=at, receipt=receipt)
    capture(tx, job=job.id, amount=credits_due, at=at)
    return store.load(tx, job.id)


def finish_without_clip(tx: Transaction, job: Job, to: JobState, *, message: Sentence, at: int) -> Job:
    """End a job that delivered nothing: all its credits go back to where they came from."""
    store.move(tx, job, to, at=at, message=message)
    release(tx, job=job.id, at=at)
    return store.load(tx, job.id)
