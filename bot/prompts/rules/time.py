"""Family T: time."""

# Chinese punctuation and curly quotes are data here.

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.findings import Severity
from bot.jobs.request import InputKind
from bot.prompts.model import Shape
from bot.prompts.rules.base import Problem, Repair, RuleSet
from bot.prompts.timing import WORDS_PER_SECOND, spoken_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.prompts.rules.base import Case

RULES = RuleSet()


@RULES.rule(
    "T001",
    "ten-seconds-recommended",
    Severity.WARNING,
    statement="Singing, rap and dialogue of two or more speakers get 10 s.",
    reason="Recommended by the vendor; 5 s are too short for a turn.",
)
def ten_seconds(case: Case) -> Iterator[Problem]:
    """Find a short clip with much to be heard."""
    context = case.context
    if context.seconds > 5 or context.input is InputKind.MOTION or not context.native_audio:  # noqa: PLR2004
        return
    sung = any(line.kind.is_sung for line in case.prompt.lines)
    sung = sung or case.prompt.shape in (Shape.SINGING, Shape.RAP, Shape.CHORUS)
    if sung or len(case.speakers) > 1:
        repair = Repair("ten", settings=(("seconds", 10),), safe=False)
        yield Problem(variant="sung" if sung else "talk", repair=repair)


@RULES.rule(
    "T002",
    "speech-too-long",
    Severity.HINT,
    statement="About 35 spoken or 55 rapped words fit in 10 s, half of that in 5 s.",
    reason="Protects against lines that are cut off.",
)
def speech_too_long(case: Case) -> Iterator[Problem]:
    """More words than the clip has time for."""
    context = case.context
    if not case.prompt.lines or context.input is InputKind.MOTION or not context.native_audio:
        return
    seconds = sum(spoken_words(line.text) / max(3.5, WORDS_PER_SECOND[line.kind]) for line in case.prompt.lines)
    if seconds <= context.seconds:
        return
    longer = context.seconds <= 5 and seconds <= 10  # noqa: PLR2004
    repair = Repair("ten", settings=(("seconds", 10),), safe=False) if longer else None
    first, last = case.prompt.lines[0].span, case.prompt.lines[-1].span
    values = {"seconds": round(seconds), "length": f"{context.seconds:g}"}
    yield Problem(first.start, last.end, "longer" if longer else "", values, repair=repair)
