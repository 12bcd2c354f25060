"""Admission: which waiting jobs may go to the vendor next, and what place in the queue the others have.

The vendor refuses what exceeds the account's slots and queues nothing, so the queue is ours. The order is: higher
priority first; then by turns, so that a person's second clip waits behind everybody's first; then by age. Nobody runs
more than the limits per person and per server allow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.jobs import store
from bot.jobs.job import Job, job_from_row, profile_of
from bot.jobs.quote import Requester
from bot.jobs.state import JobState

if TYPE_CHECKING:
    from bot.jobs.job import Profile
    from bot.storage.database import Transaction

_TURNS: Final = """
WITH running_person AS (
    SELECT server, person, COUNT(*) AS running FROM job
    WHERE ended_at IS NULL AND state IN ('submitting', 'running') GROUP BY server, person
), running_server AS (
    SELECT server, COUNT(*) AS running FROM job
    WHERE ended_at IS NULL AND state IN ('submitting', 'running') GROUP BY server
), turns AS (
    SELECT job.id, job.server, job.priority, job.created_at, job.not_before,
           COALESCE(running_person.running, 0) + ROW_NUMBER() OVER (
               PARTITION BY job.server, job.person
               ORDER BY CASE WHEN job.not_before <= :at THEN 0 ELSE 1 END, job.priority DESC, job.created_at, job.id
           ) AS turn
    FROM job LEFT JOIN running_person
      ON running_person.server = job.server AND running_person.person = job.person
    WHERE job.ended_at IS NULL AND job.state = 'queued' AND job.provider = :provider
)
"""


@dataclass(frozen=True, slots=True)
class RunningLimits:
    """How many jobs may be with the vendor at one time: `slots` in the whole account, and of one person or server."""

    slots: int
    per_person: int
    per_server: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job in the queue. Its `turn` is 1 for the first that its person has with the vendor or in the queue."""

    job: str
    requester: Requester
    profile: Profile
    priority: int
    turn: int


@dataclass(slots=True)
class Room:
    """What a vendor's refusals taught about the room it has, which may be less than the account's slots.

    Without this every waiting job would be sent in vain as soon as the one before it was refused. For a while after a
    refusal no more jobs are with the vendor than were then; a job that leaves makes room for the next at once.
    Afterwards one more is tried, and as long as that is accepted, the next. Times are Unix milliseconds.
    """

    _most: int | None = None
    _until: int = 0

    @property
    def limited(self) -> bool:
        """Whether there was a refusal yet, so that every acceptance may let one more in."""
        return self._most is not None

    def refused(self, *, taken: int, until: int, at: int) -> None:
        """Learn that there was no room beside `taken` jobs of ours, which is believed for some time."""
        known = self._most if self._most is not None and at < self._until else taken
        self._most = min(known, taken)
        self._until = max(self._until, until)

    def accepted(self, *, taken: int, at: int) -> None:
        """Learn that there is room for `taken` jobs of ours; what was sent before a refusal teaches nothing."""
        if self._most is not None and at >= self._until:
            self._most = max(self._most, taken)

    def slots(self, slots: int, at: int) -> int:
        """Return how many of the account's `slots` may be used now."""
        if self._most is None:
            return slots
        return min(slots, self._most if at < self._until else self._most + 1)

    def next_trial(self, at: int) -> int | None:
        """Return when one more job may be tried, or None where that is so already."""
        return self._until if at < self._until else None


def admit(tx: Transaction, provider: str, *, limits: RunningLimits, owner: str, at: int) -> list[Job]:
    """Move as many waiting jobs as may go now to `submitting`, owned by `owner`, each as a new attempt."""
    free = limits.slots - count_with_vendor(tx, provider)
    if free <= 0:
        return []
    chosen = tx.rows(
        _TURNS  # noqa: S608 - constants only
        + """
        , eligible AS (
            SELECT turns.*, COALESCE(running_server.running, 0) + ROW_NUMBER() OVER (
                PARTITION BY turns.server ORDER BY turns.priority DESC, turns.turn, turns.created_at, turns.id
            ) AS server_turn
            FROM turns LEFT JOIN running_server ON running_server.server = turns.server
            WHERE turns.turn <= :per_person AND turns.not_before <= :at
        )
        SELECT job.* FROM eligible JOIN job ON job.id = eligible.id
        WHERE eligible.server_turn <= :per_server
        ORDER BY eligible.priority DESC, eligible.turn, eligible.created_at, eligible.id LIMIT :free
        """,
        provider=provider,
        at=at,
        per_person=limits.per_person,
        per_server=limits.per_server,
        free=free,
    )
    admitted = []
    for row in chosen:
        job = job_from_row(row)
        store.move(tx, job, JobState.SUBMITTING, at=at, owner=owner, attempt=job.attempt + 1)
        admitted.append(store.load(tx, job.id))
    return admitted


def count_with_vendor(tx: Transaction, provider: str) -> int:
    """Return how many jobs take a slot of the vendor's account."""
    row = tx.row(
        "SELECT COUNT(*) AS running FROM job WHERE ended_at IS NULL AND state IN ('submitting', 'running')"
        " AND provider = :provider",
        provider=provider,
    )
    return row["running"] if row else 0


def next_retry(tx: Transaction, provider: str, at: int) -> int | None:
    """Return when the next waiting job that had to step back may be tried again, in Unix milliseconds."""
    row = tx.row(
        "SELECT MIN(not_before) AS earliest FROM job WHERE ended_at IS NULL AND state = 'queued'"
        " AND provider = :provider AND not_before > :at",
        provider=provider,
        at=at,
    )
    earliest: int | None = row["earliest"] if row else None
    return earliest


def waiting_line(tx: Transaction, provider: str, at: int) -> list[Waiting]:
    """Return who waits, in the order in which they would be let in if there were no limits."""
    rows = tx.rows(
        _TURNS  # noqa: S608 - constants only
        + """
        SELECT job.id, job.server, job.person, job.model, job.mode, job.seconds, turns.priority, turns.turn
        FROM turns JOIN job ON job.id = turns.id
        ORDER BY turns.priority DESC, turns.turn, turns.created_at, turns.id
        """,
        provider=provider,
        at=at,
    )
    return [
        Waiting(
            job=row["id"],
            requester=Requester(server=row["server"], person=row["person"]),
            profile=profile_of(row["model"], row["mode"], row["seconds"]),
            priority=row["priority"],
            turn=row["turn"],
        )
        for row in rows
    ]
