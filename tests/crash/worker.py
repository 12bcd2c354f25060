"""The process that the crash test kills: places its quotes and drives whatever is open, until nothing is left to do.

`python -m tests.crash.worker DIRECTORY BASE_URL ACCESS_KEY SECRET_KEY QUOTES` prints `done` when all have ended.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from functools import partial
from pathlib import Path

from bot.app import Application, running_application
from bot.delivery.folder import FolderDelivery
from bot.jobs import store
from bot.jobs.quote import Requester
from tests.support.stage import QUICK, ask, cheap_request, stage_settings

SLOTS = 12
PLACING_PAUSE = 0.05


async def work(directory: Path, base_url: str, access_key: str, secret_key: str, quotes: int) -> None:
    settings = stage_settings(
        directory,
        base_url=base_url,
        access_key=access_key,
        secret_key=secret_key,
        slots=SLOTS,
    )
    async with running_application(settings, FolderDelivery(), policies=QUICK) as app:
        for number in range(quotes):
            await place(app, number, directory / "out")
            await asyncio.sleep(PLACING_PAUSE)
        for number in range(quotes):
            for job in await app.database.read(partial(store.load_batch, batch=f"q{number:04}")):
                await app.engine.wait(job.id)


async def place(app: Application, number: int, out: Path) -> None:
    """Place one quote; a repetition after a crash finds what is there."""
    requester = Requester(server=number % 3, person=number % 7)
    request = cheap_request(f"Lantern number {number} drifts over a night market.")
    at = app.clock.now()
    agreement = await app.database.run(lambda tx: ask(tx, f"q{number:04}", requester, request, out=out, at=at))
    await app.engine.place(agreement, provider="kling", caps=())


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    folder, url, access, secret, count = sys.argv[1:]
    asyncio.run(work(Path(folder), url, access, secret, int(count)))
    sys.stdout.write("done\n")
