"""What can be pressed on jobs. The subject is the job; whose it is is looked up at each press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.discord.items import StageButton
from bot.discord.people import requester_of
from bot.discord.signs import Sign
from bot.discord.texts import reader_of
from cogs.generate.reach import studio_of
from cogs.jobs import _cards
from cogs.jobs._desk import own_job, page_of_jobs

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction


class Show(StageButton, area="job", action="show", sign=Sign.OPEN):
    """Opens a job."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show how it stands, for as long as it moves."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        job = await own_job(interaction, self.target.subject)
        await studio_of(interaction).progress.follow(interaction, job.batch)


class Page(StageButton, area="job", action="page"):
    """Leafs through the jobs of whoever presses; the revision is the page."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the page in place of the present one."""
        number = self.target.revision or 1
        jobs, more = await page_of_jobs(interaction, number)
        card = _cards.JobCards(interaction.client.services, reader_of(interaction)).page(jobs, number, more=more)
        await interaction.response.edit_message(view=card.layout())


async def _choose(interaction: StageInteraction, job_id: str, *, keep: bool) -> None:
    """Say what shall happen to a clip that cannot be stopped, and show what will happen now."""
    job = await own_job(interaction, job_id)
    services = interaction.client.services
    done = await services.app.engine.cancel(job.id, requester_of(interaction), keep=keep)
    card = _cards.JobCards(services, reader_of(interaction)).cancellation(done)
    await interaction.response.edit_message(view=card.layout())


class Keep(StageButton, area="job", action="keep", sign=Sign.KEEP):
    """Has a clip kept instead of posted."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Remember the choice."""
        await _choose(interaction, self.target.subject, keep=True)


class Post(StageButton, area="job", action="post", sign=Sign.POST):
    """Has a clip posted after all."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Remember the choice."""
        await _choose(interaction, self.target.subject, keep=False)


BUTTONS: Final = (Show, Page, Keep, Post)
