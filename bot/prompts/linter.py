"""Checks a prompt against every rule and mends what may be mended without asking."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.findings import Finding, Fix, Severity
from bot.prompts.context import LintContext
from bot.prompts.parser import parse
from bot.prompts.rules import RULES
from bot.prompts.rules.base import Case, apply_edits
from bot.texts import Listing, Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.model import ParsedPrompt
    from bot.prompts.rules.base import Edit, Problem, Repair, Rule, Setting
    from bot.texts import Value

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.HINT)
_ROUNDS = 24
_MISSING_PARTS = "missing"
"""The value that names parts of a prompt."""
_MOST_TRIED = 20_000
"""How much may be examined again to try the repairs of a text one by one; see `_Examination.effort`.

Prompts of usual length stay below. It bounds the time that a long text full of mistakes can take.
"""
_EFFORT_OF_LINE = 100
"""As many characters of prose take as long to examine as one line does."""


@dataclass(frozen=True, slots=True)
class SettingsFix:
    """A fix that changes parameters of the request: `changes` names them with their new values."""

    rule: str
    label: Sentence
    changes: tuple[tuple[str, Setting], ...]


@dataclass(frozen=True, slots=True)
class LintReport:
    """What was found in a prompt: findings with errors first, each severity in the order of the text.

    `fixed_text` is the text after every safe fix, None if there is none to apply.
    """

    prompt: ParsedPrompt
    context: LintContext
    findings: tuple[Finding, ...]
    settings_fixes: tuple[SettingsFix, ...]
    fixed_text: str | None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the request."""
        return self.of(Severity.ERROR)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity is severity)


def lint(text: str, context: LintContext | None = None) -> LintReport:
    """Check a prompt. Never raises, whatever the text."""
    setting = context or LintContext()
    examination = _Examination(text, setting)
    return LintReport(
        prompt=examination.prompt,
        context=setting,
        findings=tuple(_finding(examination, rule, problem) for rule, problem in examination.found),
        settings_fixes=tuple(
            SettingsFix(rule.id, _label(rule, problem, problem.repair), problem.repair.settings)
            for rule, problem in examination.found
            if problem.repair is not None and problem.repair.settings
        ),
        fixed_text=_fixed(examination),
    )


def apply_safe_fixes(text: str, context: LintContext | None = None) -> str:
    """Return the text after every safe fix; applying it again changes nothing."""
    return _fixed(_Examination(text, context or LintContext())) or text


class _Examination:
    """A text with everything the rules find in it, the most serious first."""

    def __init__(self, text: str, context: LintContext) -> None:
        self.text, self.context = text, context
        self.prompt = parse(text, context.voices)
        case = Case(self.prompt, context)
        self.found = [(rule, problem) for rule in RULES.values() for problem in rule.check(case)]
        self.found.sort(key=lambda pair: (_SEVERITIES.index(pair[1].severity or pair[0].severity), pair[1].start))
        self.counts = Counter(rule.id for rule, _ in self.found)
        self.errors = sum((problem.severity or rule.severity) is Severity.ERROR for rule, problem in self.found)
        self._afterwards: dict[str, _Examination] = {}

    @property
    def effort(self) -> int:
        """About how long an examination of this text takes, in characters of prose."""
        return len(self.text) + _EFFORT_OF_LINE * len(self.prompt.lines)

    def after(self, repairs: Sequence[tuple[Rule, Repair]]) -> _Examination:
        """Return the examination of the text after some repairs."""
        text = apply_edits(self.text, [edit for _, repair in repairs for edit in repair.edits])
        if text not in self._afterwards:
            self._afterwards[text] = _Examination(text, self.context)
        return self._afterwards[text]

    @cached_property
    def safe_repairs(self) -> list[tuple[Rule, Repair]]:
        """The repairs that may be applied unasked, the more serious findings first.

        Rules judge by what they understand of a text; in a muddled one a repair may change nothing, or do harm. So
        each repair is tried. Where that would take too long, all that do not touch each other are tried at once.
        """
        tried = {
            problem.repair.edits: (rule, problem.repair)
            for rule, problem in reversed(self.found)
            if problem.repair is not None and problem.repair.safe and problem.repair.edits
        }
        candidates = list(reversed(tried.values()))
        if len(candidates) * self.effort <= _MOST_TRIED:
            return [one for one in candidates if self._is_mended_by([one])]
        together = _apart(candidates)
        return together if self._is_mended_by(together) else []

    def _is_mended_by(self, repairs: Sequence[tuple[Rule, Repair]]) -> bool:
        """Return whether after some repairs their rules find so much less, and no errors come up."""
        after, wanted = self.after(repairs), Counter(rule.id for rule, _ in repairs)
        return after.errors <= self.errors and all(
            after.counts[rule] <= self.counts[rule] - number for rule, number in wanted.items()
        )

    @cached_property
    def _safe_edits(self) -> frozenset[tuple[Edit, ...]]:
        return frozenset(repair.edits for _, repair in self.safe_repairs)

    def is_safe(self, repair: Repair) -> bool:
        """Return whether a repair may be applied unasked."""
        return repair.safe and repair.edits in self._safe_edits


