"""How long a clip takes from ready at the vendor to handed over, when the vendor calls back.

The whole application runs against the Kling stand-in, which is a process of its own: callback, the query that verifies
it, guarded download, decoding and checking the whole clip, file store, settlement, delivery into a folder. The vendor's
clock runs faster, but the span is measured in real seconds. The baseline is the transfer alone: a plain httpx download.

Run it as `python -m tests.benchmarks handover`.
"""

from __future__ import annotations

import asyncio
import socket
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

import httpx

from bot.app import running_application
from bot.delivery.folder import FolderDelivery
from bot.jobs.quote import Requester
from bot.jobs.request import Mode, Request
from bot.jobs.state import JobState
from tests.benchmarks.processes import server
from tests.benchmarks.targets import Target
from tests.support.stage import ask, stage_settings

if TYPE_CHECKING:
    from bot.app import Application
    from bot.settings import Settings

CLIPS = 16
SLOTS = 3
SPEED = 15
MOST_SECONDS = 2.0
KINDS = (
    Request(prompt="A paper lantern drifts over a night market.", mode=Mode.STANDARD, audio=False),
    Request(prompt="A paper lantern drifts over a night market.", mode=Mode.PROFESSIONAL, audio=True),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds from ready to handed over and to noticed, for each clip, and seconds of a plain download of one."""

    handed_over: list[float]
    noticed: list[float]
    transfers: list[float]


async def make_clips(app: Application, out: Path) -> dict[str, dict[str, int]]:
    """Make all clips; return when each job reached its states, in Unix milliseconds."""

    async def make(number: int) -> None:
        requester, at, quote_id = Requester(server=1, person=1 + number), app.clock.now(), f"q{number:03}"
        request = KINDS[number % len(KINDS)]
        agreement = await app.database.run(lambda tx: ask(tx, quote_id, requester, request, out=out, at=at))
        [placed] = (await app.engine.place(agreement, provider="kling", caps=())).jobs
        job = await app.engine.wait(placed.id)
        if job.state is not JobState.DELIVERED:
            raise SystemExit(f"a job ended as {job.state}: {job.message}")

    await asyncio.gather(*(make(number) for number in range(CLIPS)))
    states: dict[str, dict[str, int]] = {}
    for row in await app.database.read(lambda tx: tx.rows("SELECT job, state, at FROM job_event")):
        states.setdefault(row["job"], {})[row["state"]] = row["at"]
    return states


async def measure() -> Outcome:
    """Run everything once."""
    with tempfile.TemporaryDirectory() as name:
        options = ["--speed", SPEED, "--slots", SLOTS, "--seed", 1, "--clips", "plain", "--directory", name]
        async with server("bot.sandbox.kling", *options) as vendor:
            settings = _settings(Path(name), vendor)
            async with running_application(settings, FolderDelivery()) as app:
                states = await make_clips(app, Path(name) / "out")
            async with httpx.AsyncClient(base_url=vendor["base_url"]) as http:
                tasks: list[dict[str, Any]] = (await http.get("/sandbox/tasks")).json()
                transfers = await _transfers(http, vendor["api_key"])
    ready = {task["external_task_id"].rpartition("-")[0]: task["updated_at"] for task in tasks}
    return Outcome(
        handed_over=[(states[job][JobState.DELIVERED] - at) / 1000 for job, at in ready.items()],
        noticed=[(states[job][JobState.FETCHING] - at) / 1000 for job, at in ready.items()],
        transfers=transfers,
    )


async def _transfers(http: httpx.AsyncClient, api_key: str) -> list[float]:
    """Return how many seconds a plain download of each clip takes."""
    listed = await http.get("/v1/videos/text2video", headers={"Authorization": f"Bearer {api_key}"})
    spans = []
    for task in listed.raise_for_status().json()["data"]:
        begun = time.perf_counter()
        (await http.get(task["task_result"]["videos"][0]["url"])).raise_for_status()
        spans.append(time.perf_counter() - begun)
    return spans


def _settings(directory: Path, vendor: dict[str, Any]) -> Settings:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = stage_settings(
        directory,
        base_url=vendor["base_url"],
        access_key=vendor["access_key"],
        secret_key=vendor["secret_key"],
        slots=SLOTS,
    )
    web = settings.web.model_copy(update={"port": port, "public_url": f"http://127.0.0.1:{port}"})
    seldom = {"assumed_clip_seconds": 3600.0, "question_seconds": 3600.0, "longest_question_seconds": 3600.0}
    return settings.model_copy(update={"web": web, "jobs": settings.jobs.model_copy(update=seldom)})


def run() -> list[Target]:
    """Measure, print the table, and return the target."""
    outcome = asyncio.run(measure())
    print(f"{CLIPS} clips, {SLOTS} in flight, half of them 1080p with sound; seconds{'p50':>18}{'p95':>8}")
    for label, spans in (
        ("plain download", outcome.transfers),
        ("ready to noticed", outcome.noticed),
        ("ready to handed over", outcome.handed_over),
    ):
        print(f"{label:68}{median(spans):8.2f}{_p95(spans):8.2f}")
    print(f"ratio to the plain download: {median(outcome.handed_over) / median(outcome.transfers):.0f} at p50")
    beyond = _p95(outcome.handed_over) - median(outcome.transfers)
    return [Target("p95 from ready to handed over with a callback, beyond the transfer", beyond, MOST_SECONDS, "s")]


def _p95(spans: list[float]) -> float:
    return quantiles(spans, n=20, method="inclusive")[-1]
