"""Quotes and jobs for tests, made through the real functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.jobs.place import Agreement, WaitingLimits, place
from bot.jobs.quote import Quote, Requester, save_quote
from bot.jobs.request import Request
from bot.ledger import grant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.jobs.job import Job
    from bot.ledger import Cap
    from bot.storage.database import Transaction

NOW = 1_767_225_600_000
PLENTY = WaitingLimits(per_person=1000, per_server=1000)
MIA = Requester(server=1, person=1)
PROMPT = 'A woman on a pier says: "The tide is turning."'


def give(tx: Transaction, requester: Requester, amount: int, *, command: str | None = None) -> None:
    """Grant credits, once per command."""
    grant(
        tx,
        command=command or f"gift-{requester.owner}",
        owner=requester.owner,
        amount=amount,
        actor="test",
        note="",
        at=NOW,
    )


def quoted(
    tx: Transaction,
    quote_id: str,
    *,
    requester: Requester = MIA,
    outputs: int = 1,
    credits_each: int = 50,
    at: int = NOW,
    revision: int = 1,
    destination: str = "/nowhere",
    request: Request | None = None,
) -> Agreement:
    """Store a quote and return the agreement to it."""
    wanted = request or Request(prompt=PROMPT, outputs=outputs)
    quote = Quote(
        id=quote_id,
        revision=revision,
        requester=requester,
        destination=destination,
        request=wanted,
        subscriber=False,
        credits=credits_each * wanted.outputs,
        created_at=at,
        expires_at=at + 600_000,
    )
    save_quote(tx, quote)
    return Agreement(quote_id=quote_id, revision=revision, credits=quote.credits, requester=requester)


def placed(
    tx: Transaction,
    agreement: Agreement,
    *,
    limits: WaitingLimits = PLENTY,
    caps: Sequence[Cap] = (),
    priority: int = 0,
    at: int = NOW,
) -> tuple[Job, ...]:
    """Place a quote with the provider of the tests."""
    placement = place(tx, agreement, provider="kling", limits=limits, caps=caps, priority=priority, at=at)
    return placement.jobs
