"""Finds section headers such as `Visual:` and `Dialog:`; they may come in any order, or not at all."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re

from bot.prompts.lexicon.structure import HEADERS
from bot.prompts.model import Section, Span

_HEADER = re.compile(
    r"(?:^|(?<=[\n.!?。！？;；\x01\x02]))[\s*#>_-]{0,12}("
    + "|".join(sorted(map(re.escape, HEADERS), key=len, reverse=True))
    + r")(?:\s?\d{1,2})?(?:\s?[(（][^()（）\n]{0,60}[)）])?[*_]{0,2}\s?[:：][*_]{0,2}",
    re.IGNORECASE,
)


def find_sections(prose: str) -> tuple[Section, ...]:
    """Return the sections of a prose in their order; each body runs to the next header."""
    headers = list(_HEADER.finditer(prose))
    ends = ([header.start() for header in headers] + [len(prose)])[1:]
    return tuple(
        Section(HEADERS[header.group(1).lower()], Span(header.start(1), header.end()), Span(header.end(), end))
        for header, end in zip(headers, ends, strict=True)
    )
