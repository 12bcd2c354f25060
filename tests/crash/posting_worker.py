"""The process that the crash test of deliveries kills: posts whatever is about to be delivered.

`python -m tests.crash.posting_worker DIRECTORY API_BASE TOKEN` prints `begun` when it begins and `done` at the end.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import discord

from bot.clock import SystemClock
from bot.delivery.channel import ChannelDelivery
from bot.delivery.folder import FolderDelivery
from bot.delivery.plain import PlainCards
from bot.delivery.shaping import Shaper
from bot.discord.poster import DiscordPoster
from bot.jobs import settle, store
from bot.jobs.job import job_from_row
from bot.media.ffmpeg import Ffmpeg
from bot.storage.files import FileStore
from bot.storage.open import open_database
from bot.texts import SOURCE, english
from tests.support.discord_bot import point_at
from tests.support.post_office import Writer

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.storage.sqlite import SqliteDatabase

AT_ONCE = 3


async def work(directory: Path, api_base: str, token: str) -> None:
    await point_at(api_base)
    clock = SystemClock()
    client = discord.Client(intents=discord.Intents.none())
    async with client, open_database(f"sqlite:///{directory / 'test.db'}") as database:
        await client.login(token)
        files = FileStore(directory / "data", clock)
        delivery = ChannelDelivery(
            database=database,
            clock=clock,
            poster=DiscordPoster(client),
            writer=Writer(),
            plain=PlainCards(english(), lambda _: SOURCE),
            shaper=Shaper(files, Ffmpeg()),
            link=lambda _: None,
            folder=FolderDelivery(),
        )
        rows = await database.read(lambda tx: tx.rows("SELECT * FROM job WHERE state = 'delivering' ORDER BY id"))
        print("begun", flush=True)
        free = asyncio.Semaphore(AT_ONCE)

        async def post(job: Job) -> None:
            async with free:
                await deliver(database, delivery, files, job, at=clock.now())

        await asyncio.gather(*(post(job_from_row(row)) for row in rows))


async def deliver(database: SqliteDatabase, delivery: ChannelDelivery, files: FileStore, job: Job, *, at: int) -> None:
    """Deliver one job as the engine does."""
    clip = await database.read(lambda tx: store.load_clip(tx, job.id))
    assert clip is not None
    receipt = await delivery.deliver(job, clip, files.path(clip.digest))
    await database.run(
        lambda tx: settle.finish_delivered(tx, job, receipt=receipt, credits_due=job.credits, at=at),
    )


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    folder, base, bot_token = sys.argv[1:]
    asyncio.run(work(Path(folder), base, bot_token))
    print("done", flush=True)
