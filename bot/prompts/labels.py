"""Finds the bracketed label that introduces a line."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.prompts.lexicon.lists import word_set
from bot.prompts.manner import is_adverb
from bot.prompts.text import VOICE
from bot.prompts.verbs import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.model import Mention
    from bot.prompts.reading import Reading

#: What can stand between a label and its line without meaning anything.
_FILLER = re.compile(rf"(\s{{0,4}}[(（][^()（）\n]{{0,160}}[)）])?[ \t\n:：,，\-–—*_{VOICE}]*")
_LINK = re.compile(r"^\s{0,3}(?:and|&|,|，|、|和|与|跟|plus|\+)\s{0,3}(?:and\s)?$", re.IGNORECASE)
_PREPOSITIONS = word_set(
    """to at toward towards from with behind beside past of near for as while when if by on over after before until
    around"""
)
_TURNING = word_set(
    """switches switch cuts cut pans pan moves shifts back over zooms tilts changes turns passes goes"""
)
_BETWEEN = word_set("who then and also now just")
_DIRECT_WORDS = 3
_CHINESE_VERB_REACH = 8


class Labels:
    """Looks for labels in the clause before a line."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def beginning(self, start: int, end: int) -> Mention | None:
        """Return the label with which a stretch begins."""
        first = next(iter(self._reading.mentions_between(start, end)), None)
        return None if first is None or self._reading.prose[start : first.span.start].strip() else first

    def introducing(self, start: int, end: int, *, need_direct: bool) -> tuple[Mention, Sequence[Mention]] | None:
        """Return the label that introduces a line that begins at `end`, and everybody who speaks it with that one.

        `need_direct` says that nothing else in the clause leads to a line: the label has to stand right before it.
        """
        inside = self._reading.mentions_between(start, end)
        if not inside:
            return None
        chosen, direct = None, None
        for mention in reversed(inside):
            if self.is_direct(mention, end):
                if not self._after_preposition(mention, start) or self._is_relative(mention):
                    chosen = mention
                    break
                direct = direct or mention
        if chosen is None:
            if need_direct and direct is None and not self._reading.prose[start:end].endswith((",", "，", "-", "—")):
                return None
            free = (mention for mention in inside if not self._after_preposition(mention, start))
            chosen = next(free, direct or inside[-1])
        return chosen, self._joined(inside, chosen)

    def is_direct(self, mention: Mention, end: int) -> bool:
        """Return whether the label stands right before the line or right before a verb of speech."""
        filler = _FILLER.match(self._reading.prose, mention.span.end, end)
        if filler is None or filler.end() == end:  # a label that reaches beyond the stretch has nothing behind it
            return True
        begin = max(filler.end(1), mention.span.end)
        if self._reading.verbs.are_chinese_between(begin, min(end, begin + _CHINESE_VERB_REACH)):
            return True
        words = self._reading.words
        index = words.index_at(begin)
        last = min(index + _DIRECT_WORDS, words.index_at(end))
        for word in words.texts[index:last]:
            if word in KINDS:
                return True
            if not is_adverb(word) and word not in _BETWEEN:
                return False
        return False

    def _is_relative(self, mention: Mention) -> bool:
        following = self._reading.words.first(mention.span.end, len(self._reading.prose), 1)
        return (
            bool(following)
            and following[0].text == "who"
            and not self._reading.prose[mention.span.end : following[0].start].strip(" ,")
        )

    def _after_preposition(self, mention: Mention, floor: int) -> bool:
        words, start = self._reading.words, mention.span.start
        index = words.index_at(start) - 1
        if index < 0:
            return False
        word = words.texts[index]
        if word not in _PREPOSITIONS or words.starts[index] < floor:
            return False
        turned = word == "to" and index > 0 and words.texts[index - 1] in _TURNING
        return not turned and not self._reading.prose[words.ends[index] : start].strip()

    def _joined(self, inside: list[Mention], chosen: Mention) -> list[Mention]:
        """Return everybody who is joined to the chosen one, as in `[A] and [B] shout`."""
        if len(inside) == 1:
            return inside
        first = last = inside.index(chosen)
        while first > 0 and self._are_linked(inside[first - 1], inside[first]):
            first -= 1
        while last + 1 < len(inside) and self._are_linked(inside[last], inside[last + 1]):
            last += 1
        return inside[first : last + 1]

    def _are_linked(self, one: Mention, other: Mention) -> bool:
        return _LINK.match(self._reading.prose[one.span.end : other.span.start]) is not None
