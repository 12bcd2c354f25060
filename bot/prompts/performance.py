"""How a line is performed: its kind and its manner."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.prompts import subjects
from bot.prompts.lexicon import speech
from bot.prompts.manner import is_expressive
from bot.prompts.model import LineKind, Span
from bot.prompts.text import BRACKET, VOICE, holds_any, is_cjk

if TYPE_CHECKING:
    from bot.prompts.reading import Reading

_WORD = re.compile(r"[\w-]+")
_VERBS = speech.SPEECH_VERBS | speech.SINGING_VERBS | speech.RAP_VERBS
_TRIM = f" ,:：，.()（）{VOICE}\n"


def manner_of(reading: Reading, clause: Span, behind: int) -> str | None:
    """Return what an introduction says about the way of speaking, such as `says in a calm voice`.

    `behind` is where the name of the speaker ends.
    """
    words = reading.words.between(clause.start, clause.end)
    for position in range(len(words) - 1, -1, -1):
        if words[position].text in _VERBS:
            adverb = position > 0 and words[position - 1].text.endswith("ly")
            begin = words[position - 1 if adverb else position].start
            stretch = reading.prose[begin : clause.end].split(BRACKET)[0].strip(_TRIM)
            return stretch if stretch not in speech.PLAIN_VERBS and is_expressive(stretch) else None
    begin = max(clause.start, min(behind, clause.end))
    stretch = reading.prose[begin : clause.end]
    if is_cjk(stretch):
        return subjects.chinese_manner(stretch)
    return None


def kind_of(
    reading: Reading, clause: Span, floor: int, position: int, *, described: str, several: bool, group: bool
) -> LineKind:
    """Return how a line at `position` is performed.

    `clause` introduces it, `floor` is where the text that belongs to it begins, `described` holds the label and the
    attributes of the speaker, `several` says that more than one speaks, `group` that a group pronoun introduces it.
    """
    kind = _kind_of_verb(reading, clause.start, clause.end)
    if kind is None:
        kind = _kind_of_words(described) or _kind_of_verb(reading, floor, position, sung_only=True)
    section = reading.section_at(position)
    if kind is None and section is not None and section.name == "lyrics":
        kind = LineKind.SINGING
    context = reading.prose[clause.start : clause.end].lower()
    if kind is LineKind.SINGING:
        return LineKind.CHORUS if several or group or _is_chorus(context, described) else kind
    if kind is LineKind.RAP:
        return kind
    return LineKind.NARRATION if kind is LineKind.NARRATION or _is_narration(described, context) else LineKind.SPEECH


def _kind_of_verb(reading: Reading, start: int, end: int, *, sung_only: bool = False) -> LineKind | None:
    for word in reversed(reading.words.between(start, end)):
        if word.text in speech.RAP_VERBS:
            return LineKind.RAP
        if word.text in speech.SINGING_VERBS:
            return LineKind.SINGING
        if not sung_only and word.text in speech.SPEECH_VERBS:
            return LineKind.NARRATION if word.text.startswith("narrat") else LineKind.SPEECH
    stretch = reading.prose[start:end]
    if holds_any(stretch, speech.CHINESE_RAP):
        return LineKind.RAP
    if holds_any(stretch, speech.CHINESE_SINGING):
        return LineKind.SINGING
    return None


@lru_cache(maxsize=512)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


def _kind_of_words(described: str) -> LineKind | None:
    words = _words_of(described)
    if words & (speech.RAP_VERBS | speech.RAPPER_WORDS) or holds_any(described, speech.CHINESE_RAP):
        return LineKind.RAP
    if words & (speech.SINGING_VERBS | speech.CHOIR_WORDS) or holds_any(described, speech.CHINESE_SINGING):
        return LineKind.SINGING
    return None


def _is_chorus(context: str, described: str) -> bool:
    if _words_of(described) & speech.CHORUS_WORDS:
        return True
    return any(phrase in context or phrase in described for phrase in (*speech.UNISON_PHRASES, *speech.CHINESE_CHORUS))


def _is_narration(described: str, context: str) -> bool:
    words = _words_of(described)
    if words & speech.NARRATOR_WORDS or "voice over" in described or "voice over" in context:
        return True
    if _words_of(context) & speech.OFFSCREEN_WORDS or "v.o." in context:
        return True
    return holds_any(described + context, speech.CHINESE_NARRATION)
