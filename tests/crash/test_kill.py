"""Kill -9 at random moments, again and again, while the vendor misbehaves; in the end everything must be right."""

from __future__ import annotations

import asyncio
import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bot.jobs.audit import audit_jobs
from bot.jobs.state import JobState
from bot.ledger import audit, totals
from bot.storage.sqlite import SqliteDatabase
from tests.support.stage import PRICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.ledger import Totals
    from bot.storage.database import Row

JOBS = 200
KILLS = 24
SEED = 20261122
ROOT = Path(__file__).parents[2]
FAULTS = [
    {"kind": "answer", "at": "create", "moment": "after", "action": "drop", "share": 0.05},
    {"kind": "answer", "at": "create", "moment": "before", "action": "error", "code": 5001, "share": 0.05},
    {"kind": "task", "action": "fail", "share": 0.10},
    {"kind": "task", "action": "hide", "seconds": 0.2, "share": 0.10},
    {"kind": "download", "action": "truncate", "share": 0.05},
]


@pytest.fixture
def vendor(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The stand-in in a process of its own, which nobody kills before the end."""
    command = [sys.executable, "-m", "bot.sandbox.kling", "--speed", "300", "--slots", "15", "--seed", str(SEED)]
    command += ["--clips", "plain", "--units", "100000", "--directory", str(tmp_path / "vendor")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.terminate()


def start_worker(directory: Path, vendor: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.crash.worker", str(directory), vendor["base_url"]]
    command += [vendor["access_key"], vendor["secret_key"], str(JOBS)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


@pytest.mark.slow
def test_nothing_is_lost_doubled_or_stuck_when_the_process_is_killed(
    tmp_path: Path,
    vendor: dict[str, str],
) -> None:
    httpx.post(f"{vendor['base_url']}/sandbox/faults", json=FAULTS).raise_for_status()
    moments = random.Random(SEED)
    for _ in range(KILLS):
        with start_worker(tmp_path, vendor) as worker:
            time.sleep(moments.uniform(0.6, 3.0))  # the moment of death is the point of this test
            assert worker.poll() is None, "the worker ended before it could be killed"
            worker.send_signal(signal.SIGKILL)
    with start_worker(tmp_path, vendor) as worker:
        output, _ = worker.communicate(timeout=400)
    assert output == "done\n"

    tasks: list[dict[str, Any]] = httpx.get(f"{vendor['base_url']}/sandbox/tasks").json()
    books = asyncio.run(read_books(tmp_path / "soundstage.db"))
    assert books.integrity == ["ok"]
    assert len(books.jobs) == JOBS
    assert books.problems == []
    assert books.sums.held == 0
    check_ends(books.jobs, tasks)
    delivered = [job for job in books.jobs if job["state"] == JobState.DELIVERED]
    assert books.sums.captured == PRICE * len(delivered)
    assert books.sums.permanent == PRICE * (JOBS - len(delivered))
    check_deliveries(tmp_path / "out", delivered)


@dataclass(frozen=True)
class Books:
    """What the database says in the end."""

    jobs: list[Row]
    problems: list[str]
    sums: Totals
    integrity: list[str]


async def read_books(path: Path) -> Books:
    async with await SqliteDatabase.open(path) as database:
        report = await database.read(audit)
        intact = await database.read(lambda tx: tx.row("PRAGMA integrity_check"))
        return Books(
            jobs=await database.read(lambda tx: tx.rows("SELECT * FROM job")),
            problems=[str(problem) for problem in report.problems] + await database.read(audit_jobs),
            sums=await database.read(totals),
            integrity=list((intact or {}).values()),
        )


def check_ends(jobs: list[Row], tasks: list[dict[str, Any]]) -> None:
    """Every job ended as its task did, and no job ever had two tasks."""
    by_job = Counter(task["external_task_id"].rpartition("-")[0] for task in tasks)
    assert set(by_job.values()) == {1}, "a job had more than one task"
    assert set(by_job) == {job["id"] for job in jobs}
    ends = {task["external_task_id"].rpartition("-")[0]: task["status"] for task in tasks}
    for job in jobs:
        expected = JobState.DELIVERED if ends[job["id"]] == "succeed" else JobState.FAILED
        assert job["state"] == expected, (job["id"], job["state"], job["message"])
    assert Counter(ends.values())["failed"] > 0, "the faults did not strike"


def check_deliveries(out: Path, delivered: list[Row]) -> None:
    """Each delivered clip lies in the folder once, whole, and nothing else does."""
    files = sorted(out.iterdir())
    assert [str(file) for file in files] == sorted(job["receipt"] for job in delivered)
    assert all(file.stat().st_size > 10_000 for file in files)
