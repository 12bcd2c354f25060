"""The three moves that every operation is made of: claim a key, open an account, book entries.

An exception from here must leave the transaction function, so that everything written before it is undone with it.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from bot.errors import InsufficientCredits, LedgerError, PostingConflict
from bot.ledger.model import LARGEST_AMOUNT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.ledger.model import PostingKind
    from bot.storage.database import Row, Transaction

_SPENDABLE = """
SELECT id, balance FROM account
WHERE owner = :owner AND balance > 0 AND (kind = 'permanent' OR (kind = 'lot' AND expires_at > :at))
ORDER BY kind = 'permanent', expires_at, id"""


def permanent_account(owner: str) -> str:
    """Name the account of credits that never expire."""
    return f"permanent:{owner}"


def held_account(owner: str) -> str:
    """Name the account of credits set aside for jobs."""
    return f"held:{owner}"


def lot_account(owner: str, period: str) -> str:
    """Name the account of one period's allowance."""
    return f"lot:{owner}:{period}"


def check_amount(amount: int, *, least: int) -> None:
    """Refuse, with a sentence, an amount that is not between `least` and the largest one."""
    if not least <= amount <= LARGEST_AMOUNT:
        raise LedgerError(f"The amount must be between {least} and {LARGEST_AMOUNT} credits. Nothing was moved.")


def claim(
    tx: Transaction,
    *,
    key: str,
    kind: PostingKind,
    owner: str,
    amount: int,
    at: int,
    content: tuple[str | int, ...],
    actor: str = "system",
    subject: str = "",
    note: str = "",
    settles: str | None = None,
) -> Row | None:
    """Write the posting, or return the one that has this key already.

    `content` is what makes a repetition the same command; another content under the same key raises
    `PostingConflict`.
    """
    fingerprint = hashlib.sha256(json.dumps([kind, owner, *content]).encode()).hexdigest()[:32]
    written = tx.execute(
        "INSERT INTO posting (key, kind, owner, amount, fingerprint, settles, subject, actor, note, at) "
        "VALUES (:key, :kind, :owner, :amount, :fingerprint, :settles, :subject, :actor, :note, :at) "
        "ON CONFLICT (key) DO NOTHING",
        key=key,
        kind=kind,
        owner=owner,
        amount=amount,
        fingerprint=fingerprint,
        settles=settles,
        subject=subject,
        actor=actor,
        note=note,
        at=at,
    )
    if written:
        return None
    first = tx.row("SELECT * FROM posting WHERE key = :key", key=key)
    if first is None or first["fingerprint"] != fingerprint:
        raise PostingConflict(key)
    return first


def open_account(tx: Transaction, account: str, *, owner: str, kind: str, expires_at: int | None = None) -> None:
    """Make sure that an account exists."""
    tx.execute(
        "INSERT INTO account (id, owner, kind, expires_at, balance) VALUES (:id, :owner, :kind, :expires_at, 0) "
        "ON CONFLICT (id) DO NOTHING",
        id=account,
        owner=owner,
        kind=kind,
        expires_at=expires_at,
    )


def book(tx: Transaction, key: str, entries: Mapping[str, int]) -> None:
    """Write the entries of a posting and move the balances; they must sum to zero.

    Accounts are touched in the order of their names, so that two transactions cannot wait for each other. An account
    that would fall below zero raises `InsufficientCredits`.
    """
    if sum(entries.values()) != 0:
        raise ValueError(f"The entries of {key} sum to {sum(entries.values())}, not to zero.")
    for account, amount in sorted(entries.items()):
        if amount == 0:
            continue
        moved = tx.execute(
            "UPDATE account SET balance = balance + :amount "
            "WHERE id = :account AND (balance IS NULL OR balance + :amount >= 0)",
            account=account,
            amount=amount,
        )
        if moved != 1:
            row = tx.row("SELECT balance FROM account WHERE id = :account", account=account)
            raise InsufficientCredits(needed=-amount, available=row["balance"] if row else 0)
        tx.execute(
            "INSERT INTO entry (posting, account, amount) VALUES (:posting, :account, :amount)",
            posting=key,
            account=account,
            amount=amount,
        )


def draw(tx: Transaction, *, owner: str, amount: int, at: int) -> dict[str, int]:
    """Choose where `amount` credits come from: soonest-expiring lots first, permanent credits last.

    Returns what to take from each account; nothing is written. Raises `InsufficientCredits`.
    """
    taken: dict[str, int] = {}
    missing = amount
    for account in tx.rows(_SPENDABLE, owner=owner, at=at):
        if missing == 0:
            break
        taken[account["id"]] = min(missing, account["balance"])
        missing -= taken[account["id"]]
    if missing:
        raise InsufficientCredits(needed=amount, available=amount - missing)
    return taken
