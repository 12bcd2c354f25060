"""Finds sounds that are told as words in quotation marks: `the bolt slides with a heavy "clunk"`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.prompts.model import Sound, SoundKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from bot.prompts.model import Quote

#: What stands before such a word.
_LEAD: Final = re.compile(
    r"\b(?:with\san?\s|(?:goes|go|went|going|makes?|making|gives?|emits?|lets out)\s(?:an?\s)?)(?:[a-z-]+,?\s){0,3}$",
    re.IGNORECASE,
)
#: What stands behind: no noun whose inscription it would be, as in `a cup with a "hello" print`.
_END: Final = re.compile(r"\s*(?:[.,;:!?\n]|(?:and|as|when|while|before|then|from)\b|$)")
_LEAD_REACH: Final = 60
#: One or two words in lower case: a name or a sentence begins with a capital.
_WORD: Final = re.compile(r"[a-z]{2,}(?:[ -][a-z]{2,})?[,.!]?")


def quoted_sounds(text: str, prose: str, quotes: Sequence[Quote], spoken: Collection[int]) -> Iterator[Sound]:
    """Return the effects that stand in quotation marks; `spoken` are the indices of those quotations that are lines."""
    for index, quote in enumerate(quotes):
        word = text[quote.inner.start : quote.inner.end]
        if index in spoken or _WORD.fullmatch(word) is None:
            continue
        start = quote.outer.start
        led = _LEAD.search(prose, max(0, start - _LEAD_REACH), start) is not None
        if led and _END.match(prose, quote.outer.end) is not None:
            yield Sound(SoundKind.EFFECT, word, quote.inner)
