"""The bot answers at once whatever else is going on: no step of its loop takes long."""

from __future__ import annotations

import asyncio
import gc
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.discord.running import settle_memory
from bot.jobs import store
from bot.jobs.place import Agreement
from bot.jobs.quote import Requester
from bot.jobs.request import Mode, Request
from bot.media.fit import fit_to_limit
from bot.media.probe import probe
from bot.sandbox.kling.settings import Settings as VendorSettings
from tests.support.clips import ffmpeg, moving
from tests.support.loop_watch import watch_loop
from tests.support.reading import buttons_of
from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.sandbox.discord import Interaction

JOBS = 200
COMMANDS = 60
LONGEST_STEP = 100.0
"""Milliseconds, as the design promises."""

PROMPT = (
    'Night market in the rain. [Cook, warm tired voice] lifts the lid: "We close when the last lantern is out." '
    'Immediately, [Girl, bright voice] laughs: "Then I will hold mine up until morning!" Rain on canvas.'
)
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


async def make_clips_fit(theatre: Theatre, directory: Path) -> None:
    """Encode a clip down to a size, as for a server with a small limit, for as long as nobody stops it."""
    clip = directory / "large.mp4"
    await asyncio.to_thread(ffmpeg, *moving(8, "1280x720"), "-c:v", "libx264", "-preset", "ultrafast", str(clip))
    facts = await probe(clip)
    while True:
        await fit_to_limit(theatre.app.ffmpeg, clip, facts, directory / "small.mp4", limit_bytes=facts.size // 4)


def _has_buttons(answer: Interaction) -> bool:
    return answer.message is not None and bool(buttons_of(answer.message))


@pytest.fixture
def settled_memory() -> Iterator[Callable[[], None]]:
    """What the command `run` does once the bot is ready."""
    yield settle_memory
    gc.unfreeze()


@pytest.mark.slow
async def test_no_step_is_long_while_jobs_run_and_an_encoder_is_busy(
    tmp_path: Path, settled_memory: Callable[[], None]
) -> None:
    async with open_theatre(tmp_path, vendor=ENDLESS, slots=JOBS) as theatre:
        for name in ("Mia", "Noor", "Sam"):
            await theatre.give(name, 100_000)
        mia = theatre.as_person("Mia")
        encoder = asyncio.create_task(make_clips_fit(theatre, tmp_path))
        settled_memory()
        with watch_loop() as watch:
            await place_jobs(theatre, JOBS)
            for number in range(COMMANDS // 4):
                quoted = await mia.slash("/video text", prompt=f"{PROMPT} Take {number}.")
                assert quoted.failure is None
                for command in ("/credits balance", "/job list", "/library"):
                    answer = await mia.slash(command)
                    assert answer.failure is None
                await theatre.discord.until(partial(_has_buttons, quoted), seconds=10)
        running = len(await theatre.app.database.read(lambda tx: store.with_vendor(tx, "kling")))
        assert not encoder.done()
        encoder.cancel()
        await asyncio.gather(encoder, return_exceptions=True)

    print(f"{watch.steps} steps, longest {watch.longest:.0f} ms, {running} jobs at the vendor")
    assert running > JOBS / 2
    assert watch.longest < LONGEST_STEP, sorted(watch.slow)[-3:]
