"""What can be mended in a request with one press: its words by safe fixes, its settings by what a finding proposes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.prompts import LintContext, apply_safe_fixes, lint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.findings import Finding
    from bot.jobs.request import Request

_SETTINGS: Final = frozenset({"audio", "mode", "seconds", "aspect_ratio", "outputs"})


@dataclass(frozen=True, slots=True)
class Improvement:
    """A change of settings that a rule proposes, with the request after it."""

    rule: str
    label: str
    request: Request


def mended(request: Request) -> Request | None:
    """Return the request with every safe fix in its words, None where there is nothing to mend."""
    prompt = apply_safe_fixes(request.prompt, LintContext.from_request(request))
    return None if prompt == request.prompt else request.model_copy(update={"prompt": prompt})


def improvements(request: Request, locale: str) -> tuple[Improvement, ...]:
    """Return the changes of settings that the rules propose, each once."""
    report = lint(request.prompt, LintContext.from_request(request), locale=locale)
    found: dict[str, Improvement] = {}
    for fix in report.settings_fixes:
        changes = dict(fix.changes)
        if changes and changes.keys() <= _SETTINGS:
            after = type(request).model_validate({**request.model_dump(), **changes})
            found.setdefault(after.model_dump_json(), Improvement(fix.rule, fix.label, after))
    found.pop(request.model_dump_json(), None)
    return tuple(found.values())


def in_language(findings: Sequence[Finding], request: Request, locale: str) -> tuple[Finding, ...]:
    """Return findings with their messages in the language of a locale, as far as it has them."""
    report = lint(request.prompt, LintContext.from_request(request), locale=locale)
    translated = {(one.rule, one.start, one.end): one.message for one in report.findings}
    return tuple(replace(one, message=translated.get((one.rule, one.start, one.end), one.message)) for one in findings)
