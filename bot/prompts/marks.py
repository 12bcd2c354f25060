"""Finds quotations and brackets in one pass, and recovers where a quotation mark is missing."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bot.prompts.lexicon.structure import HEADERS, MARKERS
from bot.prompts.model import Quote, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLOSERS = {
    '"': '"＂”',
    "＂": '＂"',
    "“": '”“"',
    "”": '”"',
    "„": '“”"',
    "‟": '”"',
    "「": "」",
    "『": "』",
    "«": "»",
    "»": "«",
}  # fmt: skip
#: Brackets and marks. Begins with the set of all signs that can open a match: the search then skips words quickly.
_EVENT = re.compile(
    r"""["'‘\[【［＂“”„‟「」『』«»](?:
        (?<=\[)[^\[\]\n]{1,240}\] | (?<=【)[^【】\n]{1,240}】 | (?<=［)[^［］\n]{1,240}］
        | (?<=["＂“”„‟「」『』«»])
        | (?<=['‘])(?<![^\W_].)(?=[^\s'’])
    )""",
    re.VERBOSE,
)
_LONELY_CLOSERS = "」』»”"
_NO_BEGINNING = ("", "\n", ".", ",", " ")
_SENTENCE_END = re.compile(r"[.!?…。！？]+")
_BEFORE_CLOSING = tuple(".!?…。！？,，")
_SINGLE_CLOSE = re.compile(r"[.!?,…。！？，]['’](?![^\W_])")
_SINGLE_CLOSE_WEAK = re.compile(r"['’](?![^\W_])")
_SINGLE_REACH = 600
_CLIPPED = re.compile(r"(?:tis|twas|twere|til|em|cause|cuz|bout|round)\b", re.IGNORECASE)
_NESTED_MARKS = 4
_INTRODUCED = re.compile(
    r"(?:[:：,，\]】)）]|\b(?:says?|said|asks?|whispers?|shouts?|yells?|repl(?:y|ies)|sings?|raps?))\s*$", re.IGNORECASE
)
_INTRODUCED_REACH = 24
#: What ends a quotation that nobody closed: an empty line or a header, found by the sign before it.
_NEW_PART = re.compile(
    r"[\n.!?。！？](?:(?<=\n)\s*\n|[\s*#-]{0,12}(?:"
    + "|".join(sorted(map(re.escape, HEADERS), key=len, reverse=True))
    + r")\*{0,2}\s?[:：])",
    re.IGNORECASE,
)
_DIRECTION_START = re.compile(
    r"\s*\(?(?:"
    + "|".join(sorted(map(re.escape, MARKERS), key=len, reverse=True))
    + r"|during this|meanwhile|the camera|as the speaker)\b",
    re.IGNORECASE,
)


#: The name of a voice in quotation marks, behind an `@`.
QUOTED_NAME = re.compile(r"[\"“„‟＂]([^\"“”＂\n@\[\]]{1,60})[\"”＂]")
_VOICE_SIGNS = ("@", "＠", "@ ", "＠ ")
_SPEAKER_COLON = re.compile(r"[^:：\n]{0,60}[:：]\s{0,12}(?=\S)")


class Bracket(NamedTuple):
    """One `[…]` outside quotations, marks included."""

    start: int
    end: int


class _Event(NamedTuple):
    """A quotation mark or a whole bracket; `sign` is what it begins with."""

    sign: str
    start: int
    end: int


@dataclass(slots=True)
class _Open:
    mark: str
    position: int
    nested: int = 0


class MarkScanner:
    """One pass over the quotation marks and brackets of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._events = [_Event(text[match.start()], *match.span()) for match in _EVENT.finditer(text)]
        self.quotes: list[Quote] = []
        self.brackets: list[Bracket] = []

    def scan(self) -> tuple[Sequence[Quote], Sequence[Bracket]]:
        """All quotations and brackets, in the order of the text."""
        opened: _Open | None = None
        skip_to = 0
        for index, event in enumerate(self._events):
            if event.start < skip_to:
                continue
            name = self._voice_name(event.start) if opened is None else None
            if name is not None:
                skip_to = name.end()
            elif event.end - event.start > 1:
                opened = self._bracket(index, event, opened)
            elif event.sign in "'‘":
                if opened is None:
                    skip_to = self._single(event.start)
            elif opened is None:
                opened = self._begin(event)
            else:
                opened = self._inside(event, opened)
        if opened is not None:
            self._recover(opened, len(self._text))
        return self.quotes, self.brackets

    @cached_property
    def _next_mark(self) -> list[int]:
        """For each event the index of the next double quotation mark after it, or -1."""
        following = [-1] * len(self._events)
        upcoming = -1
        for index in range(len(self._events) - 1, -1, -1):
            following[index] = upcoming
            event = self._events[index]
            if event.end - event.start == 1 and event.sign not in "'‘":
                upcoming = index
        return following

    def _bracket(self, index: int, event: _Event, opened: _Open | None) -> _Open | None:
        if opened is not None:
            upcoming = self._closing_candidate(index, opened)
            if upcoming is not None and not self._opens(upcoming):
                return opened
            self._recover(opened, event.start)
        self.brackets.append(Bracket(event.start, event.end))
        return None

    def _closing_candidate(self, index: int, opened: _Open) -> _Event | None:
        """Return the next mark that could close a quotation; within straight marks curly ones are passed over."""
        upcoming = self._next_mark[index]
        for _ in range(_NESTED_MARKS):
            if upcoming < 0 or opened.mark != '"' or self._events[upcoming].sign not in "“”":
                break
            upcoming = self._next_mark[upcoming]
        return self._events[upcoming] if upcoming >= 0 else None

    def _begin(self, event: _Event) -> _Open | None:
        position, mark = event.start, event.sign
        if mark == '"' and self._is_inch(position):
            return None
        if mark in _LONELY_CLOSERS or self._closes(event):
            if self._recover_opening(position):
                return None
            if mark in "」』" or (mark == "”" and not self._stands_before_words(position)):
                return None
        return _Open(mark, position)

    def _inside(self, event: _Event, opened: _Open) -> _Open | None:
        mark, position = event.sign, event.start
        if mark in "「『" and mark == opened.mark and self._opens(event):
            self._recover(opened, position)
            return _Open(mark, position)
        if opened.mark == '"' and mark in "“”" and self._is_nested(event, opened):
            return opened
        if mark not in _CLOSERS[opened.mark]:
            return opened
        if self._opens_after_colon(position) and position > opened.position + 1:
            self._recover(opened, position)
            return _Open(mark, position)
        self._add(opened.position, opened.position + 1, position, position + 1)
        return None

    def _is_nested(self, event: _Event, opened: _Open) -> bool:
        """Whether a curly mark belongs to a quotation within a straight one."""
        if event.sign == "“" and not self._text[event.end : event.end + 1].isspace():
            opened.nested += 1
            return True
        if event.sign == "”" and opened.nested:
            opened.nested -= 1
            return True
        return False

    def _voice_name(self, position: int) -> re.Match[str] | None:
        """Return the name of a voice in quotation marks, which is no quotation: `[Pilot] @"Captain Ray": …`."""
        if not self._text.endswith(_VOICE_SIGNS, 0, position):
            return None
        return QUOTED_NAME.match(self._text, position)

    def _single(self, position: int) -> int:
        """Take a quotation in single marks, if one is introduced here, and return where scanning goes on."""
        text = self._text
        if not _INTRODUCED.search(text[max(0, position - _INTRODUCED_REACH) : position]):
            return position
        window = text[position + 1 : position + _SINGLE_REACH]
        stop = window.find("[")
        window = window if stop < 0 else window[:stop]
        closing = _SINGLE_CLOSE.search(window) or _SINGLE_CLOSE_WEAK.search(window)
        if closing is None and not self._opens_line(position):
            return position
        if closing is None:
            self._recover(_Open("'", position), position + 1 + len(window))
            return self.quotes[-1].outer.end
        end = position + 1 + closing.end()
        self._add(position, position + 1, end - 1, end)
        return end

    def _opens_line(self, position: int) -> bool:
        """Return whether a single mark stands between a colon and a capital, and is no `'Tis`."""
        behind = self._text[position + 1 : position + 6]
        return self._opens_after_colon(position) and behind[:1].isupper() and _CLIPPED.match(behind) is None

    def _opens(self, event: _Event) -> bool:
        """Whether a mark looks like the beginning of a quotation."""
        position, mark = event.start, event.sign
        if mark in "“„「『«":
            return True
        if mark in _LONELY_CLOSERS:
            return False
        if self._opens_after_colon(position):
            return True
        text = self._text
        before = text[position - 1] if position else " "
        after = text[position + 1] if position + 1 < len(text) else " "
        return before.isspace() and not after.isspace()

    def _is_inch(self, position: int) -> bool:
        """Return whether a straight mark stands for inches, as in `a 10" pipe`."""
        return self._text[position - 1 : position].isdigit() and not self._text[position + 1 : position + 2].isalnum()

    def _stands_before_words(self, position: int) -> bool:
        """Return whether a space or a colon stands before a mark and a word right behind it."""
        before, after = self._text[position - 1 : position], self._text[position + 1 : position + 2]
        return (not before or before in " \n:：") and bool(after) and not after.isspace()

    def _opens_after_colon(self, position: int) -> bool:
        if self._text[position] in _LONELY_CLOSERS or self._text[position + 1 : position + 2] in _NO_BEGINNING:
            return False
        return self._text[max(0, position - 4) : position].rstrip().endswith((":", "："))

    def _closes(self, event: _Event) -> bool:
        before, after = self._text[event.start - 1 : event.start], self._text[event.end : event.end + 1]
        return before in _BEFORE_CLOSING and (not after or after.isspace() or after in "[】")

    def _recover_opening(self, position: int) -> bool:
        """Take a closing mark without a partner for the end of a line that began behind its speaker's colon."""
        if not self.brackets:
            return False
        begin = self.brackets[-1].end
        floor = self.quotes[-1].outer.end if self.quotes else 0
        colon = _SPEAKER_COLON.match(self._text, max(begin, floor), position)
        if floor > begin or colon is None:
            return False
        self._add(colon.end(), colon.end(), position, position + 1, opened=False)
        return True

    def _recover(self, opened: _Open, limit: int) -> None:
        """End a quotation that nobody closed: at its last sentence, before anything that is stage direction."""
        start = opened.position + 1
        part = _NEW_PART.search(self._text, start, limit)
        region = self._text[start : part.start() + 1 if part else limit]
        end = 0
        for sentence in _SENTENCE_END.finditer(region):
            end = sentence.end()
            if _DIRECTION_START.match(region, end):
                break
        else:
            end = end or len(region.rstrip())
        self._add(opened.position, start, start + end, start + end, closed=False)

    def _add(
        self, outer_start: int, start: int, end: int, outer_end: int, *, opened: bool = True, closed: bool = True
    ) -> None:
        words = self._text[start:end]
        inner_start = start + len(words) - len(words.lstrip())
        inner = Span(inner_start, inner_start + len(words.strip()))
        self.quotes.append(Quote(Span(outer_start, outer_end), inner, opened, closed))
