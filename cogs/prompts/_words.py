"""The explorer of the vocabulary: words that make sounds and voices clear, each with an example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import discord

from bot.discord.cards import Card
from bot.discord.escape import shown
from bot.discord.items import StageButton, StageMenu
from bot.discord.signs import Sign
from bot.prompts.vocabulary import audio_types, categories, entries, entries_of, search
from cogs.prompts._reach import desk_of
from cogs.prompts._text import COLOUR

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction
    from bot.prompts.vocabulary import Entry
    from cogs.prompts._text import Words

EVERYTHING: Final = "all"
_PAGE: Final = 6
_MOST_FOUND: Final = 8
_EXAMPLE_LENGTH: Final = 240
_QUERY_LENGTH: Final = 80


class ChooseWords(StageMenu, area="words", action="shelf"):
    """Chooses an audio type or a category of it."""

    async def chosen(self, interaction: StageInteraction, values: list[str]) -> None:
        """Show its first page; what was never offered shows everything."""
        shelf = values[0] if values[0] in shelves() else EVERYTHING
        card = shelf_card(desk_of(interaction).words(interaction), shelf)
        await interaction.response.edit_message(view=card.layout())


class TurnPage(StageButton, area="words", action="page"):
    """Leafs through a shelf; the subject is the shelf, the revision the page."""

    async def pressed(self, interaction: StageInteraction) -> None:
        """Show the page."""
        shelf = self.target.subject if self.target.subject in shelves() else EVERYTHING
        card = shelf_card(desk_of(interaction).words(interaction), shelf, self.target.revision or 1)
        await interaction.response.edit_message(view=card.layout())


def shelves() -> dict[str, tuple[str | None, str | None]]:
    """Return every shelf by its id: an audio type, perhaps with one category of it; None for all of them."""
    found: dict[str, tuple[str | None, str | None]] = {EVERYTHING: (None, None)}
    for number, audio_type in enumerate(audio_types()):
        inner = categories(audio_type)
        if len(inner) > 1:
            found[f"t{number}"] = (audio_type, None)
        found.update({f"t{number}-{place}": (audio_type, one) for place, one in enumerate(inner)})
    return found


def shelf_card(words: Words, shelf: str, page: int = 1) -> Card:
    """Show one page of a shelf."""
    found = _entries(shelf)
    pages = max(1, -(-len(found) // _PAGE))
    page = min(max(page, 1), pages)
    card = Card(colour=COLOUR).heading(f"📖 {_name(words, shelf)}").small(words.say("words.use"))
    for entry in found[(page - 1) * _PAGE : page * _PAGE]:
        card.text(_entry(words, entry))
    if pages > 1:
        card.small(words.say("words.page", page=page, pages=pages, count=len(found)))
    buttons: list[discord.ui.Item[Any]] = []
    if page > 1:
        buttons.append(TurnPage(shelf, page - 1, label=words.say("words.back"), emoji=Sign.NEWER))
    if page < pages:
        buttons.append(TurnPage(shelf, page + 1, label=words.say("words.on"), emoji=Sign.OLDER))
    return card.row(*buttons).row(_menu(words, shelf))


def found_card(words: Words, query: str) -> Card:
    """Show what fits a search, the best first."""
    found = search(query, limit=_MOST_FOUND)
    card = Card(colour=COLOUR).heading(f"🔎 {shown(query, _QUERY_LENGTH)}")
    if found:
        card.small(words.say("words.use"))
    for entry in found:
        card.text(_entry(words, entry))
    card.small(words.say("words.hint") if found else words.say("words.nothing"))
    return card.row(_menu(words, ""))


def category_name(words: Words, entry: Entry) -> str:
    """Name the place of an entry."""
    kind, category = words.say(f"words.type.{entry.audio_type}"), words.say(f"words.category.{entry.category}")
    return kind if kind == category else f"{kind} · {category}"


def _entries(shelf: str) -> tuple[Entry, ...]:
    audio_type, category = shelves()[shelf]
    return entries() if audio_type is None else entries_of(audio_type, category)


def _entry(words: Words, entry: Entry) -> str:
    return f"**{entry.name}** · {category_name(words, entry)}\n> {shown(entry.example, _EXAMPLE_LENGTH)}"


def _name(words: Words, shelf: str) -> str:
    audio_type, category = shelves()[shelf]
    if audio_type is None:
        return words.say("words.everything")
    kind = words.say(f"words.type.{audio_type}")
    return (
        words.say("words.whole", kind=kind)
        if category is None
        else f"{kind} · {words.say(f'words.category.{category}')}"
    )


def _menu(words: Words, chosen: str) -> ChooseWords:
    options = [
        discord.SelectOption(label=_name(words, shelf), value=shelf, default=shelf == chosen) for shelf in shelves()
    ]
    return ChooseWords(EVERYTHING, options=options, placeholder=words.say("words.choose"))


WORDS_ITEMS: Final = (ChooseWords, TurnPage)
