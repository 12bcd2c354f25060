"""Finds section headers such as `Visual:`, `Dialog:` and 【台词】; they may come in any order, or not at all."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re

from bot.prompts.lexicon.structure import HEADERS
from bot.prompts.model import Section, Span, span_of
from bot.prompts.text import QUOTE

_BREAK = re.compile(r"[\n.!?。！？;；\x01\x02]+")
#: What can stand right before the colon of a header: the end of its name, or something that goes with it.
_ENDS = frozenset(name[-4:] for name in HEADERS)
_SHORT_ENDS = frozenset(name[-2:] for name in HEADERS if len(name) < 4)  # noqa: PLR2004  # shorter than the others
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
    bracketed = _bracketed_headers(prose) if any(sign in prose for sign in "[【［") else []
    headers = sorted(headers + bracketed, key=lambda header: header[1]) if bracketed else headers
    ends = [header[1].start for header in headers[1:]] + [len(prose)]
    return tuple(
        Section(name, span, span_of((span.end, end))) for (name, span), end in zip(headers, ends, strict=False)
    )


def _bracketed_headers(prose: str) -> list[tuple[str, Span]]:
    found = ((bracketed_header(header.group(1)), span_of(header.span())) for header in _BRACKETED.finditer(prose))
    return [(name, span) for name, span in found if name is not None]


def bracketed_header(label: str) -> str | None:
    """Return the name of the section that a bracket begins, such as 【画面】; `[Subject]` may as well be somebody."""
    name = HEADERS.get(label.strip().lower())
    return None if name == "subject" and label.strip() not in _CHINESE_SUBJECTS else name


def _header_before(prose: str, colon: re.Match[str]) -> tuple[str, Span] | None:
    """Return the header that ends with a colon: a known word alone at the beginning of a sentence or line."""
    stop = colon.start()
    ending = prose[max(0, stop - 4) : stop].lower()
    if ending not in _ENDS and ending[-2:] not in _SHORT_ENDS and ending[-1:] not in _DECORATIONS:
        return None
    floor = max(0, stop - _REACH)
    head = _BREAK.split(prose[floor:stop])[-1]
    start = stop - len(head)
    if floor and start == floor:
        return None
    plain = _ASIDE.sub("", head) if ending[-1:] in _DECORATIONS else head
    plain = plain.strip(_LIST_SIGNS).rstrip("0123456789").rstrip(_LIST_SIGNS)
    name = HEADERS.get(plain.lower())
    if name is None or (name == "subject" and _QUOTATION.match(prose, colon.end())):
        return None  # `Character 1: "…"` speaks
    return name, span_of((start + head.index(plain), colon.end()))
