"""Tells whether a quotation goes on with the line before it."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.model import Line
    from bot.prompts.reading import Reading

#: A word in lower case, `I`, which is always a capital, or a Chinese sign.
_GOES_ON = re.compile(r"[a-zà-ÿ\u4e00-\u9fff]|I\b")
_NOTHING = " \t\n,，.;-–—*_"
UNFINISHED = (",", "，", "-", "–", "—", "…")
_LONGEST_INTERRUPTION = 80


def continues(reading: Reading, index: int, lines: Sequence[Line]) -> bool:
    """Return whether a quotation, by its index, goes on with the last of the lines found so far.

    Either nothing stands between the two, or they are halves of one sentence.
    """
    if not lines or lines[-1].quote != index - 1:
        return False
    start, end = reading.quotes[index - 1].outer.end, reading.quotes[index].outer.start
    if end - start > _LONGEST_INTERRUPTION:
        return False
    adjacent = not reading.prose[start:end].strip(_NOTHING)
    first = reading.quotes[index - 1].inner
    if not adjacent and not reading.text.endswith((*UNFINISHED, "..."), first.start, first.end):
        return False
    section = reading.quote_sections[index]
    if section is not None and section.span.start >= start:
        return False
    return adjacent or _is_interrupted(reading, index, lines[-1])


def _is_interrupted(reading: Reading, index: int, before: Line) -> bool:
    """Return whether an unfinished line is interrupted within a sentence: `"Breathe in," she pauses, "and let it go."`.

    The second half begins in lower case, and what stands between them leads on and lets nobody else speak.
    """
    first, second = reading.quotes[index - 1], reading.quotes[index]
    between = reading.prose[first.outer.end : second.outer.start].strip()
    told = before.introducer.start >= first.outer.end
    return (
        _GOES_ON.match(reading.text, second.inner.start) is not None
        and between.endswith(UNFINISHED)
        and (told or between[0].islower())
        and (told or not reading.verbs.are_between(first.outer.end, second.outer.start))
    )


def is_interrupted(reading: Reading, index: int) -> bool:
    """Return whether what stands behind a quotation that is no finished sentence leads to its second half."""
    if index + 1 == len(reading.quotes):
        return False
    first, second = reading.quotes[index], reading.quotes[index + 1]
    start, end = first.outer.end, second.outer.start
    return (
        end - start <= _LONGEST_INTERRUPTION
        and reading.text.endswith(UNFINISHED, first.inner.start, first.inner.end)
        and reading.prose[start:end].rstrip().endswith(UNFINISHED)
        and _GOES_ON.match(reading.text, second.inner.start) is not None
    )
