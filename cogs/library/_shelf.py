"""Finding clips and handing them over in a form that fits."""

from __future__ import annotations

import asyncio
import contextlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import discord

from bot.delivery import library
from bot.delivery.card import Form
from bot.delivery.folder import file_name
from bot.delivery.shaping import Shaper
from bot.discord.people import server_of
from bot.discord.showing import note_showing
from bot.errors import ClipGone, NotPermitted, OnItsWay, UnknownJob
from cogs.library._cards import LibraryCards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.delivery.library import LibraryClip, LibraryPage
    from bot.delivery.parts import Upload
    from bot.discord.cards import Card
    from bot.discord.items import StageInteraction
    from bot.discord.services import Services

ALL: Final = "all"
KEPT: Final = "kept"
PAGE: Final = 5
"""Clips on one page."""

_TOO_LARGE: Final = 40005
"""Discord's code for a file that exceeds the limit."""

_FORMS: Final = (Form.VIDEO, Form.FITTED, Form.POSTER)


class MayNotPost(NotPermitted):
    """The person may not send files in this channel themselves."""

    def __init__(self) -> None:
        super().__init__("errors.MayNotPost")


class Shelf:
    """The clips of whoever asks: those of the server, and all of them where the bot is not in a server."""

    def __init__(self, services: Services) -> None:
        self._app = services.app
        self._shaper = Shaper(services.app.files, services.app.ffmpeg)
        self._busy: set[tuple[str, int]] = set()

    async def page(self, interaction: StageInteraction, which: str, number: int) -> LibraryPage:
        """Return a page of clips."""
        server, person = server_of(interaction) or None, interaction.user.id
        return await self._app.database.read(
            lambda tx: library.page_of(tx, person, server=server, number=number, size=PAGE, kept_only=which == KEPT)
        )

    async def find(self, interaction: StageInteraction, job_id: str) -> LibraryClip:
        """Return one clip; raises `ClipGone` where it is not the person's or no more."""
        person = interaction.user.id
        try:
            return await self._app.database.read(lambda tx: library.find(tx, job_id, person))
        except UnknownJob:
            raise ClipGone from None

    async def hand_over(self, interaction: StageInteraction, job_id: str, *, ephemeral: bool) -> None:
        """Answer with the clip itself, for the person alone or for everybody in the channel.

        Raises `ClipGone`, `MayNotPost`, or `OnItsWay` for a second press.
        """
        found = await self.find(interaction, job_id)
        if not ephemeral and interaction.guild_id is not None:
            held = interaction.permissions
            in_thread = isinstance(interaction.channel, discord.Thread)
            may_speak = held.send_messages_in_threads if in_thread else held.send_messages
            if not (may_speak and held.attach_files):
                raise MayNotPost
        with self._once(job_id, interaction):
            await interaction.response.defer(ephemeral=ephemeral, thinking=True)
            if not ephemeral:
                await note_showing(interaction, [job_id])
            await self._send(interaction, found, public=not ephemeral)

    async def _send(self, interaction: StageInteraction, found: LibraryClip, *, public: bool) -> None:
        """Send the best form that fits into this answer; what is too large becomes a poster with a link."""
        path = self._app.files.path(found.clip.digest)
        if not await asyncio.to_thread(path.is_file):
            raise ClipGone
        cards = LibraryCards.of(interaction, public=public)
        async with self._shaper.shapes(path, file_name(found.job).removesuffix(".mp4")) as shapes:
            for form in _FORMS:
                upload = await shapes.make(form, interaction.filesize_limit)
                if upload is None:
                    continue
                link = None if form.is_clip else self._app.links(found.job)
                card = cards.clip(found, upload.name, form, link)
                if await _sent(interaction, card, upload):
                    return
        card = cards.clip(found, None, Form.WORDS, self._app.links(found.job))
        await interaction.edit_original_response(view=card.layout())

    @contextlib.contextmanager
    def _once(self, job_id: str, interaction: StageInteraction) -> Iterator[None]:
        key = (job_id, interaction.user.id)
        if key in self._busy:
            raise OnItsWay
        self._busy.add(key)
        try:
            yield
        finally:
            self._busy.discard(key)


async def _sent(interaction: StageInteraction, card: Card, upload: Upload) -> bool:
    """Answer with a file; false where Discord finds it too large after all."""
    with contextlib.closing(discord.File(upload.path, filename=upload.name)) as file:
        try:
            await interaction.edit_original_response(view=card.layout(), attachments=[file])
        except discord.HTTPException as error:
            if error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or error.code == _TOO_LARGE:
                return False
            raise
    return True
