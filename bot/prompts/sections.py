"""Finds section headers such as `Visual:` and `Dialog:`; they may come in any order, or not at all."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re

from bot.prompts.lexicon.structure import HEADERS
from bot.prompts.model import Section, Span

_COLON = re.compile(r"[:：][*_]{0,2}")
_BEGINNING = re.compile(r"[^\n.!?。！？;；\x01\x02]*$")
_REACH = 80
_ASIDE = re.compile(r"\s?[(（][^()（）]{0,60}[)）]\s?$")
_LIST_SIGNS = " \t*#>_-•"


def find_sections(prose: str) -> tuple[Section, ...]:
    """Return the sections of a prose in their order; each body runs to the next header."""
    headers = [header for colon in _COLON.finditer(prose) if (header := _header_before(prose, colon)) is not None]
    ends = [header[1].start for header in headers[1:]] + [len(prose)]
    return tuple(Section(name, span, Span(span.end, end)) for (name, span), end in zip(headers, ends, strict=False))


def _header_before(prose: str, colon: re.Match[str]) -> tuple[str, Span] | None:
    """Return the header that ends with a colon: a known word alone at the beginning of a sentence or line."""
    floor = max(0, colon.start() - _REACH)
    beginning = _BEGINNING.search(prose, floor, colon.start())
    if beginning is None or (floor and beginning.start() == floor):
        return None
    head = beginning.group()
    plain = _ASIDE.sub("", head).strip(_LIST_SIGNS).rstrip("0123456789").rstrip(_LIST_SIGNS)
    name = HEADERS.get(plain.lower())
    if name is None:
        return None
    start = beginning.start() + head.index(plain)
    return name, Span(start, colon.end())
