"""Checks a prompt against every rule and mends what may be mended without asking."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
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
_MOST_JUDGED = 40_000
"""How many characters may be examined again, all repairs of a text together, to see whether the repairs are safe.

Prompts of usual length stay far below. It bounds the time that a long text full of mistakes can take.
"""


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

    def __init__(self, text: str, context: LintContext, *, room: int = _MOST_JUDGED) -> None:
        self.text, self.context, self.room = text, context, room
        self.prompt = parse(text, context.voices)
        case = Case(self.prompt, context)
        self.found = [(rule, problem) for rule in RULES.values() for problem in rule.check(case)]
        self.found.sort(key=lambda pair: (_SEVERITIES.index(pair[1].severity or pair[0].severity), pair[1].start))
        self.counts = Counter(rule.id for rule, _ in self.found)
        self._judged: dict[tuple[Edit, ...], bool] = {}

    def is_safe(self, rule: Rule, repair: Repair) -> bool:
        """Return whether a repair may be applied unasked: its rule finds less afterwards, and no errors come up.

        Rules judge by what they understand of a text; in a muddled one a repair may change nothing. Where there is no
        `room` to examine the text again, a repair is not safe.
        """
        if not repair.safe or not repair.edits:
            return False
        known = self._judged.get(repair.edits)
        if known is None:
            if self.room < len(self.text):
                return False
            self.room -= len(self.text)
            after = _Examination(apply_edits(self.text, repair.edits), self.context)
            known = after.counts[rule.id] < self.counts[rule.id] and after._errors() <= self._errors()
            self._judged[repair.edits] = known
        return known

    def _errors(self) -> int:
        return sum((problem.severity or rule.severity) is Severity.ERROR for rule, problem in self.found)


def _label(rule: Rule, problem: Problem, repair: Repair) -> Sentence:
    return Sentence(f"fixes.{rule.id}-{repair.label}", **_values(problem))


def _message(rule: Rule, problem: Problem) -> Sentence:
    key = f"findings.{rule.id}-{problem.variant}" if problem.variant else f"findings.{rule.id}"
    return Sentence(key, **_values(problem))


def _values(problem: Problem) -> dict[str, Value]:
    return {name: _value(name, value) for name, value in problem.values.items()}


def _value(name: str, value: object) -> Value:
    """Return a value in a form that can be said: lists with the commas of the language, missing parts by their name."""
    if isinstance(value, (list, tuple)):
        return Listing(Sentence(f"parts.{item}") if name == _MISSING_PARTS else str(item) for item in value)
    return value if isinstance(value, int) else str(value)


def _finding(examination: _Examination, rule: Rule, problem: Problem) -> Finding:
    fix = None
    if problem.repair is not None:
        text = apply_edits(examination.text, problem.repair.edits)
        fix = Fix(_label(rule, problem, problem.repair), text, examination.is_safe(rule, problem.repair))
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
        repairs = _compatible(examination)
        if not repairs:
            break
        following = _after(examination, repairs)
        if any(following.counts[rule.id] >= examination.counts[rule.id] for rule, _ in repairs):
            following = _after(examination, repairs[:1])
        if following.text in seen:
            break
        seen.add(following.text)
        examination = following
    return None if examination.text == original else examination.text


def _after(examination: _Examination, repairs: Sequence[tuple[Rule, Repair]]) -> _Examination:
    edits = [edit for _, repair in repairs for edit in repair.edits]
    return _Examination(apply_edits(examination.text, edits), examination.context, room=examination.room)


def _compatible(examination: _Examination) -> list[tuple[Rule, Repair]]:
    """Return all safe repairs that do not touch each other, the more serious findings first."""
    chosen: list[tuple[Rule, Repair]] = []
    taken: list[Edit] = []
    for rule, problem in examination.found:
        repair = problem.repair
        if repair is None or not examination.is_safe(rule, repair):
            continue
        if all(edit.end < other.start or other.end < edit.start for edit in repair.edits for other in taken):
            chosen.append((rule, repair))
            taken += repair.edits
    return chosen
