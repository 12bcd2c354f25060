"""Tells quotations that are seen, such as the words on a sign, from lines that are heard."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.prompts.lexicon import people, speech
from bot.prompts.subjects import has_own_subject
from bot.prompts.text import BRACKET, holds, is_cjk
from bot.prompts.verbs import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.reading import Reading
    from bot.prompts.text import Word

_CHINESE_WRITTEN = re.compile("(?:" + "|".join(speech.CHINESE_WRITTEN) + r")[\s:：，]*$")
_REACH = 5
#: How many quotations that nobody speaks a sentence can hold before its line.
_SEEN_QUOTATIONS = 3
_FULL_STOPS = ".!?…。！？"
_PLACES = frozenset(("sign", "text", "title", "caption", "subtitle", "screen", "banner", "poster"))
_INSCRIBED = frozenset(("labelled", "labeled", "marked", "titled", "named", "called", "written", "reads", "reading"))
#: What a text begins on, as in `On the blackboard: "Silence"`.
_WHERE = frozenset(("on", "across", "above", "below", "over", "under"))
_PAPERS = frozenset(("letter", "envelope", "postcard", "diary", "scroll"))
_OPENING = frozenset(("begin", "begins", "beginning", "start", "starts", "starting", "end", "ends", "ending"))
_NOUNS = speech.WRITTEN_WORDS - KINDS.keys()


def is_written(clause: str, words: Sequence[Word]) -> bool:
    """Return whether the quotation behind a clause is something that is seen; `words` are the words of the clause."""
    if not words or holds(clause, _CHINESE_WRITTEN):
        return holds(clause, _CHINESE_WRITTEN)
    last, near = words[-1].text, [word.text for word in words[-_REACH:-1]]
    introduced = clause.endswith((":", "："))
    if last in _NOUNS:
        return not introduced or last in _PLACES or words[0].text in _WHERE
    if (last == "with" and _holds_words(near)) or (last in speech.WRITTEN_VERBS and _inanimate(clause, near)):
        return True
    if last in _INSCRIBED:
        reads_aloud = last in ("reads", "reading") and (
            BRACKET in clause or any(word.text in people.PERSONS for word in words)
        )
        return not reads_aloud
    if introduced and not _PLACES.isdisjoint(near):
        return not any(word in KINDS or word in people.PERSONS for word in (*near, last))
    return False


def _holds_words(near: Sequence[str]) -> bool:
    """Return whether `a card with` or `a letter that begins with` stands before a quotation."""
    if len(near) > 1 and near[-1] in _OPENING:
        near = near[:-1]
        if near[-1] in ("that", "which"):
            return True
    return bool(near) and (near[-1] in _NOUNS or near[-1] in _PAPERS)


def _inanimate(clause: str, near: Sequence[str]) -> bool:
    """Return whether the subject of `says` or `reads` is a thing with words on it, and not `…, then says`."""
    if near and near[-1] in ("then", "and"):
        return False
    subject = [word for word in near if word not in ("that", "which")][-2:]
    if not subject or any(word in people.PERSONS for word in subject):
        return False
    behind_label = clause.rfind(BRACKET) > clause.lower().rfind(subject[-1])
    return not behind_label and any(word in _NOUNS for word in subject)


def floor_around_seen(reading: Reading, index: int, spoken: int) -> int:
    """Return where the text that belongs to a quotation begins: words that are seen do not end a sentence.

    `spoken` is the index of the last quotation that is a line.
    """
    floor, quotes = reading.floor_of(index), reading.quotes
    if spoken == index - 1:
        return floor
    for before in range(index - 1, max(spoken, index - 1 - _SEEN_QUOTATIONS), -1):
        behind, earlier = quotes[before].outer.end, reading.floor_of(before)
        labelled = bool(reading.mentions_between(earlier, behind))
        if behind < floor or not _goes_on(reading, behind, quotes[index].outer.start, labelled=labelled):
            break
        floor = earlier
    return floor


def _goes_on(reading: Reading, start: int, end: int, *, labelled: bool) -> bool:
    """Return whether the sentence around words that are seen goes on behind them: `"Jon" on a cup and calls:`.

    Chinese behind a comma goes on with the subject before it only if that has a label.
    """
    following = reading.prose[start:end].lstrip(" \t")
    if not following or has_own_subject(reading.prose, start, end):
        return False
    if following[0] in ",，、":
        return labelled or not is_cjk(following)
    ended = following[0] != "的" and reading.text[start - 2 : start - 1] in _FULL_STOPS
    return following[0].islower() or (is_cjk(following[0]) and not ended)
