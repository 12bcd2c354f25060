"""A prompt taken apart into its pieces, before anybody decides who speaks."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.prompts.acting import names_of
from bot.prompts.apart import told_apart
from bot.prompts.text import lower_in_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.prompts.acting import Names
    from bot.prompts.apart import Person
    from bot.prompts.model import Mention, Quote, Section
    from bot.prompts.text import Sentences, Words
    from bot.prompts.verbs import Verbs

_REMARK = re.compile(r"[(（][^()（）\n]{0,80}[)）]$")
_REMARK_REACH = 90
#: What can stand between a colon and its line: the end of a remark, or of an emphasis.
_NO_WORDS = (")", "）", "*", "_")


@dataclass(frozen=True)
class Reading:
    """The pieces of a text; `prose` has quotations and brackets blanked out, and simplified characters.

    `is_traditional` says that the text holds traditional characters, so that the prose is not written as the text is.
    """

    text: str
    prose: str
    words: Words
    verbs: Verbs
    sentences: Sentences
    quotes: Sequence[Quote]
    mentions: Sequence[Mention]
    sections: Sequence[Section]
    is_traditional: bool

    @cached_property
    def _labelled(self) -> list[Mention]:
        return [mention for mention in self.mentions if mention.label]

    @cached_property
    def _label_starts(self) -> list[int]:
        return [mention.span.start for mention in self._labelled]

    @cached_property
    def lower(self) -> str:
        """The prose in lower case, sign for sign."""
        return lower_in_place(self.prose)

    def as_written(self, words: str, start: int) -> str:
        """Return words of the prose that stand at or behind a place as the text has them: in its own characters."""
        place = self.prose.find(words, start)
        return words if place < 0 else self.text[place : place + len(words)]

    @cached_property
    def names(self) -> Names:
        """The names of the prose that act, and those that only occur."""
        return names_of(self.prose, self.words, self.sentences)

    @cached_property
    def apart(self) -> Mapping[int, Person]:
        """The persons of the prose who share a noun with somebody else, each by where the noun ends."""
        return told_apart(self.prose, self.words)

    @cached_property
    def is_lower_case(self) -> bool:
        """Whether the whole text is written without capitals, as many write in a chat."""
        return self.text == lower_in_place(self.text)

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.span.start for section in self.sections]

    def mentions_between(self, start: int, end: int) -> list[Mention]:
        """Return the labels that begin in a range."""
        starts = self._label_starts
        return self._labelled[bisect_left(starts, start) : bisect_left(starts, end)]

    def mentions_before(self, position: int, most: int = 12) -> list[Mention]:
        """Return the last labels before a position, the nearest first."""
        last = bisect_left(self._label_starts, position)
        return self._labelled[max(0, last - most) : last][::-1]

    def section_at(self, position: int) -> Section | None:
        """Return the section that holds a position."""
        if not self.sections:
            return None
        index = bisect_left(self._section_starts, position)
        return self.sections[index - 1] if index else None

    @cached_property
    def quote_sections(self) -> Sequence[Section | None]:
        """The section that holds each quotation."""
        sections: list[Section | None] = [None, *self.sections]
        return [sections[bisect_left(self._section_starts, quote.outer.start)] for quote in self.quotes]

    def is_header(self, position: int) -> bool:
        """Return whether a position lies within a header."""
        section = self.section_at(position + 1)
        return section is not None and position < section.span.end

    @cached_property
    def floors(self) -> Sequence[int]:
        """Where the text before each quotation begins: behind the quotation before it, or behind a header."""
        floors, floor = [], 0
        for quote, section in zip(self.quotes, self.quote_sections, strict=True):
            headed = section is not None and section.span.start >= floor
            floors.append(section.span.end if section is not None and headed else floor)
            floor = quote.outer.end
        return floors

    def lead_end(self, floor: int, position: int) -> int:
        """Return where the text before a quotation ends: spaces and a remark such as `(angrily)` do not count."""
        lead = self.prose[floor:position].rstrip()
        if not lead.endswith(_NO_WORDS):
            return floor + len(lead)
        remark = _REMARK.search(lead[-_REMARK_REACH:])
        before = lead.rstrip("*_ ") if remark is None else lead[: len(lead) - len(remark.group())].rstrip()
        return floor + len(before if before.endswith((":", "：")) else lead)
