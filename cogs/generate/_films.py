"""Films: a clip together with those that it continues, joined and posted.

Joining takes a while. Until the film is there, only its person hears of it, so that nothing that everybody sees is
left behind where joining fails or the bot ends in the middle of it.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import discord

from bot.delivery.card import Form
from bot.delivery.folder import file_name
from bot.delivery.limits import UploadLimits
from bot.delivery.shaping import Shaper
from bot.discord.edits import edit_answer
from bot.discord.people import server_of
from bot.discord.showing import is_too_large, note_showing
from bot.discord.texts import audience_of
from bot.errors import ClipGone, OnItsWay, UnknownJob
from bot.jobs import store
from bot.media.sequel import make_film
from cogs.generate._clip_cards import FilmView, film_card, note_card
from cogs.generate._text import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.delivery.parts import Upload
    from bot.delivery.shaping import Shapes
    from bot.discord.cards import Card
    from bot.discord.items import StageInteraction
    from bot.jobs.job import Clip, Job
    from cogs.generate._studio import Studio

MOST_JOINED: Final = 8
"""Clips in one film."""

_FORMS: Final = (Form.VIDEO, Form.FITTED, Form.POSTER)


@dataclass(frozen=True, slots=True)
class Part:
    """A clip of a film with its job."""

    job: Job
    clip: Clip


class Films:
    """Joins clips, each film once at a time."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._app = studio.services.app
        self._shaper = Shaper(self._app.files, self._app.ffmpeg)
        self._limits = UploadLimits(self._app.database, self._app.clock)
        self._joining: set[str] = set()

    async def join(self, interaction: StageInteraction, job_id: str) -> None:
        """Post a clip together with those that it continues, as one film, in the channel of the button.

        Raises `OnItsWay` for a second press, and whatever keeps the film from being made or posted.
        """
        job = await self._studio.clips.own(interaction, job_id)
        if job.id in self._joining:
            raise OnItsWay
        self._joining.add(job.id)
        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
            parts = await self._chain(job)
            words = self._studio.words(interaction)
            await edit_answer(interaction, note_card(words.say("join.coming", count=len(parts))).layout())
            try:
                film = await self._make(interaction, parts)
            except BaseException:
                # What is told instead stands alone; nobody shall go on waiting for the film.
                with contextlib.suppress(discord.HTTPException):
                    await interaction.delete_original_response()
                raise
            await edit_answer(interaction, note_card(words.say("join.done", link=film.jump_url)).layout())
        finally:
            self._joining.discard(job.id)

    async def _chain(self, job: Job) -> list[Part]:
        """Return the clips that a clip continues, in their order, and itself; raises `ClipGone`."""
        parts = [Part(job, await self._studio.clips.stored(job.id))]
        while job.request.continues and len(parts) < MOST_JOINED:
            try:
                job = await self._app.database.read(partial(store.load, job_id=job.request.continues))
            except UnknownJob:
                raise ClipGone from None
            parts.insert(0, Part(job, await self._studio.clips.stored(job.id)))
        return parts

    async def _make(self, interaction: StageInteraction, parts: Sequence[Part]) -> discord.WebhookMessage:
        """Join clips and post the best form of the film that the place takes."""
        clips, name = [part.clip for part in parts], f"film-{file_name(parts[-1].job)}"
        async with self._app.files.workspace() as workspace:
            film = await make_film(self._app.ffmpeg, self._app.files, clips, workspace)
            async with self._shaper.shapes(film, name.removesuffix(".mp4")) as shapes:
                message = await self._post(interaction, parts, shapes)
        try:
            await note_showing(interaction, message, [clip.job for clip in clips])
        except BaseException:
            with contextlib.suppress(discord.HTTPException):
                await message.delete()
            raise
        return message

    async def _post(
        self, interaction: StageInteraction, parts: Sequence[Part], shapes: Shapes
    ) -> discord.WebhookMessage:
        """Go down the ladder: the film, encoded again, a poster with words, words alone."""
        words = Words(self._studio.services.texts, audience_of(interaction), self._app.catalogue)
        server = server_of(interaction)
        for form in _FORMS:
            limit = await self._limits.of(server, interaction.filesize_limit)
            upload = await shapes.make(form, limit)
            if upload is None:
                continue
            try:
                return await _send(interaction, film_card(words, self._view(parts, form, upload.name)), upload)
            except discord.HTTPException as error:
                if not is_too_large(error):
                    raise
            await self._limits.refused(server, upload.size)
        card = film_card(words, self._view(parts, Form.WORDS))
        return await interaction.followup.send(view=card.layout(), wait=True)

    def _view(self, parts: Sequence[Part], form: Form, name: str | None = None) -> FilmView:
        seconds = sum(part.clip.seconds for part in parts)
        links = () if form.is_clip else tuple(filter(None, (self._app.links(part.job) for part in parts)))
        return FilmView(parts[-1].job, seconds, form, name, links)


async def _send(interaction: StageInteraction, card: Card, upload: Upload) -> discord.WebhookMessage:
    with contextlib.closing(discord.File(upload.path, filename=upload.name)) as file:
        return await interaction.followup.send(view=card.layout(), file=file, wait=True)
