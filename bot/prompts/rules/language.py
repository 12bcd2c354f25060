"""Family L: language."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.findings import Severity
from bot.prompts.languages import foreign_language, is_english
from bot.prompts.lexicon.languages import ACRONYMS, ENGLISH
from bot.prompts.rules.base import Edit, Problem, Repair, RuleSet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.prompts.model import Line
    from bot.prompts.rules.base import Case

RULES = RuleSet()
_CAPITALS = re.compile(r"(?<![\w@'’-])[A-Z][A-Z'’]*[A-Z](?![\w'’]|-\d)")
_VOWELS = frozenset("AEIOUY")
_SHORT = 3
_SENTENCE_START = re.compile(r"(?:^|[.!?…]\s*)$")


@RULES.rule(
    "L001",
    "unsupported-speech-language",
    Severity.WARNING,
    statement="Lines are Chinese or English.",
    reason="Other languages are translated to English for the voice.",
)
def unsupported_language(case: Case) -> Iterator[Problem]:
    """Lines in another language, in one finding per language."""
    seen: set[str] = set()
    for line in case.prompt.lines:
        language = foreign_language(line.text)
        if language is not None and language not in seen:
            seen.add(language)
            variant = "named" if language else ""
            yield Problem(line.span.start, line.span.end, variant, {"language": language, "label": line.speaker})


@RULES.rule(
    "L002",
    "uppercase-english-words",
    Severity.HINT,
    statement="English words in lines are written in lower case; acronyms and proper nouns keep their capitals.",
    reason="Capitals are read as acronyms or shouted.",
)
def uppercase_words(case: Case) -> Iterator[Problem]:
    """Words in capitals that are neither acronyms nor names, in one finding per run of such words."""
    for line in case.prompt.lines:
        if not is_english(line.text):
            continue
        for run in _runs(case, _lower(line)):
            start, end = run[0].start, run[-1].end
            yield Problem(start, end, "", {"words": case.text[start:end]}, repair=Repair("lower", run))


def _runs(case: Case, edits: Sequence[Edit]) -> Iterator[tuple[Edit, ...]]:
    """Return the edits in groups between which there is some other word."""
    run: list[Edit] = []
    for edit in edits:
        if run and any(sign.isalnum() for sign in case.text[run[-1].end : edit.start]):
            yield tuple(run)
            run = []
        run.append(edit)
    if run:
        yield tuple(run)


def _lower(line: Line) -> tuple[Edit, ...]:
    edits = []
    shouted = len(_CAPITALS.findall(line.text)) > len(re.findall(r"\b[A-Za-z]*[a-z][A-Za-z]*\b", line.text))
    for match in _CAPITALS.finditer(line.text):
        word = match.group()
        if word in ACRONYMS or not _is_word(word, shouted=shouted):
            continue
        begins = _SENTENCE_START.search(line.text[: match.start()]) is not None
        lower = word.capitalize() if begins or word in ("I'M", "I'LL", "I'VE", "I'D") else word.lower()
        start = line.span.start + match.start()
        edits.append(Edit(start, start + len(word), lower))
    return tuple(edits)


def _is_word(word: str, *, shouted: bool) -> bool:
    if word.lower().replace("’", "'") in ENGLISH:
        return True
    if not _VOWELS & set(word):
        return False
    return len(word) > _SHORT or shouted
