"""Finds the sounds of Chinese prose: by its words, and by the forms that tell of a sound."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.prompts.lexicon import chinese_sounds as lexicon
from bot.prompts.model import Sound, SoundKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORDS = {
    SoundKind.EFFECT: lexicon.EFFECTS,
    SoundKind.AMBIENCE: lexicon.AMBIENCE,
    SoundKind.MUSIC: lexicon.MUSIC,
}
_KIND = {word: kind for kind, words in _WORDS.items() for word in words}
_SOUND = re.compile("|".join(sorted(_KIND, key=len, reverse=True)))
_LISTED = re.compile(f"(?<=[、和与及]){lexicon.LISTED}|{lexicon.LISTED}(?=[、和与及])")
_JOINING = frozenset("、和与及")
_HEARD = tuple((SoundKind(kind), needed, re.compile(sign)) for kind, needed, sign in lexicon.HEARD)
_REACH = 8
"""Signs that a Chinese name of a sound has at most before its 声."""
_BEHIND = 5
"""Signs up to which a pattern reads from its 声 on: the longest that may follow is 此起彼伏."""
_SOUNDING = re.compile(lexicon.SOUNDING)
_STANDING = re.compile(lexicon.STANDING)
_OFF = re.compile(lexicon.OFF)
_OFF_BEFORE = re.compile(f"(?:{lexicon.OFF_BEFORE})$")
_OFF_REACH = 6
_PLACES = re.compile(lexicon.PLACES)
_ENDING = re.compile(f"{lexicon.LISTED}(?=[，。；,.;\n]|$|响起|传来|阵阵|此起彼伏|不断)")


def chinese_sounds(prose: str) -> list[Sound]:
    """Return the sounds of the Chinese vocabulary, then those that only their form gives away, none inside another."""
    found = [
        Sound(_KIND[one.group()], one.group(), Span(*one.span()))
        for one in _SOUND.finditer(prose)
        if not (one.group() in lexicon.STANDING_INSTRUMENTS and _STANDING.match(prose, one.end()))
    ]
    told = [
        Sound(kind, one[_named(one)], Span(*one.span(_named(one))))
        for kind, needed, sign in _HEARD
        if any(part in prose for part in needed)
        for one in sign.finditer(prose)
    ]
    told += [Sound(_kind_of(item.group()), item.group(), Span(*item.span())) for item in _ending_in_sound(prose)]
    return [sound for sound in besides(found, told) if not _is_off(prose, sound.span)]


def _named(found: re.Match[str]) -> int | str:
    """Return the group that holds the sound: the whole, unless the pattern begins before its name."""
    return "name" if found.lastgroup == "name" else 0


def _is_off(prose: str, span: Span) -> bool:
    """Return whether what could be heard is said to be silent: `壁炉早已熄灭`, `熄灭的壁炉`."""
    if prose[span.start - 1 : span.start] == "的" and _OFF_BEFORE.search(
        prose[max(0, span.start - _OFF_REACH) : span.start]
    ):
        return True
    return _OFF.match(prose, span.end) is not None


def _ending_in_sound(prose: str) -> Iterator[re.Match[str]]:
    """Find what ends in 声, looking only at what stands before each: that is a good deal faster."""
    floor, noun = 0, prose.find("声")
    while noun >= 0:
        start = max(floor, noun - _REACH)
        start = max((place.end() for place in _PLACES.finditer(prose, start, noun)), default=start)
        for sign in _possible(prose, start, noun):
            item = sign.search(prose, start, noun + _BEHIND)
            if item is not None:
                yield item
                floor = item.end()
                break
        noun = prose.find("声", noun + 1)


def _possible(prose: str, start: int, noun: int) -> Iterator[re.Pattern[str]]:
    """Return the patterns that the signs around a 声 leave possible."""
    if not _JOINING.isdisjoint(prose[max(0, start - 1) : noun + 2]):
        yield _LISTED
    if prose[noun - 1 : noun] in lexicon.SOUNDING_SIGNS:
        yield _SOUNDING
    if lexicon.ENDING_SIGNS.issuperset(prose[noun + 1 : noun + 2]):
        yield _ENDING


def _kind_of(item: str) -> SoundKind:
    """Return the kind of a sound that stands in no vocabulary."""
    ambient = not lexicon.AMBIENT_SIGNS.isdisjoint(item) and lexicon.ACTING_SIGNS.isdisjoint(item)
    return SoundKind.AMBIENCE if ambient else SoundKind.EFFECT


def besides(found: Sequence[Sound], told: Sequence[Sound]) -> list[Sound]:
    """Return what was found, and of the rest whatever stands apart from it and from one another."""
    apart = list(found)
    taken = {position for sound in found for position in range(*sound.span)}
    for sound in told:
        places = range(*sound.span)
        if taken.isdisjoint(places):
            apart.append(sound)
            taken.update(places)
    return apart
