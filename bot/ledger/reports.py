"""What the books say: balances and totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.ledger.books import lot_account
from bot.ledger.model import EXPIRED, MINT, REVENUE, Balance, Lot

if TYPE_CHECKING:
    from bot.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Totals:
    """All credits of the ledger: where they came from (`minted`) and where they are. The rest sums to `minted`."""

    minted: int
    permanent: int
    lots: int
    held: int
    captured: int
    expired: int


@dataclass(frozen=True, slots=True)
class OwnerReport:
    """What one owner received, spent (captured) and lost by expiry in a span of time."""

    owner: str
    granted: int
    allowance: int
    spent: int
    expired: int
    clips: int


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


def totals(tx: Transaction) -> Totals:
    """Return where all credits are. Reads every entry of the system accounts: for metrics, not for a reply."""
    system = {
        row["account"]: int(row["amount"])
        for row in tx.rows(
            "SELECT account, SUM(amount) AS amount FROM entry "
            "WHERE account IN ('mint', 'revenue', 'expired') GROUP BY account"
        )
    }
    cached = {
        row["kind"]: int(row["amount"])
        for row in tx.rows("SELECT kind, SUM(balance) AS amount FROM account WHERE balance IS NOT NULL GROUP BY kind")
    }
    return Totals(
        minted=-system.get(MINT, 0),
        permanent=cached.get("permanent", 0),
        lots=cached.get("lot", 0),
        held=cached.get("held", 0),
        captured=system.get(REVENUE, 0),
        expired=system.get(EXPIRED, 0),
    )


def report(tx: Transaction, *, prefix: str, since: int, until: int) -> list[OwnerReport]:
    """Return what every owner whose name begins with `prefix` received and spent in `since <= at < until`.

    Those who spent most come first.
    """
    rows = tx.rows(
        "SELECT owner, "
        "SUM(CASE WHEN kind = 'grant' THEN amount ELSE 0 END) AS granted, "
        "SUM(CASE WHEN kind = 'allowance' THEN amount ELSE 0 END) AS allowance, "
        "SUM(CASE WHEN kind = 'capture' THEN amount ELSE 0 END) AS spent, "
        "SUM(CASE WHEN kind = 'expiry' THEN amount ELSE 0 END) AS expired, "
        "SUM(CASE WHEN kind = 'capture' THEN 1 ELSE 0 END) AS clips "
        "FROM posting WHERE at >= :since AND at < :until AND substr(owner, 1, length(:prefix)) = :prefix "
        "GROUP BY owner ORDER BY spent DESC, owner",
        prefix=prefix,
        since=since,
        until=until,
    )
    return [
        OwnerReport(
            owner=row["owner"],
            granted=int(row["granted"]),
            allowance=int(row["allowance"]),
            spent=int(row["spent"]),
            expired=int(row["expired"]),
            clips=int(row["clips"]),
        )
        for row in rows
    ]
