"""Showing text that people wrote: it looks as they wrote it and does nothing."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

ELLIPSIS: Final = "…"
_SPACES: Final = re.compile(r"\s+")
_MARKDOWN: Final = frozenset("\\*_~`|<>[]()#")
_LIST_MARK: Final = re.compile(r"^(\s*)([-+>]|\d+\.)(?=\s)")
_MOST_MARKS: Final = 3
_JOINERS: Final = "\u200c\u200d"
_STRAY_JOINER: Final = re.compile(rf"(?<![^\s{_JOINERS}])[{_JOINERS}]+|[{_JOINERS}]+(?=[\s{_JOINERS}]|$)")
_NO_MENTION: Final = "@\u200b"


def shown(text: str, limit: int) -> str:
    """Return text that is shown word for word: no markdown, mention, link or invisible control in it has an effect.

    The result has at most `limit` characters; what was cut off is replaced by an ellipsis.
    """
    pieces: list[str] = []
    length = 0
    for line_number, line in enumerate(visible(text).split("\n")):
        for piece in (["\n"] if line_number else []) + _pieces(line):
            if length + len(piece) > limit:
                return _cut(pieces, limit)
            pieces.append(piece)
            length += len(piece)
    return "".join(pieces)


def one_line(text: str, limit: int) -> str:
    """Return text as `shown` does, on a single line."""
    return shown(_SPACES.sub(" ", text).strip(), limit)


def label(text: str, limit: int) -> str:
    """Return text for places without markdown (button labels, choices, alternative texts), on a single line."""
    plain = _SPACES.sub(" ", visible(text)).strip()
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + ELLIPSIS


def visible(text: str) -> str:
    """Return text without characters that cannot be seen or that change the direction of what follows.

    Joiners that belong to a script or an emoji stay, and so do up to three marks on one letter.
    """
    kept: list[str] = []
    marks = 0
    for character in text.replace("\r\n", "\n").replace("\r", "\n"):
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        hidden = category in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} and character not in _JOINERS + "\n"
        if character == "\t":
            kept.append(" ")
        elif not hidden and marks <= _MOST_MARKS:
            kept.append(character)
    return _STRAY_JOINER.sub("", "".join(kept))


def _pieces(line: str) -> list[str]:
    """Return a line in pieces that must not be taken apart."""
    mark = _LIST_MARK.match(line)
    start = mark.end(2) if mark else 0
    pieces = [*(mark[1] if mark else ""), *([_escaped_mark(mark[2])] if mark else [])]
    for position in range(start, len(line)):
        character = line[position]
        if character in _MARKDOWN or (character == "/" and line[:position].endswith(":")):
            pieces.append(f"\\{character}")
        elif character == "@":
            pieces.append(_NO_MENTION)
        else:
            pieces.append(character)
    return pieces


def _escaped_mark(mark: str) -> str:
    return f"{mark[:-1]}\\{mark[-1]}"


def _cut(pieces: list[str], limit: int) -> str:
    """Return the pieces that fit together with an ellipsis."""
    if limit <= 0:
        return ""
    while pieces and sum(map(len, pieces)) + len(ELLIPSIS) > limit:
        pieces.pop()
    return "".join(pieces).rstrip() + ELLIPSIS
