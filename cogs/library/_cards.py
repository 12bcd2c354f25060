"""What is shown of the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import discord

from bot.delivery.card import Form
from bot.delivery.destination import DELETED_RECEIPT
from bot.discord.cards import Card
from bot.discord.escape import label, one_line
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

    def page(self, page: LibraryPage, which: str) -> Card:
        """Show a page of clips, each with a button that opens it."""
        card = Card(colour=COLOUR).heading(self._say("title", page=page.number, pages=page.pages))
        if not page.clips:
            return card.text(self._say("empty" if which == "all" else "none-kept"))
        card.small(self._say("count", count=page.total))
        for one in page.clips:
            card.beside_button(self._line(one), _buttons.Open(one.job.id, label=self._say("open")))
        buttons: list[_buttons.Page] = []
        if page.number > 1:
            buttons.append(_buttons.Page(which, page.number - 1, label=self._say("newer"), emoji="◀️"))
        if page.number < page.pages:
            buttons.append(_buttons.Page(which, page.number + 1, label=self._say("older"), emoji="▶️"))
        return card.row(*buttons)

    def detail(self, one: LibraryClip) -> Card:
        """Show one clip with what can be done with it."""
        request = one.job.request
        card = Card(colour=COLOUR).text(quoted(request.prompt, _PROMPT_LENGTH) if request.prompt.strip() else "")
        clip_days = self.services.app.settings.retention.clip_days
        until = one.created_at // 1000 + clip_days * _DAY
        card.text(f"{self._facts(one)}\n{self._whereabouts(one)}\n-# {self._say('until', until=until)}")
        card.row(
            _buttons.Play(one.job.id, label=self._say("play"), emoji="▶️", style=discord.ButtonStyle.primary),
            _buttons.PostHere(one.job.id, label=self._say("post"), emoji="📣"),
        )
        return card.row(
            Again(one.job.id, label=self._say("again"), emoji="🔁"),
            Extend(one.job.id, label=self._say("extend"), emoji="⏩"),
            Delete(one.job.id, label=self._say("delete"), emoji="🗑️"),
            _buttons.Page("all", 1, label=self._say("back"), emoji="↩️"),
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

    def _line(self, one: LibraryClip) -> str:
        prompt = one_line(one.job.request.prompt, _LINE_LENGTH) or self._say("no-words")
        return f"**{prompt}**\n-# {self._facts(one)}\n-# {self._whereabouts(one)}"

    def _facts(self, one: LibraryClip) -> str:
        single = one.job.request.model_copy(update={"outputs": 1})
        settings = settings_of(self.services.texts, self.locale, self.services.app.catalogue, single)
        return f"{settings} · {self._say('made', at=one.created_at // 1000)}"

    def _whereabouts(self, one: LibraryClip) -> str:
        posted = one.posted
        if posted is None:
            return self._say("was-deleted" if one.job.receipt == DELETED_RECEIPT else "was-kept")
        place = one.job.requester.server or "@me"
        return self._say("posted", link=f"https://discord.com/channels/{place}/{posted.channel}/{posted.message}")

    def _say(self, key: str, **values: object) -> str:
        return self.services.texts.say(self.locale, f"library.{key}", **values)
