"""Cards: messages made of components, built so that Discord takes them whatever people wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

import discord

from bot.discord.escape import label

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_COMPONENTS: Final = 40
MOST_CHARACTERS: Final = 4000
MOST_IN_A_ROW: Final = 5
MOST_PICTURES: Final = 10
MOST_ALT_CHARACTERS: Final = 1024


class CardTooLarge(ValueError):
    """A card has more parts or text than Discord takes: a fault in the code that built it."""


class Card:
    """Builds one card from top to bottom. Text is Markdown, so what people wrote goes through `bot.discord.escape`.

    `room` says how many characters are left for further text.
    """

    def __init__(self, *, colour: int | None = None) -> None:
        self._container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=colour)
        self._characters = 0
        self._components = 1

    @property
    def room(self) -> int:
        """How many characters of text still fit."""
        return MOST_CHARACTERS - self._characters

    @property
    def components(self) -> int:
        """How many components the card has, itself included."""
        return self._components

    def heading(self, text: str) -> Self:
        """Add a heading."""
        return self.text(f"### {text}")

    def text(self, text: str) -> Self:
        """Add text; nothing for an empty one."""
        if text:
            self._add(self._display(text))
        return self

    def small(self, text: str) -> Self:
        """Add a line in small, quiet letters."""
        return self.text("\n".join(f"-# {line}" for line in text.splitlines()))

    def beside(self, text: str, picture: str | discord.File, alt: str) -> Self:
        """Add text with a small picture at its side."""
        thumbnail: discord.ui.Thumbnail[Any] = discord.ui.Thumbnail(picture, description=_alt(alt))
        self._count(2)
        self._add(discord.ui.Section(self._display(text), accessory=thumbnail))
        return self

    def beside_button(self, text: str, button: discord.ui.Item[Any]) -> Self:
        """Add text with a button at its side."""
        self._count(2)
        self._add(discord.ui.Section(self._display(text), accessory=button))
        return self

    def media(self, *items: tuple[str | discord.File, str]) -> Self:
        """Add pictures or videos, each with its alternative text; `attachment://name` shows a file of the message."""
        if not 1 <= len(items) <= MOST_PICTURES:
            raise CardTooLarge(f"a gallery has 1 to {MOST_PICTURES} items, not {len(items)}")
        gallery: discord.ui.MediaGallery[Any] = discord.ui.MediaGallery()
        for media, alt in items:
            gallery.add_item(media=media, description=_alt(alt))
        self._add(gallery)
        return self

    def divider(self) -> Self:
        """Add a thin line."""
        self._add(discord.ui.Separator())
        return self

    def row(self, *items: discord.ui.Item[Any]) -> Self:
        """Add a row of up to five buttons, or one menu; nothing where there is no item."""
        if not items:
            return self
        if len(items) > MOST_IN_A_ROW:
            raise CardTooLarge(f"a row has at most {MOST_IN_A_ROW} buttons, not {len(items)}")
        row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(*items)
        self._count(len(items))
        self._add(row)
        return self

    def rows(self, items: Sequence[discord.ui.Item[Any]]) -> Self:
        """Add buttons in as many rows as they need."""
        for start in range(0, len(items), MOST_IN_A_ROW):
            self.row(*items[start : start + MOST_IN_A_ROW])
        return self

    def layout(self) -> discord.ui.LayoutView:
        """Return the card as discord.py sends it."""
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(self._container)
        # A stopped view is not kept by the library: its items work by their custom ids alone.
        view.stop()
        return view

    def _display(self, text: str) -> discord.ui.TextDisplay[Any]:
        self._characters += len(text)
        if self._characters > MOST_CHARACTERS:
            raise CardTooLarge(f"the card has {self._characters} characters of text and may have {MOST_CHARACTERS}")
        return discord.ui.TextDisplay(text)

    def _add(self, item: discord.ui.Item[Any]) -> None:
        self._count(1)
        self._container.add_item(item)

    def _count(self, components: int) -> None:
        self._components += components
        if self._components > MOST_COMPONENTS:
            raise CardTooLarge(f"the card has more than {MOST_COMPONENTS} components")


def _alt(text: str) -> str:
    """Return an alternative text that fits; raises ValueError for an empty one, which some clients cannot take."""
    described = label(text, MOST_ALT_CHARACTERS)
    if not described:
        raise ValueError("every picture needs an alternative text")
    return described
