"""Clips that people have already made or ordered when a test begins."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.jobs import store
from bot.jobs.place import Agreement
from bot.jobs.request import Mode, Request
from bot.jobs.state import JobState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.jobs.job import Job
    from bot.ledger import Cap
    from tests.support.theatre import Theatre

PROMPT = "A paper lantern drifts over the night market of Zanzibar"
PRICE = 15


async def order(
    theatre: Theatre,
    who: str,
    prompt: str = PROMPT,
    *,
    destination: str | None = None,
    caps: Sequence[Cap] = (),
) -> Job:
    """Let somebody place the cheapest clip, to be posted on the stage."""
    requester = theatre.as_person(who).requester
    request = Request(prompt=prompt, mode=Mode.STANDARD, audio=False)
    stage = f"channel:{theatre.discord.stagehand.channel('stage').id}"
    quote = (await theatre.bot.services.desk.offer(request, requester, destination=destination or stage)).quote
    agreement = Agreement(quote.id, quote.revision, quote.credits, requester)
    return (await theatre.app.engine.place(agreement, provider="kling", caps=caps)).jobs[0]


async def make(theatre: Theatre, who: str, prompt: str = PROMPT, *, destination: str | None = None) -> Job:
    """Let somebody make a clip to its end."""
    ended = await theatre.app.engine.wait((await order(theatre, who, prompt, destination=destination)).id)
    assert ended.state is JobState.DELIVERED, ended.message
    return ended


async def reaches(theatre: Theatre, job: Job, state: JobState) -> None:
    """Wait until a job stands in a state."""
    moved = asyncio.Event()
    theatre.app.engine.listeners.append(lambda _: moved.set())
    async with asyncio.timeout(10):
        while (await theatre.app.database.read(lambda tx: store.load(tx, job.id))).state is not state:
            await moved.wait()
            moved.clear()
