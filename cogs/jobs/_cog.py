"""The commands `/job …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discord import app_commands
from discord.ext import commands

from bot.discord.people import requester_of
from bot.discord.texts import reader_of
from cogs.generate.reach import studio_of
from cogs.jobs._cards import JobCards
from cogs.jobs._desk import own_job, page_of_jobs, suggested_jobs

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from bot.discord.services import Services

_MOST_CHOICES: Final = 25
_JobId = app_commands.Range[str, 1, 100]


class JobsCog(commands.Cog, name="Jobs"):
    """How the jobs of a person stand, cancelling them, and trying again. Only the person sees any of it."""

    group = app_commands.Group(
        name="job",
        description="Your clips in the making: how they stand, cancel, try again",
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
    )

    def __init__(self, services: Services) -> None:
        self._services = services

    @group.command(description="Show how one of your jobs stands")
    @app_commands.describe(job="One of your jobs; start to type its words")
    async def show(self, interaction: StageInteraction, job: _JobId) -> None:
        """Show a job, for as long as it moves."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await own_job(interaction, job)
        await studio_of(interaction).progress.follow(interaction, found.batch)

    @group.command(name="list", description="List your jobs, newest first")
    async def all(self, interaction: StageInteraction) -> None:
        """Show the newest page."""
        jobs, more = await page_of_jobs(interaction, 1)
        card = JobCards(self._services, reader_of(interaction)).page(jobs, 1, more=more)
        await interaction.response.send_message(view=card.layout(), ephemeral=True)

    @group.command(description="Cancel a job: free while it waits; later you can still keep it from being posted")
    @app_commands.describe(job="One of your jobs; start to type its words")
    async def cancel(self, interaction: StageInteraction, job: _JobId) -> None:
        """Cancel, or say truly why not and what can be chosen instead."""
        found = await own_job(interaction, job)
        done = await self._services.app.engine.cancel(found.id, requester_of(interaction))
        card = JobCards(self._services, reader_of(interaction)).cancellation(done)
        await interaction.response.send_message(view=card.layout(), ephemeral=True)

    @group.command(description="Get a new price for the same request and try again")
    @app_commands.describe(job="One of your jobs; start to type its words")
    async def retry(self, interaction: StageInteraction, job: _JobId) -> None:
        """Show a quote for the old request; nothing is spent yet."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await own_job(interaction, job)
        await studio_of(interaction).clips.again(interaction, found.id)

    @show.autocomplete("job")
    async def any_job(self, interaction: StageInteraction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest jobs."""
        return await self._suggest(interaction, typed, ended=None)

    @cancel.autocomplete("job")
    async def open_job(self, interaction: StageInteraction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest jobs that have not ended."""
        return await self._suggest(interaction, typed, ended=False)

    @retry.autocomplete("job")
    async def ended_job(self, interaction: StageInteraction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest jobs that have ended."""
        return await self._suggest(interaction, typed, ended=True)

    async def _suggest(
        self, interaction: StageInteraction, typed: str, *, ended: bool | None
    ) -> list[app_commands.Choice[str]]:
        """Return own jobs whose words or id contain what was typed."""
        wanted = typed.strip().casefold()
        cards = JobCards(self._services, reader_of(interaction))
        return [
            app_commands.Choice(name=cards.choice(job), value=job.id)
            for job in await suggested_jobs(interaction)
            if ended in {None, job.state.ended} and (wanted in job.request.prompt.casefold() or wanted in job.id)
        ][:_MOST_CHOICES]
