"""Limits on spending."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot import ledger
from bot.errors import CapReached
from bot.ledger import Cap

if TYPE_CHECKING:
    from tests.support.books import Books

ANNA = "server:1/person:1"


@pytest.fixture(autouse=True)
def _rich(books: Books) -> None:
    books.write(partial(ledger.grant, command="1", owner=ANNA, amount=1000, actor="admin", at=1))


def hold(books: Books, job: str, amount: int, *caps: Cap) -> None:
    books.write(partial(ledger.hold, job=job, owner=ANNA, amount=amount, caps=caps, at=2))


def used(books: Books, scope: str = "person:1", day: str = "2026-11-21") -> int:
    return books.read(partial(ledger.cap_used, scope=scope, day=day))


def person(limit: int, day: str = "2026-11-21") -> Cap:
    return Cap("person:1", day, limit)


def server(limit: int) -> Cap:
    return Cap("server:1", "2026-11-21", limit)


def test_a_cap_allows_exactly_its_limit(books: Books) -> None:
    hold(books, "j1", 60, person(100))
    hold(books, "j2", 40, person(100))
    with pytest.raises(CapReached) as refused:
        hold(books, "j3", 1, person(100))
    assert (refused.value.scope, refused.value.limit, refused.value.used, refused.value.asked) == (
        "person:1",
        100,
        100,
        1,
    )
    assert used(books) == 100


def test_the_first_hold_of_a_day_is_limited_too(books: Books) -> None:
    with pytest.raises(CapReached):
        hold(books, "j1", 101, person(100))
    with pytest.raises(CapReached):
        hold(books, "j1", 1, person(0))
    assert used(books) == 0


def test_all_caps_count_or_none(books: Books) -> None:
    with pytest.raises(CapReached, match="daily limit of this server is 20 credits"):
        hold(books, "j1", 30, person(100), server(20))
    assert used(books) == 0
    assert used(books, "server:1") == 0
    assert books.read(partial(ledger.balance, owner=ANNA, at=2)).available == 1000


def test_each_day_counts_on_its_own(books: Books) -> None:
    hold(books, "j1", 100, person(100))
    hold(books, "j2", 100, person(100, day="2026-11-22"))
    assert used(books) == used(books, day="2026-11-22") == 100


def test_a_repeated_hold_counts_once_and_ignores_a_limit_that_changed(books: Books) -> None:
    hold(books, "j1", 60, person(100))
    hold(books, "j1", 60, person(10))
    assert used(books) == 60


def test_release_gives_the_use_back_on_the_day_of_the_hold(books: Books) -> None:
    hold(books, "j1", 60, person(100), server(100))
    books.write(partial(ledger.release, job="j1", at=3))
    books.write(partial(ledger.release, job="j1", at=3))
    assert used(books) == used(books, "server:1") == 0
    hold(books, "j2", 100, person(100))


def test_partial_capture_gives_back_what_was_not_spent(books: Books) -> None:
    hold(books, "j1", 60, person(100))
    books.write(partial(ledger.capture, job="j1", amount=25, at=3))
    assert used(books) == 25


def test_a_lowered_limit_stops_new_spending_only(books: Books) -> None:
    hold(books, "j1", 60, person(100))
    with pytest.raises(CapReached):
        hold(books, "j2", 1, person(50))
    books.write(partial(ledger.release, job="j1", at=3))
    hold(books, "j2", 50, person(50))