def _label(rule: Rule, problem: Problem, repair: Repair) -> Sentence:
    return Sentence(f"fixes.{rule.id}-{repair.label}", **_values(problem))


def _message(rule: Rule, problem: Problem) -> Sentence:
    key = f"findings.{rule.id}-{problem.variant}" if problem.variant else f"findings.{rule.id}"
    return Sentence(key, **_values(problem))


def _values(problem: Problem) -> dict[str, Value]:
    return {name: _value(name, value) for name, value in problem.values.items()}


def _value(name: str, value: object) -> Value:
    """Return a value in a form that can be said: lists with the commas of the language, missing parts by their name."""
    if isinstance(value, Listing):
        return value
    if isinstance(value, (list, tuple)):
        return Listing(Sentence(f"parts.{item}") if name == _MISSING_PARTS else _value(name, item) for item in value)
    return value if isinstance(value, int) else str(value)


def _finding(examination: _Examination, rule: Rule, problem: Problem) -> Finding:
    fix = None
    if problem.repair is not None:
        text = apply_edits(examination.text, problem.repair.edits)
        fix = Fix(_label(rule, problem, problem.repair), text, examination.is_safe(problem.repair))
    return Finding(
        rule=rule.id,
        severity=problem.severity or rule.severity,
        message=_message(rule, problem),
        start=problem.start,
        end=problem.end,
        fix=fix,
        overridable=rule.overridable,
    )


def _fixed(examination: _Examination) -> str | None:
    """Apply safe fixes in rounds until none is left; a text that was seen before ends it."""
    original, seen = examination.text, {examination.text}
    for _ in range(_ROUNDS):
        repairs = _apart(examination.safe_repairs)
        if not repairs:
            break
        following = examination.after(repairs)
        if any(following.counts[rule.id] >= examination.counts[rule.id] for rule, _ in repairs):
            following = examination.after(repairs[:1])
        if following.text in seen:
            break
        seen.add(following.text)
        examination = following
    return None if examination.text == original else examination.text


def _apart(repairs: Sequence[tuple[Rule, Repair]]) -> list[tuple[Rule, Repair]]:
    """Return the repairs that do not touch each other; of two that do, the first."""
    chosen: list[tuple[Rule, Repair]] = []
    taken: list[tuple[int, int]] = []
    for rule, repair in repairs:
        if not any(_touches(taken, edit) for edit in repair.edits):
            chosen.append((rule, repair))
            for edit in repair.edits:
                insort(taken, (edit.start, edit.end))
    return chosen


def _touches(taken: Sequence[tuple[int, int]], edit: Edit) -> bool:
    """Return whether an edit touches one of some ranges, which are sorted and apart."""
    index = bisect_left(taken, (edit.start, edit.end))
    return (index > 0 and taken[index - 1][1] >= edit.start) or (index < len(taken) and taken[index][0] <= edit.end)
