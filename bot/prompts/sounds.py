"""Finds the sounds a prompt asks for: effects, ambience, music; in every inflection, never in lines or negations."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import compress, count
from typing import TYPE_CHECKING

from bot.prompts.chinese_sounds import besides, chinese_sounds
from bot.prompts.lexicon import sounds as lexicon
from bot.prompts.lexicon.speech import SPEECH_VERBS, VOICE_NOUNS
from bot.prompts.model import Sound, SoundKind, Span, span_of
from bot.prompts.text import QUOTE, is_cjk, stem, stems_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.prompts.text import Sentences, Word, Words

_NOT_NEGATING = re.compile(
    r"(?:no longer|not only|no sooner|not just|no doubt|no one|nobody|not long)\b", re.IGNORECASE
)
_NEGATING = lexicon.NEGATIONS | lexicon.NEGATIONS_WITH_OF
_SCOPE_END = re.compile(
    r"[.;:!?\n。；！？\x01\x02]|\b(?:but|only|just|instead|except|however|while|as|when|and then|rather)\b",
    re.IGNORECASE,
)
_SCOPE_REACH = 90
_LIST_END = re.compile(r",[^,.;]{0,40}\b(?:or|nor)\b|,\s*(?:and )?no\b", re.IGNORECASE)
_CHINESE_NEGATION = re.compile("(?:" + "|".join(lexicon.CHINESE_NEGATIONS) + ")(?:任何)?[^，。；,.!?！？]{0,12}")
_MANNER_REACH = 40
_MANNER_WORDS = 4
_CLAUSE_END = re.compile(r"[.;!?。！？\n]")
_SOURCE_REACH = 6
_PLAYING_REACH = 16
_GAP = 2
#: Ends a pair whose words stand in this order and side by side: `crack of`. Nothing is looked for from it on.
_JOINING = "of"
_ANNOUNCING = frozenset(("sound of", "sounds of", "sound effect", "sound effects"))
_ANNOUNCED_REACH = 40
_LIST_NAMES = frozenset(("ambience", "ambient sound", "ambient sounds", "sfx", "foley"))
_LIST_HEAD = re.compile(r"(?:\s?[/&,]\s?\w+(?: effects)?)?\s?:", re.IGNORECASE)
#: Effects that last, and so say how a place sounds.
_STEADY = frozenset(
    map(stem, ("crash", "howl", "roar", "whistle", "rumble", "patter", "rustle", "murmur", "thrum", "hiss"))
)
#: What such a sound does where it is the sound of the place.
_FILLING = re.compile(r"[^.;:!?\n\x01\x02]{0,60}?\b(?:fill(?:s|ed|ing)?|permeat(?:es?|ing)|throughout|hangs? over)\b")
_UNDER_BACKGROUND = re.compile(r"\bbackground: ?[^.;:\n\x01\x02]*$", re.IGNORECASE)
_BACKGROUND_REACH = 50
_LASTING = _STEADY | frozenset(map(stem, ("drone", "hum", "buzz", "whir")))
#: Silence with something in it is a bed, as `Silence, except for a clock`.
_BED = re.compile(r"silence,? (?:except|save|but|broken|apart)\b", re.IGNORECASE)
_SILENCE = "silence"
_BENEATH = frozenset(("over", "under"))
_VOICED = VOICE_NOUNS | SPEECH_VERBS
_MUSIC_STEMS = frozenset(stem(phrase) for phrase in lexicon.MUSIC if " " not in phrase)
_TELLING = frozenset(("sound", "sounds", "noise", "noises", _SILENCE))
#: `A subtle brushing` sound, `producing a "shh-shh"` sound: known by its form, whatever makes it.
_TOLD_BEFORE = re.compile(
    rf"\b(?:[a-z]{{3,}}ing|(?:mak|produc|emitt?|creat)(?:es?|ed|ing|s) an?(?: [\w-]+| {QUOTE}+){{0,4}}) $",
    re.IGNORECASE,
)
_TOLD_REACH = 80
_BREAK = re.compile(r"[.,;:!?。，\x01\x02\x03]")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A phrase by the stems of its words; an `instrument` is heard only where it is played."""

    stems: tuple[str, ...]
    kind: SoundKind
    instrument: bool = False


@dataclass(frozen=True, slots=True)
class _Entries:
    """What a stem may begin or end: the phrases, longest first, and the single words among them.

    Phrases are looked for only where one of the `others`, their further stems, is among the next `reach` words.
    """

    phrases: tuple[_Entry, ...]
    single: tuple[_Entry, ...]
    others: frozenset[str]
    reach: int

    @classmethod
    def of(cls, own: str, entries: Iterable[_Entry]) -> _Entries:
        """Return the entries of one stem."""
        phrases = tuple(sorted(entries, key=lambda one: -len(one.stems)))
        others = {other for one in phrases for other in one.stems if other != own or one.stems.count(own) > 1}
        single = tuple(one for one in phrases if len(one.stems) == 1)
        return cls(phrases, single, frozenset(others), len(phrases[0].stems) - 1 + _GAP)


