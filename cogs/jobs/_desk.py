"""Finding the jobs of whoever asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.discord.people import requester_of
from bot.errors import JobError, UnknownJob
from bot.jobs import store
from bot.texts import Sentence

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from bot.jobs.job import Job

PAGE: Final = 6
"""Jobs on one page of the list."""

MOST_PAGES: Final = 20
_SUGGESTED: Final = 100
_ID: Final = re.compile(r"[0-9a-z]{1,40}", re.ASCII)


class NoSuchJob(JobError):
    """What was typed is not a job of this person in this server."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.NoSuchJob"))


async def own_job(interaction: StageInteraction, typed: str) -> Job:
    """Return a job of whoever asks; raises `NoSuchJob`, also for what was never suggested."""
    job_id = typed.strip()
    if not _ID.fullmatch(job_id):
        raise NoSuchJob
    try:
        job = await interaction.client.services.app.database.read(lambda tx: store.load(tx, job_id))
    except UnknownJob:
        raise NoSuchJob from None
    if job.requester != requester_of(interaction):
        raise NoSuchJob
    return job


async def suggested_jobs(interaction: StageInteraction) -> list[Job]:
    """Return the newest jobs of whoever asks in this place, without those whose clip was deleted."""
    requester = requester_of(interaction)
    database = interaction.client.services.app.database
    return await database.read(lambda tx: store.jobs_of(tx, requester, limit=_SUGGESTED, deleted=False))


async def page_of_jobs(interaction: StageInteraction, number: int) -> tuple[list[Job], bool]:
    """Return a page of the jobs of whoever asks, newest first, and whether there are more."""
    number = min(max(1, number), MOST_PAGES)
    requester, limit = requester_of(interaction), number * PAGE + 1
    jobs = await interaction.client.services.app.database.read(lambda tx: store.jobs_of(tx, requester, limit=limit))
    start = (number - 1) * PAGE
    return jobs[start : start + PAGE], len(jobs) > number * PAGE and number < MOST_PAGES
