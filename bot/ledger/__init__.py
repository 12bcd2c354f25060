"""Credits: accounts, holds, allowances, caps and the audit. Every operation is a plain function of a transaction."""

from bot.ledger.caps import used as cap_used
from bot.ledger.grants import allowance, expire_lots, gift, grant
from bot.ledger.holds import capture, find_hold, find_settlement, hold, release
from bot.ledger.model import Balance, Cap, Expiry, Hold, Lot, Movement, PostingKind, Settlement
from bot.ledger.reports import balance

__all__ = [
    "Balance",
    "Cap",
    "Expiry",
    "Hold",
    "Lot",
    "Movement",
    "PostingKind",
    "Settlement",
    "allowance",
    "balance",
    "cap_used",
    "capture",
    "expire_lots",
    "find_hold",
    "find_settlement",
    "gift",
    "grant",
    "hold",
    "release",
]