def _index(entries: Iterable[tuple[SoundKind, Sequence[str]]]) -> dict[str, _Entries]:
    """Return the entries under the stem of each of their first and last words."""
    index: dict[str, list[_Entry]] = {}
    for kind, phrases in entries:
        for phrase in phrases:
            entry = _Entry(tuple(stem(word) for word in phrase.lower().split()), kind)
            for first in {entry.stems[0], entry.stems[-1]} - {_JOINING}:
                index.setdefault(first, []).append(entry)
    for instrument in lexicon.INSTRUMENTS:
        words = instrument.split()
        if len(words) == 1:
            index.setdefault(stem(words[0]), []).append(_Entry((stem(words[0]),), SoundKind.MUSIC, instrument=True))
    return {first: _Entries.of(first, found) for first, found in index.items()}


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
    negated = negated_ranges(prose, words)
    stems = stems_of(words.texts)
    found: list[Sound] = []
    free = 0
    for position in compress(count(), map(_INDEX.__contains__, stems)):
        match = _match(prose, words, stems, position, sentences) if position >= free else None
        if match is None:
            continue
        kind, last = match
        start, end = words.starts[position], words.ends[last]
        if found and kind is SoundKind.EFFECT and _adds_to(found[-1], prose, start, stems[position]):
            whole = Span(found[-1].span.start, end)
            found[-1] = Sound(SoundKind.AMBIENCE, prose[whole.start : whole.end], whole)
        elif not _covers(negated, start) and not _is_manner(prose, words, position, last):
            if kind is SoundKind.EFFECT and stems[position] in _LASTING and _fills_a_place(prose, start, end):
                kind = SoundKind.AMBIENCE
            found.append(Sound(kind, prose[start:end], span_of((start, end))))
        free = last + 1
    told = [sound for index in words.indices_of(_TELLING) for sound in _told_sounds(prose, words[index])]
    if is_cjk(prose):
        told += chinese_sounds(prose)
    if told:
        found = besides(found, [sound for sound in told if not _covers(negated, sound.span.start)])
        found.sort(key=lambda sound: sound.span.start)
    return tuple(
        sound for index, sound in enumerate(found) if not _only_announces(prose, sound, found[index + 1 : index + 2])
    )


def _fills_a_place(prose: str, start: int, end: int) -> bool:
    """Return whether an effect is the sound of its place: `a low rumble fills the tunnel`, `Background: a hum`."""
    if _FILLING.match(prose, end) is not None:
        return True
    return _UNDER_BACKGROUND.search(prose, max(0, start - _BACKGROUND_REACH), start) is not None


def _told_sounds(prose: str, noun: Word) -> Iterator[Sound]:
    """Return what a word such as `noise` ends, if the words before it tell of a sound, and a silence with something."""
    if noun.text == _SILENCE:
        if _BED.match(prose, noun.start) is not None:
            yield Sound(SoundKind.AMBIENCE, prose[noun.start : noun.end], Span(noun.start, noun.end))
        return
    before = _TOLD_BEFORE.search(prose, max(0, noun.start - _TOLD_REACH), noun.start)
    if before is not None:
        span = Span(before.start(), noun.end)
        yield Sound(SoundKind.EFFECT, prose[span.start : span.end], span)


def _adds_to(before: Sound, prose: str, start: int, stemmed: str) -> bool:
    """Return whether an effect word says no more than how the ambience before it sounds: `waves crashing`."""
    return before.kind is SoundKind.AMBIENCE and stemmed in _STEADY and prose[before.span.end : start] == " "


def _only_announces(prose: str, sound: Sound, following: Sequence[Sound]) -> bool:
    """Return whether a find is no more than `the sound of`, or the name of a list with a colon, before the sound."""
    name = sound.text.lower()
    if name.endswith(f" {_JOINING}") and name not in _ANNOUNCING:  # a crack of thunder
        return any(other.kind is sound.kind and other.span.start - sound.span.end == 1 for other in following)
    if name not in _ANNOUNCING and name not in _LIST_NAMES:
        return False
    announces = name in _ANNOUNCING or _LIST_HEAD.match(prose, sound.span.end) is not None
    return announces and any(other.span.start - sound.span.end < _ANNOUNCED_REACH for other in following)


def _match(
    prose: str, words: Words, stems: Sequence[str], position: int, sentences: Sentences
) -> tuple[SoundKind, int] | None:
    """Return the kind and the last word of the longest entry that is found at a word of the index."""
    own = stems[position]
    entries = _INDEX[own]
    following: Sequence[str] = ()
    if not entries.others.isdisjoint(stems[position + 1 : position + 1 + entries.reach]):
        following = stems[position + 1 : _unbroken_end(prose, words, position, entries.reach)]
    possible = entries.phrases if following else entries.single
    if not possible:
        return None
    silent = words.texts[position] in lexicon.SILENT_WORDS or not _has_its_source(words, position, sentences)
    for entry in possible:
        if silent and own == entry.stems[-1]:
            continue
        if entry.instrument:
            if _is_played(words, stems, position, sentences):
                return SoundKind.MUSIC, position
            continue
        more = _reach(entry.stems, own, following)
        if more is not None and not (more == 0 and _silent_use(words, position, own)):
            return entry.kind, position + more
    return None


