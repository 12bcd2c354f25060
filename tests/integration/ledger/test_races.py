"""Many spend at once, through two connections to one file: exactly those that fit succeed."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot import ledger
from bot.errors import CapReached, InsufficientCredits, PostingConflict
from bot.storage import connection as session
from bot.storage.migrate import load_migrations, migrate
from bot.storage.sqlite import SqliteDatabase

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

ANNA = "server:1/person:1"
SPENDS = 50
PRICE = 7
BALANCE = 150
FITTING = BALANCE // PRICE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database in which somebody has 100 permanent credits and an allowance of 50."""
    path = tmp_path / "soundstage.db"
    with closing(session.connect(path)) as connection:
        session.write(connection, lambda tx: migrate(tx, load_migrations(), at=1))
        give = partial(ledger.grant, command="1", owner=ANNA, amount=100, actor="admin", at=1)
        allow = partial(ledger.allowance, owner=ANNA, period="day:1", amount=50, expires_at=1000, at=1)
        session.write(connection, give)
        session.write(connection, allow)
    return path


def books_after(path: Path) -> ledger.Balance:
    with closing(session.connect(path, read_only=True)) as connection:
        assert session.read(connection, ledger.audit).clean
        return session.read(connection, partial(ledger.balance, owner=ANNA, at=2))


def spend_in_threads(path: Path, spend: Callable[[sqlite3.Connection, int], bool]) -> int:
    """Let two threads with a connection each spend in turns of their own; return how many succeeded."""
    together = threading.Barrier(2)

    def work(first: int) -> int:
        with closing(session.connect(path)) as connection:
            together.wait(10)
            return sum(spend(connection, number) for number in range(first, SPENDS, 2))

    with ThreadPoolExecutor(2) as threads:
        return sum(threads.map(work, range(2)))


def hold(connection: sqlite3.Connection, number: int) -> bool:
    try:
        session.write(connection, partial(ledger.hold, job=f"j{number}", owner=ANNA, amount=PRICE, at=2))
    except InsufficientCredits:
        return False
    return True


async def test_two_databases(path: Path) -> None:
    async with (
        await SqliteDatabase.open(path, exclusive=False) as one,
        await SqliteDatabase.open(path, exclusive=False) as other,
    ):
        outcomes = await asyncio.gather(
            *(
                (one, other)[number % 2].run(partial(ledger.hold, job=f"j{number}", owner=ANNA, amount=PRICE, at=2))
                for number in range(SPENDS)
            ),
            return_exceptions=True,
        )
    assert sum(isinstance(outcome, ledger.Hold) for outcome in outcomes) == FITTING
    assert sum(isinstance(outcome, InsufficientCredits) for outcome in outcomes) == SPENDS - FITTING
    assert books_after(path).held == FITTING * PRICE


def test_two_connections_one_commit_each(path: Path) -> None:
    assert spend_in_threads(path, hold) == FITTING
    assert books_after(path) == ledger.Balance(permanent=BALANCE - FITTING * PRICE, lots=(), held=FITTING * PRICE)


def test_the_race_shows_a_hold_that_looks_before_its_transaction(path: Path) -> None:
    """With the check outside the transaction both threads believe what they saw, and more is spent than there is."""
    looked = threading.Barrier(2)

    def careless(connection: sqlite3.Connection, number: int) -> bool:
        seen = session.read(connection, partial(ledger.balance, owner=ANNA, at=2)).available
        if number < 2:
            looked.wait(10)
        if seen < PRICE:
            return False
        session.write(
            connection,
            lambda tx: tx.execute(
                "UPDATE account SET balance = :left WHERE id = :account",
                left=seen - PRICE,
                account=f"permanent:{ANNA}",
            ),
        )
        return True

    with closing(session.connect(path)) as connection:
        connection.execute("UPDATE account SET balance = 0 WHERE kind = 'lot'")
    assert spend_in_threads(path, careless) > 100 // PRICE


async def test_one_job_held_through_both_connections_is_held_once(path: Path) -> None:
    same = partial(ledger.hold, job="j", owner=ANNA, amount=PRICE, at=2)
    async with (
        await SqliteDatabase.open(path, exclusive=False) as one,
        await SqliteDatabase.open(path, exclusive=False) as other,
    ):
        outcomes = await asyncio.gather(*((one, other)[number % 2].run(same) for number in range(20)))
    assert sum(not outcome.repeated for outcome in outcomes) == 1
    assert books_after(path).held == PRICE


def test_a_cap_holds_under_a_race(path: Path) -> None:
    cap = ledger.Cap("person:1", "2026-11-21", 10 * PRICE)

    def capped(connection: sqlite3.Connection, number: int) -> bool:
        try:
            session.write(
                connection, partial(ledger.hold, job=f"j{number}", owner=ANNA, amount=PRICE, caps=[cap], at=2)
            )
        except CapReached:
            return False
        return True

    assert spend_in_threads(path, capped) == 10
    assert books_after(path).held == 10 * PRICE


def test_capture_and_release_of_one_job_race_for_one_outcome(path: Path) -> None:
    def settle(connection: sqlite3.Connection, number: int) -> bool:
        job = f"j{number // 2}"
        session.write(connection, partial(ledger.hold, job=job, owner=ANNA, amount=1, at=2))
        try:
            if number % 2:
                session.write(connection, partial(ledger.capture, job=job, amount=1, at=3))
            else:
                session.write(connection, partial(ledger.release, job=job, at=3))
        except PostingConflict:
            return False
        return True

    assert spend_in_threads(path, settle) == SPENDS // 2
    assert books_after(path).held == 0
