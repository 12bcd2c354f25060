"""Looking a request over: everything that the prompt language, the catalogue and the vendor have to say about it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import RequestRefused
from bot.findings import Finding, Severity
from bot.jobs.overriding import in_the_way
from bot.prompts import LintContext, lint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.catalog import Catalogue
    from bot.jobs.request import Request
    from bot.providers.base import Provider

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.HINT)


@dataclass(frozen=True, slots=True)
class Inspection:
    """Finds what is to be said about requests."""

    catalogue: Catalogue
    providers: Mapping[str, Provider]

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
        return findings
