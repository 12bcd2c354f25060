"""Finds the sounds a prompt asks for: effects, ambience, music; in every inflection, never in lines or negations."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.prompts.lexicon import sounds as lexicon
from bot.prompts.lexicon.speech import SPEECH_VERBS
from bot.prompts.model import Sound, SoundKind, Span
from bot.prompts.text import QUOTE, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.prompts.text import Sentences, Word, Words

_NOT_NEGATING = re.compile(
    r"(?:no longer|not only|no sooner|not just|no doubt|no one|nobody|not long)\b", re.IGNORECASE
)
_SCOPE_END = re.compile(
    r"[.;:!?\n。；！？\x01\x02]|\b(?:but|only|just|instead|except|however|while|as|when|and then|rather)\b",
    re.IGNORECASE,
)
_SCOPE_REACH = 90
_LIST_END = re.compile(r",[^,.;]{0,40}\b(?:or|nor)\b|,\s*(?:and )?no\b", re.IGNORECASE)
_CHINESE_NEGATION = re.compile("(?:" + "|".join(lexicon.CHINESE_NEGATIONS) + ")(?:任何)?[^，。；,.!?！？]{0,12}")
_CHINESE = {
    SoundKind.EFFECT: lexicon.CHINESE_EFFECTS,
    SoundKind.AMBIENCE: lexicon.CHINESE_AMBIENCE,
    SoundKind.MUSIC: lexicon.CHINESE_MUSIC,
}
_CHINESE_KIND = {word: kind for kind, words in _CHINESE.items() for word in words}
_CHINESE_SOUND = re.compile("|".join(sorted(_CHINESE_KIND, key=len, reverse=True)))
_MANNER_REACH = 40
_GAP = 2
_ANNOUNCING = frozenset(("sound of", "sounds of", "sound effect", "sound effects"))
_ANNOUNCED_REACH = 40
#: Effects that last, and so say how a place sounds.
_STEADY = frozenset(
    map(stem, ("crash", "howl", "roar", "whistle", "rumble", "patter", "rustle", "murmur", "thrum", "hiss"))
)
_BREAK = re.compile(r"[.,;:!?。，\x01\x02\x03]")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A phrase by the stems of its words; an `instrument` is heard only where it is played."""

    stems: tuple[str, ...]
    kind: SoundKind
    instrument: bool = False


def _index(entries: Iterable[tuple[SoundKind, Sequence[str]]]) -> dict[str, tuple[_Entry, ...]]:
    """Return the entries under the stem of each of their words, longest first."""
    index: dict[str, list[_Entry]] = {}
    for kind, phrases in entries:
        for phrase in phrases:
            entry = _Entry(tuple(stem(word) for word in phrase.lower().split()), kind)
            for first in {entry.stems[0], entry.stems[-1]}:
                index.setdefault(first, []).append(entry)
    for instrument in lexicon.INSTRUMENTS:
        words = instrument.split()
        if len(words) == 1:
            index.setdefault(stem(words[0]), []).append(_Entry((stem(words[0]),), SoundKind.MUSIC, instrument=True))
    return {first: tuple(sorted(found, key=lambda one: -len(one.stems))) for first, found in index.items()}


_INDEX = _index(
    (
        (SoundKind.AMBIENCE, lexicon.AMBIENCE),
        (SoundKind.MUSIC, lexicon.MUSIC),
        (SoundKind.EFFECT, lexicon.EFFECTS),
    )
)
_SILENT = {stem(word): following for word, following in lexicon.SILENT_COMPOUNDS.items()}


def find_sounds(prose: str, words: Words, sentences: Sentences) -> tuple[Sound, ...]:
    """Return the sounds of a prose (quotations and brackets blanked out), in order, none inside another."""
    negated = _negated(prose, words.items)
    found: list[Sound] = []
    items = words.items
    position = 0
    while position < len(items):
        match = _match(prose, items, position, sentences)
        if match is None:
            position += 1
            continue
        kind, last = match
        start, end = items[position].start, items[last].end
        if found and _adds_to(found[-1], kind, prose[found[-1].span.end : start], items[position].text):
            whole = Span(found[-1].span.start, end)
            found[-1] = Sound(SoundKind.AMBIENCE, prose[whole.start : whole.end], whole)
        elif not _covers(negated, start) and not _is_manner(prose, items, position, last):
            found.append(Sound(kind, prose[start:end], Span(start, end)))
        position = last + 1
    chinese_sounds = () if prose.isascii() else _CHINESE_SOUND.finditer(prose)
    found.extend(
        Sound(_CHINESE_KIND[chinese.group()], chinese.group(), Span(*chinese.span()))
        for chinese in chinese_sounds
        if not _covers(negated, chinese.start())
    )
    found.sort(key=lambda sound: sound.span.start)
    return tuple(sound for index, sound in enumerate(found) if not _only_announces(sound, found[index + 1 : index + 2]))


def _adds_to(before: Sound, kind: SoundKind, gap: str, word: str) -> bool:
    """Return whether an effect word says no more than how the ambience before it sounds: `waves crashing`."""
    return before.kind is SoundKind.AMBIENCE and kind is SoundKind.EFFECT and gap == " " and stem(word) in _STEADY


