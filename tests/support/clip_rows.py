"""Delivered jobs with their clips, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.jobs import settle, store
from bot.jobs.job import Clip
from bot.jobs.state import JobState
from tests.support.jobs import MIA, NOW, give, placed, quoted

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.jobs.quote import Requester
    from bot.jobs.request import Request
    from bot.storage.database import Transaction

SOME_DIGEST = "ab" * 32


def delivering(
    tx: Transaction,
    name: str,
    *,
    requester: Requester = MIA,
    at: int = NOW,
    request: Request | None = None,
    digest: str = SOME_DIGEST,
    destination: str = "channel:5",
) -> Job:
    """Return a job that has its clip and is about to deliver it."""
    give(tx, requester, 50, command=f"gift-{name}")
    agreement = quoted(tx, name, requester=requester, at=at, request=request, destination=destination)
    (job,) = placed(tx, agreement, at=at)
    for state in (JobState.SUBMITTING, JobState.RUNNING, JobState.FETCHING, JobState.DELIVERING):
        store.move(tx, job, state, at=at)
        job = store.load(tx, job.id)
    clip = Clip(job.id, digest, 1000, 5.04, 320, 180, has_audio=True, generation=60.0)
    store.insert_clip(tx, clip, at=at)
    return job


def delivered(
    tx: Transaction,
    name: str,
    *,
    receipt: str = "channel:5/message:6",
    requester: Requester = MIA,
    at: int = NOW,
    request: Request | None = None,
    digest: str = SOME_DIGEST,
) -> Job:
    """Return a job that ended with its clip delivered."""
    job = delivering(tx, name, requester=requester, at=at, request=request, digest=digest)
    return settle.finish_delivered(tx, job, receipt=receipt, credits_due=job.credits, at=at)
