"""Credits: accounts, holds, allowances, caps and the audit. Every operation is a plain function of a transaction."""

from bot.ledger.audit import AuditReport, Problem, SpendingGuard, audit
from bot.ledger.caps import used as cap_used
from bot.ledger.grants import allowance, expire_lots, gift, grant
from bot.ledger.history import HistoryLine, HistoryPage, history
from bot.ledger.holds import capture, find_hold, find_settlement, hold, release
from bot.ledger.model import Balance, Cap, Expiry, Hold, Lot, Movement, PostingKind, Settlement
from bot.ledger.reports import OwnerReport, Totals, balance, report, totals

__all__ = [
    "AuditReport",
    "Balance",
    "Cap",
    "Expiry",
    "HistoryLine",
    "HistoryPage",
    "Hold",
    "Lot",
    "Movement",
    "OwnerReport",
    "PostingKind",
    "Problem",
    "Settlement",
    "SpendingGuard",
    "Totals",
    "allowance",
    "audit",
    "balance",
    "cap_used",
    "capture",
    "expire_lots",
    "find_hold",
    "find_settlement",
    "gift",
    "grant",
    "history",
    "hold",
    "release",
    "report",
    "totals",
]
