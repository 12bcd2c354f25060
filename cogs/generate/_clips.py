"""What people do with finished clips: again, edit, extend, delete, report."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING

import discord

from bot.delivery import library, showings
from bot.discord.people import requester_of
from bot.discord.texts import audience_of
from bot.errors import ClipGone, NotYours, UnknownJob
from bot.jobs import store
from bot.jobs.compose import continuation, editable, revise
from bot.media.sequel import last_frame
from bot.moderation.reports import Report, file_report
from bot.preferences.store import load_server
from cogs.generate._clip_cards import delete_card, note_card, report_card
from cogs.generate._forms import report_sheet, sheet_for
from cogs.generate._modals import ChangeClip, ContinueClip, ReportClip
from cogs.generate._text import Words

if TYPE_CHECKING:
    from bot.delivery.destination import Posted
    from bot.discord.identifiers import CustomId
    from bot.discord.items import StageInteraction
    from bot.jobs.compose import Changes
    from bot.jobs.job import Clip, Job
    from bot.moderation.reports import Reason
    from bot.storage.database import Transaction
    from cogs.generate._studio import Studio

_log = logging.getLogger(__name__)


class Clips:
    """Actions on clips. All but reporting are for the person who made the clip."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._app = studio.services.app

    # --- another clip like this one ---

    async def again(self, interaction: StageInteraction, job_id: str) -> None:
        """Show the price of the same once more: one clip, also where this was one of several."""
        job = await self.own(interaction, job_id)
        person = await self._studio.person(interaction)
        await self._studio.quote(interaction, person, job.request.model_copy(update={"outputs": 1}))

    async def open_edit(self, interaction: StageInteraction, job_id: str) -> None:
        """Show the form with the request of a clip, unless a picture is missing: nobody shall write in vain."""
        job = await self.own(interaction, job_id)
        self._studio.services.desk.require_inputs(job.request)
        request = editable(self._app.catalogue, job.request)
        sheet = sheet_for(self._studio.words(interaction), request, "modal.edit", subscriber=job.subscriber)
        await ChangeClip(job.id, sheet=sheet).open(interaction)

    async def change(self, interaction: StageInteraction, target: CustomId, changes: Changes) -> None:
        """Show the price of a clip like this one, with changes."""
        job = await self.own(interaction, target.subject)
        person = await self._studio.person(interaction)
        request = revise(editable(self._app.catalogue, job.request), changes)
        await self._studio.quote(interaction, person, request)

    # --- the clip after this one ---

    async def open_extend(self, interaction: StageInteraction, job_id: str) -> None:
        """Show the form for what happens next."""
        job = await self.own(interaction, job_id)
        request = continuation(self._app.catalogue, job.request, job.id, None)
        words, hint = self._studio.words(interaction), "modal.prompt-hint-extend"
        sheet = sheet_for(words, request, "modal.extend", subscriber=job.subscriber, hint=hint)
        await ContinueClip(job.id, sheet=sheet).open(interaction)

    async def extend(self, interaction: StageInteraction, target: CustomId, changes: Changes) -> None:
        """Show the price of the clip that begins with the last frame of this one."""
        job = await self.own(interaction, target.subject)
        person = await self._studio.person(interaction)
        clip = await self.stored(job.id)
        frame = await last_frame(self._app.ffmpeg, self._app.files, clip)
        request = revise(continuation(self._app.catalogue, job.request, job.id, frame), changes)
        await self._studio.quote(interaction, person, request)

    # --- away with it ---

    async def ask_to_delete(self, interaction: StageInteraction, job_id: str) -> None:
        """Ask whether a clip is to go."""
        job = await self.own(interaction, job_id)
        card = delete_card(self._studio.words(interaction), job.id)
        await interaction.response.send_message(view=card.layout(), ephemeral=True)

    async def spare(self, interaction: StageInteraction) -> None:
        """Leave a clip alone after all."""
        card = note_card(self._studio.words(interaction).say("delete.kept"))
        await interaction.response.edit_message(view=card.layout())

    async def delete(self, interaction: StageInteraction, job_id: str) -> None:
        """Delete a clip, its file and its messages; a second press finds that it is done."""
        words = self._studio.words(interaction)
        job = await self.own(interaction, job_id)
        messages = await self._app.database.run(lambda tx: _forget(tx, job, at=self._app.clock.now()))
        left = len(await interaction.client.removals.work(messages))
        text = words.say("delete.done")
        if left:
            text = words.say("delete.message-left", count=left, days=showings.GIVE_UP_DAYS)
        await interaction.edit_original_response(view=note_card(text).layout())

    # --- something is wrong with it ---

    async def open_report(self, interaction: StageInteraction, job_id: str) -> None:
        """Show the form of a report to whoever pressed."""
        await self._app.database.read(lambda tx: store.load(tx, job_id))
        sheet = report_sheet(self._studio.words(interaction))
        await ReportClip(job_id, sheet=sheet).open(interaction)

    async def report(self, interaction: StageInteraction, target: CustomId, reason: Reason, details: str) -> None:
        """Keep a report, tell the moderators where the server has a channel for it, and thank."""
        app, words = self._app, self._studio.words(interaction)
        job = await app.database.read(lambda tx: store.load(tx, target.subject))
        wanted = Report(
            id=app.ids.new(),
            job=job.id,
            server=job.requester.server,
            person=interaction.user.id,
            reason=reason,
            details=details,
            reported_at=app.clock.now(),
        )
        report = await app.database.run(lambda tx: file_report(tx, wanted))
        outcome = "again"
        if report.id == wanted.id:
            outcome = "thanks" if await self._tell_moderators(interaction, job, report) else "unheard"
        text = words.say(f"report.{outcome}", reference=report.id)
        await interaction.edit_original_response(view=note_card(text).layout())

    async def _tell_moderators(self, interaction: StageInteraction, job: Job, report: Report) -> bool:
        """Post a report in the channel for reports; false where there is none, or it cannot be posted there."""
        server = await self._app.database.read(lambda tx: load_server(tx, report.server))
        if server.report_channel is None:
            return False
        words = Words(self._studio.services.texts, audience_of(interaction), self._app.catalogue)
        channel = interaction.client.get_partial_messageable(server.report_channel)
        try:
            await channel.send(view=report_card(words, job, report).layout())
        except discord.HTTPException as error:
            _log.warning("a report could not be posted", extra={"report": report.id, "code": error.code})
            return False
        return True

    # --- parts ---

    async def own(self, interaction: StageInteraction, job_id: str) -> Job:
        """Return the job of a clip if this person made it; raises `NotYours` or `UnknownJob`."""
        job = await self._app.database.read(lambda tx: store.load(tx, job_id))
        if job.requester.person != requester_of(interaction).person:
            raise NotYours
        return job

    async def stored(self, job_id: str) -> Clip:
        """Return the clip of a job whose file is there; raises `ClipGone`."""
        clip = await self._app.database.read(lambda tx: store.load_clip(tx, job_id))
        if clip is None or not await asyncio.to_thread(self._app.files.path(clip.digest).is_file):
            raise ClipGone
        return clip


def _forget(tx: Transaction, job: Job, *, at: int) -> set[Posted]:
    """Delete a clip unless that is done already, and ask for the removal of what shows it."""
    with contextlib.suppress(UnknownJob):
        library.delete(tx, job.id, job.requester.person)
    return showings.take_down(tx, job.id, at=at)
