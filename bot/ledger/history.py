"""What happened to somebody's credits, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.ledger.model import PostingKind

if TYPE_CHECKING:
    from bot.storage.database import Row, Transaction

LARGEST_PAGE = 100

_HISTORY = """
SELECT posting.key, posting.kind, posting.owner, posting.subject, posting.actor, posting.note, posting.at,
       SUM(CASE WHEN account.kind = 'held' THEN 0 ELSE entry.amount END) AS available,
       SUM(CASE WHEN account.kind = 'held' THEN entry.amount ELSE 0 END) AS held
FROM account JOIN entry ON entry.account = account.id JOIN posting ON posting.key = entry.posting
WHERE account.owner = :owner
  AND (:first = 1 OR posting.at < :at OR (posting.at = :at AND posting.key < :key))
GROUP BY posting.key, posting.kind, posting.owner, posting.subject, posting.actor, posting.note, posting.at
ORDER BY posting.at DESC, posting.key DESC LIMIT :limit"""

_SENTENCES = {
    PostingKind.GRANT: "Granted",
    PostingKind.GIFT: "Gift received",
    PostingKind.ALLOWANCE: "Allowance for {subject}",
    PostingKind.HOLD: "Set aside for job {subject}",
    PostingKind.CAPTURE: "Spent on job {subject}",
    PostingKind.RELEASE: "Given back from job {subject}",
    PostingKind.EXPIRY: "Expired from {subject}",
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One posting as its owner sees it.

    `available` and `held` say by how much each of the two changed. `subject` is the job of a hold or settlement, the
    period of an allowance, or the other person of a gift; `actor` is who caused it, `note` what they wrote.
    """

    key: str
    kind: PostingKind
    at: int
    available: int
    held: int
    subject: str
    actor: str
    note: str
    description: str


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some lines, newest first, and the mark to pass as `before` for the next page; None at the end."""

    lines: tuple[HistoryLine, ...]
    next: str | None


def history(tx: Transaction, *, owner: str, before: str | None = None, limit: int = 20) -> HistoryPage:
    """Return what moved somebody's credits, newest first, at most `limit` (up to 100) lines a page.

    `before` is the mark that the previous page ended with.
    """
    limit = min(limit, LARGEST_PAGE)
    at, _, key = (before or "").partition(" ")
    rows = tx.rows(
        _HISTORY,
        owner=owner,
        first=int(before is None),
        at=int(at or 0),
        key=key,
        limit=limit + 1,
    )
    lines = tuple(_line(row, owner) for row in rows[:limit])
    more = len(rows) > limit
    return HistoryPage(lines=lines, next=f"{lines[-1].at} {lines[-1].key}" if more else None)


def _line(row: Row, owner: str) -> HistoryLine:
    kind, subject = PostingKind(row["kind"]), row["subject"]
    sentence = _SENTENCES[kind]
    if kind is PostingKind.GIFT and row["owner"] != owner:
        subject, sentence = row["owner"], "Gift given"
    elif kind is PostingKind.GRANT and row["available"] < 0:
        sentence = "Corrected"
    description = sentence.format(subject=subject)
    return HistoryLine(
        key=row["key"],
        kind=kind,
        at=row["at"],
        available=int(row["available"]),
        held=int(row["held"]),
        subject=subject,
        actor=row["actor"],
        note=row["note"],
        description=f"{description}: {row['note']}" if row["note"] else description,
    )
