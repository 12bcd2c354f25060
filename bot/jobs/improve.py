"""What can be mended in a request with one press: its words by safe fixes, its settings by what a finding proposes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.prompts import LintContext, lint

if TYPE_CHECKING:
    from bot.jobs.request import Request
    from bot.prompts import LintReport
    from bot.texts import Sentence

_SETTINGS: Final = frozenset({"audio", "mode", "seconds", "aspect_ratio", "outputs"})


@dataclass(frozen=True, slots=True)
class Improvement:
    """A change of settings that a rule proposes, with the request after it."""

    rule: str
    label: Sentence
    request: Request


@dataclass(frozen=True, slots=True)
class Review:
    """What can be mended in a request with one press.

    `mended` is the request with every safe fix in its words, None where there is nothing to mend.
    """

    mended: Request | None
    improvements: tuple[Improvement, ...]


def review(request: Request) -> Review:
    """Look a request over once.

    A muddled text takes up to a second, so this belongs into a thread.
    """
    report = lint(request.prompt, LintContext.from_request(request))
    return Review(
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
