"""Reading and moving jobs. Every move is one guarded update, so that a process that lost a job cannot move it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import SoundstageError, UnknownJob
from bot.jobs.job import Clip, Job, clip_from_row, job_from_row
from bot.jobs.state import ENDS, MOVES, JobState

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.jobs.quote import Requester
    from bot.storage.database import Transaction
    from bot.texts import Sentence


class JobTaken(SoundstageError):
    """The job moved on, or another process drives it; whoever sees this lets go of the job."""

    def __init__(self, job_id: str) -> None:
        self.job_id = job_id
        super().__init__(f"Job {job_id} is no longer ours to move.")


def load(tx: Transaction, job_id: str) -> Job:
    """Return a job; raises `UnknownJob`."""
    row = tx.row("SELECT * FROM job WHERE id = :id", id=job_id)
    if row is None:
        raise UnknownJob(job_id)
    return job_from_row(row)


def load_batch(tx: Transaction, batch: str) -> list[Job]:
    """Return the jobs of a batch in the order of their positions."""
    return [
        job_from_row(row) for row in tx.rows("SELECT * FROM job WHERE batch = :batch ORDER BY position", batch=batch)
    ]


def load_clip(tx: Transaction, job_id: str) -> Clip | None:
    """Return the clip of a job, or None where it has none yet."""
    row = tx.row("SELECT * FROM clip WHERE job = :job", job=job_id)
    return None if row is None else clip_from_row(row)


def jobs_of(tx: Transaction, requester: Requester, *, limit: int = 25, deleted: bool = True) -> list[Job]:
    """Return the newest jobs of a person in a server; without `deleted` only those whose clip was not deleted since."""
    return [
        job_from_row(row)
        for row in tx.rows(
            """
            SELECT * FROM job WHERE server = :server AND person = :person
              AND (:deleted OR state <> 'delivered' OR EXISTS (SELECT 1 FROM clip WHERE clip.job = job.id))
            ORDER BY created_at DESC, id DESC LIMIT :limit
            """,
            server=requester.server,
            person=requester.person,
            deleted=int(deleted),
            limit=limit,
        )
    ]


def count_by_state(tx: Transaction) -> dict[JobState, int]:
    """Return how many open jobs stand in each state."""
    rows = tx.rows("SELECT state, COUNT(*) AS jobs FROM job WHERE ended_at IS NULL GROUP BY state")
    return {JobState(row["state"]): row["jobs"] for row in rows}


def insert(tx: Transaction, job: Job) -> None:
    """Add a new job."""
    tx.execute(
        """
        INSERT INTO job (id, batch, position, server, person, destination, request, subscriber, provider, model, mode,
                         seconds, credits, priority, state, state_since, created_at, locale)
        VALUES (:id, :batch, :position, :server, :person, :destination, :request, :subscriber, :provider, :model,
                :mode, :seconds, :credits, :priority, :state, :created_at, :created_at, :locale)
        """,
        id=job.id,
        batch=job.batch,
        position=job.position,
        server=job.requester.server,
        person=job.requester.person,
        destination=job.destination,
        request=job.request.model_dump_json(),
        subscriber=int(job.subscriber),
        provider=job.provider,
        model=job.request.model,
        mode=job.request.mode,
        seconds=job.request.seconds,
        credits=job.credits,
        priority=job.priority,
        state=job.state,
        created_at=job.created_at,
        locale=job.locale,
    )
    note(tx, job.id, job.state, "", at=job.created_at)


def move(
    tx: Transaction,
    job: Job,
    to: JobState,
    *,
    at: int,
    message: Sentence | None = None,
    owner: str | None = None,
    attempt: int | None = None,
    task_id: str | None = None,
    submitted_at: int | None = None,
    not_before: int | None = None,
    receipt: str | None = None,
) -> None:
    """Move a job from the state it was loaded in to another; what is None stays as it was.

    A job that goes back to the queue belongs to nobody and forgets its task. Raises `JobTaken` where the job moved
    on meanwhile or belongs to another process, `ValueError` for a move that does not exist.
    """
    if to not in MOVES[job.state]:
        raise ValueError(f"no move from {job.state} to {to}")
    released = to is JobState.QUEUED
    changed = tx.execute(
        """
        UPDATE job SET state = :to, state_since = :at, recoveries = 0, message = :message,
            owner = CASE WHEN :released = 1 THEN NULL ELSE COALESCE(:new_owner, owner) END,
            task_id = CASE WHEN :released = 1 THEN NULL ELSE COALESCE(:task_id, task_id) END,
            attempt = COALESCE(:attempt, attempt), submitted_at = COALESCE(:submitted_at, submitted_at),
            not_before = COALESCE(:not_before, not_before), receipt = COALESCE(:receipt, receipt),
            ended_at = CASE WHEN :ended = 1 THEN :at ELSE NULL END
        WHERE id = :id AND state = :from_state AND attempt = :from_attempt AND COALESCE(owner, '') = :from_owner
        """,
        to=to,
        at=at,
        message=_stored(message),
        released=int(released),
        new_owner=owner,
        task_id=task_id,
        attempt=attempt,
        submitted_at=submitted_at,
        not_before=not_before,
        receipt=receipt,
        ended=int(to in ENDS),
        id=job.id,
        from_state=job.state,
        from_attempt=job.attempt,
        from_owner=job.owner or "",
    )
    if not changed:
        raise JobTaken(job.id)
    note(tx, job.id, to, str(message or ""), at=at)


def note(tx: Transaction, job_id: str, state: JobState, text: str, *, at: int) -> None:
    """Write one row of a job's history, in English."""
    tx.execute(
        "INSERT INTO job_event (job, at, state, note) VALUES (:job, :at, :state, :note)",
        job=job_id,
        at=at,
        state=state,
        note=text,
    )


