"""What the books say: balances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger.books import lot_account
from bot.ledger.model import Balance, Lot

if TYPE_CHECKING:
    from bot.storage.database import Transaction


def balance(tx: Transaction, *, owner: str, at: int) -> Balance:
    """Return what somebody has. A lot that has expired counts no more, swept or not."""
    rows = tx.rows(
        "SELECT id, kind, expires_at, balance FROM account WHERE owner = :owner AND balance > 0 "
        "AND (kind <> 'lot' OR expires_at > :at) ORDER BY expires_at, id",
        owner=owner,
        at=at,
    )
    prefix = len(lot_account(owner, ""))
    return Balance(
        permanent=sum(row["balance"] for row in rows if row["kind"] == "permanent"),
        lots=tuple(
            Lot(period=row["id"][prefix:], amount=row["balance"], expires_at=row["expires_at"])
            for row in rows
            if row["kind"] == "lot"
        ),
        held=sum(row["balance"] for row in rows if row["kind"] == "held"),
    )
