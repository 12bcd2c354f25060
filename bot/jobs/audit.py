"""The audit of jobs against the ledger: a hold for every job, and a settlement for exactly those that ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.storage.database import Transaction

_CHECKS = {
    "has no hold of its price": """
        SELECT job.id FROM job LEFT JOIN posting ON posting.key = 'hold:' || job.id
        WHERE posting.key IS NULL OR posting.amount <> job.credits
    """,
    "ended without a settlement": """
        SELECT job.id FROM job LEFT JOIN posting ON posting.key = 'settle:' || job.id
        WHERE job.ended_at IS NOT NULL AND posting.key IS NULL
    """,
    "was settled before it ended": """
        SELECT job.id FROM job JOIN posting ON posting.key = 'settle:' || job.id WHERE job.ended_at IS NULL
    """,
    "was charged without a delivered clip": """
        SELECT job.id FROM job JOIN posting ON posting.key = 'settle:' || job.id
        WHERE posting.kind = 'capture' AND (job.state <> 'delivered' OR job.receipt IS NULL)
    """,
    "was delivered without being charged": """
        SELECT job.id FROM job JOIN posting ON posting.key = 'settle:' || job.id
        WHERE job.state = 'delivered' AND posting.kind <> 'capture'
    """,
}


def audit_jobs(tx: Transaction) -> list[str]:
    """Return one sentence for each job that does not agree with the ledger; an empty list is what to expect."""
    return [f"Job {row['id']} {problem}." for problem, sql in _CHECKS.items() for row in tx.rows(sql + " LIMIT 20")]
