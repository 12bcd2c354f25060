"""What is shown of the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import discord

from bot.delivery.card import Form
from bot.delivery.destination import DELETED_RECEIPT
from bot.discord.cards import Card
from bot.discord.escape import label, one_line
from bot.discord.links import link_to
from bot.discord.signs import Sign
from bot.discord.texts import audience_of, reader_of
from bot.discord.wording import quoted, settings_of
from cogs.generate.clip_buttons import Again, Delete, Extend
from cogs.library import _buttons

if TYPE_CHECKING:
    from bot.delivery.card import ClipLink
    from bot.delivery.library import LibraryClip, LibraryPage
    from bot.discord.items import StageInteraction
    from bot.discord.services import Services

COLOUR: Final = 0x8C7AE6
_DAY: Final = 86_400
_LINE_LENGTH: Final = 120
_PROMPT_LENGTH: Final = 1200
_ALT_LENGTH: Final = 300
_LEAST_WAIT: Final = 5.0
"""Seconds below which a clip is ready at any moment."""


@dataclass(frozen=True, slots=True)
class Making:
    """How many clips are in the making, and in how many seconds the first is expected."""

    clips: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class LibraryCards:
    """Builds cards about clips for those who read `locale`."""

    services: Services
    locale: discord.Locale

    @classmethod
    def of(cls, interaction: StageInteraction, *, public: bool = False) -> Self:
        """Return cards in the language of the person, or of everybody in the channel."""
        locale = audience_of(interaction) if public else reader_of(interaction)
        return cls(interaction.client.services, locale)

    def page(self, page: LibraryPage, which: str, making: Making) -> Card:
        """Show a page of clips, each with a button that opens it, and what is still to come."""
        card = Card(colour=COLOUR).heading(self._say("title", page=page.number, pages=page.pages))
        if making.clips:
            card.text(f"⏳ {self._coming(making)}")
        if page.clips:
            card.small(self._say("count", count=page.total))
        elif which != "all":
            card.text(self._say("none-kept"))
        elif not making.clips:
            card.text(self._say("empty"))
        for one in page.clips:
            card.beside_button(self._line(one), _buttons.Open(one.job.id, label=self._say("open")))
        buttons: list[_buttons.Page] = []
        if page.number > 1:
            buttons.append(_buttons.Page(which, page.number - 1, label=self._say("newer"), emoji=Sign.NEWER))
        if page.number < page.pages:
            buttons.append(_buttons.Page(which, page.number + 1, label=self._say("older"), emoji=Sign.OLDER))
        if making.clips:
            buttons.append(_buttons.Page(which, page.number, label=self._say("refresh"), emoji=Sign.REFRESH))
        return card.row(*buttons)

    def detail(self, one: LibraryClip, *, posting: bool = False) -> Card:
        """Show one clip with what can be done with it; `posting` says that it is about to appear in the channel."""
        request = one.job.request
        card = Card(colour=COLOUR).text(quoted(request.prompt, _PROMPT_LENGTH) if request.prompt.strip() else "")
        clip_days = self.services.app.settings.retention.clip_days
        until = one.created_at // 1000 + clip_days * _DAY
        whereabouts = self._say("posting") if posting else self._whereabouts(one)
        card.text(f"{self._facts(one)}\n{whereabouts}\n-# {self._say('until', until=until)}")
        card.row(
            _buttons.Play(one.job.id, label=self._say("play"), style=discord.ButtonStyle.primary),
            _buttons.PostHere(one.job.id, label=self._say("post"), disabled=posting),
        )
        return card.row(
            Again(one.job.id, label=self._say("again")),
            Extend(one.job.id, label=self._say("extend")),
            Delete(one.job.id, label=self._say("delete")),
            _buttons.Page("all", 1, label=self._say("back"), emoji=Sign.BACK),
        )

    def clip(self, one: LibraryClip, name: str | None, form: Form, link: ClipLink | None) -> Card:
        """Show the clip itself, its poster, or at least where it can be watched."""
        prompt = one.job.request.prompt
        card = Card(colour=COLOUR)
        if name is not None:
            alt = self._say("alt", prompt=label(prompt, _ALT_LENGTH)) if label(prompt, 1) else self._say("alt-empty")
            card.media((f"attachment://{name}", alt))
        if form is Form.FITTED:
            card.small(self._say("fitted"))
        elif not form.is_clip and link is not None:
            card.text(self._say("link", url=link.url, until=link.expires_at // 1000))
        elif not form.is_clip:
            card.text(self._say("too-large"))
        return card.small(self._say("by", author=f"<@{one.job.requester.person}>"))

    def coming(self, one: LibraryClip) -> Card:
        """Say to everybody that a clip is about to appear here."""
        return Card(colour=COLOUR).small(self._say("coming", author=f"<@{one.job.requester.person}>"))

    def _coming(self, making: Making) -> str:
        if making.seconds < _LEAST_WAIT:
            return self._say("making-soon", count=making.clips)
        at = round(self.services.app.clock.now() / 1000 + making.seconds)
        return self._say("making", count=making.clips, at=at)

    def _line(self, one: LibraryClip) -> str:
        prompt = one_line(one.job.request.prompt, _LINE_LENGTH) or self._say("no-words")
        return f"**{prompt}**\n-# {self._facts(one)}\n-# {self._whereabouts(one)}"

    def _facts(self, one: LibraryClip) -> str:
        single = one.job.request.model_copy(update={"outputs": 1})
        settings = settings_of(self.services.texts, self.locale, self.services.app.catalogue, single)
        return f"{settings} · {self._say('made', at=one.created_at // 1000)}"

    def _whereabouts(self, one: LibraryClip) -> str:
        places = []
        if one.posted is not None:
            link = link_to(one.posted, one.job.requester.server)
            places.append(self._say("sent" if one.posted.direct else "posted", link=link, channel=one.posted.channel))
        if one.shown is not None:
            places.append(self._say("shown-direct" if one.shown.direct else "shown", channel=one.shown.channel))
        nowhere = "was-deleted" if one.job.receipt == DELETED_RECEIPT else "was-kept"
        return " · ".join(places) or self._say(nowhere)

    def _say(self, key: str, **values: object) -> str:
        return self.services.texts.say(self.locale, f"library.{key}", **values)
