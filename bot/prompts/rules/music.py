"""Family A, second part: song, rap and music (A004 to A007)."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.findings import Severity
from bot.prompts.lexicon import feelings, sounds
from bot.prompts.lexicon.music import ACCOMPANIMENT, GENRES, RAP_STYLES, SINGING_STYLES
from bot.prompts.model import LineKind, Shape, SoundKind
from bot.prompts.rules.base import Problem, RuleSet, extent
from bot.prompts.text import is_cjk, stem, stems_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.prompts.model import Line
    from bot.prompts.rules.base import Case

RULES = RuleSet()
#: A note that a key is named after. An `a` is the article unless it is a capital, and none that begins a sentence.
_NOTE = r"(?:[B-G]|(?-i:A))"
_NOTE_WITHIN = r"(?:[B-G]|(?<!^)(?<![.!?\n][ ])(?<!\n)(?-i:A))"
_PRECISE = re.compile(
    r"\b\d{2,3}\s?(?:bpm|beats per minute)\b|\bbpm\b|"
    rf"\bin (?:the key of )?{_NOTE}(?:[ -]?(?:flat|sharp)|[♭♯#b])?[ -](?:major|minor)\b|"
    rf"\bin {_NOTE}[ -](?:flat|sharp)\b|\bkey of [A-G]\b|\b{_NOTE_WITHIN}(?:[♭♯#b])?[ -](?:major|minor)\b|"
    r"\b(?:i{1,3}|iv|v|vi{1,3})(?:\s?[-–—]\s?(?:i{1,3}|iv|v|vi{1,3})){1,}\b|"
    r"\b(?:in|at|on) (?:bar|measure) (?:\w+)\b|"
    r"\b(?:[2-9]|12)/(?:4|8|16) (?:time|beat|rhythm|meter|metre|signature)\b|\btime signature\b|"
    r"\b[A-G](?:m|maj|min|sus|dim|aug)?\d?(?:\s?[-–—]\s?[A-G](?:m|maj|min|sus|dim|aug)?\d?){2,}\b|"
    r"\b[A-G]\d chord\b|"
    r"\b(?:the (?:song|tune|melody|hit) (?=\x02)|to the tune of (?=\x02))|"
    r"每分钟\s?\d+\s?拍|\d+\s?拍每分钟|[A-G]\s?[大小]调",
    re.IGNORECASE,
)
_RHYME_PARTS = re.compile(r"[,.;:!?/\n—，。！？；]+")


@RULES.rule(
    "A004",
    "singing-underspecified",
    Severity.HINT,
    statement="A sung line comes with style, accompaniment and emotion.",
    reason="The vendor's formula for singing.",
)
def vague_singing(case: Case) -> Iterator[Problem]:
    """Find what a song does not say, in one finding."""
    if case.is_foreign:
        return
    line = next((one for one in case.prompt.lines if one.kind in (LineKind.SINGING, LineKind.CHORUS)), None)
    if line is None:
        return
    heard = _around_performance(case, line)
    missing = [
        part
        for part, known in (
            ("style", _mentions(heard, SINGING_STYLES | GENRES)),
            ("accompaniment", _mentions(heard, ACCOMPANIMENT) or case.prompt.has(SoundKind.MUSIC)),
            ("emotion", _mentions(heard, feelings.EXPRESSIVE) or _adverb(heard) or _chinese_feeling(heard)),
        )
        if not known
    ]
    if missing:
        yield Problem(*extent(line), "", {"missing": missing})


@RULES.rule(
    "A005",
    "rap-underspecified",
    Severity.HINT,
    statement="Rap names a rhythm style and an emotion, and its text rhymes.",
    reason="The vendor's formula for rap.",
)
def vague_rap(case: Case) -> Iterator[Problem]:
    """Find what a rap does not say, in one finding."""
    line = next((one for one in case.prompt.lines if one.kind is LineKind.RAP), None)
    if line is None:
        return
    heard = _around_performance(case, line)
    missing = [
        part
        for part, known in (
            ("rhythm", _mentions(heard, RAP_STYLES | GENRES)),
            ("emotion", _mentions(heard, feelings.EXPRESSIVE) or _adverb(heard) or _chinese_feeling(heard)),
            ("rhyme", _rhymes(" / ".join(one.text for one in case.prompt.lines if one.kind is LineKind.RAP))),
        )
        if not known
    ]
    if missing:
        yield Problem(*extent(line), "", {"missing": missing})


def _around_performance(case: Case, line: Line) -> str:
    """Everything a prompt says about a performance: the prose, and the brackets of the performers."""
    brackets = [
        m.attributes or "" for name in (line.speakers or (line.speaker,)) for m in case.mentions_of.get(name, [])
    ]
    return " ".join((case.prompt.prose, *brackets)).lower()


def _mentions(text: str, words: frozenset[str]) -> bool:
    """Return whether a text holds one of some words: alone, in a compound such as `late-Romantic`, or as `bluesy`."""
    found = set(re.findall(r"[a-z]+(?:-[a-z]+)*", text))
    found |= {part for word in found for part in word.split("-")}
    found |= {word[:-1] for word in found if word.endswith("y")}
    found |= {f"{word[:-2]}y" for word in found if word.endswith("ic")}
    return bool(found & words) or any(word in text for word in words if " " in word or is_cjk(word))


def _adverb(text: str) -> bool:
    return re.search(r"\b(?!immediately|only|finally|suddenly|slowly|quickly)[a-z]{3,}ly\b", text) is not None


def _chinese_feeling(text: str) -> bool:
    return is_cjk(text) and any(sign in text for sign in feelings.CHINESE_EXPRESSIVE)


def _rhymes(text: str) -> bool:
    """Whether two parts of a text end alike; Chinese text is given the benefit of the doubt."""
    if is_cjk(text):
        return True
    endings = []
    for part in _RHYME_PARTS.split(text.lower()):
        words = re.findall(r"[a-z']+", part)
        if words:
            endings.append(words[-1].replace("'", ""))
    return any(
        _sounds_like(one, other) for index, one in enumerate(endings) for other in endings[index + 1 : index + 5]
    )


def _sounds_like(one: str, other: str) -> bool:
    if one == other:
        return False
    tails = [re.search(r"[aeiouy]+[^aeiouy]*e?$", word) for word in (one, other)]
    if None in tails:
        return False
    first, second = (tail.group().rstrip("e") for tail in tails if tail is not None)
    return first == second or one[-2:] == other[-2:]


@RULES.rule(
    "A006",
    "instrumental-underspecified",
    Severity.HINT,
    statement="Pure music names instrument, genre and emotion.",
    reason="The vendor's formula for music.",
)
def vague_music(case: Case) -> Iterator[Problem]:
    """Find what a piece of music does not say."""
    if case.is_foreign:
        return
    if case.prompt.shape is not Shape.INSTRUMENTAL:
        return
    heard = case.prompt.prose.lower() + " " + " ".join(mention.label for mention in case.prompt.mentions).lower()
    instruments = {stem(word) for word in sounds.INSTRUMENTS} & set(stems_of(case.words.texts))
    missing = [
        part
        for part, known in (
            (
                "instrument",
                bool(instruments) or _mentions(heard, ACCOMPANIMENT - {"music", "accompaniment", "beat", "track"}),
            ),
            ("genre", _mentions(heard, GENRES)),
            ("emotion", _mentions(heard, feelings.EXPRESSIVE) or _adverb(heard) or _chinese_feeling(heard)),
        )
        if not known
    ]
    if missing:
        first = next(sound for sound in case.prompt.sounds if sound.kind is SoundKind.MUSIC)
        yield Problem(first.span.start, first.span.end, "", {"missing": missing})


@RULES.rule(
    "A007",
    "over-specific-music",
    Severity.HINT,
    statement="No exact tempo, key, chord, bar or named song.",
    reason="Music is possible but not precisely controllable.",
)
def over_specific_music(case: Case) -> Iterator[Problem]:
    """Find the first demand that cannot be met."""
    match = _PRECISE.search(case.prompt.prose)
    if match is not None:
        yield Problem(match.start(), match.end(), "", {"demand": match.group().strip()})
