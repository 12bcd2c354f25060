"""Finds the verbs by which somebody speaks, sings or raps."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.prompts.lexicon import chinese, people, speech
from bot.prompts.model import LineKind
from bot.prompts.text import QUOTE, alternatives

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.text import Word, Words

#: Every such verb with the kind of line it introduces.
KINDS: dict[str, LineKind] = {
    **{verb: LineKind.NARRATION if verb.startswith("narrat") else LineKind.SPEECH for verb in speech.SPEECH_VERBS},
    **dict.fromkeys(speech.SINGING_VERBS | speech.HUMMING_VERBS, LineKind.SINGING),
    **dict.fromkeys(speech.RAP_VERBS, LineKind.RAP),
}
#: Chinese verbs, and longer words that only look like one. Plain words alone, so that the search skips other text.
_CHINESE_WORD = re.compile(
    alternatives(
        (
            *sorted(chinese.NO_SPEECH, key=len, reverse=True),
            *speech.CHINESE_RAP,
            *speech.CHINESE_SINGING,
            *speech.CHINESE_SPEECH,
        )
    )
)
_CHINESE_SUNG = frozenset((*speech.CHINESE_RAP, *speech.CHINESE_SINGING))
_NO_SPEECH = frozenset(chinese.NO_SPEECH)
_OBJECT_REACH = _SUBJECT_REACH = 4
_CLAUSE_END = re.compile(f"[,.;:!?{QUOTE}]")
_PEOPLE = people.PERSONS | people.ANIMALS | speech.SUBJECT_PRONOUNS
_OBJECT_STARTS = frozenset(("a", "an", "the", "his", "her", "its", "their"))
_JOINING = frozenset(("and", "then", "who", "also", "now", "just"))
_ARTICLES = frozenset(("a", "an", "the"))
#: What stands before a noun in the singular, and how many adjectives between.
_SINGULAR = frozenset(("a", "an", "his", "its", "their"))
_ADJECTIVES = 3


def chinese_verbs(text: str) -> list[re.Match[str]]:
    """Return the Chinese verbs of speech and song in a text."""
    return [match for match in _CHINESE_WORD.finditer(text) if match.group() not in _NO_SPEECH]


class Verbs:
    """The verbs of speech of a prose, found by position."""

    def __init__(self, prose: str, words: Words) -> None:
        self._words = words
        self._indices = [index for index in words.indices_of(KINDS) if not _is_noun(words, index)]
        self._kinds = [_kind(prose, words, index) for index in self._indices]
        self._starts = [words.starts[index] for index in self._indices]
        self._chinese = [] if prose.isascii() else chinese_verbs(prose)
        self._chinese_starts = [match.start() for match in self._chinese]
        self._chinese_raps = [match.start() for match in self._chinese if match.group() in speech.CHINESE_RAP]
        self._chinese_sung = [match.start() for match in self._chinese if match.group() in _CHINESE_SUNG]
        self._is_sung = bool(self._chinese_sung) or any(kind.is_sung for kind in self._kinds)

    def are_between(self, start: int, end: int) -> bool:
        """Return whether a verb of any language begins in a range."""
        return (bool(self._starts) and _holds(self._starts, start, end)) or self.are_chinese_between(start, end)

    def are_chinese_between(self, start: int, end: int) -> bool:
        """Return whether a Chinese verb begins in a range."""
        return bool(self._chinese_starts) and _holds(self._chinese_starts, start, end)

    def last_chinese(self, start: int, end: int) -> re.Match[str] | None:
        """Return the last Chinese verb that begins in a range; of 嘟囔 / 道, which belong together, the first."""
        last = bisect_left(self._chinese_starts, end) - 1
        while last > 0 and start <= self._chinese_starts[last - 1]:
            if self._chinese[last - 1].end() != self._chinese_starts[last]:
                break
            last -= 1
        return self._chinese[last] if last >= 0 and self._chinese_starts[last] >= start else None

    @property
    def rap(self) -> bool:
        """Whether there is a word of rap."""
        return LineKind.RAP in self._kinds

    @property
    def hum_a_song(self) -> bool:
        """Whether somebody hums, and not something."""
        hummed = (
            kind
            for index, kind in zip(self._indices, self._kinds, strict=True)
            if self._words.texts[index] in speech.HUMMING_VERBS
        )
        return LineKind.SINGING in hummed

    def first_between(self, start: int, end: int) -> Word | None:
        """Return the first English verb that begins in a range."""
        index = bisect_left(self._starts, start)
        return self._words[self._indices[index]] if index < len(self._starts) and self._starts[index] < end else None

    def last_index(self, start: int, end: int) -> int | None:
        """Return which word of the prose is the last English verb that begins in a range."""
        last = bisect_left(self._starts, end) - 1
        return self._indices[last] if last >= 0 and self._starts[last] >= start else None

    def kind_between(self, start: int, end: int, *, sung_only: bool = False) -> LineKind | None:
        """Return the kind of line that the last verb of a range introduces; `sung_only` passes over spoken ones."""
        if sung_only and not self._is_sung:
            return None
        last = bisect_left(self._starts, end) if self._starts else 0
        while last > 0 and self._starts[last - 1] >= start:
            last -= 1
            if not sung_only or self._kinds[last].is_sung:
                return self._kinds[last]
        if not self._chinese_sung or not _holds(self._chinese_sung, start, end):
            return None
        return LineKind.RAP if _holds(self._chinese_raps, start, end) else LineKind.SINGING


def _kind(prose: str, words: Words, index: int) -> LineKind:
    """Return the kind of line that a verb introduces.

    What hums a note, or is a thing that hums, does not sing; who raps on a table performs no rap.
    """
    verb = words.texts[index]
    if verb in speech.RAP_VERBS and _is_knock(prose, words, index):
        return LineKind.SPEECH
    if verb in speech.HUMMING_VERBS and not _is_song(prose, words, index):
        return LineKind.SPEECH
    return KINDS[verb]


def _is_noun(words: Words, index: int) -> bool:
    """Return whether a verb is a noun, by an article or a possessive, or tells of a voice: `a hoarse whisper`."""
    if words.texts[index].endswith("ing") and not speech.VOICE_NOUNS.isdisjoint(words.texts[index + 1 : index + 2]):
        return True
    if words.texts[index] not in speech.SPOKEN_NOUNS:
        return False
    for before in range(index - 1, max(-1, index - 1 - _ADJECTIVES), -1):
        word = words.texts[before]
        if word in _SINGULAR or (word == "the" and before == index - 1):
            return True
        if word in _PEOPLE or word in KINDS or word.endswith("s") or words.starts[before + 1] - words.ends[before] != 1:
            return False
    return False


def _is_knock(prose: str, words: Words, index: int) -> bool:
    """Return whether something is struck within the clause behind a verb: `raps her knuckles on the door`."""
    end, following = words.ends[index], words.texts[index + 1 : index + 3]
    if len(following) > 1 and following[0] in _OBJECT_STARTS and following[1] not in speech.RAPPED:
        return prose[end : words.starts[index + 2]].strip(" abcdefghijklmnopqrstuvwxyz") == ""
    struck = (word for word in words.slice(index + 1, index + 1 + _OBJECT_REACH) if word.text in speech.KNOCKED)
    return any(_CLAUSE_END.search(prose, end, word.start) is None for word in struck)


def _is_song(prose: str, words: Words, index: int) -> bool:
    """Return whether humming is song: a tune, or anything but a note if its subject is no thing (`the engine hums`)."""
    following = words.texts[index + 1 : index + 1 + _OBJECT_REACH]
    if not speech.HUMMED_TUNES.isdisjoint(following):
        return True
    if not speech.HUMMED_TONES.isdisjoint(following):
        return False
    before = words.texts[max(0, index - _SUBJECT_REACH) : index]
    if not before or prose[words.ends[index - 1] : words.starts[index]] != " ":
        return True
    named = _ARTICLES.isdisjoint(before) or not _PEOPLE.isdisjoint(before)
    return named or before[-1] in _JOINING or before[-1].endswith("ly")


def _holds(starts: Sequence[int], start: int, end: int) -> bool:
    """Return whether one of some sorted positions lies in a range."""
    index = bisect_left(starts, start)
    return index < len(starts) and starts[index] < end
