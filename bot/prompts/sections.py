"""Finds section headers such as `Visual:`, `Dialog:` and 【台词】; they may come in any order, or not at all."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re

from bot.prompts.lexicon.structure import HEADERS
from bot.prompts.model import Section, Span
from bot.prompts.text import QUOTE

_BREAK = re.compile(r"[\n.!?。！？;；\x01\x02]+")
#: What can stand right before the colon of a header: the end of its name, or something that goes with it.
_ENDS = frozenset(name[-2:] for name in HEADERS)
_DECORATIONS = frozenset(" \t*#>_-•0123456789)）")
_LAST_SIGNS = "".join(sorted(map(re.escape, {name[-1] for name in HEADERS} | _DECORATIONS)))
_COLON = re.compile(f"[:：](?<=[{_LAST_SIGNS}].)[*_]{{0,2}}", re.IGNORECASE)
_BRACKETED = re.compile(r"[\[【［]([^\[\]【】［］\n:：]{1,24})[\]】］]\s?[:：]?")
_CHINESE_SUBJECTS = frozenset(("人物", "主体"))
_REACH = 80
_ASIDE = re.compile(r"[(（][^()（）]{0,60}[)）]\s?$")
_QUOTATION = re.compile(rf"\s*{QUOTE}")
_LIST_SIGNS = " \t*#>_-•"


def find_sections(prose: str) -> tuple[Section, ...]:
    """Return the sections of a prose in their order; each body runs to the next header."""
    headers = [header for colon in _COLON.finditer(prose) if (header := _header_before(prose, colon)) is not None]
    bracketed = [
        (name, Span(*found.span()))
        for found in _BRACKETED.finditer(prose)
        if (name := bracketed_header(found.group(1))) is not None
    ]
    headers = sorted(headers + bracketed, key=lambda header: header[1]) if bracketed else headers
    ends = [header[1].start for header in headers[1:]] + [len(prose)]
    return tuple(Section(name, span, Span(span.end, end)) for (name, span), end in zip(headers, ends, strict=False))


def bracketed_header(label: str) -> str | None:
    """Return the name of the section that a bracket begins, such as 【画面】; `[Subject]` may as well be somebody."""
    name = HEADERS.get(label.strip().lower())
    return None if name == "subject" and label.strip() not in _CHINESE_SUBJECTS else name


def _header_before(prose: str, colon: re.Match[str]) -> tuple[str, Span] | None:
    """Return the header that ends with a colon: a known word alone at the beginning of a sentence or line."""
    ending = prose[max(0, colon.start() - 2) : colon.start()].lower()
    if ending not in _ENDS and ending[-1:] not in _DECORATIONS:
        return None
    floor = max(0, colon.start() - _REACH)
    head = _BREAK.split(prose[floor : colon.start()])[-1]
    start = colon.start() - len(head)
    if floor and start == floor:
        return None
    plain = _ASIDE.sub("", head).strip(_LIST_SIGNS).rstrip("0123456789").rstrip(_LIST_SIGNS)
    name = HEADERS.get(plain.lower())
    if name is None or (name == "subject" and _QUOTATION.match(prose, colon.end())):
        return None  # `Character 1: "…"` speaks
    return name, Span(start + head.index(plain), colon.end())
