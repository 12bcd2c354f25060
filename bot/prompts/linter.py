"""Checks a prompt against every rule and mends what may be mended without asking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.findings import Finding, Fix, Severity
from bot.prompts.context import LintContext
from bot.prompts.messages import text_of
from bot.prompts.parser import parse
from bot.prompts.rules import RULES
from bot.prompts.rules.base import Case, apply_edits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.model import ParsedPrompt
    from bot.prompts.rules.base import Edit, Problem, Rule, Setting

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.HINT)
_ROUNDS = 24


@dataclass(frozen=True, slots=True)
class SettingsFix:
    """A fix that changes parameters of the request: `changes` names them with their new values."""

    rule: str
    label: str
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


def lint(text: str, context: LintContext | None = None, *, locale: str = "en") -> LintReport:
    """Check a prompt. Never raises, whatever the text; `locale` chooses the language of the messages."""
    setting = context or LintContext()
    prompt, found = _examine(text, setting)
    return LintReport(
        prompt=prompt,
        context=setting,
        findings=tuple(_finding(text, rule, problem, locale) for rule, problem in found),
        settings_fixes=tuple(
            SettingsFix(
                rule.id,
                text_of(f"fix.{rule.id}.{problem.repair.label}", problem.values, locale),
                problem.repair.settings,
            )
            for rule, problem in found
            if problem.repair is not None and problem.repair.settings
        ),
        fixed_text=_fixed(text, setting, found),
    )


def apply_safe_fixes(text: str, context: LintContext | None = None) -> str:
    """Return the text after every safe fix; applying it again changes nothing."""
    setting = context or LintContext()
    return _fixed(text, setting, _examine(text, setting)[1]) or text


def _examine(text: str, context: LintContext) -> tuple[ParsedPrompt, list[tuple[Rule, Problem]]]:
    prompt = parse(text, context.voices)
    case = Case(prompt, context)
    found = [(rule, problem) for rule in RULES.values() for problem in rule.check(case)]
    found.sort(key=lambda pair: (_SEVERITIES.index(pair[1].severity or pair[0].severity), pair[1].start))
    return prompt, found


def _finding(text: str, rule: Rule, problem: Problem, locale: str) -> Finding:
    key = f"{rule.id}.{problem.variant}" if problem.variant else rule.id
    fix = None
    if problem.repair is not None:
        label = text_of(f"fix.{rule.id}.{problem.repair.label}", problem.values, locale)
        safe = problem.repair.safe and bool(problem.repair.edits)
        fix = Fix(label, apply_edits(text, problem.repair.edits), safe)
    return Finding(
        rule=rule.id,
        severity=problem.severity or rule.severity,
        message=text_of(key, problem.values, locale),
        start=problem.start,
        end=problem.end,
        fix=fix,
    )


def _fixed(text: str, context: LintContext, found: Sequence[tuple[Rule, Problem]]) -> str | None:
    """Apply safe fixes in rounds until none is left; a text that was seen before ends it."""
    current, seen = text, {text}
    for _ in range(_ROUNDS):
        edits = _compatible(found)
        if not edits:
            break
        changed = apply_edits(current, edits)
        if changed in seen:
            break
        seen.add(changed)
        current = changed
        found = _examine(current, context)[1]
    return None if current == text else current


def _compatible(found: Sequence[tuple[Rule, Problem]]) -> list[Edit]:
    """Return the edits of all safe repairs that do not touch each other, the more serious findings first."""
    taken: list[Edit] = []
    for _, problem in found:
        repair = problem.repair
        if repair is None or not repair.safe or not repair.edits:
            continue
        if all(edit.end < other.start or other.end < edit.start for edit in repair.edits for other in taken):
            taken += repair.edits
    return taken
