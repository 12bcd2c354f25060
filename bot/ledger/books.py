"""The three moves that every operation is made of: claim a key, open an account, book entries.

An exception from here must leave the transaction function, so that everything written before it is undone with it.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from bot.errors import InsufficientCredits, LedgerError, PostingConflict
from bot.ledger.model import LARGEST_AMOUNT, SYSTEM_ACCOUNTS
from bot.texts import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.ledger.model import PostingKind
    from bot.storage.database import Row, Transaction

_SPENDABLE = """
SELECT id, balance, expires_at FROM account WHERE owner = :owner AND expires_at > :at AND balance > 0
UNION ALL
SELECT id, balance, expires_at FROM account WHERE id = :permanent AND balance > 0
ORDER BY expires_at NULLS LAST, id"""


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
        raise LedgerError(Sentence("errors.amount", least=least, largest=LARGEST_AMOUNT))


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
    fingerprint = hashlib.sha256(json.dumps([kind.value, owner, *content]).encode()).hexdigest()[:32]
    written = tx.execute(
        "INSERT INTO posting (key, kind, owner, amount, fingerprint, settles, subject, actor, note, at) "
        "VALUES (:key, :kind, :owner, :amount, :fingerprint, :settles, :subject, :actor, :note, :at) "
        "ON CONFLICT (key) DO NOTHING",
        key=key,
        kind=kind.value,
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
    """Create an account with nothing in it."""
    tx.execute(
        "INSERT INTO account (id, owner, kind, expires_at, balance) VALUES (:id, :owner, :kind, :expires_at, 0)",
        id=account,
        owner=owner,
        kind=kind,
        expires_at=expires_at,
    )


def book(tx: Transaction, key: str, entries: Mapping[str, int]) -> None:
    """Write the entries of a posting and move the balances; they must sum to zero.

    Accounts are touched in the order of their names, so that two transactions cannot wait for each other. A permanent
    or held account that receives its first credits is opened. An account that would fall below zero raises
    `InsufficientCredits`.
    """
    if sum(entries.values()) != 0:
        raise ValueError(f"The entries of {key} sum to {sum(entries.values())}, not to zero.")
    for account, amount in sorted(entries.items()):
        if amount == 0:
            continue
        if account not in SYSTEM_ACCOUNTS and not _move(tx, account, amount):
            row = tx.row("SELECT balance FROM account WHERE id = :account", account=account)
            if row is not None or amount < 0:
                raise InsufficientCredits(needed=-amount, available=row["balance"] if row else 0)
            kind, _, owner = account.partition(":")
            open_account(tx, account, owner=owner, kind=kind)
            _move(tx, account, amount)
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
    for account in tx.rows(_SPENDABLE, owner=owner, permanent=permanent_account(owner), at=at):
        if missing == 0:
            break
        taken[account["id"]] = min(missing, account["balance"])
        missing -= taken[account["id"]]
    if missing:
        raise InsufficientCredits(needed=amount, available=amount - missing)
    return taken


def _move(tx: Transaction, account: str, amount: int) -> bool:
    """Change a balance unless the account is missing or would fall below zero."""
    moved = tx.execute(
        "UPDATE account SET balance = balance + :amount WHERE id = :account AND balance + :amount >= 0",
        account=account,
        amount=amount,
    )
    return moved == 1
