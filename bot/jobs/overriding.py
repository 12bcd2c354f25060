"""Errors that a person lives with: which may be accepted, for what an acceptance holds, and what is still in the way.

An acceptance is part of the request. It holds for the same rule at the same place of the same words, so a change of
settings keeps it and a change of the prompt asks again.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.findings import Finding, Severity
from bot.jobs.request import Acceptance, Request

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def accept(request: Request, findings: Iterable[Finding], *, rules: Collection[str] | None = None) -> Request:
    """Return the request with every error accepted that may be; with `rules`, of these rules alone."""
    wanted = [
        _acceptance(request, one)
        for one in findings
        if _is_overridable(one) and (rules is None or one.rule in rules) and not is_accepted(request, one)
    ]
    return request.model_copy(update={"accepted": (*request.accepted, *wanted)}) if wanted else request


def is_accepted(request: Request, finding: Finding) -> bool:
    """Say whether a finding of this request is an error that its person accepted."""
    return _is_overridable(finding) and _acceptance(request, finding) in request.accepted


def in_the_way(request: Request, findings: Iterable[Finding]) -> list[Finding]:
    """Return the errors that keep a request from being made, in their order."""
    return [one for one in findings if one.severity is Severity.ERROR and not is_accepted(request, one)]


def can_be_accepted(errors: Iterable[Finding]) -> bool:
    """Say whether a person may live with all of these errors."""
    return all(_is_overridable(one) for one in errors)


def without_stale(request: Request, findings: Iterable[Finding]) -> Request:
    """Return the request without acceptances of what is not found in it any more."""
    found = {_acceptance(request, one) for one in findings if _is_overridable(one)}
    kept = tuple(one for one in request.accepted if one in found)
    return request if kept == request.accepted else request.model_copy(update={"accepted": kept})


def _is_overridable(finding: Finding) -> bool:
    return finding.overridable and finding.severity is Severity.ERROR


def _acceptance(request: Request, finding: Finding) -> Acceptance:
    words = hashlib.sha256(request.prompt.encode("utf-8", "surrogatepass")).hexdigest()
    return Acceptance(rule=finding.rule, start=finding.start, end=finding.end, words=words)
