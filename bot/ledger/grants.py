"""How credits come to somebody, and how they lapse: grants, gifts, allowances, expiry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import InsufficientCredits, LedgerError
from bot.ledger.books import book, check_amount, claim, lot_account, open_account, permanent_account
from bot.ledger.model import EXPIRED, MINT, Expiry, Movement, PostingKind
from bot.texts import Sentence

if TYPE_CHECKING:
    from bot.storage.database import Row, Transaction

SWEEP_LOTS = 500
"""Lots that one sweep closes at most, so that it never delays other writers for long."""


def grant(tx: Transaction, *, command: str, owner: str, amount: int, actor: str, note: str = "", at: int) -> Movement:
    """Give permanent credits to somebody, or take some back where `amount` is negative (a correction).

    `command` is the id of the command that asked for it, `actor` who did. Raises `InsufficientCredits` if a
    correction takes more than the permanent credits there are, `LedgerError` for 0, and `PostingConflict` if the
    command was carried out with other content; the same command once more changes nothing.
    """
    check_amount(abs(amount), least=1)
    key = f"grant:{command}"
    first = claim(
        tx,
        key=key,
        kind=PostingKind.GRANT,
        owner=owner,
        amount=amount,
        at=at,
        content=(amount, actor, note),
        actor=actor,
        note=note,
    )
    if first is not None:
        return _movement(first)
    account = permanent_account(owner)
    if amount < 0:
        _require_permanent(tx, owner, -amount, key="errors.permanent-correction")
    book(tx, key, {account: amount, MINT: -amount})
    return Movement(key=key, kind=PostingKind.GRANT, owner=owner, amount=amount, at=at)


def gift(
    tx: Transaction, *, command: str, giver: str, recipient: str, amount: int, note: str = "", at: int
) -> Movement:
    """Pass permanent credits from one person to another; an allowance cannot be given away.

    Raises `InsufficientCredits`, `LedgerError` for a gift to oneself or below 1, and `PostingConflict` if the
    command was carried out with other content; the same command once more changes nothing.
    """
    check_amount(amount, least=1)
    if giver == recipient:
        raise LedgerError(Sentence("errors.NotToOneself"))
    key = f"gift:{command}"
    first = claim(
        tx,
        key=key,
        kind=PostingKind.GIFT,
        owner=recipient,
        amount=amount,
        at=at,
        content=(giver, amount, note),
        actor=giver,
        subject=giver,
        note=note,
    )
    if first is not None:
        return _movement(first)
    _require_permanent(tx, giver, amount, key="errors.permanent-gift")
    book(tx, key, {permanent_account(giver): -amount, permanent_account(recipient): amount})
    return Movement(key=key, kind=PostingKind.GIFT, owner=recipient, amount=amount, at=at)


def allowance(tx: Transaction, *, owner: str, period: str, amount: int, expires_at: int, at: int) -> Movement:
    """Give somebody the allowance of a period, to be spent before `expires_at`; called at the first touch.

    `period` names the rule and the span it covers, such as `day:2026-11-21`. The first touch decides: if the rule's
    figures change later in the period, what was given stays. Raises `LedgerError` for less than 1 credit or a period
    that is over.
    """
    check_amount(amount, least=1)
    key = f"allowance:{owner}:{period}"
    first = claim(
        tx,
        key=key,
        kind=PostingKind.ALLOWANCE,
        owner=owner,
        amount=amount,
        at=at,
        content=(period,),
        subject=period,
    )
    if first is not None:
        return _movement(first)
    if expires_at <= at:
        raise LedgerError(f"The allowance of {period} has expired already. Nothing was moved.")
    account = lot_account(owner, period)
    open_account(tx, account, owner=owner, kind="lot", expires_at=expires_at)
    book(tx, key, {account: amount, MINT: -amount})
    return Movement(key=key, kind=PostingKind.ALLOWANCE, owner=owner, amount=amount, at=at)


def expire_lots(tx: Transaction, *, at: int, limit: int = SWEEP_LOTS) -> Expiry:
    """Book what is left in expired lots away, at most `limit` lots at a time.

    Nothing depends on when this runs: expired lots cannot be spent in any case.
    """
    found = tx.rows(
        "SELECT id, owner, balance FROM account WHERE kind = 'lot' AND expires_at <= :at AND balance > 0 "
        "ORDER BY expires_at, id LIMIT :limit",
        at=at,
        limit=limit + 1,
    )
    for lot in found[:limit]:
        key = f"expiry:{lot['id']}"
        claim(
            tx,
            key=key,
            kind=PostingKind.EXPIRY,
            owner=lot["owner"],
            amount=lot["balance"],
            at=at,
            content=(lot["balance"],),
            subject=lot["id"].removeprefix(lot_account(lot["owner"], "")),
        )
        book(tx, key, {lot["id"]: -lot["balance"], EXPIRED: lot["balance"]})
    swept = found[:limit]
    return Expiry(lots=len(swept), credits=sum(lot["balance"] for lot in swept), more=len(found) > limit)


def _require_permanent(tx: Transaction, owner: str, amount: int, *, key: str) -> None:
    row = tx.row("SELECT balance FROM account WHERE id = :id", id=permanent_account(owner))
    available = row["balance"] if row else 0
    if available < amount:
        raise InsufficientCredits(needed=amount, available=available, key=key)


def _movement(row: Row) -> Movement:
    return Movement(
        key=row["key"],
        kind=PostingKind(row["kind"]),
        owner=row["owner"],
        amount=row["amount"],
        at=row["at"],
        repeated=True,
    )
