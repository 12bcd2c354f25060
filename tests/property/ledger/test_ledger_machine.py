"""The ledger under random operations; and proof that the machine sees what it is there to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from bot import ledger
from bot.ledger import PostingKind, Settlement, books
from tests.support.ledger_machine import LedgerMachine, Operations

if TYPE_CHECKING:
    from bot.ledger import Hold
    from bot.storage.database import Transaction
    from tests.support.books import Books

SOUND = settings(
    max_examples=100, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
PLANTED = settings(SOUND, max_examples=300, derandomize=True, phases=[Phase.generate], report_multiple_bugs=False)


def test_ledger_withstands_any_order_of_operations() -> None:
    run_state_machine_as_test(LedgerMachine, settings=SOUND)


class RefundsTwice(Operations):
    """A repeated release pays once more, under a key of its own."""

    def release(self, books: Books, **arguments: Any) -> Settlement:
        settlement = super().release(books, **arguments)
        if settlement.repeated and settlement.released:
            key, owner, amount, at = f"refund:{settlement.job}", settlement.owner, settlement.released, arguments["at"]
            self.grant(books, command=key, owner=owner, amount=amount, actor="system", at=at)
        return settlement


class ForgetsToRelease(Operations):
    """A release writes its posting and moves nothing."""

    def release(self, books: Books, **arguments: Any) -> Settlement:
        return books.write(lambda tx: _write_release_posting_alone(tx, **arguments))


class ReadsThenWrites(Operations):
    """A hold reads the balance in one transaction and stores what it leaves in another."""

    def hold(self, books: Books, **arguments: Any) -> Hold:
        owner, amount, at = arguments["owner"], arguments["amount"], arguments["at"]
        before = books.read(lambda tx: ledger.balance(tx, owner=owner, at=at))
        held = super().hold(books, **arguments)
        if not held.repeated and not before.lots:
            books.write(lambda tx: _store_balance(tx, owner, before.permanent - amount))
        return held


@pytest.mark.parametrize(
    ("fault", "seen_by"),
    [
        (RefundsTwice, "person:. has Balance"),
        (ForgetsToRelease, "the audit found: .*each settlement ends a whole hold"),
        (ReadsThenWrites, "the audit found: .*each balance is the sum of its entries"),
    ],
)
def test_machine_catches_a_planted_fault(fault: type[Operations], seen_by: str) -> None:
    machine = type(f"{fault.__name__}Machine", (LedgerMachine,), {"operations": fault()})
    with pytest.raises(AssertionError, match=seen_by):
        run_state_machine_as_test(machine, settings=PLANTED)


def _write_release_posting_alone(tx: Transaction, *, job: str, at: int) -> Settlement:
    held = ledger.find_hold(tx, job)
    if held is None:
        return ledger.release(tx, job=job, at=at)
    first = books.claim(
        tx,
        key=f"settle:{job}",
        kind=PostingKind.RELEASE,
        owner=held.owner,
        amount=held.amount,
        at=at,
        content=(0,),
        subject=job,
        settles=f"hold:{job}",
    )
    return Settlement(
        job=job,
        owner=held.owner,
        kind=PostingKind.RELEASE,
        captured=0,
        released=held.amount,
        at=first["at"] if first else at,
        repeated=first is not None,
    )


def _store_balance(tx: Transaction, owner: str, balance: int) -> None:
    account = books.permanent_account(owner)
    tx.execute("UPDATE account SET balance = :balance WHERE id = :account", balance=balance, account=account)
