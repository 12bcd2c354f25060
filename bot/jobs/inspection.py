"""Looking a request over: everything that the prompt language, the catalogue and the vendor have to say about it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.errors import RequestRefused
from bot.findings import Finding, Severity
from bot.jobs.overriding import in_the_way
from bot.prompts import LintContext, lint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.catalog import Catalogue
    from bot.jobs.request import Request
    from bot.providers.base import Provider

_ORDER: Final = (Severity.ERROR, Severity.WARNING, Severity.HINT)
_MOST_REMEMBERED: Final = 500


@dataclass(frozen=True, slots=True)
class Inspection:
    """Finds what is to be said about requests. Rules and models stay the same while it lives."""

    catalogue: Catalogue
    providers: Mapping[str, Provider]
    _passed: dict[Request, None] = field(default_factory=dict)

    def findings(self, request: Request) -> list[Finding]:
        """Return everything that is to be said about a request, worst first; raises `UnknownModel`."""
        provider = self.providers[self.catalogue.card(request.model).provider]
        words = lint(request.prompt, LintContext.from_request(request)).findings
        found = {(one.rule, one.start, one.end): one for one in (*words, *provider.validate(request))}
        return sorted(found.values(), key=lambda finding: _ORDER.index(finding.severity))

    async def passed(self, request: Request) -> list[Finding]:
        """Return the findings of a request that can be made.

        Raises `RequestRefused` with every error that its person did not or cannot accept, and `UnknownModel`.
        """
        # A muddled prompt takes its time, and the loop has to answer others meanwhile.
        findings = await asyncio.to_thread(self.findings, request)
        errors = in_the_way(request, findings)
        if errors:
            raise RequestRefused(errors)
        self._remember(request)
        return findings

    async def check_again(self, request: Request) -> None:
        """Raise what `passed` raises, without looking over what passed a short while ago."""
        if request not in self._passed:
            await self.passed(request)

    def _remember(self, request: Request) -> None:
        self._passed[request] = None
        if len(self._passed) > _MOST_REMEMBERED:
            del self._passed[next(iter(self._passed))]
