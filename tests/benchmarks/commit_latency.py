"""How long a placement takes to be durable while 200 a second arrive, with an empty and with a long queue.

Agreements go through the real engine: quote, room in the queue, hold under a cap, job row and history, one commit with
`synchronous=FULL`, and after each the search for jobs that may go to the vendor, which finds all slots taken. The
first baseline is the disk alone: a few pages written and flushed at the same rate, without any database. The second
runs the same function, at the same rate, on a bare sqlite3 connection in an otherwise idle process.

Run it as `python -m tests.benchmarks commit_latency`.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import TYPE_CHECKING, cast

from bot.app import Policies, build_engine
from bot.catalog import Catalogue
from bot.clock import SystemClock
from bot.jobs.place import Agreement, WaitingLimits, place
from bot.jobs.quote import Requester
from bot.ledger import Cap
from bot.settings import JobSettings, KlingSettings, Settings
from bot.storage import connection as session
from bot.storage.migrate import load_migrations, migrate
from bot.storage.sqlite import CommitObservation, SqliteDatabase
from tests.benchmarks.targets import Target
from tests.support.stage import ask, cheap_request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.findings import Finding
    from bot.jobs.parts import Deliverer, Workshop
    from bot.jobs.request import Request
    from bot.providers.base import Provider, Submission, TaskReference
    from bot.storage.database import Transaction

PER_SECOND = 200
SECONDS = 5
ROUNDS = 3
QUEUES = (0, 10_000)
PEOPLE, SERVERS = 500, 200
SLOTS = 5
MOST_MILLISECONDS = 5.0
FLUSHED_BYTES = 16 * 1024
PER_TRANSACTION = 500
EVERYBODY = WaitingLimits(per_person=1_000_000, per_server=1_000_000)
DAY = "2026-11-22"
CLOCK = SystemClock()


class SilentVendor:
    """Takes all slots and never answers."""

    name = "kling"

    def validate(self, _: Request) -> list[Finding]:
        return []

    async def submit(self, _: Submission) -> TaskReference:
        await asyncio.Event().wait()
        raise AssertionError


def prepare(path: Path, queue: int) -> list[Agreement]:
    """Make a database with jobs in the queue, and agreements that can be placed."""
    agreements: list[Agreement] = []
    with closing(session.connect(path)) as connection:
        session.write(connection, lambda tx: migrate(tx, load_migrations(), at=0))
        total = queue + PER_SECOND * SECONDS
        for first in range(0, total, PER_TRANSACTION):
            numbers = range(first, min(total, first + PER_TRANSACTION))
            agreements += session.write(connection, partial(_ask, numbers=numbers))
        for first in range(0, queue, PER_TRANSACTION):
            session.write(connection, partial(_place_all, agreements[first : first + PER_TRANSACTION]))
    return agreements[queue:]


def _ask(tx: Transaction, numbers: range) -> list[Agreement]:
    return [
        ask(
            tx,
            f"q{number:06}",
            Requester(server=1 + number % SERVERS, person=1 + number % PEOPLE),
            cheap_request(),
            out=Path(),
            at=CLOCK.now(),
        )
        for number in numbers
    ]


def _place_all(agreements: list[Agreement], tx: Transaction) -> None:
    for agreement in agreements:
        _place(agreement, tx)


def _place(agreement: Agreement, tx: Transaction) -> None:
    at, caps = CLOCK.now(), _caps(agreement)
    place(tx, agreement, provider="kling", limits=EVERYBODY, caps=caps, priority=0, at=at)


def _caps(agreement: Agreement) -> list[Cap]:
    return [Cap(f"person:{agreement.requester.owner}", DAY, 1_000_000)]


def arrivals() -> Iterator[float]:
    """Moments at which somebody confirms, in seconds: at random, so that they sometimes come together."""
    random, moment = Random(1), 0.0
    for _ in range(PER_SECOND * SECONDS):
        moment += random.expovariate(PER_SECOND)
        yield moment


def flushes(path: Path) -> list[float]:
    """Write as much as a small commit does and flush it; return the milliseconds of each."""
    spans = []
    with path.open("wb", buffering=0) as file:
        begun = time.perf_counter()
        for moment in arrivals():
            time.sleep(max(0.0, begun + moment - time.perf_counter()))
            started = time.perf_counter()
            file.write(bytes(FLUSHED_BYTES))
            os.fdatasync(file.fileno())
            spans.append((time.perf_counter() - started) * 1000)
    return spans


def bare(path: Path, agreements: list[Agreement]) -> list[float]:
    """Place on a bare connection; return the milliseconds from arrival to durable."""
    spans = []
    with closing(session.connect(path)) as connection:
        begun = time.perf_counter()
        for moment, agreement in zip(arrivals(), agreements, strict=True):
            time.sleep(max(0.0, begun + moment - time.perf_counter()))
            session.write(connection, partial(_place, agreement))
            spans.append((time.perf_counter() - begun - moment) * 1000)
    return spans


async def through_the_engine(path: Path, agreements: list[Agreement]) -> tuple[list[float], list[float]]:
    """Place through the engine; return the milliseconds from arrival to answer, and those of the commits."""
    commits: list[CommitObservation] = []
    spans: list[float] = []
    settings = Settings(
        kling=KlingSettings(slots=SLOTS),
        jobs=JobSettings(waiting_per_person=EVERYBODY.per_person, waiting_per_server=EVERYBODY.per_server),
    )
    async with await SqliteDatabase.open(path, observer=commits.append) as database:
        engine = await build_engine(
            settings,
            database=database,
            provider=cast("Provider", SilentVendor()),
            workshop=cast("Workshop", None),
            deliverer=cast("Deliverer", None),
            catalogue=Catalogue.load(),
            clock=CLOCK,
            policies=Policies(),
        )
        async with engine:
            commits.clear()
            begun = time.perf_counter()

            async def confirm(moment: float, agreement: Agreement) -> None:
                await asyncio.sleep(max(0.0, begun + moment - time.perf_counter()))
                arrived = time.perf_counter()
                await engine.place(agreement, provider="kling", caps=_caps(agreement))
                spans.append((time.perf_counter() - arrived) * 1000)

            await asyncio.gather(*map(confirm, arrivals(), agreements))
    return spans, [commit.seconds * 1000 for commit in commits]


def run() -> list[Target]:
    """Measure with an empty and a long queue, print the table, and return the targets."""
    print(f"{PER_SECOND} placements a second for {SECONDS} s; milliseconds; of {ROUNDS} rounds the least disturbed")
    print(f"{'':48}{'p50':>8}{'p99':>8}{'longest':>10}")
    targets = []
    for queue in QUEUES:
        rows = _rounds(queue)
        for name, row in rows.items():
            print(f"{f'{name}, {queue:,} in the queue':48}{_p(row, 50):8.2f}{_p(row, 99):8.2f}{max(row):10.2f}")
        disk, plain, commits, spans = rows.values()
        ratios = {percent: _p(spans, percent) / _p(plain, percent) for percent in (50, 99)}
        print(f"ratio of whole placements to bare sqlite3: {ratios[50]:.2f} at p50, {ratios[99]:.2f} at p99")
        load = f"{PER_SECOND} placements a second, {queue:,} in the queue"
        beyond = max(0.0, _p(commits, 99) - _p(disk, 99))
        targets.append(Target(f"median commit at {load}", _p(commits, 50), MOST_MILLISECONDS, "ms"))
        targets.append(Target(f"p99 of commits beyond that of the disk at {load}", beyond, MOST_MILLISECONDS, "ms"))
    return targets


def _rounds(queue: int) -> dict[str, list[float]]:
    """Return milliseconds by what was measured, from the disk alone to whole placements."""
    disk, plain, commits, spans = [], [], [], []
    with tempfile.TemporaryDirectory() as name:
        start, path = Path(name) / "start.db", Path(name) / "copy.db"
        agreements = prepare(start, queue)
        for _ in range(ROUNDS):
            disk.append(flushes(Path(name) / "flushed"))
            shutil.copyfile(start, path)
            plain.append(bare(path, agreements))
            shutil.copyfile(start, path)
            span, commit = asyncio.run(through_the_engine(path, agreements))
            commits.append(commit)
            spans.append(span)
    return {
        "disk alone": _calmest(disk),
        "bare sqlite3": _calmest(plain),
        "engine, commits": _calmest(commits),
        "engine, whole placements": _calmest(spans),
    }


def _calmest(rounds: list[list[float]]) -> list[float]:
    """Return the round with the shortest spans: the disk and the other core are not ours alone."""
    return min(rounds, key=lambda spans: _p(spans, 99))


def _p(values: list[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1]
