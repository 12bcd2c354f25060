"""From a request to a quote: is it possible, what does it cost, what is worth knowing before it is confirmed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import RequestRefused
from bot.findings import Finding, Severity
from bot.jobs.quote import Quote, Requester, save_quote
from bot.prompts import LintContext, lint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.catalog import Catalogue
    from bot.clock import Clock, IdSource
    from bot.jobs.request import Request
    from bot.providers.base import Provider
    from bot.storage.database import Database

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.HINT)


@dataclass(frozen=True, slots=True)
class Offer:
    """A stored quote together with what was found about its request, worst first; none of it is an error."""

    quote: Quote
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class QuoteDesk:
    """Makes quotes; `validity` is how many seconds they stay good."""

    catalogue: Catalogue
    providers: Mapping[str, Provider]
    database: Database
    clock: Clock
    ids: IdSource
    validity: float

    def findings(self, request: Request) -> list[Finding]:
        """Return everything that is to be said about a request, worst first; raises `UnknownModel`."""
        provider = self.providers[self.catalogue.card(request.model).provider]
        words = lint(request.prompt, LintContext.from_request(request)).findings
        found = {(one.rule, one.start, one.end): one for one in (*words, *provider.validate(request))}
        return sorted(found.values(), key=lambda finding: _ORDER.index(finding.severity))

    async def offer(
        self,
        request: Request,
        requester: Requester,
        *,
        destination: str,
        subscriber: bool = False,
        replaces: Quote | None = None,
    ) -> Offer:
        """Price a request and store the quote, as the next revision of the one it `replaces`.

        Raises `RequestRefused` with all errors, `UnknownModel`, or `QuoteNotValid` where the replaced quote was placed
        meanwhile.
        """
        # A muddled prompt takes its time, and the loop has to answer others meanwhile.
        findings = await asyncio.to_thread(self.findings, request)
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        if errors:
            raise RequestRefused(errors)
        price = self.catalogue.price(request, subscriber=subscriber)
        now = self.clock.now()
        quote = Quote(
            id=replaces.id if replaces else self.ids.new(),
            revision=replaces.revision + 1 if replaces else 1,
            requester=requester,
            destination=destination,
            request=request,
            subscriber=subscriber,
            credits=price.credits,
            created_at=now,
            expires_at=now + round(self.validity * 1000),
        )
        await self.database.run(lambda tx: save_quote(tx, quote))
        return Offer(quote=quote, findings=tuple(findings))
