"""The audit finds every kind of damage, and damage stops spending."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot import ledger
from bot.errors import LedgerDrift
from bot.ledger import SpendingGuard

if TYPE_CHECKING:
    from bot.ledger import AuditReport
    from bot.storage.database import Transaction
    from tests.support.books import Books

ANNA = "server:1/person:1"


def use(books: Books) -> None:
    caps = [ledger.Cap("person:1", "2026-11-21", 500)]
    books.write(partial(ledger.grant, command="1", owner=ANNA, amount=100, actor="admin", at=1))
    for job in ("captured", "released", "open"):
        books.write(partial(ledger.hold, job=job, owner=ANNA, amount=20, caps=caps, at=2))
    books.write(partial(ledger.capture, job="captured", amount=15, at=3))
    books.write(partial(ledger.release, job="released", at=3))


def tamper(books: Books, *statements: str) -> AuditReport:
    def change(tx: Transaction) -> None:
        for statement in statements:
            assert tx.execute(statement) == 1

    books.write(change)
    return books.read(ledger.audit)


def test_sound_books_pass(books: Books) -> None:
    use(books)
    report = books.read(ledger.audit)
    assert report.clean
    assert report.postings == 6


@pytest.mark.parametrize(
    ("rule", "subject", "statements"),
    [
        (
            "all entries sum to zero",
            "ledger",
            ["UPDATE entry SET amount = amount + 1 WHERE posting = 'grant:1' AND account = 'mint'"],
        ),
        (
            "the entries of each posting sum to zero",
            "settle:captured",
            ["DELETE FROM entry WHERE posting = 'settle:captured' AND account = 'revenue'"],
        ),
        (
            "each balance is the sum of its entries",
            f"permanent:{ANNA}",
            ["UPDATE account SET balance = balance + 1 WHERE kind = 'permanent'"],
        ),
        (
            "what is held is the sum of the open holds",
            f"held:{ANNA}",
            ["UPDATE account SET balance = balance - 1 WHERE kind = 'held'"],
        ),
        (
            "each hold set its amount aside",
            "hold:open",
            ["UPDATE posting SET amount = amount + 1 WHERE key = 'hold:open'"],
        ),
        (
            "each settlement ends a whole hold",
            "settle:released",
            [f"UPDATE entry SET amount = amount + 1 WHERE posting = 'settle:released' AND account = 'held:{ANNA}'"],
        ),
        (
            "each settlement ends a whole hold",
            "settle:captured",
            ["UPDATE posting SET settles = 'grant:1' WHERE key = 'settle:captured'"],
        ),
        (
            "revenue is what was captured",
            "settle:captured",
            ["UPDATE posting SET amount = 14 WHERE key = 'settle:captured'"],
        ),
        (
            "each spending counter is the sum of its movements",
            "person:1 2026-11-21",
            ["UPDATE cap_use SET amount = amount - 1"],
        ),
    ],
)
def test_damage_is_found(tampered_books: Books, rule: str, subject: str, statements: list[str]) -> None:
    use(tampered_books)
    report = tamper(tampered_books, *statements)
    assert not report.clean
    assert (rule, subject) in [(problem.rule, problem.subject) for problem in report.problems]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE account SET balance = -1 WHERE kind = 'permanent'",
        "UPDATE cap_use SET amount = -1",
        "UPDATE entry SET amount = 0 WHERE posting = 'grant:1'",
        "UPDATE posting SET amount = -1 WHERE kind = 'hold'",
        "UPDATE posting SET settles = 'hold:captured' WHERE key = 'settle:released'",
        "UPDATE posting SET settles = 'hold:unknown' WHERE key = 'settle:released'",
        "UPDATE posting SET settles = NULL WHERE key = 'settle:released'",
        "UPDATE posting SET kind = 'present' WHERE key = 'grant:1'",
        "UPDATE account SET balance = 5 WHERE id = 'mint'",
        "DELETE FROM account WHERE kind = 'held'",
        "DELETE FROM posting WHERE key = 'hold:open'",
    ],
)
def test_the_database_itself_refuses_the_impossible(books: Books, statement: str) -> None:
    use(books)
    with pytest.raises(sqlite3.IntegrityError):
        books.write(lambda tx: tx.execute(statement))


def test_drift_stops_spending_until_the_books_add_up_again(
    tampered_books: Books, caplog: pytest.LogCaptureFixture
) -> None:
    use(tampered_books)
    guard = SpendingGuard()
    guard.observe(tampered_books.read(ledger.audit))
    guard.check()
    guard.observe(tamper(tampered_books, "UPDATE account SET balance = balance + 1 WHERE kind = 'permanent'"))
    assert not guard.is_open
    with pytest.raises(LedgerDrift, match=r"Spending is paused.*Nothing was charged") as stopped:
        guard.check()
    assert "permanent:server:1/person:1: found 66, expected 65" in stopped.value.problems[0]
    assert "spending is stopped" in caplog.text
    guard.observe(tamper(tampered_books, "UPDATE account SET balance = balance - 1 WHERE kind = 'permanent'"))
    guard.check()