def insert_clip(tx: Transaction, clip: Clip, *, at: int) -> None:
    """Remember the clip of a job; a second time changes nothing."""
    tx.execute(
        """
        INSERT INTO clip (job, digest, size, seconds, width, height, has_audio, generation, note, created_at)
        VALUES (:job, :digest, :size, :seconds, :width, :height, :has_audio, :generation, :note, :at)
        ON CONFLICT (job) DO NOTHING
        """,
        job=clip.job,
        digest=clip.digest,
        size=clip.size,
        seconds=clip.seconds,
        width=clip.width,
        height=clip.height,
        has_audio=int(clip.has_audio),
        generation=clip.generation,
        note=_stored(clip.note),
        at=at,
    )


def stumble(tx: Transaction, job: Job) -> Job:
    """Count one more interruption of the present state and return the job as it now stands.

    Raises `JobTaken` where the job moved on meanwhile.
    """
    changed = tx.execute(
        """
        UPDATE job SET recoveries = recoveries + 1
        WHERE id = :id AND state = :state AND attempt = :attempt AND COALESCE(owner, '') = :owner
        """,
        id=job.id,
        state=job.state,
        attempt=job.attempt,
        owner=job.owner or "",
    )
    if not changed:
        raise JobTaken(job.id)
    return load(tx, job.id)


def take_over(tx: Transaction, owner: str, *, except_for: Collection[str]) -> list[Job]:
    """Make every open job that left the queue ours, but for those we drive already, and return them, oldest first.

    Only for the one process that may work on this database. States in which we were acting ourselves count the
    interruption; waiting for the vendor is not one.
    """
    taken = []
    for row in tx.rows("SELECT id FROM job WHERE ended_at IS NULL AND state <> 'queued' ORDER BY created_at, id"):
        if row["id"] in except_for:
            continue
        tx.execute(
            """
            UPDATE job SET owner = :owner, recoveries = recoveries + CASE WHEN state = 'running' THEN 0 ELSE 1 END
            WHERE id = :id
            """,
            owner=owner,
            id=row["id"],
        )
        taken.append(load(tx, row["id"]))
    return taken


def with_vendor(tx: Transaction, provider: str) -> list[Job]:
    """Return the jobs that take a slot of the vendor's account."""
    return [
        job_from_row(row)
        for row in tx.rows(
            "SELECT * FROM job WHERE ended_at IS NULL AND state IN ('submitting', 'running') AND provider = :provider",
            provider=provider,
        )
    ]


def waiting_since(tx: Transaction, before: int, *, limit: int = 200) -> list[Job]:
    """Return jobs that have waited in the queue since before a moment in Unix milliseconds, oldest first."""
    return [
        job_from_row(row)
        for row in tx.rows(
            """
            SELECT * FROM job WHERE ended_at IS NULL AND state = 'queued' AND created_at < :before
            ORDER BY created_at, id LIMIT :limit
            """,
            before=before,
            limit=limit,
        )
    ]


def _stored(sentence: Sentence | None) -> str:
    return "" if sentence is None else sentence.to_json()
