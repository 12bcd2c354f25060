"""The simplest delivery: the clip as a message in the channel that the job names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import Application
    from bot.discord.client import StageBot
    from bot.jobs.job import Clip, Job


class PlainDelivery:
    """Posts clips into the channel whose id stands behind the last colon of the destination."""

    def __init__(self, app: Application, bot: StageBot) -> None:
        del app
        self._bot = bot

    async def deliver(self, job: Job, clip: Clip, path: Path) -> str:
        """Post the clip with the job's id as nonce, so that a repetition changes nothing."""
        del clip
        channel = self._bot.get_partial_messageable(int(job.destination.rpartition(":")[2]))
        message = await channel.send(file=discord.File(path, filename=f"{job.id}.mp4"), nonce=job.id)
        return f"{job.destination}/message:{message.id}"