def _unbroken_end(prose: str, words: Words, position: int, reach: int) -> int:
    """Return the index behind the last of the next words, at most so many, before a sign that separates."""
    last = min(position + 1 + reach, len(words))
    for index in range(position + 1, last):
        end, start = words.ends[index - 1], words.starts[index]
        if (start - end != 1 or prose[end] != " ") and _BREAK.search(prose, end, start):
            return index
    return last


def _reach(stems: tuple[str, ...], own: str, following: Sequence[str]) -> int | None:
    """Return how many words behind the first an entry ends, None if it is not there.

    The two words of a pair may stand in either order and a little apart, unless the second is `of`.
    """
    if len(stems) != 2:  # noqa: PLR2004  # pairs are the special case
        return len(stems) - 1 if stems == (own, *following[: len(stems) - 1]) else None
    first, second = stems
    wanted = second if own == first else first
    near = following[: 1 if second == _JOINING else _GAP + 1]
    return near.index(wanted) + 1 if wanted in near else None


def _has_its_source(words: Words, position: int, sentences: Sentences) -> bool:
    """Return whether a word may be heard: a phone before it rings, while a couple exchanges rings."""
    sources = lexicon.HEARD_BEHIND.get(words.texts[position])
    if sources is None:
        return True
    first = words.index_at(sentences.start(words.starts[position]))
    return not sources.isdisjoint(words.texts[max(first, position - _SOURCE_REACH) : position])


def _silent_use(words: Words, position: int, own: str) -> bool:
    """`Rain jacket`, `alarm clock`: the word names a thing and not a sound."""
    following = words.texts[position + 1] if position + 1 < len(words) else ""
    return following in lexicon.PICTURES or following in _SILENT.get(own, ())


def _is_played(words: Words, stems: Sequence[str], position: int, sentences: Sentences) -> bool:
    """Whether an instrument is heard: its sentence speaks of playing or of music."""
    start = words.starts[position]
    first = max(words.index_at(sentences.start(start)), position - _PLAYING_REACH)
    last = min(words.index_at(sentences.end(start)), position + 1 + _PLAYING_REACH)
    near = words.texts[first:last]
    if not lexicon.PLAYING.isdisjoint(near) or not _MUSIC_STEMS.isdisjoint(stems[first:last]):
        return True
    return not _BENEATH.isdisjoint(near) and not _VOICED.isdisjoint(near)


#: What joins a voice and the instruments that accompany it; a lamp may hang over a piano as well.
def _is_manner(prose: str, words: Words, position: int, last: int) -> bool:
    """`… growls: "Out."`, `"Out," he says in a low growl`: the word says how a line is spoken."""
    word, end = words.texts[position], words.ends[last]
    if word in VOICE_NOUNS and _is_told_with(words, position):
        return True
    if position != last or word not in SPEECH_VERBS:
        return False
    start = words.starts[position]
    if prose[max(0, start - 2) : start].strip() == QUOTE:  # "Faster!" roars the coach
        return True
    following = prose[end : end + _MANNER_REACH]
    quote = following.find(QUOTE)
    return quote >= 0 and not _CLAUSE_END.search(following, 0, quote)


def _is_told_with(words: Words, position: int) -> bool:
    """Return whether `in a` and no more than two adjectives stand before a word."""
    before = words.texts[max(0, position - _MANNER_WORDS) : position]
    return any(before[index : index + 2] in (["in", "a"], ["in", "his"], ["in", "her"]) for index in range(len(before)))


def negated_ranges(prose: str, words: Words) -> list[tuple[int, int]]:
    """Return the ranges of a prose that say what is not there."""
    ranges: list[tuple[int, int]] = []
    for index in words.indices_of(_NEGATING):
        word = words[index]
        if word.text in lexicon.NEGATIONS_WITH_OF:
            if words.texts[index + 1 : index + 2] != ["of"]:
                continue
        elif _NOT_NEGATING.match(prose, word.start):
            continue
        limit = min(len(prose), word.end + _SCOPE_REACH)
        stop = _SCOPE_END.search(prose, word.end, limit)
        end = stop.start() if stop else limit
        comma = prose.find(",", word.end, end)
        if comma >= 0:
            listed = max((item.end() for item in _LIST_END.finditer(prose, comma, end)), default=comma)
            behind = prose.find(",", listed, end)
            end = behind if behind >= 0 else end
        ranges.append((word.start, end))
    if not prose.isascii():
        ranges += [match.span() for match in _CHINESE_NEGATION.finditer(prose)]
        ranges.sort()
    return ranges


def _covers(ranges: Sequence[tuple[int, int]], position: int) -> bool:
    """Return whether a place is in one of the ranges, which are sorted."""
    if not ranges:
        return False
    index = bisect_right(ranges, (position, 1 << 30))
    return any(start <= position < end for start, end in ranges[max(0, index - 3) : index])
