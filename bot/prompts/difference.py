"""What changed between two texts, word by word, so that a fix can be shown before and after it is applied."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN: Final = re.compile(r"[^\W_]+|\s+|.", re.DOTALL)
_MOST_TOKENS: Final = 1500
"""Beyond this, comparing word by word takes too long; the middle is then one change."""


class Piece(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Change(NamedTuple):
    """A piece of text and what became of it."""

    piece: Piece
    text: str


def difference(before: str, after: str) -> tuple[Change, ...]:
    """Return the pieces of both texts in order; kept and removed ones make `before`, kept and added ones `after`."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    start = _common(old, new)
    tail = _common(old[start:][::-1], new[start:][::-1])
    pieces = [Change(Piece.KEPT, "".join(old[:start]))]
    pieces += _compare(old[start : len(old) - tail], new[start : len(new) - tail])
    pieces.append(Change(Piece.KEPT, "".join(old[len(old) - tail :])))
    return tuple(one for one in pieces if one.text)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return with how many tokens both begin."""
    return next(
        (place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )


def _compare(old: list[str], new: list[str]) -> list[Change]:
    if len(old) + len(new) > _MOST_TOKENS:
        return [Change(Piece.REMOVED, "".join(old)), Change(Piece.ADDED, "".join(new))]
    changes: list[Change] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(Change(Piece.KEPT, "".join(old[i:j])))
            continue
        changes += [Change(Piece.REMOVED, "".join(old[i:j])), Change(Piece.ADDED, "".join(new[k:m]))]
    return changes
