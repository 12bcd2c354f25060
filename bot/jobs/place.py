"""Placing a quote: the one transaction in which credits are held and jobs come to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import QuoteChanged, QuoteExpired, QuoteNotValid, TooManyJobs
from bot.jobs import store
from bot.jobs.job import Job
from bot.jobs.quote import Quote, Requester, load_quote
from bot.jobs.state import JobState
from bot.ledger import hold
from bot.texts import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ledger import Cap
    from bot.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class WaitingLimits:
    """How many jobs may wait in the queue, counted at the moment of placing."""

    per_person: int
    per_server: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """What somebody agreed to: this revision of this quote, at this price in credits."""

    quote_id: str
    revision: int
    credits: int
    requester: Requester


@dataclass(frozen=True, slots=True)
class Placement:
    """The jobs of a placed quote. `first` is false where the quote had been placed before and nothing happened."""

    jobs: tuple[Job, ...]
    first: bool


def place(
    tx: Transaction,
    agreement: Agreement,
    *,
    provider: str,
    limits: WaitingLimits,
    caps: Sequence[Cap],
    priority: int,
    at: int,
) -> Placement:
    """Hold the credits of a quote and create its jobs, all or nothing.

    Placing the same quote again returns the jobs that it already has. `priority` is higher for those who go first.
    Raises `QuoteNotValid`, `TooManyJobs`, `InsufficientCredits` or `CapReached`; then nothing changed.
    """
    quote = load_quote(tx, agreement.quote_id)
    if quote.requester != agreement.requester:
        raise QuoteNotValid(Sentence("errors.quote-of-another"))
    if quote.placed_at is not None:
        return Placement(jobs=tuple(store.load_batch(tx, quote.id)), first=False)
    _check_still_valid(quote, agreement, at)
    _check_room(tx, quote, limits)
    jobs = tuple(_job(quote, position, provider, priority, at) for position in range(1, quote.request.outputs + 1))
    tx.execute("UPDATE quote SET placed_at = :at WHERE id = :id", at=at, id=quote.id)
    for job in jobs:
        store.insert(tx, job)
        hold(tx, job=job.id, owner=job.requester.owner, amount=job.credits, caps=caps, at=at)
    return Placement(jobs=jobs, first=True)


def _check_still_valid(quote: Quote, agreement: Agreement, at: int) -> None:
    if (quote.revision, quote.credits) != (agreement.revision, agreement.credits):
        raise QuoteChanged
    if quote.expires_at <= at:
        raise QuoteExpired


def _check_room(tx: Transaction, quote: Quote, limits: WaitingLimits) -> None:
    row = tx.row(
        """
        SELECT COUNT(*) AS server_waiting,
               COALESCE(SUM(CASE WHEN person = :person THEN 1 ELSE 0 END), 0) AS person_waiting
        FROM job WHERE state = 'queued' AND ended_at IS NULL AND server = :server
        """,
        server=quote.requester.server,
        person=quote.requester.person,
    )
    person_waiting, server_waiting = (row["person_waiting"], row["server_waiting"]) if row else (0, 0)
    asked, most = quote.request.outputs, min(limits.per_person, limits.per_server)
    if asked > most:
        raise TooManyJobs(Sentence("errors.too-many-at-once", count=most))
    for waiting, limit, whose in (
        (person_waiting, limits.per_person, "person"),
        (server_waiting, limits.per_server, "server"),
    ):
        if waiting + asked > limit:
            raise TooManyJobs(Sentence(f"errors.too-many-jobs-{whose}", count=waiting, limit=limit))


def _job(quote: Quote, position: int, provider: str, priority: int, at: int) -> Job:
    return Job(
        id=f"{quote.id}{position}",
        batch=quote.id,
        position=position,
        requester=quote.requester,
        destination=quote.destination,
        request=quote.request,
        subscriber=quote.subscriber,
        provider=provider,
        credits=quote.credits // quote.request.outputs,
        priority=priority,
        state=JobState.QUEUED,
        state_since=at,
        owner=None,
        attempt=0,
        recoveries=0,
        not_before=0,
        task_id=None,
        submitted_at=None,
        keep=False,
        message=None,
        receipt=None,
        created_at=at,
        ended_at=None,
        locale=quote.locale,
    )
