"""What is shown about jobs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import discord

from bot.discord.cards import Card
from bot.discord.escape import label, one_line
from bot.discord.signs import Sign
from bot.discord.wording import settings_of
from bot.jobs.cancel import CancelOutcome
from cogs.jobs import _buttons

if TYPE_CHECKING:
    from bot.discord.services import Services
    from bot.jobs.cancel import Cancellation
    from bot.jobs.job import Job

COLOUR: Final = 0x5865F2
_PROMPT_LENGTH: Final = 140
_CHOICE_LENGTH: Final = 100
_LIST: Final = "own"


@dataclass(frozen=True, slots=True)
class JobCards:
    """Builds cards about jobs for somebody who reads `locale`."""

    services: Services
    locale: discord.Locale

    def choice(self, job: Job) -> str:
        """Name a job among suggestions."""
        state = self._state(job)
        prompt = label(job.request.prompt, _CHOICE_LENGTH - len(state) - 3)
        return f"{prompt or job.id} · {state}"

    def page(self, jobs: list[Job], number: int, *, more: bool) -> Card:
        """Show a page of jobs, each with a button that opens it."""
        card = Card(colour=COLOUR).heading(self._say("list.title", page=number))
        if not jobs:
            return card.text(self._say("list.empty"))
        for job in jobs:
            card.beside_button(self._line(job), _buttons.Show(job.id, label=self._say("list.open")))
        buttons: list[_buttons.Page] = []
        if number > 1:
            buttons.append(_buttons.Page(_LIST, number - 1, label=self._say("list.newer"), emoji=Sign.NEWER))
        if more:
            buttons.append(_buttons.Page(_LIST, number + 1, label=self._say("list.older"), emoji=Sign.OLDER))
        return card.row(*buttons)

    def cancellation(self, done: Cancellation) -> Card:
        """Say what became of the wish to cancel; where there is a choice left, offer it."""
        job = done.job
        card = Card(colour=COLOUR).text(self._line(job))
        if done.outcome is CancelOutcome.CANCELLED:
            return card.text(self._say("cancel.cancelled", count=job.credits))
        if done.outcome is CancelOutcome.TOO_LATE:
            return card.text(self._say("cancel.ended" if job.state.ended else "cancel.being-posted"))
        card.text(self._say("cancel.kept" if job.keep else "cancel.cannot-stop", count=job.credits))
        keep = _buttons.Keep(job.id, label=self._say("cancel.keep"), style=discord.ButtonStyle.primary)
        post = _buttons.Post(job.id, label=self._say("cancel.post"))
        return card.row(post) if job.keep else card.row(keep)

    def _line(self, job: Job) -> str:
        single = job.request.model_copy(update={"outputs": 1})
        settings = settings_of(self.services.texts, self.locale, self.services.app.catalogue, single)
        prompt = one_line(job.request.prompt, _PROMPT_LENGTH) or self._say("list.no-words")
        facts = self._say("list.facts", state=self._state(job), at=job.created_at // 1000, count=job.credits)
        return f"**{prompt}**\n{facts}\n-# {settings} · `{job.id}`"

    def _state(self, job: Job) -> str:
        return self._say(f"state.{job.state}")

    def _say(self, key: str, **values: object) -> str:
        return self.services.texts.say(self.locale, f"jobs.{key}", **values)
