"""Servers that the bot had to leave: their data is kept for a while, in case it was a mistake, and then deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.storage.database import Transaction

GRACE_DAYS: Final = 14
"""Days after which the data of a server that the bot was removed from is deleted."""

_DAY: Final = 86_400_000

_KNOWN: Final = """
SELECT server FROM server_choice UNION SELECT server FROM job UNION SELECT server FROM quote"""


def note(tx: Transaction, present: Collection[int], *, at: int) -> list[int]:
    """Write down which servers the bot is gone from and which it is in again; return those gone for too long."""
    inside = frozenset(present)
    left = {row["server"] for row in tx.rows("SELECT server FROM departure")}
    for server in left & inside:
        tx.execute("DELETE FROM departure WHERE server = :server", server=server)
    for row in tx.rows(_KNOWN):
        if row["server"] and row["server"] not in inside | left:
            tx.execute("INSERT INTO departure (server, since) VALUES (:server, :at)", server=row["server"], at=at)
    overdue = tx.rows(
        "SELECT server FROM departure WHERE since <= :before ORDER BY server", before=at - GRACE_DAYS * _DAY
    )
    return [row["server"] for row in overdue]
