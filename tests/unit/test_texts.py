"""Texts are found in the best language there is, and a new language is one file."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import discord
import pytest

from bot.texts import LOCALES, SOURCE, Join, Language, Listing, Sentence, Texts, paragraph, verbatim

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = Texts.load()
ENGLISH = TEXTS.languages[SOURCE]
COMPLETE = ("zh-CN",)
FREE = ("commands.", "options.", "choices.")
"""Texts of command definitions: English has them in the code; another test compares them."""


def placeholders(text: str | list[str]) -> set[str]:
    forms = [text] if isinstance(text, str) else text
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name is not None}


def replies(language: Language) -> dict[str, str | list[str]]:
    return {key: text for key, text in language.texts.items() if not key.startswith(FREE)}


def test_every_language_is_one_that_discord_knows() -> None:
    known = {str(locale) for locale in discord.Locale}

    assert set(TEXTS.languages) >= {SOURCE, *COMPLETE}
    assert set(TEXTS.languages) <= known


@pytest.mark.parametrize("locale", COMPLETE)
def test_a_complete_language_has_every_text(locale: str) -> None:
    language = TEXTS.languages[locale]

    assert set(replies(language)) == set(replies(ENGLISH))


@pytest.mark.parametrize("locale", TEXTS.languages)
def test_placeholders_are_those_of_the_english_text_and_plain_names(locale: str) -> None:
    wrong = {}
    for key, text in replies(TEXTS.languages[locale]).items():
        names = placeholders(text)
        allowed = placeholders(ENGLISH.texts[key]) | ({"count"} if isinstance(ENGLISH.texts[key], list) else set())
        if not names <= allowed or not all(name.isidentifier() for name in names):
            wrong[key] = names ^ allowed
    assert wrong == {}


@pytest.mark.parametrize("locale", TEXTS.languages)
def test_every_plural_has_all_its_forms(locale: str) -> None:
    language = TEXTS.languages[locale]
    lists = {key: text for key, text in language.texts.items() if isinstance(text, list)}
    for key, forms in lists.items():
        values = dict.fromkeys(placeholders(forms), 0)
        used = {language.find(key, values | {"count": count}) for count in range(200)}
        assert None not in used, key


@pytest.mark.parametrize("locale", COMPLETE)
def test_a_complete_language_fills_the_same_placeholders(locale: str) -> None:
    ours = replies(TEXTS.languages[locale])
    different = {
        key: (placeholders(text), placeholders(ours[key]))
        for key, text in replies(ENGLISH).items()
        if placeholders(text) - {"count"} != placeholders(ours[key]) - {"count"}
    }
    assert different == {}


def test_files_are_tidy() -> None:
    for path in LOCALES.rglob("*.toml"):
        assert path.relative_to(LOCALES).parts[0].removesuffix(".toml") in TEXTS.languages


def write(directory: Path, **files: str) -> Texts:
    for name, content in files.items():
        path = directory / f"{name.replace('__', '/').replace('_', '-')}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return Texts.load(directory)


def test_a_third_language_is_one_file(tmp_path: Path) -> None:
    texts = write(
        tmp_path,
        en_US__a='plural = "n != 1"\n[clips]\nready = ["{count} clip", "{count} clips"]\n',
        en_US__b='[quote]\ntitle = "A quote"\n',
        pl='plural = "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"\n'
        '[clips]\nready = ["{count} klip", "{count} klipy", "{count} klipów"]\n',
    )

    assert [texts.say("pl", "clips.ready", count=count) for count in (1, 3, 5, 12, 22)] == [
        "1 klip",
        "3 klipy",
        "5 klipów",
        "12 klipów",
        "22 klipy",
    ]
    assert texts.say("pl", "quote.title") == "A quote"
    assert [texts.say("en-US", "clips.ready", count=count) for count in (0, 1)] == ["0 clips", "1 clip"]


def test_the_nearest_language_speaks(tmp_path: Path) -> None:
    texts = write(tmp_path, en_US='hello = "Hello"', zh_CN='hello = "你好"')

    said = {locale: texts.say(locale, "hello") for locale in ("en-GB", "zh-TW", "zh-CN", "de")}
    assert said == {"en-GB": "Hello", "zh-TW": "你好", "zh-CN": "你好", "de": "Hello"}


def test_values_are_put_in_as_they_are(tmp_path: Path) -> None:
    texts = write(tmp_path, en_US='hello = "Hello {name}"')

    assert texts.say("de", "hello", name="{0.__class__} {name}") == "Hello {0.__class__} {name}"


def test_a_key_without_text_and_a_repeated_one_are_faults(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="nothing"):
        write(tmp_path, en_US='hello = "Hello"').say("en-US", "nothing")
    with pytest.raises(ValueError, match="repeats the text hello"):
        write(tmp_path, en_US__more='hello = "Hello again"')


def test_a_sentence_is_said_in_the_language_of_whoever_reads_it(tmp_path: Path) -> None:
    english = (
        '[list]\ncomma = ", "\nor = " or "\n[clip]\nlength = "It has {seconds} s; {choice}."\nchoose = "choose {of}"\n'
    )
    texts = write(tmp_path, en_US=english, de='[list]\nor = " oder "\n[clip]\nchoose = "nimm {of}"\n')
    sentence = Sentence("clip.length", seconds=7, choice=Sentence("clip.choose", of=Listing([5, 10, "15_"], Join.OR)))

    assert texts.tell("en-US", sentence) == "It has 7 s; choose 5, 10 or 15_."
    assert texts.tell("de", sentence) == "It has 7 s; nimm 5, 10 oder 15_."
    assert texts.tell("de", sentence, lambda words: f"<{words}>") == "It has 7 s; nimm 5, 10 oder <15_>."


def test_a_sentence_survives_being_stored() -> None:
    inner = paragraph([Sentence("kling.task-said", words='无\n" {0}'), verbatim("{words}")])
    sentence = Sentence("ends.failed", reason=inner, number=3, those=Listing(["a", inner], Join.AND))

    again = Sentence.from_json(sentence.to_json())

    assert again == sentence
    assert hash(again) == hash(sentence)
    assert str(again) == 'Kling says “无\n" {0}” {words} Your credits are back.'


@pytest.mark.parametrize(
    "stored", ["", "null", "3", '"ends.lost"', "[]", '{"key": "a"}', '{"key": "a", "values": {"b": null}}']
)
def test_what_is_no_stored_sentence_is_refused(stored: str) -> None:
    with pytest.raises(ValueError, match=r"sentence|JSON|Expecting"):
        Sentence.from_json(stored)


def test_a_stored_sentence_whose_text_has_changed_is_still_told() -> None:
    assert TEXTS.tell("zh-CN", Sentence("ends.of-an-earlier-version")) == "ends.of-an-earlier-version"
    assert TEXTS.tell("zh-CN", Sentence("errors.UnknownModel", name="x")) == "errors.UnknownModel"


def test_lists_have_the_signs_of_their_language() -> None:
    three = ["甲", "乙", "丙"]

    said = {join: (str(Listing(three, join)), TEXTS.put("zh-CN", Listing(three, join))) for join in Join}

    assert said == {
        Join.COMMA: ("甲, 乙, 丙", "甲、乙、丙"),
        Join.AND: ("甲, 乙 and 丙", "甲、乙和丙"),
        Join.OR: ("甲, 乙 or 丙", "甲、乙或丙"),
        Join.SENTENCES: ("甲 乙 丙", "甲乙丙"),
    }
    assert [str(Listing(three[:count])) for count in (0, 1)] == ["", "甲"]
