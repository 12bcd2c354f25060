"""What can be mended in a request with one press: its words by safe fixes, its settings by what a finding proposes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.prompts import LintContext, lint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.findings import Finding
    from bot.jobs.request import Request
    from bot.prompts import LintReport

_SETTINGS: Final = frozenset({"audio", "mode", "seconds", "aspect_ratio", "outputs"})


@dataclass(frozen=True, slots=True)
class Improvement:
    """A change of settings that a rule proposes, with the request after it."""

    rule: str
    label: str
    request: Request


@dataclass(frozen=True, slots=True)
class Review:
    """What is to be said about a request to one reader, and what can be mended in it with one press.

    `mended` is the request with every safe fix in its words, None where there is nothing to mend.
    """

    findings: tuple[Finding, ...]
    mended: Request | None
    improvements: tuple[Improvement, ...]


def review(request: Request, locale: str, findings: Sequence[Finding] = ()) -> Review:
    """Look a request over once; `findings` come back in the reader's language, as far as their rules speak it.

    A muddled text takes up to a second, so this belongs into a thread.
    """
    report = lint(request.prompt, LintContext.from_request(request), locale=locale)
    messages = {(one.rule, one.start, one.end): one.message for one in report.findings}
    return Review(
        findings=tuple(
            replace(one, message=messages.get((one.rule, one.start, one.end), one.message)) for one in findings
        ),
        mended=None if report.fixed_text is None else request.model_copy(update={"prompt": report.fixed_text}),
        improvements=improvements(request, report),
    )


def improvements(request: Request, report: LintReport) -> tuple[Improvement, ...]:
    """Return the changes of settings that the rules propose, each once."""
    found: dict[str, Improvement] = {}
    for fix in report.settings_fixes:
        changes = dict(fix.changes)
        if changes and changes.keys() <= _SETTINGS:
            after = type(request).model_validate({**request.model_dump(), **changes})
            found.setdefault(after.model_dump_json(), Improvement(fix.rule, fix.label, after))
    found.pop(request.model_dump_json(), None)
    return tuple(found.values())
