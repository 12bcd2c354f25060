"""Reports: what people tell the moderators about clips."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.storage.database import Row, Transaction

DETAILS_LENGTH: Final = 1000
"""Characters that somebody may write in their own words."""


class Reason(StrEnum):
    """What is wrong with a clip."""

    ILLEGAL = "illegal"
    PERSON = "person"
    HATEFUL = "hateful"
    SEXUAL = "sexual"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Report:
    """What one person told about the clip of a job; `reported_at` is Unix milliseconds."""

    id: str
    job: str
    server: int
    person: int
    reason: Reason
    details: str
    reported_at: int


def file_report(tx: Transaction, report: Report) -> Report:
    """Store a report and return it, or the one that this person made of this clip before."""
    tx.execute(
        """
        INSERT INTO report (id, job, server, person, reason, details, reported_at)
        VALUES (:id, :job, :server, :person, :reason, :details, :reported_at)
        ON CONFLICT (job, person) DO NOTHING
        """,
        id=report.id,
        job=report.job,
        server=report.server,
        person=report.person,
        reason=report.reason,
        details=report.details[:DETAILS_LENGTH],
        reported_at=report.reported_at,
    )
    row = tx.row("SELECT * FROM report WHERE job = :job AND person = :person", job=report.job, person=report.person)
    return report if row is None else _report(row)


def reports_of_server(tx: Transaction, server: int, *, limit: int = 25) -> list[Report]:
    """Return the newest reports in a server."""
    rows = tx.rows(
        "SELECT * FROM report WHERE server = :server ORDER BY reported_at DESC, id LIMIT :limit",
        server=server,
        limit=limit,
    )
    return [_report(row) for row in rows]


def reports_by(tx: Transaction, person: int) -> list[Report]:
    """Return everything that a person reported, oldest first."""
    rows = tx.rows("SELECT * FROM report WHERE person = :person ORDER BY reported_at, id", person=person)
    return [_report(row) for row in rows]


def forget_reports_by(tx: Transaction, person: int) -> int:
    """Forget everything that a person reported and return how many reports that were."""
    return tx.execute("DELETE FROM report WHERE person = :person", person=person)


def _report(row: Row) -> Report:
    return Report(
        id=row["id"],
        job=row["job"],
        server=row["server"],
        person=row["person"],
        reason=Reason(row["reason"]),
        details=row["details"],
        reported_at=row["reported_at"],
    )
