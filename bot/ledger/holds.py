"""Credits for a job: hold, then exactly one of capture and release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import LedgerError, UnknownHold
from bot.ledger import caps as limits
from bot.ledger.books import book, check_amount, claim, draw, held_account, permanent_account
from bot.ledger.model import REVENUE, Hold, PostingKind, Settlement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ledger.model import Cap
    from bot.storage.database import Row, Transaction

_DRAWN = """
SELECT entry.account, -entry.amount AS amount,
       CASE WHEN account.kind = 'lot' AND (account.expires_at <= :at OR EXISTS (
           SELECT 1 FROM posting WHERE posting.key = 'expiry:' || account.id)) THEN 1 ELSE 0 END AS gone
FROM entry JOIN account ON account.id = entry.account
WHERE entry.posting = :hold AND entry.amount < 0
ORDER BY account.kind = 'permanent', account.expires_at, account.id"""


def hold(tx: Transaction, *, job: str, owner: str, amount: int, caps: Sequence[Cap] = (), at: int) -> Hold:
    """Set `amount` credits aside for a job: all of them or nothing.

    Lots that expire soonest are drawn first, permanent credits last. Every cap counts the amount. Raises
    `InsufficientCredits`, `CapReached`, and `PostingConflict` if the job holds another amount already; the same
    hold once more changes nothing. A job that costs nothing holds 0 credits.
    """
    check_amount(amount, least=0)
    key = _hold_key(job)
    first = claim(
        tx,
        key=key,
        kind=PostingKind.HOLD,
        owner=owner,
        amount=amount,
        at=at,
        content=(amount,),
        subject=job,
        actor=owner,
    )
    if first is not None:
        return _hold(first, job, repeated=True)
    taken = draw(tx, owner=owner, amount=amount, at=at)
    limits.count(tx, key, caps, amount)
    held = held_account(owner)
    book(tx, key, {held: amount} | {account: -part for account, part in taken.items()})
    return Hold(job=job, owner=owner, amount=amount, at=at)


def capture(tx: Transaction, *, job: str, amount: int, at: int) -> Settlement:
    """Spend `amount` of the held credits; what remains goes back, permanent credits first.

    Raises `UnknownHold`, `LedgerError` if more is asked than is held, and `PostingConflict` if the job was released
    or captured with another amount; the same capture once more changes nothing.
    """
    check_amount(amount, least=0)
    return _settle(tx, job=job, kind=PostingKind.CAPTURE, amount=amount, at=at)


def release(tx: Transaction, *, job: str, at: int) -> Settlement:
    """Give all held credits back to the lots and the account they came from.

    What came from a lot that has expired meanwhile is paid back as permanent credits. Raises `UnknownHold`, and
    `PostingConflict` if the job was captured; the same release once more changes nothing.
    """
    return _settle(tx, job=job, kind=PostingKind.RELEASE, amount=0, at=at)


def find_hold(tx: Transaction, job: str) -> Hold | None:
    """Return what was set aside for a job, settled or not; None if nothing was."""
    row = tx.row("SELECT * FROM posting WHERE key = :key", key=_hold_key(job))
    return _hold(row, job) if row else None


def find_settlement(tx: Transaction, job: str) -> Settlement | None:
    """Return how the hold of a job ended; None while it is open, or if there is none."""
    row = tx.row("SELECT * FROM posting WHERE key = :key", key=_settlement_key(job))
    held = find_hold(tx, job)
    return _settlement(row, job, held.amount) if row and held else None


def _settle(tx: Transaction, *, job: str, kind: PostingKind, amount: int, at: int) -> Settlement:
    held = find_hold(tx, job)
    if held is None:
        raise UnknownHold(job)
    if amount > held.amount:
        raise LedgerError(f"Job {job} cannot cost {amount} credits: {held.amount} are set aside. Nothing was charged.")
    key, hold_key = _settlement_key(job), _hold_key(job)
    first = claim(
        tx,
        key=key,
        kind=kind,
        owner=held.owner,
        amount=amount if kind is PostingKind.CAPTURE else held.amount,
        at=at,
        content=(amount,),
        subject=job,
        settles=hold_key,
    )
    if first is not None:
        return _settlement(first, job, held.amount, repeated=True)
    rest = held.amount - amount
    entries = _returned(tx, hold_key, owner=held.owner, amount=rest, at=at)
    book(tx, key, entries | {held_account(held.owner): -held.amount, REVENUE: amount})
    limits.give_back(tx, key, hold=hold_key, amount=rest)
    return Settlement(job=job, owner=held.owner, kind=kind, captured=amount, released=rest, at=at)


def _returned(tx: Transaction, hold_key: str, *, owner: str, amount: int, at: int) -> dict[str, int]:
    """Say where `amount` credits of a hold go back to: the reverse of the order in which they were drawn."""
    entries: dict[str, int] = {}
    if amount == 0:
        return entries
    for drawn in reversed(tx.rows(_DRAWN, hold=hold_key, at=at)):
        part = min(amount, drawn["amount"])
        account = permanent_account(owner) if drawn["gone"] else drawn["account"]
        entries[account] = entries.get(account, 0) + part
        amount -= part
    return entries


def _hold(row: Row, job: str, *, repeated: bool = False) -> Hold:
    return Hold(job=job, owner=row["owner"], amount=row["amount"], at=row["at"], repeated=repeated)


def _settlement(row: Row, job: str, held: int, *, repeated: bool = False) -> Settlement:
    kind = PostingKind(row["kind"])
    captured = row["amount"] if kind is PostingKind.CAPTURE else 0
    return Settlement(
        job=job,
        owner=row["owner"],
        kind=kind,
        captured=captured,
        released=held - captured,
        at=row["at"],
        repeated=repeated,
    )


def _hold_key(job: str) -> str:
    return f"hold:{job}"


def _settlement_key(job: str) -> str:
    return f"settle:{job}"
