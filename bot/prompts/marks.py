"""Finds quotations and brackets in one pass, and recovers where a quotation mark is missing."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.prompts.lexicon import people, speech
from bot.prompts.lexicon.structure import HEADERS, MARKERS
from bot.prompts.model import Quote, span_of
from bot.prompts.text import is_cjk, longest_of, simplified
from bot.prompts.verbs import KINDS, chinese_verbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.model import Span

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
#: Brackets and marks. Begins with the set of all signs that can open a match: the search then skips words quickly. The
#: group makes `split` keep them.
_EVENT = re.compile(
    r"""(["'‘\[【［＂“”„‟「」『』«»](?:
        (?<=\[)[^\[\]\n]{1,240}\] | (?<=【)[^【】\n]{1,240}】 | (?<=［)[^［］\n]{1,240}］
        | (?<=["＂“”„‟「」『』«»])
        | (?<=['‘])(?<![^\W_].)(?=[^\s'’])
    ))""",
    re.VERBOSE,
)
_LONELY_CLOSERS = "」』»”"
_NO_BEGINNING = ("", "\n", ".", ",", " ")
_SENTENCE_END = re.compile(r"[.!?…。！？]+")
_BEFORE_SENTENCE = tuple(".!?…\n\"”'’)]")
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
    r"[\n.!?。！？](?:(?<=\n)\s*\n|[\s*#-]{0,12}(?:" + longest_of(HEADERS) + r")\*{0,2}\s?[:：])",
    re.IGNORECASE,
)
_DIRECTION_START = re.compile(
    r"\s*\(?(?:" + longest_of(MARKERS) + r"|during this|meanwhile|the camera|as the speaker)\b",
    re.IGNORECASE,
)


#: The name of a voice in quotation marks, behind an `@`.
QUOTED_NAME = re.compile(r"[\"“„‟＂]([^\"“”＂\n@\[\]]{1,60})[\"”＂]")
_VOICE_SIGNS = ("@", "＠", "@ ", "＠ ")
_SPEAKER_COLON = re.compile(r"[^:：\n]{0,60}[:：]\s{0,12}(?=\S)")
#: How far before a lonely closing mark its line can begin, how many colons are tried, and how long a clause before
#: one can be.
_LINE_REACH, _COLONS, _CLAUSE_REACH = 400, 3, 120
_CLAUSE_END = re.compile(r"[.!?…。！？;；:：\n\]】]")
#: Somebody before a colon as in a script, with a remark or without: `Old sailor (slow):`.
_SCRIPT_NAME = re.compile(r"[\s*_>#@＠-]{0,8}([^\W\d_][\w.'’ -]{0,30}?)\s?(?:[(（][^()（）]{0,60}[)）])?[\s*_]{0,4}")
_SENTENCE_BREAK = re.compile(r"\n|[.!?…]\s|[。！？]")
_CHINESE_NAME = 4
_SPOKEN_HEADERS = frozenset(("dialog", "lyrics"))
_TELLING = KINDS.keys() | {"voice"}
_ENGLISH_WORD = re.compile(r"[a-z]+")
_TOLD = "|".join(sorted(verb for verb in KINDS if verb.endswith(("s", "ed")) or verb in ("said", "told", "sang")))
_ARTICLE = r"(?:the|an?|his|her|their|my|our|one|another)"
_PRONOUN = "(?:he|she|they|it)"
_SOMEBODY = f"(?:{'|'.join(sorted(people.PERSONS | people.ANIMALS))})"
#: What begins a clause that needs another one, as in `If it rains, it roars`.
_SUBORDINATE = r"(?:if|when|whenever|while|as|because|since|after|before|until|once|though|although|where|unless)\b"
#: What tells behind the words who said them, in a line that nobody closed: `…, says the old man`, `…? she whispers`.
_ENGLISH_TAG = re.compile(
    rf"""[,!?.…]["'’]?\s{{1,3}}(?:
        (?P<verb_first>(?:{_TOLD})\s{{1,2}}(?:{_ARTICLE}\b|{_PRONOUN}\b|[A-Z\[【]|{_SOMEBODY}\b))
        | (?<![.…]\s)(?:{_PRONOUN}|{_ARTICLE}\s(?:[a-z-]+\s){{0,3}}?[a-z-]+|[A-Z][a-z]+|{_SOMEBODY})
            \s{{1,2}}(?:[a-z]+ly\s)?(?:{_TOLD})
            (?=\s*(?:[,.!?;\n]|$)|\s(?:in|with|from|to|into|at|as|while|and|without|over|through|[a-z]+ly|[a-z]+ing)\b)
    )""",
    re.VERBOSE,
)
_CHINESE_TAG = re.compile(
    rf"[，。！？…～][^\s，。！？…～：；、我你您咱]{{1,16}}(?:{'|'.join(speech.CHINESE_SPEECH)})(?=[，。,.\n]|$)"
)
#: How somebody speaks, behind words that he is said to say: `says "come in in a low voice.`.
_MANNER = re.compile(r" in an? (?:[a-z-]{2,20},? ){0,4}(?:voice|tone|whisper|accent|drawl)(?=[ ]*(?:[,.!?;\n]|$))")
_MINOR_CLAUSE = re.compile(rf"(?:^|[.!?…,]\s)\s*(?:and\s|but\s)?{_SUBORDINATE}[^.!?…,]*$", re.IGNORECASE)
_BEFORE_REACH, _MINOR_REACH = 60, 160


@dataclass(slots=True)
class _Open:
    mark: str
    position: int
    nested: int = 0


class MarkScanner:
    """One pass over the quotation marks and brackets of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        # The marks and whole brackets as they are written, and where each begins.
        pieces = _EVENT.split(text)
        self._events: Sequence[str] = pieces[1::2]
        self._starts = list(accumulate(map(len, pieces)))[:-1:2]
        self.quotes: list[Quote] = []
        self.brackets: list[Span] = []

    def scan(self) -> tuple[Sequence[Quote], Sequence[Span]]:
        """All quotations, and all brackets outside them with their marks, in the order of the text."""
        opened: _Open | None = None
        skip_to = 0
        for index, (event, position) in enumerate(zip(self._events, self._starts, strict=True)):
            if position < skip_to:
                continue
            if len(event) > 1:
                opened = self._bracket(index, opened)
            elif event in "'‘":
                if opened is None:
                    skip_to = self._single(position)
            elif opened is not None:
                opened = self._inside(position, opened)
            elif (name := self._voice_name(position)) is not None:
                skip_to = name.end()
            else:
                opened = self._begin(position)
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
            if len(event) == 1 and event not in "'‘":
                upcoming = index
        return following

    def _bracket(self, index: int, opened: _Open | None) -> _Open | None:
        start = self._starts[index]
        if opened is not None:
            upcoming = self._closing_candidate(index, opened)
            if upcoming is not None and not self._opens(upcoming):
                return opened
            self._recover(opened, start)
        self.brackets.append(span_of((start, start + len(self._events[index]))))
        return None

    def _closing_candidate(self, index: int, opened: _Open) -> int | None:
        """Return where a quotation could be closed next; within straight marks curly ones are passed over."""
        upcoming = self._next_mark[index]
        for _ in range(_NESTED_MARKS):
            if upcoming < 0 or opened.mark != '"' or self._events[upcoming] not in "“”":
                break
            upcoming = self._next_mark[upcoming]
        return self._starts[upcoming] if upcoming >= 0 else None

    def _begin(self, position: int) -> _Open | None:
        mark = self._text[position]
        if mark not in _LONELY_CLOSERS and self._text[position + 1 : position + 2].isalnum():
            return _Open(mark, position)
        if mark == '"' and self._is_inch(position):
            return None
        if mark in _LONELY_CLOSERS or self._closes(position) or self._hangs_on_words(position):
            if self._recover_opening(position):
                return None
            if mark in "」』" or (mark == "”" and not self._stands_before_words(position)):
                return None
        return _Open(mark, position)

    def _inside(self, position: int, opened: _Open) -> _Open | None:
        mark = self._text[position]
        if mark in "「『" and mark == opened.mark:
            self._recover(opened, position)
            return _Open(mark, position)
        if opened.mark == '"' and mark in "“”" and self._is_nested(position, opened):
            return opened
        if mark not in _CLOSERS[opened.mark]:
            return opened
        if mark not in _LONELY_CLOSERS and position > opened.position + 1 and self._begins_another(position, opened):
            self._recover(opened, position)
            return _Open(mark, position)
        self._add(opened.position, opened.position + 1, position, position + 1)
        return None

    def _begins_another(self, position: int, opened: _Open) -> bool:
        """Return whether a mark within an open quotation begins the next one: the open one ended somewhere before."""
        if self._opens_after_colon(position):
            return True
        if not self._opens(position):
            return False
        between = opened.position, position
        return (_NEW_PART.search(self._text, *between) or self._tag(*between)) is not None

    def _is_nested(self, position: int, opened: _Open) -> bool:
        """Whether a curly mark belongs to a quotation within a straight one."""
        mark = self._text[position]
        if mark == "“" and not self._text[position + 1 : position + 2].isspace():
            opened.nested += 1
            return True
        if mark == "”" and opened.nested:
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
        introduced = _INTRODUCED.search(text[max(0, position - _INTRODUCED_REACH) : position])
        if introduced is None and not self._begins_sentence(position):
            return position
        window = text[position + 1 : position + _SINGLE_REACH]
        stop = window.find("[")
        window = window if stop < 0 else window[:stop]
        closing = _SINGLE_CLOSE.search(window) or (_SINGLE_CLOSE_WEAK.search(window) if introduced else None)
        if closing is None and not self._opens_line(position):
            return position
        if closing is None:
            self._recover(_Open("'", position), position + 1 + len(window))
            return self.quotes[-1].outer.end
        end = position + 1 + closing.end()
        self._add(position, position + 1, end - 1, end)
        return end

    def _begins_sentence(self, position: int) -> bool:
        """Return whether a single mark stands before a capital at the beginning of a sentence, and is no `'Tis`."""
        before = self._text[max(0, position - _INTRODUCED_REACH) : position].rstrip(" \t")
        return (not before or before.endswith(_BEFORE_SENTENCE)) and self._precedes_capital(position)

    def _opens_line(self, position: int) -> bool:
        """Return whether a single mark stands between a colon and a capital, and is no `'Tis`."""
        return self._opens_after_colon(position) and self._precedes_capital(position)

    def _precedes_capital(self, position: int) -> bool:
        behind = self._text[position + 1 : position + 6]
        return behind[:1].isupper() and _CLIPPED.match(behind) is None

    def _opens(self, position: int) -> bool:
        """Whether a mark looks like the beginning of a quotation."""
        text = self._text
        mark = text[position]
        if mark in "“„「『«":
            return True
        if mark in _LONELY_CLOSERS:
            return False
        if self._opens_after_colon(position):
            return True
        after = text[position + 1 : position + 2]
        return after != "" and not after.isspace() and (not position or text[position - 1].isspace())

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

    def _closes(self, position: int) -> bool:
        before, after = self._text[position - 1 : position], self._text[position + 1 : position + 2]
        return before in _BEFORE_CLOSING and (not after or after.isspace() or after in "[】")

    def _hangs_on_words(self, position: int) -> bool:
        """Return whether a word stands right before a mark and none right behind it, as behind the end of a line."""
        before, after = self._text[position - 1 : position], self._text[position + 1 : position + 2]
        return before.isalnum() and (not after or after in " \n\t,.;!?")

    def _recover_opening(self, position: int) -> bool:
        """Take a closing mark without a partner for the end of a line that began behind its speaker's colon."""
        begin = self._after_label(position) or self._after_speaker(position)
        if begin is None or begin >= position:
            return False
        self._add(begin, begin, position, position + 1, opened=False)
        return True

    def _after_label(self, position: int) -> int | None:
        """Return where a line before a position begins behind the colon of a label in brackets."""
        begin = self.brackets[-1].end if self.brackets else 0
        floor = self.quotes[-1].outer.end if self.quotes else 0
        colon = _SPEAKER_COLON.match(self._text, begin, position) if begin > floor else None
        return None if colon is None else colon.end()

    def _after_speaker(self, position: int) -> int | None:
        """Return where a line before a position begins behind `an old man says:` or, in a script, `Old man:`."""
        text, last = self._text, self.quotes[-1].outer.end if self.quotes else 0
        last = max(last, self.brackets[-1].end if self.brackets else 0)
        floor = max(last, position - _LINE_REACH, text.rfind("\n", last, position) + 1)
        colon = position
        for _ in range(_COLONS):
            colon = max(text.rfind(":", floor, colon), text.rfind("：", floor, colon))
            if colon < 0:
                return None
            if _lets_speak(text[max(last, colon - _CLAUSE_REACH) : colon]):
                behind = text[colon + 1 : position]
                return colon + 1 + len(behind) - len(behind.lstrip(" \t*_"))
        return None

    def _tag(self, opening: int, limit: int) -> re.Match[str] | None:
        """Find what tells behind the words of an open quotation who says them, if nothing does so before them."""
        text = self._text
        before = text[max(0, opening - _BEFORE_REACH) : opening].rstrip()
        if before.endswith((":", "：", "]", "】", ")", "）")):
            return None
        if _names_verb(before):
            manner = _MANNER.search(text, opening + 1, limit)
            spoken = manner is not None and _names_verb(text[opening + 1 : manner.start()].rpartition(" ")[2])
            return None if spoken else manner
        tag = _ENGLISH_TAG.search(text, opening + 1, min(len(text), limit + 1))
        if tag is None:
            return None if text.isascii() else _CHINESE_TAG.search(text, opening + 1, limit)
        if tag["verb_first"] or not tag.group().startswith(","):
            return tag
        minor = _MINOR_CLAUSE.search(text[max(opening + 1, tag.start() - _MINOR_REACH) : tag.start()])
        return None if minor else tag

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
        tag = self._tag(opened.position, start + len(region))
        if tag is not None:
            end = min(end, tag.start() + (not tag.group()[0].isspace()) - start)
        self._add(opened.position, start, start + end, start + end, closed=False)

    def _add(
        self, outer_start: int, start: int, end: int, outer_end: int, *, opened: bool = True, closed: bool = True
    ) -> None:
        words = self._text[start:end]
        inside = words.strip()
        if len(inside) < len(words):
            start += len(words) - len(words.lstrip())
        inner = span_of((start, start + len(inside)))
        self.quotes.append(Quote(span_of((outer_start, outer_end)), inner, opened, closed))


def _names_verb(text: str) -> bool:
    """Return whether the last clause of a text holds a verb of speech or a voice."""
    words = simplified(_CLAUSE_END.split(text.removesuffix("\n"))[-1])
    spoken = not _TELLING.isdisjoint(_ENGLISH_WORD.findall(words.lower()))
    return spoken or (is_cjk(words) and bool(chinese_verbs(words)))


def _lets_speak(lead: str) -> bool:
    """Return whether somebody begins to speak at a colon behind a text: a verb says so, or a name stands alone."""
    if _names_verb(lead):
        return True
    match = _SCRIPT_NAME.fullmatch(_SENTENCE_BREAK.split(lead)[-1])
    if match is None:
        return False
    name = match.group(1).lower().rstrip("0123456789 ")
    if is_cjk(name) and len(name) > _CHINESE_NAME:
        return False
    return all(HEADERS.get(header, "dialog") in _SPOKEN_HEADERS for header in (name, name.rpartition(" ")[2]))
