"""Small tools on text that the parts of the prompt language share."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate, compress, count, repeat
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from bot.prompts.lexicon.lists import word_set
from bot.prompts.lexicon.traditional import TO_SIMPLIFIED

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

#: Stand-ins that blank out what is not prose; each keeps the length of what it covers.
BRACKET, QUOTE, VOICE = STAND_INS = "\x01", "\x02", "\x03"
#: What ends a sentence, in any language.
FULL_STOPS = ".!?…。！？"

#: In the lower case of the prose with plain apostrophes; the group makes `split` keep the words.
_WORD = re.compile(r"([^\W_]+(?:['-][^\W_]+)*)")
#: The same for ASCII text, a good deal faster.
_ASCII_WORD = re.compile(r"([a-z0-9]+(?:['-][a-z0-9]+)*)")
#: Begins with the set of all signs that can open a match: the search then skips other text quickly. Dots that end no
#: sentence are looked at once and not again from each of them.
_BOUNDARY = re.compile(
    r"""[.!?…。！？；;\n](?:
        (?<=[.!?])(?<![.!?].)[.!?]*(?=[\s\x01\x02)）]|$)
        | (?<=…)(?<!….)…*(?=\s|$)
        | (?<=[。！？；;\n])[。！？；;\n]*
    )""",
    re.VERBOSE,
)
_GOES_ON = re.compile(r" ?[a-z]")
_ABBREVIATED = frozenset("rst")
_ABBREVIATION = re.compile(r"(?:\b(?:Mrs?|Ms|Dr|St|vs)|\b[A-Z])$")
_CJK = re.compile(r"[\u3400-\u9fff]")
_TRADITIONAL = re.compile(f"[{''.join(map(chr, TO_SIMPLIFIED))}]")
_STEM_LETTERS = 3
_LONG_LOWER = "İ"
_UNSTEMMED = word_set("blues news series brass bass glass dress boss less")
_SPACE = re.compile(r"\s+")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+")
_QUOTE_STYLES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "＠": "@"})


class Word(NamedTuple):
    """One word of the prose, lower case, with its place."""

    text: str
    start: int
    end: int


def lower_in_place(text: str) -> str:
    """Return the text in lower case at the same length: İ, the only sign that would become two, stays."""
    lower = text.lower()
    return lower if len(lower) == len(text) else _LONG_LOWER.join(part.lower() for part in text.split(_LONG_LOWER))


def simplified(text: str) -> str:
    """Return a text with simplified characters in the place of traditional ones, sign for sign."""
    return text if text.isascii() or _TRADITIONAL.search(text) is None else text.translate(TO_SIMPLIFIED)


class Words:
    """The words of a text, found by position.

    `texts`, `starts` and `ends` hold what a `Word` holds, as columns: most words are looked at in one respect only.
    """

    def __init__(self, text: str) -> None:
        pattern = _ASCII_WORD if text.isascii() else _WORD
        pieces = pattern.split(lower_in_place(text).replace("’", "'"))
        bounds = list(accumulate(map(len, pieces)))
        self.texts: Sequence[str] = pieces[1::2]
        self.starts: Sequence[int] = bounds[:-1:2]
        self.ends: Sequence[int] = bounds[1::2]

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.texts)

    def __getitem__(self, index: int) -> Word:
        """Return a word."""
        return Word(self.texts[index], self.starts[index], self.ends[index])

    def slice(self, first: int, last: int) -> Sequence[Word]:
        """Return the words from one index to another, the last excluded."""
        columns = zip(self.texts[first:last], self.starts[first:last], self.ends[first:last], strict=True)
        return list(map(tuple.__new__, repeat(Word), columns))  # far faster than to call the class

    def between(self, start: int, end: int) -> Sequence[Word]:
        """Return the words that begin in this range."""
        return self.slice(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def texts_between(self, start: int, end: int) -> Sequence[str]:
        """Return the texts of the words that begin in this range."""
        return self.texts[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def first(self, start: int, end: int, most: int) -> Sequence[Word]:
        """Return the first words, at most so many, that begin in this range."""
        index = bisect_left(self.starts, start)
        return self.slice(index, min(index + most, bisect_left(self.starts, end)))

    def indices_of(self, texts: Container[str]) -> Iterator[int]:
        """Return the index of each word that is one of some."""
        return compress(count(), map(texts.__contains__, self.texts))

    def index_at(self, position: int) -> int:
        """Return the index of the first word that begins at or after `position`."""
        return bisect_left(self.starts, position)


def _ends_nothing(prose: str, boundary: re.Match[str]) -> bool:
    """Return whether a full stop belongs to a title or an initial, or dots are a pause: `looks up... and says`."""
    signs = boundary.group()
    if signs == ".":
        position = boundary.start()
        before = prose[position - 1 : position]
        shortened = before in _ABBREVIATED or before.isupper()
        return shortened and _ABBREVIATION.search(prose, max(0, position - 4), position) is not None
    return signs[0] in ".…" and not signs.strip(".…") and _GOES_ON.match(prose, boundary.end()) is not None


class Sentences:
    """The sentence boundaries of a prose."""

    def __init__(self, prose: str) -> None:
        self._ends = [match.end() for match in _BOUNDARY.finditer(prose) if not _ends_nothing(prose, match)]
        self._length = len(prose)

    def start(self, position: int, floor: int = 0) -> int:
        """Where the sentence that holds `position` begins, not before `floor`."""
        index = bisect_right(self._ends, position)
        return max(floor, self._ends[index - 1]) if index else floor

    def end(self, position: int) -> int:
        """Where the sentence that holds `position` ends."""
        index = bisect_right(self._ends, position)
        return self._ends[index] if index < len(self._ends) else self._length

    def count(self, start: int, end: int) -> int:
        """How many boundaries lie in the range."""
        return bisect_right(self._ends, end) - bisect_right(self._ends, start)


def mask(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Return the text with each `(start, end, stand-in)` blanked out; spans may come in any order and not overlap."""
    pieces: list[str] = []
    position = 0
    for start, end, blank in sorted(spans):
        begin = max(start, position)
        if begin >= end:
            continue
        pieces += (text[position:begin], blank * (end - begin))
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


