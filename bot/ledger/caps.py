"""Limits on spending: counters that move in the same transaction as the credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import CapReached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ledger.model import Cap
    from bot.storage.database import Transaction


def count(tx: Transaction, key: str, caps: Sequence[Cap], amount: int) -> None:
    """Count `amount` credits under every cap; raises `CapReached` for the first that does not allow it."""
    if amount == 0:
        return
    for cap in sorted(caps, key=lambda cap: (cap.scope, cap.day)):
        counted = amount <= cap.limit and tx.execute(
            "INSERT INTO cap_use (scope, day, amount) VALUES (:scope, :day, :amount) "
            "ON CONFLICT (scope, day) DO UPDATE SET amount = cap_use.amount + :amount "
            "WHERE cap_use.amount + :amount <= :limit",
            scope=cap.scope,
            day=cap.day,
            amount=amount,
            limit=cap.limit,
        )
        if not counted:
            raise CapReached(scope=cap.scope, limit=cap.limit, used=used(tx, cap.scope, cap.day), asked=amount)
        _record(tx, key, cap.scope, cap.day, amount)


def give_back(tx: Transaction, key: str, *, hold: str, amount: int) -> None:
    """Stop counting `amount` credits of a hold, on the day of the hold."""
    if amount == 0:
        return
    for row in tx.rows("SELECT scope, day FROM cap_entry WHERE posting = :hold ORDER BY scope, day", hold=hold):
        tx.execute(
            "UPDATE cap_use SET amount = amount - :amount WHERE scope = :scope AND day = :day",
            amount=amount,
            scope=row["scope"],
            day=row["day"],
        )
        _record(tx, key, row["scope"], row["day"], -amount)


def used(tx: Transaction, scope: str, day: str) -> int:
    """Return how many credits count under a scope on a day."""
    row = tx.row("SELECT amount FROM cap_use WHERE scope = :scope AND day = :day", scope=scope, day=day)
    return row["amount"] if row else 0


def _record(tx: Transaction, key: str, scope: str, day: str, amount: int) -> None:
    tx.execute(
        "INSERT INTO cap_entry (posting, scope, day, amount) VALUES (:posting, :scope, :day, :amount)",
        posting=key,
        scope=scope,
        day=day,
        amount=amount,
    )
