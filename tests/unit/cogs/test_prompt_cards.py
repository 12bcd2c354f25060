"""The cards about prompts stay within what Discord takes, whatever people write and choose."""

from __future__ import annotations

from dataclasses import replace

import pytest
from discord.ui import TextDisplay

from bot.catalog import Catalogue
from bot.discord.cards import MOST_CHARACTERS, MOST_COMPONENTS, Card
from bot.jobs.quote import Requester
from bot.jobs.request import Request
from bot.prompts.builder import Draft, Speaker, Turn
from bot.prompts.difference import difference
from bot.prompts.menus import MENUS, Menu
from bot.prompts.model import LineKind
from bot.prompts.templates import TEMPLATES
from bot.prompts.vocabulary import entries
from bot.prompts.worksheets import Content, Step, Worksheet
from bot.texts import Texts
from cogs.prompts._build_card import MOST_LINES, build_card, template_card
from cogs.prompts._check_card import check_card
from cogs.prompts._desk import examine
from cogs.prompts._text import Words, changes
from cogs.prompts._words import found_card, shelf_card, shelves

TEXTS = Texts.load()
CATALOGUE = Catalogue.load()
LOCALES = ("en-US", "zh-CN")
STARS = "*" * 6000
TEXT_FULL_OF_MISTAKES = ('[*_~@Nora, ||x||] says "* *" @Tom [B] sings: "||~~' * 200)[:6000]
LONG_LINES = " ".join(f'[Speaker number {number}, {"_" * 90}] says: "{"~ " * 70}"' for number in range(25))
EVERY_SOUND = "A knock, thunder, rain, footsteps, ocean waves, traffic noise, crowd murmur, piano music, jazz. " * 30


def words_in(locale: str) -> Words:
    return Words(TEXTS, locale, CATALOGUE)


def assert_fits(card: Card) -> None:
    view = card.layout()
    assert view.content_length() <= MOST_CHARACTERS
    assert view.total_children_count <= MOST_COMPONENTS


def sheet_of(content: Content) -> Worksheet:
    return Worksheet("w" * 26, 999_999, Requester(1, 2), content, 0)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("text", [STARS, TEXT_FULL_OF_MISTAKES, LONG_LINES[:6000], EVERY_SOUND, "", "\n> " * 2000])
@pytest.mark.parametrize("before", [None, "#" * 6000])
def test_a_check_card_fits(locale: str, text: str, before: str | None) -> None:
    words = words_in(locale)
    sheet = sheet_of(Content(request=Request(prompt=text), draft=Draft(), before=before))

    assert_fits(check_card(words, sheet, examine(sheet.content.request), late=True))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('The girl laughs and says softly: "Then I am lucky."', "**Girl** · says softly\n"),
        ('The girl says: "Then I am lucky."', "**Girl** · says\n"),
        ('[Girl, warm voice] says softly: "Then I am lucky."', "**Girl** · says · warm voice\n"),
    ],
)
def test_how_a_line_is_spoken_is_said_once(text: str, told: str) -> None:
    sheet = sheet_of(Content(request=Request(prompt=text), draft=Draft()))

    card = check_card(words_in("en-US"), sheet, examine(sheet.content.request), late=False)

    shown = "\n".join(item.content for item in card.layout().walk_children() if isinstance(item, TextDisplay))
    assert told in shown


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("step", [Step.SCENE, Step.LINES, Step.VOICES, Step.SOUNDS])
def test_a_build_card_fits(locale: str, step: Step) -> None:
    words, kinds = words_in(locale), list(LineKind)
    speakers = [Speaker(f"{'*' * 37}{n:03}", *("_" * 150,) * 4) for n in range(MOST_LINES)]
    turns = [Turn(one.label, "~" * 400, "|" * 150, kinds[n % 5], "#" * 150) for n, one in enumerate(speakers)]
    turns[0], turns[1] = replace(turns[0], kind=LineKind.SINGING), replace(turns[0], kind=LineKind.RAP)
    draft = Draft(
        *("*" * 800, "*" * 800, "*" * 150, "*" * 150),
        tuple(speakers),
        tuple(turns),
        tuple(f"{n}{'`' * 390}" for n in range(6)),
        tuple(f"{n}{'<' * 390}" for n in range(6)),
        ">" * 150,
        "narration-product",
    )
    sheet = sheet_of(Content(request=Request(prompt=""), step=step).with_draft(draft))

    assert_fits(build_card(words, sheet, draft, examine(sheet.content.request), late=True))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_of_the_vocabulary_fits_and_every_entry_is_on_one(locale: str) -> None:
    words = words_in(locale)
    shown = ""
    for shelf in shelves():
        for page in range(1, 12):
            card = shelf_card(words, shelf, page)
            assert_fits(card)
            shown += str(card.layout().to_components())  # type: ignore[no-untyped-call]  # untyped in the library
    assert all(entry.name in shown for entry in entries())
    assert_fits(found_card(words, STARS[:100]))
    assert_fits(template_card(words))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("menu", Menu)
def test_every_choice_of_the_menus_has_a_text(locale: str, menu: Menu) -> None:
    for choice in MENUS[menu]:
        assert choice.words in TEXTS.say(locale, f"prompts.menus.{menu.value}.{choice.words}").lower()


def test_every_template_makes_a_prompt_without_errors() -> None:
    for template in TEMPLATES.values():
        examination = examine(Request(prompt=template.draft.text, seconds=10))
        assert not examination.report.errors, template.id


def test_a_difference_is_marked_where_it_is() -> None:
    pieces = difference('He says: "Come.', 'He slowly says: "Come."')

    assert changes(pieces, 200) == 'He **slowly** says: "Come.**"**'
    assert changes(difference("one two three", "one three"), 200) == "one ~~two~~ three"
    assert len(changes(difference("* " * 500, "_ " * 500), 200)) <= 200
