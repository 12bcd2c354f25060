"""What the guarded download costs in memory and time for a 100 MB clip, against a plain httpx loop.

Both fetch the same file from a server on this machine and write it to the same disk, each in a fresh process, in turns.
The guarded path also does what follows in the bot: the file is put into the file store (digest, move). The baseline
writes pieces of the same size on the event loop, without checks, without making the file durable, and without a digest;
a second figure adds the flush to disk and the digest to the baseline, since no honest path can do without them.

Run it as `python -m tests.benchmarks fetch`.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from aiohttp import web

from bot.clock import SystemClock
from bot.media.addresses import AddressPolicy
from bot.media.download import Downloader
from bot.storage.files import FileStore
from tests.benchmarks.processes import peak_megabytes, result
from tests.benchmarks.targets import Target

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

CLIP_BYTES = 100 * 1024 * 1024
PIECE_BYTES = 256 * 1024
ROUNDS = 3
MOST_ADDED_MEGABYTES = 32.0


@dataclass(frozen=True)
class Cost:
    """What one way cost: seconds of wall clock and processor, megabytes of memory above those before it began."""

    seconds: float
    processor_seconds: float
    added_megabytes: float


async def plain(url: str, directory: Path) -> None:
    """Fetch as briefly as possible."""
    async with httpx.AsyncClient() as client, client.stream("GET", url) as response:
        with (directory / "clip").open("wb") as file:
            async for piece in response.aiter_raw(PIECE_BYTES):
                file.write(piece)


async def plain_and_durable(url: str, directory: Path) -> None:
    """Fetch as briefly as possible, with a digest and a flush to disk."""
    digest = hashlib.sha256()
    async with httpx.AsyncClient() as client, client.stream("GET", url) as response:
        with (directory / "clip").open("wb") as file:
            async for piece in response.aiter_raw(PIECE_BYTES):
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())


async def guarded(url: str, directory: Path) -> None:
    """Fetch as the bot does, and keep the file."""
    store = FileStore(directory, SystemClock())
    downloader = Downloader()
    policy = AddressPolicy(local_origins=(url,))
    async with store.workspace() as workspace:
        await downloader.fetch(url, workspace / "clip", max_bytes=CLIP_BYTES, policy=policy)
        await store.put_file(workspace / "clip", "video/mp4")
    await downloader.close()


WAYS: dict[str, Callable[[str, Path], Awaitable[None]]] = {
    "plain httpx loop": plain,
    "the same, durable, with digest": plain_and_durable,
    "guarded, into the file store": guarded,
}


async def fetch_once(way: str, url: str) -> None:
    """Fetch in this process and print what it cost."""
    with tempfile.TemporaryDirectory() as directory:
        memory, began, processor = peak_megabytes(), time.perf_counter(), time.process_time()
        await WAYS[way](url, Path(directory))
        cost = {
            "seconds": time.perf_counter() - began,
            "processor_seconds": time.process_time() - processor,
            "added_megabytes": peak_megabytes() - memory,
        }
    print(json.dumps(cost))


async def measure(way: str, url: str) -> Cost:
    """Fetch in a fresh process."""
    return Cost(**await result("tests.benchmarks.fetch", way, url))


async def compare() -> list[Target]:
    """Serve the clip, measure all ways in turns, print the table, and return the target."""
    with tempfile.NamedTemporaryFile() as clip:
        clip.truncate(CLIP_BYTES)
        application = web.Application()
        application.router.add_get("/clip", lambda _: _respond(Path(clip.name)))
        runner = web.AppRunner(application)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/clip"
        costs: dict[str, list[Cost]] = {way: [] for way in WAYS}
        for _ in range(ROUNDS):
            for way in WAYS:
                costs[way].append(await measure(way, url))
        await runner.cleanup()
    return report({way: best(several) for way, several in costs.items()})


async def _respond(path: Path) -> web.FileResponse:
    return web.FileResponse(path)


def best(costs: list[Cost]) -> Cost:
    """Return the shortest times and the largest memory of several runs."""
    return Cost(
        min(cost.seconds for cost in costs),
        min(cost.processor_seconds for cost in costs),
        max(cost.added_megabytes for cost in costs),
    )


def report(costs: dict[str, Cost]) -> list[Target]:
    """Print costs and ratios; return the target."""
    base = next(iter(costs.values()))
    print(f"a clip of {CLIP_BYTES // 1024 // 1024} MB; best of {ROUNDS} runs, largest memory of them")
    print(f"{'':34}{'added memory':>14}{'time':>10}{'ratio':>8}{'processor':>12}{'ratio':>8}")
    for way, cost in costs.items():
        times = f"{cost.seconds:>8.2f} s{cost.seconds / base.seconds:>8.2f}"
        processor = f"{cost.processor_seconds:>10.2f} s{cost.processor_seconds / base.processor_seconds:>8.2f}"
        print(f"{way:34}{cost.added_megabytes:>11.1f} MB{times}{processor}")
    added = list(costs.values())[-1].added_megabytes
    return [Target("memory added by a clip of 100 MB", added, MOST_ADDED_MEGABYTES, "MB")]


def run() -> list[Target]:
    """Measure everything, each way in processes of its own."""
    return asyncio.run(compare())


if __name__ == "__main__":
    asyncio.run(fetch_once(sys.argv[1], sys.argv[2]))
