"""Two ways to watch a crowd of running tasks, each in a process of its own that prints what it cost.

`python -m tests.benchmarks.crowd_watchers WAY DIRECTORY SIZE BASE_URL ACCESS_KEY SECRET_KEY API_KEY`
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from pydantic import SecretStr

from tests.benchmarks.processes import memory_megabytes, peak_megabytes

if TYPE_CHECKING:
    from bot.settings import Settings

WATCHED_SECONDS = 60.0
"""Long enough for two rounds of housekeeping."""
WATCHED_BARELY_SECONDS = 20.0
QUESTION_SECONDS = 5.0
PAGE = 500


@dataclass(frozen=True, slots=True)
class Task:
    """What this process has to do."""

    directory: Path
    size: int
    base_url: str
    access_key: str
    secret_key: str
    api_key: str


class Meter:
    """Measures the time to the start and what the minute after it costs this process."""

    def __init__(self) -> None:
        self._begun, self._burnt = time.perf_counter(), time.process_time()
        self._start: dict[str, float] = {}

    def started(self) -> None:
        self._start = {
            "start_seconds": time.perf_counter() - self._begun,
            "start_processor": time.process_time() - self._burnt,
        }
        self._burnt = time.process_time()

    def report(self, calls: int, *, watched: float) -> None:
        """Print the figures, those of `watched` seconds scaled to a minute."""
        minutes = watched / 60
        figures = {
            "megabytes": memory_megabytes(),
            "peak_megabytes": peak_megabytes(),
            "processor_per_minute": (time.process_time() - self._burnt) / minutes,
            "calls_per_minute": calls / minutes,
        }
        print(json.dumps(self._start | figures), flush=True)


async def application(task: Task) -> None:
    """Watch with the whole application, as it is deployed."""
    from bot.app import running_application  # noqa: PLC0415 - the bare way must not pay for it
    from bot.delivery.folder import FolderDelivery  # noqa: PLC0415 - the same

    meter = Meter()
    async with running_application(_settings(task), FolderDelivery()) as app:
        watcher = app.engine.driver.lines["kling"].watcher
        while watcher.watched < task.size:  # noqa: ASYNC110 - nothing tells us, and a benchmark is no reason to
            await asyncio.sleep(0.01)
        meter.started()
        await asyncio.sleep(WATCHED_SECONDS)
        if watcher.watched != task.size:
            raise SystemExit(f"{task.size - watcher.watched} jobs are no longer watched")
        meter.report(await _calls(task), watched=WATCHED_SECONDS)


def _settings(task: Task) -> Settings:
    from bot.settings import DatabaseSettings, DataSettings, KlingSettings, Settings, WebSettings  # noqa: PLC0415 - too

    return Settings(
        kling=KlingSettings(
            access_key=SecretStr(task.access_key),
            secret_key=SecretStr(task.secret_key),
            base_url=task.base_url,
            slots=max(1, task.size),
        ),
        database=DatabaseSettings(url=f"sqlite:///{task.directory / 'soundstage.db'}"),
        data=DataSettings(dir=task.directory / "data"),
        web=WebSettings(port=0),
    )


async def bare(task: Task) -> None:
    """Watch with an asyncio task and a future for each, and read all list pages every few seconds."""
    meter = Meter()
    loop = asyncio.get_running_loop()
    answers: list[asyncio.Future[None]] = [loop.create_future() for _ in range(task.size)]
    waiting = [asyncio.create_task(_wait(answer)) for answer in answers]
    await asyncio.sleep(0)
    meter.started()
    end = time.perf_counter() + WATCHED_BARELY_SECONDS
    async with httpx.AsyncClient(base_url=task.base_url, headers={"Authorization": f"Bearer {task.api_key}"}) as http:
        while (now := time.perf_counter()) < end:
            for page in range(1, -(-task.size // PAGE) + 1):
                response = await http.get("/v1/videos/text2video", params={"pageNum": page, "pageSize": PAGE})
                if any(item["task_status"] == "succeed" for item in response.raise_for_status().json()["data"]):
                    raise SystemExit("a task ended")
            await asyncio.sleep(now + QUESTION_SECONDS - time.perf_counter())
    meter.report(await _calls(task), watched=WATCHED_BARELY_SECONDS)
    for one in waiting:
        one.cancel()


async def _wait(answer: asyncio.Future[None]) -> None:
    await answer


async def _calls(task: Task) -> int:
    async with httpx.AsyncClient() as http:
        counters = (await http.get(f"{task.base_url}/sandbox/counters")).json()
    return int(counters.get("queries", 0)) + int(counters.get("lists", 0))


WAYS = {"application": application, "bare": bare}

if __name__ == "__main__":
    way, folder, size, *addresses = sys.argv[1:]
    asyncio.run(WAYS[way](Task(Path(folder), int(size), *addresses)))
