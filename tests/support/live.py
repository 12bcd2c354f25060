"""A running application against the Kling stand-in over sockets, delivering into a folder: one house per test."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bot.app import Application, Policies, running_application
from bot.delivery.folder import FolderDelivery
from bot.jobs import store
from bot.jobs.audit import audit_jobs
from bot.jobs.quote import Requester
from bot.jobs.state import JobState
from bot.jobs.watcher import WatchPolicy
from bot.ledger import Totals, audit, balance, totals
from tests.support.stage import PRICE, QUICK, ask, cheap_request, stage_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.jobs.job import Job
    from bot.jobs.parts import Deliverer
    from bot.jobs.request import Request
    from bot.ledger import Balance
    from bot.sandbox.kling import KlingStandIn
    from bot.settings import Settings

MIA = Requester(server=1, person=1)
TOM = Requester(server=1, person=2)
LIMIT_SECONDS = 30.0
"""Beyond this a test has hung."""

_FREE_QUESTIONS = 4


def policies(
    *,
    drive: dict[str, Any] | None = None,
    watch: dict[str, Any] | None = None,
    housekeeping: dict[str, Any] | None = None,
) -> Policies:
    """The quick policies of the tests, with some values changed."""
    return Policies(
        drive=replace(QUICK.drive, **{"submit_limit": 1.0, "fetch_limit": 5.0, **(drive or {})}),
        watch=replace(WatchPolicy(call_limit=1.0), **(watch or {})),
        housekeeping=replace(QUICK.housekeeping, **(housekeeping or {})),
    )


@dataclass
class House:
    """One installation of the program: its files, its settings, and the vendor that it works with.

    `start` and `stop` are lives of the process. `moves` are the states that jobs were announced in, in their order.
    """

    directory: Path
    vendor: KlingStandIn
    slots: int = 5
    policies: Policies = field(default_factory=policies)
    deliverer: Deliverer = field(default_factory=FolderDelivery)
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    moves: list[tuple[str, JobState]] = field(default_factory=list)
    _started: float = 0.0
    _app: Application | None = None
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def app(self) -> Application:
        assert self._app is not None, "the house is closed"
        return self._app

    @property
    def out(self) -> Path:
        return self.directory / "out"

    @property
    def settings(self) -> Settings:
        keys = self.vendor.credentials
        settings = stage_settings(
            self.directory,
            base_url=self.vendor.base_url,
            access_key=keys.access_key,
            secret_key=keys.secret_key,
            slots=self.slots,
        )
        sections = {name: getattr(settings, name).model_copy(update=change) for name, change in self.changes.items()}
        return settings.model_copy(update=sections)

    async def start(self) -> Application:
        """Begin a life of the process."""
        running = running_application(self.settings, self.deliverer, policies=self.policies)
        self._started = time.monotonic()
        self._app = await self._stack.enter_async_context(running)
        self._app.engine.listeners.append(lambda job: self.moves.append((job.id, job.state)))
        return self._app

    async def stop(self) -> None:
        """End it cleanly; everything that is open stays open."""
        self._app = None
        await self._stack.aclose()

    async def order(
        self,
        name: str = "q",
        request: Request | None = None,
        *,
        requester: Requester = MIA,
        out: Path | None = None,
    ) -> list[Job]:
        """Give somebody exactly the credits for a request, and place it."""
        at = self.app.clock.now()
        wanted = request or cheap_request()
        agreement = await self.app.database.run(
            lambda tx: ask(tx, name, requester, wanted, out=out or self.out, at=at),
        )
        placement = await self.app.engine.place(agreement, provider="kling", caps=())
        return list(placement.jobs)

    async def end(self, *jobs: Job) -> list[Job]:
        """Wait until jobs have ended."""
        async with asyncio.timeout(LIMIT_SECONDS):
            return [await self.app.engine.wait(job.id) for job in jobs]

    async def make(self, request: Request | None = None, *, name: str = "q", out: Path | None = None) -> Job:
        """Order one clip and wait for its end."""
        [job] = await self.end(*await self.order(name, request, out=out))
        return job

    async def reaches(self, job: Job, state: JobState) -> Job:
        """Wait until a job stands in a state; it fails if the job ends before."""
        moved = asyncio.Event()
        self.app.engine.listeners.append(lambda _: moved.set())
        async with asyncio.timeout(LIMIT_SECONDS):
            while True:
                moved.clear()
                found = await self.job(job)
                if found.state is state:
                    return found
                assert not found.state.ended, (found.state, found.message)
                await moved.wait()

    async def noted(self, job: Job, words: str) -> Job:
        """Wait until a job was moved with a message that has these words, and return it as it stood then."""
        noted: asyncio.Future[Job] = asyncio.get_running_loop().create_future()

        def hear(moved: Job) -> None:
            if moved.id == job.id and words in str(moved.message) and not noted.done():
                noted.set_result(moved)

        self.app.engine.listeners.append(hear)
        async with asyncio.timeout(LIMIT_SECONDS):
            return await noted

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something holds of the vendor, and its effect has reached our disk."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while not condition():
                await self.app.database.read(lambda tx: tx.row("SELECT 1 AS one"))
        await self.app.database.run(lambda tx: tx.row("SELECT 1 AS one"))

    async def job(self, job: Job) -> Job:
        """Look a job up."""
        return await self.app.database.read(lambda tx: store.load(tx, job.id))

    async def sums(self) -> Totals:
        """Check that the books add up and agree with the jobs, and return where all credits are."""
        report, disagreements, sums = await self.app.database.read(
            lambda tx: (audit(tx), audit_jobs(tx), totals(tx)),
        )
        assert report.problems == ()
        assert disagreements == []
        return sums

    async def purse(self, requester: Requester = MIA) -> Balance:
        """What somebody has."""
        return await self.app.database.read(
            lambda tx: balance(tx, owner=requester.owner, at=self.app.clock.now()),
        )

    async def check_end(self, job: Job, state: JobState, says: str = "", *, fetched: bool = False) -> None:
        """Check everything that must hold after the end of the only job: message, credits, files, vendor's tasks.

        `fetched` says that the clip was kept before the job failed.
        """
        assert job.state is state, (job.state, job.message)
        delivered = state is JobState.DELIVERED
        if delivered:
            assert job.message is None
        else:
            assert re.search(says, str(job.message)), job.message
            assert "Your credits are back." in str(job.message)
        sums, purse = await self.sums(), await self.purse(job.requester)
        assert (sums.captured, sums.held) == (PRICE if delivered else 0, 0)
        assert (purse.available, purse.held) == (0 if delivered else PRICE, 0)
        assert self.files() == ([job.receipt] if delivered else [])
        assert len(self.kept()) == (1 if delivered or fetched else 0), "files were left behind"
        assert all(count == 1 for count in self.tasks_by_job().values()), "a job had more than one task"
        states = [state for moved, state in self.moves if moved == job.id]
        assert all(one is not next_one for one, next_one in pairwise(states)), "a move was announced twice"
        assert states[-1:] in ([], [state])

    def files(self) -> list[str]:
        """Return everything that lies in the folder of the deliveries."""
        return sorted(str(path) for path in self.out.rglob("*") if path.is_file()) if self.out.exists() else []

    def kept(self) -> list[Path]:
        """Return everything in the file store and its workspaces."""
        data = self.settings.data.dir
        return sorted(path for part in ("files", "work") for path in (data / part).rglob("*") if path.is_file())

    def tasks_by_job(self) -> Counter[str]:
        """Return how many tasks the vendor made for each job."""
        return Counter((task.external_task_id or "?").rpartition("-")[0] for task in self.vendor.tasks)

    def most_questions(self) -> float:
        """Return how many questions the vendor may have been asked by now: a few, and then so many a second."""
        lived = self.app.clock.monotonic() - self._started
        return _FREE_QUESTIONS + lived / self.settings.jobs.question_seconds

    def calls(self) -> Counter[str]:
        """Return how often the vendor was called, by kind of call."""
        counters = self.vendor.counters
        names = {"create": "create_attempts", "query": "queries", "list": "lists", "download": "downloads_started"}
        return Counter({short: counters[name] for short, name in names.items()})