def _only_announces(sound: Sound, following: Sequence[Sound]) -> bool:
    """Return whether a find is no more than `the sound of` before the sound itself."""
    announces = sound.text.lower() in _ANNOUNCING
    return announces and any(other.span.start - sound.span.end < _ANNOUNCED_REACH for other in following)


@lru_cache(maxsize=8192)
def _entries_for(word: str) -> tuple[_Entry, ...]:
    """Return the entries that an inflected word may belong to."""
    return () if word in lexicon.SILENT_WORDS else _INDEX.get(stem(word), ())


def _match(prose: str, items: Sequence[Word], position: int, sentences: Sentences) -> tuple[SoundKind, int] | None:
    """Return the longest entry that begins at a word; two words may stand in either order and a little apart."""
    word = items[position].text
    for entry in _entries_for(word):
        if entry.instrument:
            if _is_played(items, position, sentences):
                return SoundKind.MUSIC, position
            continue
        last = _end_of(prose, items, position, entry.stems)
        if last is not None and not _silent_use(items, position, last, stem(word)):
            return entry.kind, last
    return None


def _end_of(prose: str, items: Sequence[Word], position: int, stems: tuple[str, ...]) -> int | None:
    """Return the last word of an entry that begins at a word, None if it does not."""
    if len(stems) == 2:  # noqa: PLR2004  # pairs are the special case
        return _end_of_pair(prose, items, position, stems)
    last = position + len(stems) - 1
    if last >= len(items) or any(stem(items[position + offset].text) != one for offset, one in enumerate(stems)):
        return None
    return None if _BREAK.search(prose, items[position].end, items[last].start) else last


def _end_of_pair(prose: str, items: Sequence[Word], position: int, stems: tuple[str, ...]) -> int | None:
    first, second = stems
    forward = stem(items[position].text) == first
    wanted = second if forward else first
    fixed = "of" in stems
    if fixed and not forward:
        return None
    reach = position + 1 if fixed else position + _GAP + 1
    for other in range(position + 1, min(len(items), reach + 1)):
        if _BREAK.search(prose, items[other - 1].end, items[other].start):
            return None
        if stem(items[other].text) == wanted:
            return other
    return None


def _silent_use(items: Sequence[Word], position: int, last: int, first: str) -> bool:
    """`Rain jacket`, `alarm clock`: the word names a thing and not a sound."""
    silent = _SILENT.get(first, frozenset())
    return position == last and last + 1 < len(items) and items[last + 1].text in silent


def _is_played(items: Sequence[Word], position: int, sentences: Sentences) -> bool:
    """Whether an instrument is heard: its sentence speaks of playing or of music."""
    start, end = sentences.start(items[position].start), sentences.end(items[position].start)
    low = position
    while low > 0 and items[low - 1].start >= start and position - low < 16:  # noqa: PLR2004
        low -= 1
    high = position
    while high + 1 < len(items) and items[high + 1].start < end and high - position < 16:  # noqa: PLR2004
        high += 1
    return any(word.text in lexicon.PLAYING or stem(word.text) in _MUSIC_STEMS for word in items[low : high + 1])


_MUSIC_STEMS = frozenset(stem(phrase) for phrase in lexicon.MUSIC if " " not in phrase)


def _is_manner(prose: str, items: Sequence[Word], position: int, last: int) -> bool:
    """`… growls: "Out."`: the verb says how a line is spoken."""
    if position != last or items[position].text not in SPEECH_VERBS:
        return False
    following = prose[items[last].end : items[last].end + _MANNER_REACH]
    quote = following.find(QUOTE)
    return quote >= 0 and not re.search(r"[.;!?。！？\n]", following[:quote])


def _negated(prose: str, items: Sequence[Word]) -> list[tuple[int, int]]:
    """Return the ranges of a prose that say what is not there."""
    ranges: list[tuple[int, int]] = []
    for index, word in enumerate(items):
        with_of = word.text in lexicon.NEGATIONS_WITH_OF and [one.text for one in items[index + 1 : index + 2]] == [
            "of"
        ]
        if not with_of and (word.text not in lexicon.NEGATIONS or _NOT_NEGATING.match(prose, word.start)):
            continue
        limit = min(len(prose), word.end + _SCOPE_REACH)
        stop = _SCOPE_END.search(prose, word.end, limit)
        end = stop.start() if stop else limit
        comma = prose.find(",", word.end, end)
        if comma >= 0 and _LIST_END.search(prose, comma, end) is None:
            end = comma
        ranges.append((word.start, end))
    if not prose.isascii():
        ranges += [match.span() for match in _CHINESE_NEGATION.finditer(prose)]
        ranges.sort()
    return ranges


def _covers(ranges: Sequence[tuple[int, int]], position: int) -> bool:
    index = bisect_right(ranges, (position, len(ranges) and 1 << 30))
    return any(start <= position < end for start, end in ranges[max(0, index - 3) : index])
