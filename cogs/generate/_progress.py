"""Following batches: one card per batch that moves while its person may look, edited as little as possible."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.discord.edits import edit_answer
from bot.discord.people import requester_of
from bot.discord.texts import reader_of
from bot.errors import NotYours, UnknownJob
from bot.jobs import store
from bot.jobs.cancel import CancelOutcome
from cogs.generate._clip_cards import note_card
from cogs.generate._status_card import BatchView, choice_card, status_card
from cogs.generate._text import Words

if TYPE_CHECKING:
    import discord

    from bot.discord.items import StageInteraction
    from bot.discord.services import Services
    from bot.jobs.job import Job


@dataclass(frozen=True, slots=True)
class Pace:
    """How often cards move, in seconds.

    Two edits of one card lie `edit` apart, but for the last one, which comes at once. After `look` a card is looked at
    again although nothing was heard, because places in the queue change quietly. `token` is for how long a card can be
    edited; Discord's token is good for fifteen minutes.
    """

    edit: float = 2.5
    look: float = 10.0
    token: float = 14 * 60.0


@dataclass
class _Watch:
    """One card that is being followed."""

    interaction: StageInteraction
    words: Words
    moved: asyncio.Event = field(default_factory=asyncio.Event)


class Progress:
    """Shows how batches come along, and cancels them. `hear` belongs into the engine's listeners."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._app = services.app
        self._watches: dict[str, _Watch] = {}
        self.pace = Pace()

    def hear(self, job: Job) -> None:
        """Hear that a job moved."""
        watch = self._watches.get(job.batch)
        if watch is not None:
            watch.moved.set()

    async def follow(self, interaction: StageInteraction, batch: str) -> None:
        """Show a batch in the answer to an interaction, and keep showing it; raises `NotYours`."""
        await self._jobs(interaction, batch)
        watch = _Watch(interaction, self._words(interaction))
        previous = self._watches.get(batch)
        self._watches[batch] = watch
        if previous is not None:
            previous.moved.set()
        interaction.client.start_task(self._show(batch, watch), name=f"follow {batch}")

    async def cancel(self, interaction: StageInteraction, batch: str) -> None:
        """Cancel what waits, and ask what shall become of the rest."""
        jobs = await self._jobs(interaction, batch)
        requester = requester_of(interaction)
        outcomes = [(await self._app.engine.cancel(job.id, requester)).outcome for job in jobs if not job.state.ended]
        words = self._words(interaction)
        cancelled = outcomes.count(CancelOutcome.CANCELLED)
        stuck = outcomes.count(CancelOutcome.CANNOT_STOP)
        if stuck:
            card = choice_card(words, batch, count=stuck, cancelled=cancelled)
            await interaction.followup.send(view=card.layout(), ephemeral=True)
        elif not cancelled:
            await interaction.followup.send(view=note_card(words.say("cancel.late")).layout(), ephemeral=True)
        await self.follow(interaction, batch)

    async def choose(self, interaction: StageInteraction, batch: str, *, keep: bool) -> None:
        """Keep or post the clips that cannot be stopped, and say so in the card that asked."""
        jobs = await self._jobs(interaction, batch)
        requester = requester_of(interaction)
        outcomes = [
            (await self._app.engine.cancel(job.id, requester, keep=keep)).outcome for job in jobs if not job.state.ended
        ]
        key = "late"
        if CancelOutcome.CANNOT_STOP in outcomes:
            key = "will-keep" if keep else "will-post"
        card = note_card(self._words(interaction).say(f"cancel.{key}"))
        await interaction.edit_original_response(view=card.layout())
        if watch := self._watches.get(batch):
            watch.moved.set()

    async def _jobs(self, interaction: StageInteraction, batch: str) -> list[Job]:
        """Return the jobs of a batch if it belongs to the person; raises `NotYours` or `UnknownJob`."""
        jobs = await self._app.database.read(lambda tx: store.load_batch(tx, batch))
        if not jobs:
            raise UnknownJob(batch)
        if jobs[0].requester != requester_of(interaction):
            raise NotYours
        return jobs

    def _words(self, interaction: StageInteraction) -> Words:
        return Words(self._services.texts, reader_of(interaction), self._app.catalogue)

    async def _show(self, batch: str, watch: _Watch) -> None:
        """Edit the card whenever it has something new to say, until the end or until it cannot be edited any more."""
        clock = self._app.clock
        asleep_at = clock.monotonic() + self.pace.token
        shown: object = None
        try:
            while self._watches.get(batch) is watch:
                watch.moved.clear()
                asleep = clock.monotonic() >= asleep_at
                view = await self._look(batch, asleep=asleep)
                card = note_card(watch.words.say("status.erased")) if view is None else status_card(watch.words, view)
                layout = card.layout()
                if (content := _content(layout)) != shown:
                    if not await edit_answer(watch.interaction, layout):
                        return
                    shown = content
                if view is None or view.ended or asleep:
                    return
                await self._pause(batch, watch)
        finally:
            if self._watches.get(batch) is watch:
                del self._watches[batch]

    async def _pause(self, batch: str, watch: _Watch) -> None:
        """Wait for news; news come at most so often, but the end at once."""
        clock = self._app.clock
        began = clock.monotonic()
        heard = await clock.wait(watch.moved, self.pace.look)
        while heard and (left := began + self.pace.edit - clock.monotonic()) > 0:
            if await self._has_ended(batch) or self._watches.get(batch) is not watch:
                return
            watch.moved.clear()
            await clock.wait(watch.moved, left)

    async def _has_ended(self, batch: str) -> bool:
        jobs = await self._app.database.read(lambda tx: store.load_batch(tx, batch))
        return all(job.state.ended for job in jobs)

    async def _look(self, batch: str, *, asleep: bool) -> BatchView | None:
        """Return how a batch stands, None where its person had it deleted meanwhile."""
        jobs, standings = await self._app.engine.standings(batch)
        return BatchView(jobs, standings, self._app.clock.now(), asleep=asleep) if jobs else None


def _content(layout: discord.ui.LayoutView) -> object:
    """Return what a card shows, to be compared."""
    return layout.to_components()  # type: ignore[no-untyped-call]  # the library carries no type here
