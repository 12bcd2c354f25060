"""How many calls to the vendor a finished clip takes with 1, 5 and 50 jobs in flight, and how soon a clip is noticed.

The real engine and the real client work against the Kling stand-in, which is a process of its own. Its clock runs
faster, and the watcher's patience is divided by the same factor, so that the ratio of calls to clips is that of
production: clips take 40 to 290 simulated seconds and more, half of them in Professional mode with sound, half of them
from an image, so that there are two lists to ask for. Every call of the vendor's API counts (create, query, list,
refused or not); the download of the clip is none. The end of a run counts too, when fewer are in flight than slots.

The baseline asks about each task by itself every five simulated seconds.

Run it as `python -m tests.benchmarks vendor_calls`.
"""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, quantiles
from typing import TYPE_CHECKING, Any

import httpx

from bot.app import Policies, build_engine
from bot.catalog import Catalogue
from bot.clock import SystemClock
from bot.jobs.job import Clip
from bot.jobs.parts import DrivePolicy
from bot.jobs.quote import Requester
from bot.jobs.request import InputKind, Mode, Request
from bot.jobs.state import JobState
from bot.media.download import Downloader
from bot.providers.base import Submission, TaskState
from bot.providers.kling import KlingProvider, credentials_from
from bot.settings import JobSettings
from bot.storage.files import FileStore
from bot.storage.open import open_database
from tests.benchmarks.processes import server
from tests.benchmarks.targets import Target
from tests.support.kling_stand_in import picture_bytes
from tests.support.stage import ask, stage_settings

if TYPE_CHECKING:
    from bot.jobs.engine import Engine
    from bot.jobs.job import Job
    from bot.jobs.parts import Fetch
    from bot.jobs.request import StoredFile
    from bot.settings import Settings

MOST_CALLS = 3.0
CLOCK = SystemClock()
PEOPLE = 20
PRODUCTION = JobSettings()


@dataclass(frozen=True, slots=True)
class Scene:
    """A run: how many jobs at a time, how many in all, and how much faster than life."""

    in_flight: int
    clips: int
    speed: float


