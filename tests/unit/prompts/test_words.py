"""Vocabulary, languages, timing, context."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re

import pytest

from bot.findings import Severity
from bot.jobs.request import InputKind, Mode, Request
from bot.prompts import ContextNotUnderstood, LintContext, lint, parse
from bot.prompts.languages import foreign_language
from bot.prompts.model import LineKind
from bot.prompts.text import alternatives, stem
from bot.prompts.timing import seconds_of, spoken_words, timetable
from bot.prompts.vocabulary import audio_types, categories, entries, entries_of, search


def test_the_vocabulary_is_complete() -> None:
    assert len(audio_types()) == 6
    assert sum(len(categories(audio_type)) for audio_type in audio_types()) == 19
    assert len(entries()) == 63
    assert {entry.name for entry in entries_of("Singing", "Core Form")} == {"A Capella", "Humming", "Loud Singing"}


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.name)
def test_every_example_shows_its_words_and_is_a_good_prompt(entry: object) -> None:
    example, words = getattr(entry, "example"), getattr(entry, "words")  # noqa: B009  # typed loosely for pytest
    stems = {stem(part) for part in re.findall(r"[\w-]+", example.lower())}
    assert any(all(stem(part) in stems for part in word.lower().split()) for word in words)
    assert [finding.rule for finding in lint(example).findings if finding.severity is not Severity.HINT] == []


def test_the_search_finds_beginnings_and_inflections() -> None:
    assert search("knock")[0].name == "Tapping / Knocking"
    assert search("whispers")[0].name == "Whispering"
    assert len(search("", limit=25)) == 25
    assert search("zzz") == ()


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Willkommen in der Altstadt.", "German"),
        ("Bonjour tout le monde.", "French"),
        ("Hola, ¿cómo estás?", "Spanish"),
        ("Buongiorno, come va oggi?", "Italian"),
        ("Привет, как дела?", "Russian"),
        ("こんにちは。", "Japanese"),
        ("안녕하세요", "Korean"),
        ("Come in, the fire is warm.", None),
        ("你好，世界。", None),
        ("Bon appétit!", None),
        ("Maria! Rosa!", None),
        ("Hmm... 42?", None),
        ("", None),
    ],
)
def test_languages(line: str, language: str | None) -> None:
    assert foreign_language(line) == language


def test_speech_takes_its_time() -> None:
    assert seconds_of(" ".join(["word"] * 35)) == pytest.approx(10)
    assert seconds_of(" ".join(["word"] * 55), LineKind.RAP) == pytest.approx(10)
    assert 9 < seconds_of("你" * 50) < 11
    assert seconds_of("one two three", style="slow voice") > seconds_of("one two three", style="fast voice")
    assert spoken_words("It's 5 o'clock") == 3


def test_lines_follow_each_other() -> None:
    table = timetable(parse('[A, low] says: "One two three." Then, [B, dry] says: "Four."'))
    assert table.lines[1].start == pytest.approx(table.lines[0].seconds)
    assert table.seconds == pytest.approx(sum(one.seconds for one in table.lines))
    assert table.fits(5)


def test_a_context_has_the_defaults_of_the_contract() -> None:
    context = LintContext.from_mapping(None)
    assert (context.input, context.native_audio, context.mode, context.seconds, context.voices) == (
        InputKind.TEXT,
        True,
        Mode.PROFESSIONAL,
        10,
        None,
    )


@pytest.mark.parametrize(
    "values", [{"input": "film"}, {"native_audio": "yes"}, {"duration": "long"}, {"voices": "Nora"}, {"mode": 3}]
)
def test_a_context_of_the_wrong_kind_is_explained(values: dict[str, object]) -> None:
    with pytest.raises(ContextNotUnderstood, match=next(iter(values))):
        LintContext.from_mapping(values)


def test_the_context_of_a_request_holds_the_hard_limits() -> None:
    context = LintContext.from_request(
        Request(prompt="Rain.", input=InputKind.IMAGE, aspect_ratio="16:9"), voices=("Nora",)
    )
    assert context.through_api
    assert context.missing == {"image"}
    assert context.aspect_ratio is None


def test_a_pattern_that_another_sign_begins_is_refused() -> None:
    """Such a pattern would be found behind the wrong sign."""
    assert re.fullmatch(alternatives(("家", "人"), {"家": "家(?!里)"}), "家") is not None
    with pytest.raises(ValueError, match="家"):
        alternatives(("家", "人"), {"家": "(?<!回)家"})
