"""Cards stay within what Discord takes, and say so where they cannot."""

from __future__ import annotations

import discord
import pytest

from bot.discord.cards import MOST_CHARACTERS, MOST_COMPONENTS, Card, CardTooLarge


def button(number: int) -> discord.ui.Button[discord.ui.LayoutView]:
    return discord.ui.Button(label=str(number), custom_id=str(number))


def full_card() -> Card:
    card = Card(colour=0x112233).heading("Title").text("Text").small("two\nlines").divider()
    card.beside("Beside", "https://example.org/a.png", "A picture").beside_button("Press", button(99))
    return card.media(("attachment://a.mp4", "A clip"), ("attachment://b.mp4", "Another")).rows(
        [button(number) for number in range(7)]
    )


def test_counts_are_those_of_the_library() -> None:
    card = full_card()
    layout = card.layout()

    assert card.components == sum(1 for _ in layout.walk_children())
    assert card.room == MOST_CHARACTERS - layout.content_length()


async def test_the_library_keeps_nothing_of_a_card() -> None:
    assert full_card().layout().is_finished()


def test_too_many_components_are_refused_before_they_are_sent() -> None:
    card = Card()
    for _ in range(MOST_COMPONENTS - 1):
        card.text("x")
    assert sum(1 for _ in card.layout().walk_children()) == MOST_COMPONENTS

    with pytest.raises(CardTooLarge):
        card.text("x")


def test_too_much_text_is_refused_before_it_is_sent() -> None:
    card = Card().text("x" * 3990)
    assert card.room == 10

    with pytest.raises(CardTooLarge):
        card.heading("1234567")


def test_rows_and_galleries_are_bounded() -> None:
    with pytest.raises(CardTooLarge):
        Card().row(*[button(number) for number in range(6)])
    with pytest.raises(CardTooLarge):
        Card().media(*[("attachment://a.png", "A picture")] * 11)
    with pytest.raises(CardTooLarge):
        Card().media()


def test_every_picture_has_an_alternative_text_that_fits() -> None:
    layout = Card().media(("attachment://a.mp4", "word " * 500)).layout()
    gallery = next(one for one in layout.walk_children() if isinstance(one, discord.ui.MediaGallery))

    assert len(gallery.items[0].description or "") <= 1024
    with pytest.raises(ValueError, match="alternative text"):
        Card().media(("attachment://a.mp4", " \u200b"))
    with pytest.raises(ValueError, match="alternative text"):
        Card().beside("Text", "attachment://a.png", "")
