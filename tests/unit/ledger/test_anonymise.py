"""Forgetting whose credits they were: no name is left, and every sum stays."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot import ledger
from bot.ledger.anonymise import anonymise, forget_caps, owners

if TYPE_CHECKING:
    from tests.support.books import Books

MIA, NOOR, ALIAS = "server:1/person:2", "server:1/person:22", "server:1/erased:x"
CAP = ledger.Cap("person:1:2", "d", 100)
OTHER_CAP = ledger.Cap("person:1:22", "d", 100)


def give(books: Books, owner: str, amount: int, *, actor: str = "server:1/person:9", command: str = "c") -> None:
    books.write(
        lambda tx: ledger.grant(
            tx, command=f"{command}{len(owner)}", owner=owner, amount=amount, actor=actor, note="for the lamp", at=1
        )
    )


def test_nobody_is_named_any_more_and_all_sums_stay(books: Books) -> None:
    give(books, MIA, 50)
    give(books, NOOR, 5, actor=MIA)
    books.write(lambda tx: ledger.allowance(tx, owner=MIA, period="a", amount=7, expires_at=10, at=1))
    books.write(lambda tx: ledger.allowance(tx, owner=MIA, period="b", amount=7, expires_at=99, at=1))
    books.write(lambda tx: ledger.expire_lots(tx, at=11))
    books.write(lambda tx: ledger.hold(tx, job="free", owner=MIA, amount=0, at=12))
    books.write(lambda tx: ledger.hold(tx, job="done", owner=MIA, amount=10, caps=[CAP], at=12))
    books.write(lambda tx: ledger.capture(tx, job="done", amount=10, at=13))
    books.write(lambda tx: ledger.gift(tx, command="g", giver=MIA, recipient=NOOR, amount=4, note="hello", at=14))
    before = books.read(ledger.totals)

    books.write(lambda tx: anonymise(tx, owner=MIA, alias=ALIAS))
    books.write(lambda tx: forget_caps(tx, prefix="person:", suffix=":2"))

    assert books.read(ledger.totals) == before
    assert books.read(lambda tx: ledger.balance(tx, owner=MIA, at=15)) == ledger.Balance(0, (), 0)
    assert books.read(lambda tx: ledger.balance(tx, owner=ALIAS, at=15)).available == 50 + 7 - 10 - 4
    assert books.read(lambda tx: ledger.balance(tx, owner=NOOR, at=15)).available == 9
    rows = [
        *books.rows("SELECT * FROM posting"),
        *books.rows("SELECT * FROM account"),
        *books.rows("SELECT * FROM entry"),
    ]
    values = [str(value) for row in rows for value in row.values()]
    assert [value for value in values if value.replace(NOOR, "").find(MIA) >= 0] == []
    assert {row["note"] for row in books.rows("SELECT note FROM posting")} == {""}


def test_an_open_hold_can_still_be_settled(books: Books) -> None:
    give(books, MIA, 20)
    books.write(lambda tx: ledger.allowance(tx, owner=MIA, period="a", amount=5, expires_at=99, at=1))
    for job in ("one", "two"):
        books.write(partial(ledger.hold, job=job, owner=MIA, amount=8, caps=[CAP], at=2))

    books.write(lambda tx: anonymise(tx, owner=MIA, alias=ALIAS))
    books.write(lambda tx: forget_caps(tx, prefix="person:", suffix=":2"))
    books.write(lambda tx: ledger.capture(tx, job="one", amount=6, at=3))
    books.write(lambda tx: ledger.release(tx, job="two", at=3))

    kept = books.read(lambda tx: ledger.balance(tx, owner=ALIAS, at=4))
    assert (kept.available, kept.held) == (19, 0)


def test_only_the_counters_of_the_person_go(books: Books) -> None:
    for owner, cap in ((MIA, CAP), (NOOR, OTHER_CAP)):
        give(books, owner, 20)
        books.write(partial(ledger.hold, job=owner, owner=owner, amount=8, caps=[cap], at=2))

    books.write(lambda tx: forget_caps(tx, prefix="person:", suffix=":2"))

    assert [row["scope"] for row in books.rows("SELECT scope FROM cap_use")] == ["person:1:22"]


def test_a_name_that_begins_alike_is_somebody_else(books: Books) -> None:
    give(books, MIA, 1)
    give(books, NOOR, 2)

    books.write(lambda tx: anonymise(tx, owner=MIA, alias=ALIAS))

    assert books.read(lambda tx: owners(tx, prefix="server:1/person:")) == [NOOR]
    assert books.read(lambda tx: owners(tx, suffix="/person:22")) == [NOOR]
    assert books.read(lambda tx: owners(tx, suffix="/person:2")) == []
