"""From a request to a quote: is it possible, what does it cost, what is worth knowing before it is confirmed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.jobs.overriding import accept, without_stale
from bot.jobs.quote import Quote, Requester, save_quote
from bot.texts import SOURCE

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.clock import Clock, IdSource
    from bot.findings import Finding
    from bot.jobs.inspection import Inspection
    from bot.jobs.request import Request
    from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Offer:
    """A stored quote together with what was found about its request, worst first; its errors are all accepted."""

    quote: Quote
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class QuoteDesk:
    """Makes quotes; `validity` is how many seconds they stay good."""

    inspection: Inspection
    database: Database
    clock: Clock
    ids: IdSource
    validity: float

    async def accept(self, request: Request, *, rules: Collection[str] | None = None) -> Request:
        """Return the request with every error accepted that may be (with `rules`, of these rules alone).

        Raises `UnknownModel`.
        """
        return accept(request, await asyncio.to_thread(self.inspection.findings, request), rules=rules)

    async def offer(
        self,
        request: Request,
        requester: Requester,
        *,
        destination: str,
        subscriber: bool = False,
        replaces: Quote | None = None,
        locale: str = SOURCE,
    ) -> Offer:
        """Price a request and store the quote, as the next revision of the one it `replaces`.

        `locale` is the language in which the person will be told what became of it.
        Raises `RequestRefused` with all errors that are not accepted, `UnknownModel`, or `QuoteNotValid` where the
        replaced quote was placed meanwhile.
        """
        findings = await self.inspection.passed(request)
        request = without_stale(request, findings)
        price = self.inspection.catalogue.price(request, subscriber=subscriber)
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
            locale=locale,
        )
        await self.database.run(lambda tx: save_quote(tx, quote))
        return Offer(quote=quote, findings=tuple(findings))
