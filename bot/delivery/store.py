"""Deliveries in the database: what was tried, what came of it, and what still has to be told."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.delivery.card import Detour, Form
from bot.delivery.destination import DELETED_RECEIPT, Posted
from bot.delivery.parts import Kind
from bot.jobs.job import Job, job_from_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.storage.database import Row, Transaction

NONCE_LENGTH: Final = 25
"""What Discord takes at most."""

_HASH_LENGTH: Final = 20
_LETTERS: Final = {Kind.CLIP: "c", Kind.NOTICE: "n"}
_MOST_GENERATIONS: Final = 10_000
_DAY: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to post something in one channel and form; times are Unix milliseconds.

    `stalls` counts how often the transfer did not end in time, `direct` says that it went to direct messages.
    """

    nonce: str
    generation: int
    channel: int
    form: Form
    state: str
    stalls: int
    message: int | None
    intended_at: int
    direct: bool = False

    @property
    def open(self) -> bool:
        """Whether it is unknown what came of it."""
        return self.state == "intended"

    @property
    def receipt(self) -> str | None:
        """The receipt of a success, else None."""
        if self.state == "deleted":
            return DELETED_RECEIPT
        return None if self.posted is None else self.posted.receipt

    @property
    def posted(self) -> Posted | None:
        """The message of a success, else None."""
        return None if self.message is None else Posted(self.channel, self.message, direct=self.direct)


def nonce_for(job_id: str, kind: Kind, generation: int) -> str:
    """Return the nonce of an attempt: 20 characters for the job, a letter for the kind, and the generation."""
    if not 0 <= generation < _MOST_GENERATIONS:
        raise ValueError(f"job {job_id} cannot be posted for the {generation}th time")
    digest = base64.b32encode(hashlib.sha256(job_id.encode()).digest()).decode().lower()
    return f"{digest[:_HASH_LENGTH]}{_LETTERS[kind]}{generation}"


def latest(tx: Transaction, job_id: str, kind: Kind) -> Attempt | None:
    """Return the newest attempt; only the newest can be open or a success."""
    row = tx.row(
        "SELECT * FROM delivery WHERE job = :job AND kind = :kind ORDER BY generation DESC LIMIT 1",
        job=job_id,
        kind=kind,
    )
    return None if row is None else _attempt(row)


def intend(tx: Transaction, job_id: str, kind: Kind, *, channel: int, form: Form, at: int) -> Attempt:
    """Write down that something is about to be sent, and under which nonce.

    An open attempt in the same channel and form is taken up again, any other open one counts as refused.
    """
    last = latest(tx, job_id, kind)
    if last is not None and last.open:
        if (last.channel, last.form) == (channel, form):
            return last
        refuse(tx, last.nonce, at=at)
    generation = 0 if last is None else last.generation + 1
    nonce = nonce_for(job_id, kind, generation)
    tx.execute(
        """
        INSERT INTO delivery (nonce, job, kind, generation, channel, form, state, intended_at)
        VALUES (:nonce, :job, :kind, :generation, :channel, :form, 'intended', :at)
        """,
        nonce=nonce,
        job=job_id,
        kind=kind,
        generation=generation,
        channel=channel,
        form=form,
        at=at,
    )
    return Attempt(nonce, generation, channel, form, "intended", 0, None, at)


def settle(tx: Transaction, nonce: str, posted: Posted, *, at: int) -> None:
    """Write down where a message is; in a forum its channel is the new post. What was to be told otherwise is not."""
    tx.execute(
        """
        UPDATE delivery
        SET state = 'posted', channel = :channel, message = :message, direct = :direct, settled_at = :at
        WHERE nonce = :nonce AND state = 'intended'
        """,
        nonce=nonce,
        channel=posted.channel,
        message=posted.message,
        direct=int(posted.direct),
        at=at,
    )
    tx.execute(
        """
        DELETE FROM notice WHERE seen_at IS NULL
           AND EXISTS (SELECT 1 FROM delivery WHERE nonce = :nonce AND job = notice.job AND kind = notice.kind)
        """,
        nonce=nonce,
    )


def settle_deleted(tx: Transaction, nonce: str, *, at: int) -> None:
    """Write down that a message was posted and deleted again."""
    _close(tx, nonce, "deleted", at)


def refuse(tx: Transaction, nonce: str, *, at: int) -> None:
    """Write down that an attempt led to nothing."""
    _close(tx, nonce, "refused", at)


def stall(tx: Transaction, nonce: str) -> None:
    """Count a transfer that did not end in time."""
    tx.execute("UPDATE delivery SET stalls = stalls + 1 WHERE nonce = :nonce", nonce=nonce)


