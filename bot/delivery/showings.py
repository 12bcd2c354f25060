"""Messages that show clips: which there are, and which of them have to go.

A clip is shown in the message it was delivered in and in those that its person asked for later. What has to go is
written down in the transaction that forgets the clip, so that no failure leaves a message that nobody knows of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.delivery.destination import Posted
from bot.errors import ClipGone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.storage.database import Transaction

GIVE_UP_DAYS: Final = 7
"""Days after which a message that cannot be removed is left where it is."""

_DAY: Final = 86_400_000


def note(tx: Transaction, posted: Posted, jobs: Iterable[str], *, at: int) -> None:
    """Write down that a message is about to show the clips of some jobs; raises `ClipGone` where one is deleted."""
    for job_id in jobs:
        if tx.row("SELECT job FROM clip WHERE job = :job", job=job_id) is None:
            raise ClipGone
        tx.execute(
            """
            INSERT INTO showing (message, job, channel, direct, shown_at)
            VALUES (:message, :job, :channel, :direct, :at)
            ON CONFLICT (message, job) DO NOTHING
            """,
            message=posted.message,
            job=job_id,
            channel=posted.channel,
            direct=int(posted.direct),
            at=at,
        )


def latest(tx: Transaction, job_id: str) -> Posted | None:
    """Return the newest message that shows a clip besides the one it was delivered in, or None."""
    row = tx.row("SELECT * FROM showing WHERE job = :job ORDER BY shown_at DESC, message DESC LIMIT 1", job=job_id)
    return None if row is None else Posted(row["channel"], row["message"], direct=bool(row["direct"]))


def forget(tx: Transaction, posted: Posted) -> None:
    """Write down that a message shows nothing after all."""
    tx.execute("DELETE FROM showing WHERE message = :message", message=posted.message)


def take_down(tx: Transaction, job_id: str, *, at: int) -> set[Posted]:
    """Ask for the removal of every message that shows the clip of a job, and return these messages."""
    rows = tx.rows(
        """
        SELECT channel, message FROM delivery WHERE job = :job AND kind = 'clip' AND state = 'posted'
        UNION SELECT channel, message FROM showing WHERE job = :job
        """,
        job=job_id,
    )
    messages = {Posted(row["channel"], row["message"]) for row in rows}
    _ask(tx, messages, at)
    return messages


def take_down_all(tx: Transaction, job_id: str, *, at: int) -> set[Posted]:
    """Ask for the removal of every message about a job, that of its end included, and return these messages."""
    rows = tx.rows(
        "SELECT channel, message FROM delivery WHERE job = :job AND kind = 'notice' AND state = 'posted'", job=job_id
    )
    notices = {Posted(row["channel"], row["message"]) for row in rows}
    _ask(tx, notices, at)
    return notices | take_down(tx, job_id, at=at)


def to_remove(tx: Transaction) -> list[Posted]:
    """Return the messages that are still to be removed, oldest request first."""
    rows = tx.rows("SELECT channel, message FROM takedown ORDER BY asked_at, message")
    return [Posted(row["channel"], row["message"]) for row in rows]


def removed(tx: Transaction, posted: Posted) -> None:
    """Write down that a message is gone."""
    tx.execute("DELETE FROM takedown WHERE message = :message", message=posted.message)


def give_up(tx: Transaction, *, at: int) -> int:
    """Drop what could not be removed for `GIVE_UP_DAYS`, and return how many messages stay for good."""
    return tx.execute("DELETE FROM takedown WHERE asked_at <= :before", before=at - GIVE_UP_DAYS * _DAY)


def _ask(tx: Transaction, messages: set[Posted], at: int) -> None:
    for posted in messages:
        tx.execute("DELETE FROM showing WHERE message = :message", message=posted.message)
        tx.execute(
            """
            INSERT INTO takedown (message, channel, asked_at) VALUES (:message, :channel, :at)
            ON CONFLICT (message) DO NOTHING
            """,
            message=posted.message,
            channel=posted.channel,
            at=at,
        )
