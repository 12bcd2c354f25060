"""Finding clips and handing them over in a form that fits."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

import discord

from bot.delivery import library, showings
from bot.delivery.card import Form
from bot.delivery.folder import file_name
from bot.delivery.limits import UploadLimits
from bot.delivery.shaping import Shaper
from bot.delivery.store import mark_kept_seen
from bot.discord.edits import edit_answer
from bot.discord.people import server_of
from bot.discord.showing import is_too_large, note_showing
from bot.errors import ClipGone, NotPermitted, OnItsWay, UnknownJob
from cogs.library._cards import LibraryCards, Making

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.delivery.library import LibraryClip, LibraryPage
    from bot.delivery.parts import Upload
    from bot.discord.cards import Card
    from bot.discord.items import StageInteraction
    from bot.discord.services import Services
    from bot.discord.showing import Answer

ALL: Final = "all"
KEPT: Final = "kept"
PAGE: Final = 5
"""Clips on one page."""

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
        self._limits = UploadLimits(services.app.database, services.app.clock)
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

    async def making(self, interaction: StageInteraction) -> Making:
        """Return how many clips of the person are still in the making here, and when the first will be ready."""
        server, person = server_of(interaction) or None, interaction.user.id
        batches = await self._app.database.read(lambda tx: library.open_batches(tx, person, server=server))
        waits: list[float] = []
        for batch in batches:
            _, standings = await self._app.engine.standings(batch)
            waits += [standing.expected_seconds for standing in standings.values()]
        return Making(len(waits), min(waits, default=0.0))

    async def told(self, page: LibraryPage) -> None:
        """Write down that a person saw a page, so that nothing is told twice."""
        at, jobs = self._app.clock.now(), [one.job.id for one in page.clips]
        await self._app.database.run(lambda tx: mark_kept_seen(tx, jobs, at=at))

    async def play(self, interaction: StageInteraction, job_id: str) -> None:
        """Answer with the clip itself, for the person alone; raises `ClipGone`, or `OnItsWay` for a second press."""
        found = await self._stored(interaction, job_id)
        with self._once(job_id, interaction):
            await interaction.response.defer(ephemeral=True, thinking=True)
            await self._put(interaction, await interaction.original_response(), found, public=False)

    async def post(self, interaction: StageInteraction, job_id: str) -> None:
        """Show the clip to everybody in the channel, and on the card of the press what became of it.

        Raises `ClipGone`, `MayNotPost`, or `OnItsWay` for a second press.
        """
        found = await self._stored(interaction, job_id)
        _require_may_post(interaction)
        cards = LibraryCards.of(interaction)
        with self._once(job_id, interaction):
            await interaction.response.edit_message(view=cards.detail(found, posting=True).layout())
            try:
                await self._post(interaction, found)
            finally:
                with contextlib.suppress(UnknownJob):
                    person = interaction.user.id
                    found = await self._app.database.read(lambda tx: library.find(tx, job_id, person))
                await edit_answer(interaction, cards.detail(found).layout())

    async def _post(self, interaction: StageInteraction, found: LibraryClip) -> None:
        """Follow up with the clip; where that fails, leave nothing behind."""
        coming = LibraryCards.of(interaction, public=True).coming(found)
        answer = await interaction.followup.send(view=coming.layout(), wait=True)
        try:
            posted = await note_showing(interaction, answer, [found.job.id])
            try:
                await self._put(interaction, answer, found, public=True)
            except BaseException:
                await self._app.database.run(lambda tx: showings.forget(tx, posted))
                raise
        except BaseException:
            with contextlib.suppress(discord.HTTPException):
                await answer.delete()
            raise

    async def _stored(self, interaction: StageInteraction, job_id: str) -> LibraryClip:
        """Return one clip whose file is there; raises `ClipGone`."""
        found = await self.find(interaction, job_id)
        if not await asyncio.to_thread(self._app.files.path(found.clip.digest).is_file):
            raise ClipGone
        return found

    async def _put(self, interaction: StageInteraction, answer: Answer, found: LibraryClip, *, public: bool) -> None:
        """Put the best form that fits into an answer; what is too large becomes a poster with a link."""
        cards = LibraryCards.of(interaction, public=public)
        path = self._app.files.path(found.clip.digest)
        async with self._shaper.shapes(path, file_name(found.job).removesuffix(".mp4")) as shapes:
            for form in _FORMS:
                limit = await self._limits.of(server_of(interaction), interaction.filesize_limit)
                upload = await shapes.make(form, limit)
                if upload is None:
                    continue
                link = None if form.is_clip else self._app.links(found.job)
                if await _sent(answer, cards.clip(found, upload.name, form, link), upload):
                    return
                await self._limits.refused(server_of(interaction), upload.size)
        card = cards.clip(found, None, Form.WORDS, self._app.links(found.job))
        await answer.edit(view=card.layout())

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


def _require_may_post(interaction: StageInteraction) -> None:
    """Raise `MayNotPost` unless the person may send files where they are."""
    if interaction.guild_id is None:
        return
    held = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    may_speak = held.send_messages_in_threads if in_thread else held.send_messages
    if not (may_speak and held.attach_files):
        raise MayNotPost


async def _sent(answer: Answer, card: Card, upload: Upload) -> bool:
    """Put a file into an answer; false where Discord finds it too large after all."""
    with contextlib.closing(discord.File(upload.path, filename=upload.name)) as file:
        try:
            await answer.edit(view=card.layout(), attachments=[file])
        except discord.HTTPException as error:
            if not is_too_large(error):
                raise
            return False
    return True
