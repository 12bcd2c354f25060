"""Progress of jobs on a terminal: one bar for each clip; plain lines where the output is not a terminal."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from bot.jobs.state import JobState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.jobs.engine import Engine
    from bot.jobs.job import Job

_WORDS: Final = {
    JobState.QUEUED: "waiting for a free slot",
    JobState.SUBMITTING: "sending the request",
    JobState.RUNNING: "being made",
    JobState.FETCHING: "downloading and checking",
    JobState.DELIVERING: "putting it in place",
    JobState.DELIVERED: "ready",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "cancelled",
    JobState.EXPIRED: "expired",
    JobState.DEAD: "failed",
}
_SHARES: Final = {JobState.FETCHING: 0.94, JobState.DELIVERING: 0.98}
_REFRESH_SECONDS: Final = 0.2
_NEARLY: Final = 0.92


async def show_progress(engine: Engine, jobs: Sequence[Job]) -> list[Job]:
    """Show how jobs move on standard error until all have ended, and return them as they ended."""
    console = Console(stderr=True)
    bars = _Bars(engine, jobs, console) if console.is_terminal else _Lines(jobs, console)
    engine.listeners.append(bars.moved)
    try:
        with bars:
            return await asyncio.gather(*(engine.wait(job.id) for job in jobs))
    finally:
        engine.listeners.remove(bars.moved)


class _Lines:
    """One line for each move that says something new."""

    def __init__(self, jobs: Sequence[Job], console: Console) -> None:
        self._numbers = {job.id: number for number, job in enumerate(jobs, start=1)}
        self._said: set[str] = set()
        self._console = console

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...

    def moved(self, job: Job) -> None:
        """Say where a job now stands; a job that is sent again and again says each thing once."""
        if job.id not in self._numbers:
            return
        line = f"clip {self._numbers[job.id]}: {_standing(job)}"
        if line not in self._said:
            self._said.add(line)
            self._console.print(line, highlight=False, markup=False)


class _Bars:
    """One bar for each job, filled by the expected time."""

    def __init__(self, engine: Engine, jobs: Sequence[Job], console: Console) -> None:
        self._engine = engine
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("clip {task.fields[number]}"),
            BarColumn(bar_width=32),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=console,
        )
        self._jobs = {job.id: job for job in jobs}
        self._bars: dict[str, TaskID] = {}
        self._filling: asyncio.Task[None] | None = None

    def __enter__(self) -> None:
        """Begin to draw."""
        for number, job in enumerate(self._jobs.values(), start=1):
            self._bars[job.id] = self._progress.add_task(_standing(job), total=1.0, number=number)
        self._progress.start()
        self._filling = asyncio.create_task(self._fill())

    def __exit__(self, *_: object) -> None:
        """Stop drawing and leave the last picture."""
        if self._filling is not None:
            self._filling.cancel()
        self._progress.stop()

    def moved(self, job: Job) -> None:
        """Take note of where a job now stands."""
        if job.id in self._jobs:
            self._jobs[job.id] = job
            self._draw(job)

    async def _fill(self) -> None:
        while True:
            await asyncio.sleep(_REFRESH_SECONDS)
            for job in self._jobs.values():
                self._draw(job)

    def _draw(self, job: Job) -> None:
        share = 1.0 if job.state.ended else _SHARES.get(job.state, 0.0)
        if job.state is JobState.RUNNING and job.submitted_at is not None:
            typical = self._engine.driver.forecast.typical(job.profile)
            share = min(_NEARLY, (self._engine.clock.now() - job.submitted_at) / 1000 / typical)
        self._progress.update(self._bars[job.id], completed=share, description=_standing(job))


def _standing(job: Job) -> str:
    """Return where a job stands; one that had to go back to the queue carries the reason."""
    if job.state is JobState.QUEUED and job.message is not None:
        return str(job.message)
    return _WORDS[job.state]
