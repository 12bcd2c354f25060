"""Finds the part of a sentence whose subject a verb of speech has.

`The crowd falls silent as the queen rises and declares`: the queen declares, and not the crowd. Behind a comma, as in
`The crowd waits as the queen rises, and cheers`, a verb goes with the first subject instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.prompts.lexicon import people
from bot.prompts.lexicon.lists import word_set
from bot.prompts.lexicon.structure import ADVERBS
from bot.prompts.manner import is_adverb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.text import Word, Words

_SUBORDINATORS = word_set("as while when")
_DETERMINERS = word_set("the a an this that these those one his her their my our its each every another")
_JOINING = word_set("and but then or")
#: What begins a sentence whose subject stands behind its first comma: `In the kitchen, …`, `While he reads, …`.
_PREFACING = word_set(
    """in on at inside outside behind beside near under over above below after before during once while when as
    with without across from among between beneath through until"""
)
#: Behind these, `as` says what somebody looks like or works as: `dressed as a king`.
_LIKENING = word_set("works work serves acts poses plays such same known seen well far long soon")
_PHRASE = 4


def part_start(text: str, clauses: Words, start: int, verb: Word) -> int:
    """Return where the part of a sentence begins that has the subject of its verb of speech."""
    clause = clauses.between(start, verb.start)
    if not clause or _goes_with_the_first(text, clause, verb):
        return start
    for index in range(len(clause) - 1, 0, -1):
        word, before = clause[index], clause[index - 1]
        if word.text in _SUBORDINATORS:
            likens = word.text == "as" and (before.text in _LIKENING or before.text.endswith("ed"))
            if not likens and _begins_with_somebody(text, clause, index + 1):
                return clause[index + 1].start
        elif (
            "," in text[before.end : word.start]
            and clause[0].text in _PREFACING
            and _begins_with_somebody(text, clause, index)
        ):
            return word.start
    return start


def _goes_with_the_first(text: str, clause: Sequence[Word], verb: Word) -> bool:
    """Return whether a comma, with or without a joining word, stands before the verb and its adverbs."""
    following = verb
    for word in reversed(clause):
        if "," in text[word.end : following.start]:
            return True
        if word.text not in _JOINING and word.text not in ADVERBS and not is_adverb(word.text):
            return False
        following = word
    return False


def _begins_with_somebody(text: str, clause: Sequence[Word], index: int) -> bool:
    """Return whether a noun phrase about a person or an animal begins at a word, and something follows it."""
    if index >= len(clause) or clause[index].text not in _DETERMINERS:
        return False
    for place in range(index + 1, min(index + 1 + _PHRASE, len(clause) - 1)):
        if text[clause[place - 1].end : clause[place].start].strip():
            return False
        if clause[place].text in people.PERSONS or clause[place].text in people.ANIMALS:
            return True
    return False
