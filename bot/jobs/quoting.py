"""From a request to a quote: is it possible, what does it cost, what is worth knowing before it is confirmed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import InputGone
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
    from bot.storage.files import FileStore


@dataclass(frozen=True, slots=True)
class Offer:
    """A stored quote together with what was found about its request, worst first; its errors are all accepted."""

    quote: Quote
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class QuoteDesk:
    """Makes quotes; `validity` is how many seconds they stay good."""

    inspection: Inspection
    files: FileStore
    database: Database
    clock: Clock
    ids: IdSource
    validity: float

    def require_inputs(self, request: Request) -> None:
        """Raise `InputGone` unless every file that a request needs is still stored; they are deleted after a while."""
        needed = (request.image, request.end_image, request.reference)
        if not all(self.files.path(file.digest).is_file() for file in needed if file is not None):
            raise InputGone

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
        Raises `RequestRefused` with all errors that are not accepted, `UnknownModel`, `InputGone`, or `QuoteNotValid`
        where the replaced quote was placed meanwhile.
        """
        self.require_inputs(request)
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
