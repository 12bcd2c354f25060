"""Whether the books add up. A drift stops spending, never reading."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import LedgerDrift

if TYPE_CHECKING:
    from bot.storage.database import Transaction

_log = logging.getLogger(__name__)

SHOWN_PROBLEMS = 20
"""Problems of one kind that a report lists; one is enough to stop spending."""

_CHECKS = {
    "all entries sum to zero": """
        SELECT 'ledger' AS subject, SUM(amount) AS found, 0 AS expected FROM entry HAVING SUM(amount) <> 0""",
    "the entries of each posting sum to zero": """
        SELECT posting AS subject, SUM(amount) AS found, 0 AS expected FROM entry
        GROUP BY posting HAVING SUM(amount) <> 0""",
    "each balance is the sum of its entries": """
        SELECT account.id AS subject, account.balance AS found, COALESCE(total.amount, 0) AS expected
        FROM account LEFT JOIN (SELECT account, SUM(amount) AS amount FROM entry GROUP BY account) AS total
            ON total.account = account.id
        WHERE account.balance IS NOT NULL AND account.balance <> COALESCE(total.amount, 0)""",
    "no balance is negative": """
        SELECT id AS subject, balance AS found, 0 AS expected FROM account WHERE balance < 0""",
    "what is held is the sum of the open holds": """
        SELECT account.id AS subject, account.balance AS found, COALESCE(open_hold.amount, 0) AS expected
        FROM account LEFT JOIN (
            SELECT hold.owner, SUM(hold.amount) AS amount
            FROM posting AS hold LEFT JOIN posting AS settlement ON settlement.settles = hold.key
            WHERE hold.kind = 'hold' AND settlement.key IS NULL
            GROUP BY hold.owner
        ) AS open_hold ON open_hold.owner = account.owner
        WHERE account.kind = 'held' AND account.balance <> COALESCE(open_hold.amount, 0)""",
    "each hold set its amount aside": """
        SELECT posting.key AS subject, COALESCE(SUM(entry.amount), 0) AS found, posting.amount AS expected
        FROM posting
        LEFT JOIN entry ON entry.posting = posting.key AND entry.account = 'held:' || posting.owner
        WHERE posting.kind = 'hold'
        GROUP BY posting.key, posting.amount HAVING COALESCE(SUM(entry.amount), 0) <> posting.amount""",
    "each settlement ends a whole hold": """
        SELECT posting.key AS subject, COALESCE(SUM(entry.amount), 0) AS found, -COALESCE(hold.amount, 0) AS expected
        FROM posting
        LEFT JOIN posting AS hold ON hold.key = posting.settles AND hold.kind = 'hold' AND hold.owner = posting.owner
        LEFT JOIN entry ON entry.posting = posting.key AND entry.account = 'held:' || posting.owner
        WHERE posting.kind IN ('capture', 'release')
        GROUP BY posting.key, hold.key, hold.amount
        HAVING hold.key IS NULL OR COALESCE(SUM(entry.amount), 0) <> -hold.amount""",
    "revenue is what was captured": """
        SELECT posting.key AS subject, COALESCE(SUM(entry.amount), 0) AS found,
               CASE WHEN posting.kind = 'capture' THEN posting.amount ELSE 0 END AS expected
        FROM posting LEFT JOIN entry ON entry.posting = posting.key AND entry.account = 'revenue'
        GROUP BY posting.key, posting.kind, posting.amount
        HAVING COALESCE(SUM(entry.amount), 0) <> CASE WHEN posting.kind = 'capture' THEN posting.amount ELSE 0 END""",
    "each spending counter is the sum of its movements": """
        SELECT cap_use.scope || ' ' || cap_use.day AS subject, cap_use.amount AS found,
               COALESCE(total.amount, 0) AS expected
        FROM cap_use LEFT JOIN (SELECT scope, day, SUM(amount) AS amount FROM cap_entry GROUP BY scope, day) AS total
            ON total.scope = cap_use.scope AND total.day = cap_use.day
        WHERE cap_use.amount <> COALESCE(total.amount, 0)""",
}
"""What must hold, and the query that finds where it does not."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One place where the books are wrong: which rule, about what, and both figures in credits."""

    rule: str
    subject: str
    found: int
    expected: int

    def __str__(self) -> str:
        return f"{self.subject}: found {self.found}, expected {self.expected} ({self.rule})"


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The result of an audit: how many postings were looked at, and what is wrong."""

    postings: int
    problems: tuple[Problem, ...]

    @property
    def clean(self) -> bool:
        """Whether the books add up."""
        return not self.problems


def audit(tx: Transaction) -> AuditReport:
    """Check every rule of the books on one consistent view. Reads everything, writes nothing."""
    problems = [
        Problem(rule=rule, subject=str(row["subject"]), found=int(row["found"]), expected=int(row["expected"]))
        for rule, query in _CHECKS.items()
        for row in tx.rows(f"{query} LIMIT {SHOWN_PROBLEMS}")
    ]
    counted = tx.row("SELECT COUNT(*) AS postings FROM posting")
    return AuditReport(postings=counted["postings"] if counted else 0, problems=tuple(problems))


class SpendingGuard:
    """Lets people spend as long as the last audit was clean. Balances, lists and settlements are not its business."""

    def __init__(self) -> None:
        self._problems: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether credits may be spent."""
        return not self._problems

    def observe(self, report: AuditReport) -> None:
        """Take note of an audit: problems close spending, a clean report opens it again."""
        problems = tuple(str(problem) for problem in report.problems)
        if problems and problems != self._problems:
            _log.critical("the credit books do not add up, spending is stopped: %s", "; ".join(problems))
        elif self._problems and not problems:
            _log.warning("the credit books add up again, spending is allowed")
        self._problems = problems

    def check(self) -> None:
        """Raise `LedgerDrift` if spending is stopped. Call it before credits are held or given."""
        if self._problems:
            raise LedgerDrift(self._problems)
