"""The bot answers at once whatever else is going on: no step of its loop takes long."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

import imageio_ffmpeg  # type: ignore[import-untyped]
import pytest

from bot.discord.running import settle_memory
from bot.jobs import store
from bot.jobs.place import Agreement
from bot.jobs.quote import Requester
from bot.jobs.request import Mode, Request
from bot.sandbox.discord import Reply
from bot.sandbox.kling.settings import Settings as VendorSettings
from tests.support.discord_trial import EXTENSION
from tests.support.loop_watch import watch_loop
from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

JOBS = 200
COMMANDS = 60
LONGEST_STEP = 100.0
"""Milliseconds, as the design promises."""

ENDLESS = VendorSettings(fixed_submitted=0, fixed_processing=3600)


async def place_jobs(theatre: Theatre, number: int) -> None:
    """Let many people's jobs run at the vendor."""
    app, desk = theatre.app, theatre.bot.services.desk
    for batch in range(number // 4):
        name = ("Mia", "Noor", "Sam")[batch % 3]
        requester = Requester(theatre.server, int(theatre.as_person(name).person.id))
        request = Request(prompt=f"Rain on neon, take {batch}.", mode=Mode.STANDARD, audio=False, outputs=4)
        offer = await desk.offer(request, requester, destination="library")
        quote = offer.quote
        await app.engine.place(Agreement(quote.id, 1, quote.credits, requester), provider="kling", caps=())


async def transcode() -> None:
    """Keep an encoder busy for as long as nobody stops it."""
    source = "testsrc2=size=1280x720:rate=30:duration=600"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", source, "-f", "null", "-"]
    process = await asyncio.create_subprocess_exec(*command)
    try:
        await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.fixture
def settled_memory() -> Iterator[Callable[[], None]]:
    """What the command `run` does once the bot is ready."""
    yield settle_memory
    gc.unfreeze()


@pytest.mark.slow
async def test_no_step_is_long_while_jobs_run_and_an_encoder_is_busy(
    tmp_path: Path, settled_memory: Callable[[], None]
) -> None:
    async with open_theatre(tmp_path, cogs=[EXTENSION], vendor=ENDLESS, slots=JOBS) as theatre:
        for name in ("Mia", "Noor", "Sam"):
            await theatre.give(name, 100_000)
        mia = theatre.as_person("Mia")
        encoder = asyncio.create_task(transcode())
        settled_memory()
        with watch_loop() as watch:
            await place_jobs(theatre, JOBS)
            for number in range(COMMANDS):
                answer = await mia.slash("/trial card", subject=f"card{number}")
                assert answer.reply is Reply.MESSAGE, answer.failure
                assert answer.message is not None
                assert (await mia.press(answer.message, "Press")).reply is Reply.MESSAGE
        running = len(await theatre.app.database.read(lambda tx: store.with_vendor(tx, "kling")))
        encoder.cancel()
        await asyncio.gather(encoder, return_exceptions=True)

    print(f"{watch.steps} steps, longest {watch.longest:.0f} ms, {running} jobs at the vendor")
    assert running > JOBS / 2
    assert watch.longest < LONGEST_STEP, sorted(watch.slow)[-3:]