def message_of(tx: Transaction, job_id: str, kind: Kind = Kind.CLIP) -> Posted | None:
    """Return the message in which something was posted, or None."""
    last = latest(tx, job_id, kind)
    return None if last is None else last.posted


def learn_limit(tx: Transaction, server: int, limit: int, *, at: int) -> None:
    """Remember for a day how large a file a server takes (bytes); server 0 stands for direct messages."""
    tx.execute(
        """
        INSERT INTO upload_limit (server, bytes, learned_at) VALUES (:server, :bytes, :at)
        ON CONFLICT (server) DO UPDATE SET bytes = excluded.bytes, learned_at = excluded.learned_at
        """,
        server=server,
        bytes=limit,
        at=at,
    )


def learned_limit(tx: Transaction, server: int, *, at: int) -> int | None:
    """Return what was learned about a server within the last day, in bytes."""
    row = tx.row(
        "SELECT bytes FROM upload_limit WHERE server = :server AND learned_at > :since", server=server, since=at - _DAY
    )
    return None if row is None else int(row["bytes"])


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell a person when they next use the bot: a clip waits in the library, or a job ended without."""

    job: str
    kind: Kind
    reason: Detour
    at: int


def leave_notice(tx: Transaction, job: Job, kind: Kind, reason: Detour, *, at: int) -> None:
    """Leave something to be told; an open attempt is given up for it."""
    last = latest(tx, job.id, kind)
    if last is not None and last.open:
        refuse(tx, last.nonce, at=at)
    tx.execute(
        """
        INSERT INTO notice (job, kind, person, reason, at) VALUES (:job, :kind, :person, :reason, :at)
        ON CONFLICT (job, kind) DO NOTHING
        """,
        job=job.id,
        kind=kind,
        person=job.requester.person,
        reason=reason,
        at=at,
    )


def unseen_notices(tx: Transaction, person: int, *, limit: int = 10) -> list[Notice]:
    """Return what has to be told to a person, oldest first."""
    rows = tx.rows(
        "SELECT * FROM notice WHERE person = :person AND seen_at IS NULL ORDER BY at, job, kind LIMIT :limit",
        person=person,
        limit=limit,
    )
    return [Notice(row["job"], Kind(row["kind"]), Detour(row["reason"]), row["at"]) for row in rows]


def mark_seen(tx: Transaction, notice: Notice, *, at: int) -> None:
    """Write down that a person was told."""
    tx.execute(
        "UPDATE notice SET seen_at = :at WHERE job = :job AND kind = :kind", job=notice.job, kind=notice.kind, at=at
    )


def mark_kept_seen(tx: Transaction, jobs: Iterable[str], *, at: int) -> None:
    """Write down that a person saw clips in the library that were to be kept there."""
    for job in jobs:
        tx.execute(
            """
            UPDATE notice SET seen_at = :at
            WHERE job = :job AND kind = :kind AND reason = :reason AND seen_at IS NULL
            """,
            job=job,
            kind=Kind.CLIP,
            reason=Detour.ASKED,
            at=at,
        )


def untold_ends(tx: Transaction, *, since: int, limit: int = 500) -> list[Job]:
    """Return jobs that ended without a clip after a moment and whose author does not know it yet, oldest first.

    A job that its author cancelled needs no telling.
    """
    return [
        job_from_row(row)
        for row in tx.rows(
            """
            SELECT * FROM job WHERE state IN ('failed', 'expired', 'dead') AND ended_at > :since
               AND NOT EXISTS (SELECT 1 FROM notice WHERE notice.job = job.id AND notice.kind = 'notice')
               AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.job = job.id AND delivery.kind = 'notice'
                               AND delivery.state IN ('posted', 'deleted'))
            ORDER BY ended_at LIMIT :limit
            """,
            since=since,
            limit=limit,
        )
    ]


def _close(tx: Transaction, nonce: str, state: str, at: int) -> None:
    tx.execute(
        "UPDATE delivery SET state = :state, settled_at = :at WHERE nonce = :nonce AND state = 'intended'",
        state=state,
        nonce=nonce,
        at=at,
    )


def _attempt(row: Row) -> Attempt:
    return Attempt(
        nonce=row["nonce"],
        generation=row["generation"],
        channel=row["channel"],
        form=Form(row["form"]),
        state=row["state"],
        stalls=row["stalls"],
        message=row["message"],
        intended_at=row["intended_at"],
        direct=bool(row["direct"]),
    )
