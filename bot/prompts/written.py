"""Tells quotations that are seen, such as the words on a sign, from lines that are heard."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.prompts.lexicon import people, speech
from bot.prompts.text import BRACKET, holds
from bot.prompts.verbs import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.text import Word

_CHINESE_WRITTEN = re.compile("(?:" + "|".join(speech.CHINESE_WRITTEN) + r")[\s:：，]*$")
_REACH = 5
_PLACES = frozenset(("sign", "text", "title", "caption", "subtitle", "screen", "banner", "poster"))
_INSCRIBED = frozenset(("labelled", "labeled", "marked", "titled", "named", "called", "written", "reads", "reading"))
_NOUNS = speech.WRITTEN_WORDS - KINDS.keys()


def is_written(clause: str, words: Sequence[Word]) -> bool:
    """Return whether the quotation behind a clause is something that is seen; `words` are the words of the clause."""
    if not words or holds(clause, _CHINESE_WRITTEN):
        return holds(clause, _CHINESE_WRITTEN)
    last, near = words[-1].text, [word.text for word in words[-_REACH:-1]]
    introduced = clause.endswith((":", "："))
    if last in _NOUNS:
        return not introduced or last in _PLACES
    if last in speech.WRITTEN_VERBS and _inanimate(clause, near):
        return True
    if last in _INSCRIBED:
        reads_aloud = last in ("reads", "reading") and (
            BRACKET in clause or any(word.text in people.PERSONS for word in words)
        )
        return not reads_aloud
    if introduced and _PLACES & set(near):
        return not any(word in KINDS or word in people.PERSONS for word in (*near, last))
    return False


def _inanimate(clause: str, near: Sequence[str]) -> bool:
    """Return whether the subject of `says` or `reads` is a thing with words on it, and not `…, then says`."""
    if near and near[-1] in ("then", "and"):
        return False
    subject = [word for word in near if word not in ("that", "which")][-2:]
    if not subject or any(word in people.PERSONS for word in subject):
        return False
    behind_label = clause.rfind(BRACKET) > clause.lower().rfind(subject[-1])
    return not behind_label and any(word in _NOUNS for word in subject)
