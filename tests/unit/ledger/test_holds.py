"""Hold, capture, release."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot import ledger
from bot.errors import InsufficientCredits, LedgerError, PostingConflict, UnknownHold
from bot.ledger import Balance, Lot, PostingKind

if TYPE_CHECKING:
    from tests.support.books import Books

ANNA = "server:1/person:1"
BERT = "server:1/person:2"


def give(books: Books, amount: int, owner: str = ANNA) -> None:
    books.write(partial(ledger.grant, command=f"{owner}{amount}", owner=owner, amount=amount, actor="admin", at=1))


def allow(books: Books, period: str, amount: int, expires_at: int) -> None:
    books.write(partial(ledger.allowance, owner=ANNA, period=period, amount=amount, expires_at=expires_at, at=1))


def balance(books: Books, at: int = 2, owner: str = ANNA) -> Balance:
    return books.read(partial(ledger.balance, owner=owner, at=at))


def test_hold_moves_credits_from_available_to_held(books: Books) -> None:
    give(books, 100)
    held = books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=30, at=2))
    assert (held.job, held.owner, held.amount, held.at, held.repeated) == ("j1", ANNA, 30, 2, False)
    assert balance(books) == Balance(permanent=70, lots=(), held=30)


def test_hold_draws_the_soonest_expiring_lots_first_and_permanent_credits_last(books: Books) -> None:
    give(books, 100)
    allow(books, "late", 20, expires_at=900)
    allow(books, "soon", 10, expires_at=500)
    books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=15, at=2))
    assert balance(books) == Balance(permanent=100, lots=(Lot("late", 15, 900),), held=15)
    books.write(partial(ledger.hold, job="j2", owner=ANNA, amount=25, at=2))
    assert balance(books) == Balance(permanent=90, lots=(), held=40)


def test_hold_ignores_lots_that_have_expired(books: Books) -> None:
    allow(books, "day", 20, expires_at=100)
    with pytest.raises(InsufficientCredits) as refused:
        books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=5, at=100))
    assert (refused.value.needed, refused.value.available) == (5, 0)
    books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=5, at=99))


def test_hold_takes_all_or_nothing(books: Books) -> None:
    give(books, 10)
    allow(books, "day", 5, expires_at=100)
    with pytest.raises(InsufficientCredits, match=r"needs 16 credits and 15 are available. Nothing was charged"):
        books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=16, at=2))
    assert balance(books) == Balance(permanent=10, lots=(Lot("day", 5, 100),), held=0)
    assert books.read(partial(ledger.find_hold, job="j1")) is None


def test_hold_does_not_touch_the_credits_of_others(books: Books) -> None:
    give(books, 100, BERT)
    with pytest.raises(InsufficientCredits):
        books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=1, at=2))


def test_hold_repeated_reports_the_first_outcome_even_when_nothing_is_left(books: Books) -> None:
    give(books, 30)
    first = books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=30, at=2))
    second = books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=30, at=9))
    assert second == first
    assert second.repeated
    assert balance(books).held == 30


@pytest.mark.parametrize(("owner", "amount"), [(ANNA, 31), (BERT, 30)])
def test_hold_of_the_same_job_with_other_content_is_refused(books: Books, owner: str, amount: int) -> None:
    give(books, 100)
    books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=30, at=2))
    with pytest.raises(PostingConflict):
        books.write(partial(ledger.hold, job="j1", owner=owner, amount=amount, at=2))


@pytest.mark.parametrize("amount", [-1, 1_000_000_001, 2**70])
def test_amounts_out_of_range_get_a_sentence(books: Books, amount: int) -> None:
    give(books, 100)
    with pytest.raises(LedgerError, match=r"between 0 and 1000000000 credits. Nothing was moved"):
        books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=amount, at=2))


def test_a_job_that_costs_nothing_holds_and_settles_nothing(books: Books) -> None:
    books.write(partial(ledger.hold, job="free", owner=ANNA, amount=0, at=2))
    ended = books.write(partial(ledger.capture, job="free", amount=0, at=3))
    assert (ended.captured, ended.released) == (0, 0)


def test_capture_spends_the_whole_hold(books: Books) -> None:
    give(books, 100)
    books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=30, at=2))
    ended = books.write(partial(ledger.capture, job="j1", amount=30, at=3))
    assert (ended.kind, ended.captured, ended.released, ended.at) == (PostingKind.CAPTURE, 30, 0, 3)
    assert balance(books) == Balance(permanent=70, lots=(), held=0)
    assert books.read(ledger.totals).captured == 30


def test_partial_capture_returns_permanent_credits_first(books: Books) -> None:
    give(books, 10)
    allow(books, "soon", 10, expires_at=500)
    allow(books, "late", 10, expires_at=900)
    books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=30, at=2))
    ended = books.write(partial(ledger.capture, job="j1", amount=13, at=3))
    assert (ended.captured, ended.released) == (13, 17)
    assert balance(books) == Balance(permanent=10, lots=(Lot("late", 7, 900),), held=0)


def test_capture_of_more_than_is_held_is_refused(books: Books) -> None:
    give(books, 100)
    books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=30, at=2))
    with pytest.raises(LedgerError, match=r"cannot cost 31 credits: 30 are set aside. Nothing was charged"):
        books.write(partial(ledger.capture, job="j1", amount=31, at=3))
    assert balance(books).held == 30


def test_release_returns_credits_to_where_they_came_from(books: Books) -> None:
    give(books, 10)
    allow(books, "soon", 10, expires_at=500)
    before = balance(books)
    books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=15, at=2))
    ended = books.write(partial(ledger.release, job="j1", at=3))
    assert (ended.kind, ended.captured, ended.released) == (PostingKind.RELEASE, 0, 15)
    assert balance(books) == before


@pytest.mark.parametrize("swept", [False, True])
def test_release_pays_an_expired_lot_back_as_permanent_credits(books: Books, swept: bool) -> None:  # noqa: FBT001
    allow(books, "day", 20, expires_at=100)
    allow(books, "week", 20, expires_at=900)
    books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=25, at=2))
    if swept:
        books.write(partial(ledger.expire_lots, at=100))
    books.write(partial(ledger.release, job="j1", at=100))
    assert balance(books, at=100) == Balance(permanent=20, lots=(Lot("week", 20, 900),), held=0)


def test_release_never_refills_a_lot_that_was_swept_although_the_clock_went_back(books: Books) -> None:
    allow(books, "day", 20, expires_at=100)
    books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=15, at=2))
    books.write(partial(ledger.expire_lots, at=100))
    books.write(partial(ledger.release, job="j1", at=99))
    assert balance(books, at=99) == Balance(permanent=15, lots=(), held=0)
    assert books.write(partial(ledger.expire_lots, at=200)).lots == 0


def test_settlements_repeated_report_the_first_outcome(books: Books) -> None:
    give(books, 100)
    for job in ("captured", "released"):
        books.write(partial(ledger.hold, job=job, owner=ANNA, amount=30, at=2))
    captured = books.write(partial(ledger.capture, job="captured", amount=20, at=3))
    released = books.write(partial(ledger.release, job="released", at=3))
    after = balance(books)
    again = books.write(partial(ledger.capture, job="captured", amount=20, at=9))
    assert again == captured
    assert again.repeated
    again = books.write(partial(ledger.release, job="released", at=9))
    assert again == released
    assert again.repeated
    assert balance(books) == after


def test_exactly_one_of_capture_and_release_follows_a_hold(books: Books) -> None:
    give(books, 100)
    for job in ("captured", "released"):
        books.write(partial(ledger.hold, job=job, owner=ANNA, amount=30, at=2))
    books.write(partial(ledger.capture, job="captured", amount=30, at=3))
    books.write(partial(ledger.release, job="released", at=3))
    after = balance(books)
    with pytest.raises(PostingConflict):
        books.write(partial(ledger.release, job="captured", at=4))
    with pytest.raises(PostingConflict):
        books.write(partial(ledger.capture, job="captured", amount=29, at=4))
    for amount in (0, 30):
        with pytest.raises(PostingConflict):
            books.write(partial(ledger.capture, job="released", amount=amount, at=4))
    assert balance(books) == after


def test_nothing_settles_without_a_hold(books: Books) -> None:
    with pytest.raises(UnknownHold):
        books.write(partial(ledger.release, job="j1", at=4))
    with pytest.raises(UnknownHold, match="No credits are set aside for job j1"):
        books.write(partial(ledger.capture, job="j1", amount=1, at=4))


def test_holds_and_settlements_can_be_found(books: Books) -> None:
    give(books, 100)
    assert books.read(partial(ledger.find_hold, job="j1")) is None
    held = books.write(partial(ledger.hold, job="j1", owner=ANNA, amount=30, at=2))
    assert books.read(partial(ledger.find_hold, job="j1")) == held
    assert books.read(partial(ledger.find_settlement, job="j1")) is None
    ended = books.write(partial(ledger.capture, job="j1", amount=10, at=3))
    assert books.read(partial(ledger.find_settlement, job="j1")) == ended
