"""How many placements a second the ledger takes, against plain sqlite3 writing the same rows.

A placement holds credits under one cap: a posting, two entries, two balances, a spending counter and its movement.
The ledger does it the way the bot does: 100 callers wait for `database.run`, every answer is on disk. The baselines
are hand-written statements in one thread without any check, with every transaction flushed (`synchronous=FULL`) too:
once with a commit for each placement, once with 500 placements in a commit, which is the limit of the disk format.
All run one after another on the same disk, in several rounds; the best round counts.

Run it as `python -m tests.benchmarks ledger`.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot import ledger
from bot.storage import connection as session
from bot.storage.migrate import load_migrations, migrate
from bot.storage.sqlite import CommitObservation, SqliteDatabase
from tests.benchmarks.targets import Target

if TYPE_CHECKING:
    import sqlite3

CALLERS = 100
PLACEMENTS = 10_000
SINGLE_PLACEMENTS = 3_000
PER_COMMIT = 500
PEOPLE = 50
ROUNDS = 3
DAY = "2026-11-21"
LEAST_RATIO = 0.4

_STATEMENTS = (
    """INSERT INTO posting (key, kind, owner, amount, fingerprint, settles, subject, actor, note, at)
    VALUES (:key, 'hold', :owner, 5, :fingerprint, NULL, :job, :owner, '', 2)""",
    """INSERT INTO cap_use (scope, day, amount) VALUES (:scope, :day, 5)
    ON CONFLICT (scope, day) DO UPDATE SET amount = cap_use.amount + 5""",
    "INSERT INTO cap_entry (posting, scope, day, amount) VALUES (:key, :scope, :day, 5)",
    "UPDATE account SET balance = balance + 5 WHERE id = :held",
    "INSERT INTO entry (posting, account, amount) VALUES (:key, :held, 5)",
    "UPDATE account SET balance = balance - 5 WHERE id = :permanent",
    "INSERT INTO entry (posting, account, amount) VALUES (:key, :permanent, -5)",
)


def prepare(path: Path) -> None:
    """Make a database in which everybody can afford everything."""
    with closing(session.connect(path)) as connection:
        session.write(connection, lambda tx: migrate(tx, load_migrations(), at=1))
        for person in range(PEOPLE):
            owner, rich = f"server:1/person:{person}", 1_000_000
            session.write(
                connection, partial(ledger.grant, command=owner, owner=owner, amount=rich, actor="admin", at=1)
            )
            session.write(connection, partial(ledger.hold, job=f"first{person}", owner=owner, amount=1, at=1))


def plain(path: Path, placements: int, per_commit: int) -> float:
    """Write the rows with sqlite3 alone; return placements per second."""
    with closing(session.connect(path)) as connection:
        begun = time.perf_counter()
        for number in range(placements):
            if number % per_commit == 0:
                connection.execute("BEGIN IMMEDIATE")
            _write_rows(connection, number)
            if number % per_commit == per_commit - 1 or number == placements - 1:
                connection.execute("COMMIT")
        return placements / (time.perf_counter() - begun)


def _write_rows(connection: sqlite3.Connection, number: int) -> None:
    owner = f"server:1/person:{number % PEOPLE}"
    values = {
        "key": f"hold:plain{number}",
        "job": f"plain{number}",
        "owner": owner,
        "fingerprint": f"{number:032x}",
        "held": f"held:{owner}",
        "permanent": f"permanent:{owner}",
        "scope": f"person:{owner}",
        "day": DAY,
    }
    for statement in _STATEMENTS:
        connection.execute(statement, values)


async def through_the_ledger(path: Path, placements: int, callers: int) -> tuple[float, float, list[CommitObservation]]:
    """Place with several callers; return placements and CPU seconds per second, and every commit."""
    commits: list[CommitObservation] = []
    async with await SqliteDatabase.open(path, observer=commits.append) as database:

        async def caller(first: int) -> None:
            for number in range(first, placements, callers):
                owner = f"server:1/person:{number % PEOPLE}"
                caps = [ledger.Cap(f"person:{owner}", DAY, 1_000_000)]
                await database.run(partial(ledger.hold, job=f"job{number}", owner=owner, amount=5, caps=caps, at=2))

        begun, burnt = time.perf_counter(), time.process_time()
        await asyncio.gather(*(caller(first) for first in range(callers)))
        elapsed = time.perf_counter() - begun
        cpu = (time.process_time() - burnt) / placements
        if not (await database.read(ledger.audit)).clean:
            raise SystemExit("The books do not add up after the benchmark.")
    return placements / elapsed, cpu, commits


def run() -> list[Target]:
    """Run everything, print the figures and the ratios, and return the target."""
    one_each, grouped, with_callers, alone = [], [], [], []
    slowest, cpu = 0.0, 0.0
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as directory:
            paths = [Path(directory) / f"{name}.db" for name in ("one", "grouped", "callers", "alone")]
            for path in paths:
                prepare(path)
            one_each.append(plain(paths[0], SINGLE_PLACEMENTS, 1))
            grouped.append(plain(paths[1], PLACEMENTS, PER_COMMIT))
            rate, cpu, commits = asyncio.run(through_the_ledger(paths[2], PLACEMENTS, CALLERS))
            with_callers.append(rate)
            slowest = sorted(commit.seconds for commit in commits)[round(len(commits) * 0.99) - 1]
            alone.append(asyncio.run(through_the_ledger(paths[3], SINGLE_PLACEMENTS // 3, 1))[0])
    ours = max(with_callers)
    print(f"plain sqlite3, one thread, FULL, one commit each     {max(one_each):9,.0f} placements/s")
    print(f"plain sqlite3, one thread, FULL, {PER_COMMIT} in a commit     {max(grouped):9,.0f} placements/s")
    print(f"ledger, FULL, {CALLERS} callers                          {ours:9,.0f} placements/s")
    print(f"ledger, FULL, 1 caller                              {max(alone):9,.0f} placements/s")
    print(f"CPU per placement {cpu * 1e6:.0f} us; 99 of 100 commits of up to {CALLERS} within {slowest * 1000:.1f} ms")
    print(f"ratio to one commit each {ours / max(one_each):.2f}, to {PER_COMMIT} in a commit {ours / max(grouped):.2f}")
    promise = f"placements of {CALLERS} callers against plain sqlite3"
    return [Target(promise, ours / max(one_each), LEAST_RATIO, at_least=True)]
