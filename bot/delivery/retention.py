"""Retention: what is forgotten when, and which files are still needed.

A clip goes with its row; its file goes when no row names it any more. The history of a job (its prompt included) goes
as a whole. The ledger keeps its postings, which name ids and amounts alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.storage.database import Transaction

_DIGEST: Final = re.compile(r'"digest":\s*"([0-9a-f]{64})"', re.ASCII)
_MOST_AT_ONCE: Final = 500


def drop_clips(tx: Transaction, *, before: int, limit: int = _MOST_AT_ONCE) -> int:
    """Forget clips made before a moment (Unix milliseconds) whose job has ended, at most `limit`; return how many."""
    return tx.execute(
        """
        DELETE FROM clip WHERE job IN (
            SELECT clip.job FROM clip JOIN job ON job.id = clip.job
            WHERE clip.created_at < :before AND job.ended_at IS NOT NULL LIMIT :limit)
        """,
        before=before,
        limit=limit,
    )


def drop_history(tx: Transaction, *, before: int, limit: int = _MOST_AT_ONCE) -> int:
    """Forget jobs that ended before a moment, with all that belongs to them, at most `limit`; return how many."""
    old = [
        row["id"]
        for row in tx.rows(
            "SELECT id FROM job WHERE ended_at < :before ORDER BY ended_at LIMIT :limit", before=before, limit=limit
        )
    ]
    for job_id in old:
        forget_job(tx, job_id)
    tx.execute(
        "DELETE FROM quote WHERE placed_at < :before AND NOT EXISTS (SELECT 1 FROM job WHERE job.batch = quote.id)",
        before=before,
    )
    return len(old)


def forget_job(tx: Transaction, job_id: str) -> None:
    """Forget an ended job with its events, clip, deliveries and notices; an open one stays as it is."""
    if tx.row("SELECT id FROM job WHERE id = :id AND ended_at IS NOT NULL", id=job_id) is None:
        return
    tx.execute("DELETE FROM clip WHERE job = :id", id=job_id)
    tx.execute("DELETE FROM job_event WHERE job = :id", id=job_id)
    tx.execute("DELETE FROM job WHERE id = :id", id=job_id)


def needed_digests(tx: Transaction, *, at: int, uploads_since: int) -> set[str]:
    """Return the digests of all files that are still needed.

    These are all clips, and the uploads of open jobs, of valid quotes, and of jobs that ended after `uploads_since`.
    """
    needed = {str(row["digest"]) for row in tx.rows("SELECT DISTINCT digest FROM clip")}
    requests = tx.rows(
        """
        SELECT request FROM job WHERE (ended_at IS NULL OR ended_at > :since) AND request LIKE '%"digest"%'
        UNION ALL
        SELECT request FROM quote WHERE placed_at IS NULL AND expires_at > :at AND request LIKE '%"digest"%'
        """,
        since=uploads_since,
        at=at,
    )
    for row in requests:
        needed.update(named_digests(row["request"]))
    return needed


def named_digests(request: str) -> set[str]:
    """Return the digests of the files that a stored request names."""
    return set(_DIGEST.findall(request))
