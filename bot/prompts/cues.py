"""Forms in which informal texts and screenplays say who speaks, without a verb of speech."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.prompts.lexicon import speech
from bot.prompts.lexicon.lists import word_set
from bot.prompts.lexicon.structure import HEADERS
from bot.prompts.model import Span, span_of
from bot.prompts.subjects import Subject

if TYPE_CHECKING:
    from bot.prompts.reading import Reading
    from bot.prompts.text import Word

#: A name in capitals on a line of its own, then remarks in parentheses, then the line: `KEEPER (70s, raspy)`.
_CUE: Final = re.compile(
    r"(?:^|\n)[ \t*_>#]{0,6}([A-Z][A-Z0-9.'’ -]{1,30})(?:[ \t]{0,3}[(（][^()（）\n]{0,80}[)）])?[ \t*_]{0,4}\n"
    r"(?:[ \t]{0,20}[(（][^()（）\n]{0,80}[)）][ \t]{0,4}\n)?[ \t*_]{0,40}$"
)
_CUE_REACH: Final = 220
_INDENT: Final = 40
_NO_NAMES: Final = word_set(
    "int ext cut fade dissolve title scene act end the continued montage super beat later night day"
)
#: What a line goes on with that ends with a comma, or that a word in lower case follows: `"Not asleep," Tom yawns`.
_TAG: Final = re.compile(
    r"\s{1,2}(?:(?:the|an?|his|her|their|my|our|one|another)\s(?:[a-z'’-]+\s){1,4}?|[A-Z][a-z]+\s(?:[A-Z][a-z]+\s)?|"
    r"he\s|she\s|they\s|it\s)(?:[a-z]+ly\s)?([a-z]{2,}(?:s|ed))\b"
)
_IN_VOICE: Final = re.compile(
    rf"\b(?:in|with)\s(?:an?|his|her|their)\s[^.!?;:\n]{{1,60}}?\b(?:{'|'.join(sorted(speech.VOICE_NOUNS))})\b"
)
#: Where another part of a sentence begins; no comma of a list: `say a boy, a girl and a man`.
_OTHER_PART: Final = re.compile(
    r",(?!\s(?:(?:an?|the|his|her|their)\s)?[\w-]+(?:\s[\w-]+)?(?:,|,?\sand)\s)|\s(?:as|while|when|before|after|until)\s"
)
#: `Emma cries and Jack shouts back`: where another speaks, once the first has a verb.
_OTHER_SPEAKER: Final = re.compile(r"\s(?:and|but)\s(?=[A-Z]|(?:the|an?|his|her|another)\s)")
_UNFINISHED: Final = (",", "，")


def cue_before(reading: Reading, floor: int, position: int) -> Subject | None:
    """Return the name that stands alone on the line before a quotation, as screenplays write it."""
    indent = reading.prose[max(floor, position - _INDENT) : position]
    if "\n" not in indent or not indent.rstrip(" \t*_").endswith("\n"):
        return None
    begin = max(floor, position - _CUE_REACH)
    found = _CUE.search(reading.prose[begin:position])
    if found is None:
        return None
    name = found.group(1).rstrip(" .")
    parts = name.lower().replace(".", " ").split()
    if not parts or parts[0] in _NO_NAMES or name.lower() in HEADERS:
        return None
    start = begin + found.start(1)
    return Subject(name, Span(start, start + len(name)))


def tag_behind(reading: Reading, index: int, limit: int) -> Span | None:
    """Return the verb of a clause about the speaker that goes on with an unfinished line, whatever verb it is."""
    quote = reading.quotes[index]
    tag = _TAG.match(reading.prose, quote.outer.end, limit)
    if tag is None or (reading.text[quote.inner.end - 1] not in _UNFINISHED and not tag.group().lstrip()[0].islower()):
        return None
    return span_of(tag.span(1))


def own_part(prose: str, clause: Span, verb: Word, *, begins: bool) -> Span:
    """Return the part of a clause behind a line that is about its speaker; `begins` says that its verb begins it."""
    voiced = _IN_VOICE.search(prose, verb.end, clause.end)
    other = None if begins else _OTHER_SPEAKER.search(prose, verb.end, clause.end)
    other = other or _OTHER_PART.search(prose, verb.end if voiced is None else voiced.end(), clause.end)
    return clause if other is None else Span(clause.start, other.start())