@lru_cache(maxsize=4096)
def label_key(label: str) -> str:
    """Return what two spellings of one label have in common.

    Case, quotes, spaces, articles and traditional characters do not count.
    """
    plain = _SPACE.sub(" ", simplified(label).translate(_QUOTE_STYLES).casefold()).strip()
    return _ARTICLE.sub("", plain)


def alternatives(words: Iterable[str], patterns: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the pattern that finds the first of some words that fits; some of them may stand for a pattern instead.

    Words that begin alike are put together: a search then compares each first sign once, and of many words that are
    Chinese there are half as many first signs. A pattern begins with the first sign of its word, else ValueError is
    raised.
    """
    endings: dict[str, list[str]] = {}
    for word in words:
        first = re.escape(word[0])
        pattern = patterns.get(word, re.escape(word))
        if not pattern.startswith(first):
            raise ValueError(f"the pattern of {word!r} does not begin with its first sign: {pattern!r}")
        endings.setdefault(first, []).append(pattern.removeprefix(first))
    return "|".join(first + (rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})") for first, rest in endings.items())


def longest_of(words: Iterable[str]) -> str:
    """Return the pattern that finds the longest of some words that fits."""
    return alternatives(sorted(words, key=len, reverse=True))


def any_of(signs: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that finds any of some Chinese signs."""
    return re.compile(longest_of(signs))


def holds(text: str, signs: re.Pattern[str]) -> bool:
    """Return whether a text in simplified characters holds something that a pattern of Chinese signs finds."""
    return not text.isascii() and signs.search(text) is not None


def is_cjk(text: str) -> bool:
    """Whether the text holds a Chinese character."""
    return not text.isascii() and _CJK.search(text) is not None


class _Stems(dict[str, str]):
    """The stems of the words that were met lately."""

    _most = 8192

    def __missing__(self, word: str) -> str:
        """Find the stem of a new word."""
        if len(self) >= self._most:
            self.clear()
        self[word] = found = _stem_of(word)
        return found


_STEMS = _Stems()


def stem(word: str) -> str:
    """Return a crude stem under which the inflections of an English word meet: tap, taps, tapped, tapping."""
    return _STEMS[word]


def stems_of(texts: Iterable[str]) -> list[str]:
    """Return the stem of each of some words."""
    return list(map(_STEMS.__getitem__, texts))


def _stem_of(word: str) -> str:
    if word in _UNSTEMMED:
        return word
    base = word
    kept = _STEM_LETTERS
    for ending in ("ings", "ing", "ed", "ies", "es", "s"):
        if base.endswith(ending) and len(base) - len(ending) >= (kept + 1 if base.endswith("ss") else kept):
            base = base[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    if len(base) > kept and base[-1] == base[-2] and base[-1] not in "slfz":
        base = base[:-1]
    return base[:-1] if base.endswith("e") and len(base) > kept else base
