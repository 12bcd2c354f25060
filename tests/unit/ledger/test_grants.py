"""Grants, corrections, gifts, allowances, expiry."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot import ledger
from bot.errors import InsufficientCredits, LedgerError, PostingConflict
from bot.ledger import Balance, Lot

if TYPE_CHECKING:
    from tests.support.books import Books

ANNA = "server:1/person:1"
BERT = "server:1/person:2"


def balance(books: Books, owner: str = ANNA, at: int = 2) -> Balance:
    return books.read(partial(ledger.balance, owner=owner, at=at))


def grant(books: Books, amount: int, command: str = "c1", note: str = "") -> ledger.Movement:
    return books.write(
        partial(ledger.grant, command=command, owner=ANNA, amount=amount, actor="admin", note=note, at=1)
    )


def gift(books: Books, amount: int, command: str = "g1", recipient: str = BERT) -> ledger.Movement:
    return books.write(
        partial(ledger.gift, command=command, giver=ANNA, recipient=recipient, amount=amount, note="", at=2)
    )


def allow(books: Books, amount: int, period: str = "day:1", expires_at: int = 100, at: int = 1) -> ledger.Movement:
    return books.write(
        partial(ledger.allowance, owner=ANNA, period=period, amount=amount, expires_at=expires_at, at=at)
    )


def test_grant_adds_permanent_credits_once(books: Books) -> None:
    first = grant(books, 50)
    second = grant(books, 50)
    assert first == second
    assert (first.repeated, second.repeated) == (False, True)
    assert balance(books) == Balance(permanent=50, lots=(), held=0)


@pytest.mark.parametrize(("amount", "note"), [(51, ""), (50, "other"), (-50, "")])
def test_grant_with_the_key_of_another_is_refused(books: Books, amount: int, note: str) -> None:
    grant(books, 50)
    with pytest.raises(PostingConflict):
        grant(books, amount, note=note)
    assert balance(books).permanent == 50


def test_correction_takes_permanent_credits_back(books: Books) -> None:
    grant(books, 50)
    grant(books, -20, command="c2")
    assert balance(books).permanent == 30
    assert books.read(ledger.totals).minted == 30


def test_correction_takes_no_more_than_there_is(books: Books) -> None:
    grant(books, 50)
    allow(books, 20)
    with pytest.raises(InsufficientCredits, match=r"needs 51 credits and 50 are available.*only take permanent"):
        grant(books, -51, command="c2")
    assert balance(books).available == 70


@pytest.mark.parametrize("amount", [0, 1_000_000_001, -1_000_000_001, 2**70])
def test_grant_out_of_range_is_refused_with_a_sentence(books: Books, amount: int) -> None:
    with pytest.raises(LedgerError, match="Nothing was moved"):
        grant(books, amount)


def test_gift_passes_permanent_credits_on_once(books: Books) -> None:
    grant(books, 50)
    assert gift(books, 20) == gift(books, 20)
    assert (balance(books).permanent, balance(books, BERT).permanent) == (30, 20)
    assert books.read(ledger.totals).minted == 50


def test_an_allowance_cannot_be_given_away(books: Books) -> None:
    grant(books, 5)
    allow(books, 100)
    with pytest.raises(InsufficientCredits, match="only permanent credits can be given away") as refused:
        gift(books, 6)
    assert refused.value.available == 5


def test_gift_from_somebody_without_an_account_is_refused(books: Books) -> None:
    with pytest.raises(InsufficientCredits):
        gift(books, 1)


@pytest.mark.parametrize("amount", [0, -5])
def test_gift_cannot_take_credits_from_the_recipient(books: Books, amount: int) -> None:
    grant(books, 50)
    with pytest.raises(LedgerError, match="between 1 and"):
        gift(books, amount)


def test_gift_to_oneself_is_refused(books: Books) -> None:
    grant(books, 50)
    with pytest.raises(LedgerError, match="to oneself"):
        gift(books, 5, recipient=ANNA)


@pytest.mark.parametrize(("amount", "recipient"), [(21, BERT), (20, "server:1/person:3")])
def test_gift_with_the_key_of_another_is_refused(books: Books, amount: int, recipient: str) -> None:
    grant(books, 50)
    gift(books, 20)
    with pytest.raises(PostingConflict):
        gift(books, amount, recipient=recipient)


def test_allowance_is_given_at_the_first_touch_of_a_period(books: Books) -> None:
    first = allow(books, 20)
    assert (first.amount, first.repeated) == (20, False)
    assert allow(books, 20).repeated
    assert balance(books) == Balance(permanent=0, lots=(Lot("day:1", 20, 100),), held=0)
    allow(books, 20, period="day:2", expires_at=200)
    assert balance(books).available == 40


def test_allowance_of_a_period_is_decided_by_its_first_touch(books: Books) -> None:
    allow(books, 20)
    again = allow(books, 50, expires_at=500)
    assert (again.amount, again.repeated) == (20, True)
    assert balance(books).lots == (Lot("day:1", 20, 100),)


def test_allowance_of_a_period_that_is_over_is_refused(books: Books) -> None:
    with pytest.raises(LedgerError, match="expired already"):
        allow(books, 20, expires_at=100, at=100)
    allow(books, 20)
    assert allow(books, 20, at=100).repeated


def test_sweep_books_expired_lots_away_and_leaves_the_others(books: Books) -> None:
    grant(books, 5)
    allow(books, 20, "day:1", expires_at=100)
    allow(books, 30, "week:1", expires_at=101)
    swept = books.write(partial(ledger.expire_lots, at=100))
    assert (swept.lots, swept.credits, swept.more) == (1, 20, False)
    assert balance(books, at=100) == Balance(permanent=5, lots=(Lot("week:1", 30, 101),), held=0)
    assert books.read(ledger.totals).expired == 20
    assert books.write(partial(ledger.expire_lots, at=100)).lots == 0


def test_sweep_works_in_portions(books: Books) -> None:
    for day in range(5):
        allow(books, 10, f"day:{day}", expires_at=100 + day)
    portions = [books.write(partial(ledger.expire_lots, at=500, limit=2)) for _ in range(3)]
    assert [(portion.lots, portion.more) for portion in portions] == [(2, True), (2, True), (1, False)]


def test_sweep_takes_only_what_is_not_held(books: Books) -> None:
    allow(books, 20)
    books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=15, at=2))
    assert books.write(partial(ledger.expire_lots, at=100)).credits == 5
    books.write(partial(ledger.capture, job="j1", amount=15, at=101))
    assert books.read(ledger.totals).captured == 15
