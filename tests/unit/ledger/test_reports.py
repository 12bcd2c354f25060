"""History, totals, reports."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot import ledger
from bot.ledger import OwnerReport, PostingKind

if TYPE_CHECKING:
    from tests.support.books import Books

ANNA = "server:1/person:1"
BERT = "server:1/person:2"
ELSEWHERE = "server:11/person:1"


@pytest.fixture(autouse=True)
def _a_busy_week(books: Books) -> None:
    write = books.write
    write(partial(ledger.grant, command="1", owner=ANNA, amount=100, actor="admin", note="welcome", at=10))
    write(partial(ledger.grant, command="2", owner=ANNA, amount=-10, actor="admin", at=20))
    write(partial(ledger.allowance, owner=ANNA, period="day:1", amount=20, expires_at=60, at=30))
    write(partial(ledger.gift, command="3", giver=ANNA, recipient=BERT, amount=5, note="cheers", at=40))
    write(partial(ledger.hold, job="a", owner=ANNA, amount=30, at=50))
    write(partial(ledger.hold, job="b", owner=BERT, amount=5, at=50))
    write(partial(ledger.capture, job="a", amount=10, at=55))
    write(partial(ledger.release, job="b", at=55))
    write(partial(ledger.expire_lots, at=60))
    write(partial(ledger.grant, command="4", owner=ELSEWHERE, amount=7, actor="admin", at=70))


def test_history_tells_what_happened_newest_first(books: Books) -> None:
    lines = books.read(partial(ledger.history, owner=ANNA)).lines
    assert [(line.description, line.available, line.held) for line in lines] == [
        ("Expired from day:1", -10, 0),
        ("Spent on job a", 20, -30),
        ("Set aside for job a", -30, 30),
        ("Gift given: cheers", -5, 0),
        ("Allowance for day:1", 20, 0),
        ("Corrected", -10, 0),
        ("Granted: welcome", 100, 0),
    ]


def test_history_shows_each_side_of_a_gift(books: Books) -> None:
    (given,) = (line for line in books.read(partial(ledger.history, owner=ANNA)).lines if line.kind is PostingKind.GIFT)
    received = books.read(partial(ledger.history, owner=BERT)).lines[-1]
    assert (given.subject, given.actor) == (BERT, ANNA)
    assert (received.subject, received.description, received.available) == (ANNA, "Gift received: cheers", 5)


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_history_pages_join_without_gap_or_repetition(books: Books, limit: int) -> None:
    whole = books.read(partial(ledger.history, owner=ANNA)).lines
    lines: list[ledger.HistoryLine] = []
    mark = None
    while True:
        page = books.read(partial(ledger.history, owner=ANNA, before=mark, limit=limit))
        lines.extend(page.lines)
        mark = page.next
        if mark is None:
            break
        assert len(page.lines) == limit
    assert tuple(lines) == whole


def test_history_page_is_not_shifted_by_what_happens_meanwhile(books: Books) -> None:
    whole = books.read(partial(ledger.history, owner=ANNA)).lines
    first = books.read(partial(ledger.history, owner=ANNA, limit=3))
    books.write(partial(ledger.grant, command="5", owner=ANNA, amount=1, actor="admin", at=80))
    second = books.read(partial(ledger.history, owner=ANNA, before=first.next))
    assert first.lines + second.lines == whole


def test_history_of_somebody_unknown_is_empty(books: Books) -> None:
    page = books.read(partial(ledger.history, owner="server:1/person:404"))
    assert (page.lines, page.next) == ((), None)


def test_totals_say_where_all_credits_are(books: Books) -> None:
    totals = books.read(ledger.totals)
    assert totals == ledger.Totals(minted=117, permanent=97, lots=0, held=0, captured=10, expired=10)


def test_report_lists_the_owners_of_one_server_by_spending(books: Books) -> None:
    found = books.read(partial(ledger.report, prefix="server:1/", since=0, until=1000))
    assert found == [
        OwnerReport(owner=ANNA, granted=90, allowance=20, spent=10, expired=10, clips=1),
        OwnerReport(owner=BERT, granted=0, allowance=0, spent=0, expired=0, clips=0),
    ]


def test_report_covers_its_span_alone(books: Books) -> None:
    found = books.read(partial(ledger.report, prefix="server:1/", since=20, until=55))
    assert found[0] == OwnerReport(owner=ANNA, granted=-10, allowance=20, spent=0, expired=0, clips=0)