SCENES = (Scene(1, 12, 30), Scene(5, 50, 30), Scene(50, 400, 20))
BASELINE = Scene(5, 20, 30)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run took: calls by kind, and for each clip the simulated seconds from ready to noticed."""

    scene: Scene
    creates: int
    queries: int
    lists: int
    delays: list[float]

    @property
    def per_clip(self) -> float:
        return (self.creates + self.queries + self.lists) / self.scene.clips


class Workshop:
    """Fetches and keeps, but does not look at clips: that takes no vendor call and would slow the simulation down."""

    def __init__(self, files: FileStore) -> None:
        self._files = files

    async def load(self, file: StoredFile) -> bytes:
        return await asyncio.to_thread(self._files.path(file.digest).read_bytes)

    async def receive(self, job: Job, fetch: Fetch, *, generation: float) -> Clip:
        async with self._files.workspace() as workspace:
            await fetch(workspace / "clip")
            kept = await self._files.put_file(workspace / "clip", "video/mp4")
        seconds, has_audio = job.request.seconds, job.request.audio
        return Clip(job.id, kept.digest, kept.size, seconds, 1280, 720, has_audio, generation)

    def path(self, clip: Clip) -> Path:
        return self._files.path(clip.digest)


class Delivery:
    """Delivers to nobody."""

    async def deliver(self, job: Job, _: Clip, __: Path) -> str:
        return job.id


def requests(image: StoredFile) -> list[Request]:
    """Return what people ask for, in turns."""
    return [
        Request(
            prompt="A paper lantern drifts over a night market.",
            mode=mode,
            audio=mode is Mode.PROFESSIONAL,
            input=kind,
            aspect_ratio="16:9" if kind is InputKind.TEXT else None,
            image=image if kind is InputKind.IMAGE else None,
        )
        for mode in Mode
        for kind in (InputKind.TEXT, InputKind.IMAGE)
    ]


class Stage:
    """Everything that a run needs, opened in one directory."""

    def __init__(self, directory: Path, scene: Scene, vendor: dict[str, str]) -> None:
        self.scene = scene
        self.vendor = vendor
        self.settings = _settings(directory, scene, vendor)
        self.files = FileStore(directory / "data", CLOCK)
        self.catalogue = Catalogue.load()
        self.downloader = Downloader()
        self.provider = KlingProvider(
            base_url=vendor["base_url"],
            credentials=credentials_from(access_key=vendor["access_key"], secret_key=vendor["secret_key"]),
            catalogue=self.catalogue,
            downloader=self.downloader,
            clock=CLOCK,
        )

    async def close(self) -> None:
        await self.provider.close()
        await self.downloader.close()

    async def requests(self) -> list[Request]:
        return requests(await self.files.put_bytes(picture_bytes(640, 360), "image/png", width=640, height=360))

    async def with_engine(self) -> dict[str, int]:
        """Make all clips through the engine; return when each job was seen to be ready, in Unix milliseconds."""
        async with open_database(self.settings.database.url) as database:
            engine = await build_engine(
                self.settings,
                database=database,
                provider=self.provider,
                workshop=Workshop(self.files),
                deliverer=Delivery(),
                catalogue=self.catalogue,
                clock=CLOCK,
                policies=Policies(drive=DrivePolicy(slot_pause=5 / self.scene.speed)),
            )
            async with engine:
                await self._make_clips(engine)
            return await database.read(
                lambda tx: {
                    row["job"]: row["at"] for row in tx.rows("SELECT job, at FROM job_event WHERE state = 'fetching'")
                },
            )

    async def _make_clips(self, engine: Engine) -> None:
        kinds = await self.requests()

        async def make(number: int) -> None:
            requester = Requester(server=1, person=1 + number % PEOPLE)
            request, quote_id, at = kinds[number % len(kinds)], f"q{number:05}", CLOCK.now()
            agreement = await engine.database.run(
                lambda tx: ask(tx, quote_id, requester, request, out=Path(), at=at),
            )
            [placed] = (await engine.place(agreement, provider="kling", caps=())).jobs
            job = await engine.wait(placed.id)
            if job.state is not JobState.DELIVERED:
                raise SystemExit(f"a job ended as {job.state}: {job.message}")

        await asyncio.gather(*(make(number) for number in range(self.scene.clips)))

    async def one_by_one(self) -> dict[str, int]:
        """Make all clips by asking about each by itself at a fixed interval; return as above."""
        kinds = await self.requests()
        slots = asyncio.Semaphore(self.scene.in_flight)
        seen: dict[str, int] = {}

        async def make(number: int) -> None:
            request = kinds[number % len(kinds)]
            image = self.files.path(request.image.digest).read_bytes() if request.image else None
            async with slots:
                submission = Submission(client_key=f"n{number}-1", request=request, image=image)
                task = await self.provider.submit(submission)
                while True:
                    await asyncio.sleep(PRODUCTION.question_seconds / self.scene.speed)
                    found = await self.provider.find(task)
                    if found is not None and found.state is TaskState.SUCCEEDED:
                        seen[f"n{number}"] = CLOCK.now()
                        return

        await asyncio.gather(*(make(number) for number in range(self.scene.clips)))
        return seen


def _settings(directory: Path, scene: Scene, vendor: dict[str, str]) -> Settings:
    settings = stage_settings(
        directory, base_url=vendor["base_url"], access_key=vendor["access_key"], secret_key=vendor["secret_key"]
    )
    faster = {
        name: getattr(PRODUCTION, name) / scene.speed
        for name in ("assumed_clip_seconds", "question_seconds", "longest_question_seconds")
    }
    limits = {"running_per_person": scene.in_flight, "running_per_server": scene.in_flight}
    return settings.model_copy(
        update={
            "jobs": settings.jobs.model_copy(update=faster | limits),
            "kling": settings.kling.model_copy(update={"slots": scene.in_flight}),
        },
    )


async def measure(scene: Scene, *, baseline: bool = False) -> Outcome:
    """Run a scene against a vendor of its own."""
    with tempfile.TemporaryDirectory() as name:
        options = {
            "speed": scene.speed,
            "slots": scene.in_flight,
            "units": 1_000_000,
            "seed": 1,
            "clips": "plain",
            "directory": name,
        }
        arguments = [word for option, value in options.items() for word in (f"--{option}", value)]
        async with server("bot.sandbox.kling", *arguments) as vendor, AsyncExitStack() as stack:
            stage = Stage(Path(name), scene, vendor)
            stack.push_async_callback(stage.close)
            seen = await (stage.one_by_one() if baseline else stage.with_engine())
            http = await stack.enter_async_context(httpx.AsyncClient(base_url=vendor["base_url"]))
            counters = (await http.get("/sandbox/counters")).json()
            tasks: list[dict[str, Any]] = (await http.get("/sandbox/tasks")).json()
    delays = [
        (seen[task["external_task_id"].rpartition("-")[0]] - task["updated_at"]) / 1000 * scene.speed for task in tasks
    ]
    return Outcome(
        scene,
        creates=counters.get("create_attempts", 0),
        queries=counters.get("queries", 0),
        lists=counters.get("lists", 0),
        delays=delays,
    )


def run() -> list[Target]:
    """Run all scenes, print the table, and return the targets."""
    print(
        f"{'':30}{'clips':>6}{'create':>8}{'query':>7}{'list':>6}{'calls a clip':>14}"
        f"{'noticed after, mean':>22}{'p95':>8}"
    )
    baseline = asyncio.run(measure(BASELINE, baseline=True))
    print(_line(f"each by itself, {BASELINE.in_flight} in flight", baseline))
    outcomes = {}
    for scene in SCENES:
        outcomes[scene.in_flight] = asyncio.run(measure(scene))
        print(_line(f"engine, {scene.in_flight} in flight", outcomes[scene.in_flight]))
    ratios = ", ".join(f"{outcome.per_clip / baseline.per_clip:.2f} at {key}" for key, outcome in outcomes.items())
    print(f"ratio to asking about each by itself: {ratios}")
    most = SCENES[-1].in_flight
    return [Target(f"vendor calls a clip with {most} jobs in flight", outcomes[most].per_clip, MOST_CALLS)]


def _line(label: str, outcome: Outcome) -> str:
    counts = f"{outcome.scene.clips:6}{outcome.creates:8}{outcome.queries:7}{outcome.lists:6}{outcome.per_clip:14.2f}"
    late = quantiles(outcome.delays, n=20)[-1]
    return f"{label:30}{counts}{mean(outcome.delays):20.1f} s{late:6.1f} s"
