"""Finds the verbs by which somebody speaks, sings or raps."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.prompts.lexicon import speech
from bot.prompts.model import LineKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.text import Words

#: Every such verb with the kind of line it introduces.
KINDS: dict[str, LineKind] = {
    **{verb: LineKind.NARRATION if verb.startswith("narrat") else LineKind.SPEECH for verb in speech.SPEECH_VERBS},
    **dict.fromkeys(speech.SINGING_VERBS, LineKind.SINGING),
    **dict.fromkeys(speech.RAP_VERBS, LineKind.RAP),
}
SUNG = (LineKind.SINGING, LineKind.RAP)
CHINESE_VERB = re.compile("|".join((*speech.CHINESE_RAP, *speech.CHINESE_SINGING, *speech.CHINESE_SPEECH)))
_CHINESE_SUNG = dict.fromkeys(speech.CHINESE_SINGING, LineKind.SINGING) | dict.fromkeys(
    speech.CHINESE_RAP, LineKind.RAP
)


class Verbs:
    """The verbs of speech of a prose, found by position."""

    def __init__(self, prose: str, words: Words) -> None:
        self._words = words.items
        self._indices = [index for index, word in enumerate(self._words) if word.text in KINDS]
        self._starts = [self._words[index].start for index in self._indices]
        chinese = [] if prose.isascii() else list(CHINESE_VERB.finditer(prose))
        self._chinese_starts = [match.start() for match in chinese]
        self._chinese_kinds = [_CHINESE_SUNG.get(match.group()) for match in chinese]

    def are_between(self, start: int, end: int) -> bool:
        """Return whether a verb of any language begins in a range."""
        return _holds(self._starts, start, end) or _holds(self._chinese_starts, start, end)

    def last_index(self, start: int, end: int) -> int | None:
        """Return which word of the prose is the last English verb that begins in a range."""
        last = bisect_left(self._starts, end) - 1
        return self._indices[last] if last >= 0 and self._starts[last] >= start else None

    def kind_between(self, start: int, end: int, *, sung_only: bool = False) -> LineKind | None:
        """Return the kind of line that the last verb of a range introduces; `sung_only` passes over spoken ones."""
        for index in range(bisect_left(self._starts, end) - 1, bisect_left(self._starts, start) - 1, -1):
            kind = KINDS[self._words[self._indices[index]].text]
            if not sung_only or kind in SUNG:
                return kind
        if not self._chinese_starts:
            return None
        first, last = bisect_left(self._chinese_starts, start), bisect_left(self._chinese_starts, end)
        kinds = self._chinese_kinds[first:last]
        return next((kind for kind in (LineKind.RAP, LineKind.SINGING) if kind in kinds), None)


def _holds(starts: Sequence[int], start: int, end: int) -> bool:
    """Return whether one of some sorted positions lies in a range."""
    index = bisect_left(starts, start)
    return index < len(starts) and starts[index] < end
