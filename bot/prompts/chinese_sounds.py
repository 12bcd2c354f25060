"""Finds the sounds of Chinese prose: by its words, and by the forms that tell of a sound."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from bot.prompts.lexicon import chinese_sounds as lexicon
from bot.prompts.model import Sound, SoundKind, span_of
from bot.prompts.text import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.prompts.model import Span

_WORDS = {
    SoundKind.EFFECT: lexicon.EFFECTS,
    SoundKind.AMBIENCE: lexicon.AMBIENCE,
    SoundKind.MUSIC: lexicon.MUSIC,
}
_KIND = {word: kind for kind, words in _WORDS.items() for word in words}
_SOUND = any_of(_KIND)
_LISTED = re.compile(f"(?<=[、和与及]){lexicon.LISTED}|{lexicon.LISTED}(?=[、和与及])")
_JOINING = re.compile("[、和与及]")
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
        Sound(_KIND[one.group()], one.group(), span_of(one.span()))
        for one in _SOUND.finditer(prose)
        if not (one.group() in lexicon.STANDING_INSTRUMENTS and _STANDING.match(prose, one.end()))
    ]
    told = [
        Sound(kind, one[_named(one)], span_of(one.span(_named(one))))
        for kind, needed, sign in _HEARD
        if any(part in prose for part in needed)
        for one in sign.finditer(prose)
    ]
    told += [Sound(_kind_of(item.group()), item.group(), span_of(item.span())) for item in _ending_in_sound(prose)]
    beds = {sound.span.end for sound in found if sound.kind is SoundKind.AMBIENCE}
    told = [sound for sound in told if sound.kind is not SoundKind.EFFECT or sound.span.start not in beds]  # 雨声哗哗
    return [sound for sound in besides(found, told) if not _is_off(prose, sound.span) and not _is_name(prose, sound)]


def _named(found: re.Match[str]) -> int | str:
    """Return the group that holds the sound: the whole, unless the pattern begins before its name."""
    return "name" if found.lastgroup == "name" else 0


def _is_name(prose: str, sound: Sound) -> bool:
    """Return whether a noise is what somebody is called: 小叮当."""
    before = prose[sound.span.start - 1 : sound.span.start]
    return before == "小" and all(sign in lexicon.NOISE_SIGNS for sign in sound.text)


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
        possible = _possible(prose, start, noun)
        if possible:
            start = max((place.end() for place in _PLACES.finditer(prose, start, noun)), default=start)
        for sign in possible:
            item = sign.search(prose, start, noun + _BEHIND)
            if item is not None:
                yield item
                floor = item.end()
                break
        noun = prose.find("声", noun + 1)


def _possible(prose: str, start: int, noun: int) -> list[re.Pattern[str]]:
    """Return the patterns that the signs around a 声 leave possible."""
    possible = [] if _JOINING.search(prose, max(0, start - 1), noun + 2) is None else [_LISTED]
    if prose[noun - 1 : noun] in lexicon.SOUNDING_SIGNS:
        possible.append(_SOUNDING)
    if noun + 1 == len(prose) or prose[noun + 1] in lexicon.ENDING_SIGNS:
        possible.append(_ENDING)
    return possible


def _kind_of(item: str) -> SoundKind:
    """Return the kind of a sound that stands in no vocabulary."""
    ambient = not lexicon.AMBIENT_SIGNS.isdisjoint(item) and lexicon.ACTING_SIGNS.isdisjoint(item)
    return SoundKind.AMBIENCE if ambient else SoundKind.EFFECT


def besides(found: Sequence[Sound], told: Sequence[Sound]) -> list[Sound]:
    """Return what was found, which is in order, and of the rest whatever stands apart from it and from one another."""
    apart = list(found)
    starts, ends = [sound.span.start for sound in found], [sound.span.end for sound in found]
    for sound in told:
        start, end = sound.span
        index = bisect_right(ends, start)
        if index == len(starts) or end <= starts[index]:
            apart.append(sound)
            starts.insert(index, start)
            ends.insert(index, end)
    return apart
