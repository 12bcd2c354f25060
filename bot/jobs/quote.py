"""A quote: a request with its price, valid for some minutes and placed at most once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import QuoteNotValid
from bot.jobs.request import Request
from bot.texts import SOURCE, Sentence

if TYPE_CHECKING:
    from bot.storage.database import Row, Transaction


@dataclass(frozen=True, slots=True)
class Requester:
    """Somebody in some server; both are Discord ids, and server 0 is the terminal or a direct message."""

    server: int
    person: int

    @property
    def owner(self) -> str:
        """The name under which the ledger keeps this person's credits in this server."""
        return f"server:{self.server}/person:{self.person}"


@dataclass(frozen=True, slots=True)
class Quote:
    """A priced request. `credits` is for all outputs together; times are Unix milliseconds.

    A change of the request makes a new `revision`: whoever agrees, agrees to the revision that was shown.
    `destination` says where the clips go, in the words of the delivery in use; `locale` is the language that the person
    reads.
    """

    id: str
    revision: int
    requester: Requester
    destination: str
    request: Request
    subscriber: bool
    credits: int
    created_at: int
    expires_at: int
    placed_at: int | None = None
    locale: str = SOURCE


def save_quote(tx: Transaction, quote: Quote) -> None:
    """Store a quote, or its next revision; a quote that was placed stays as it is.

    Raises `QuoteNotValid` where the stored quote was placed or is as new as this one.
    """
    changed = tx.execute(
        """
        INSERT INTO quote (id, revision, server, person, destination, request, subscriber, credits, created_at,
                           expires_at, locale)
        VALUES (:id, :revision, :server, :person, :destination, :request, :subscriber, :credits, :created_at,
                :expires_at, :locale)
        ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, destination = excluded.destination,
            request = excluded.request, subscriber = excluded.subscriber, credits = excluded.credits,
            expires_at = excluded.expires_at, locale = excluded.locale
        WHERE quote.placed_at IS NULL AND quote.revision < excluded.revision
          AND quote.server = excluded.server AND quote.person = excluded.person
        """,
        id=quote.id,
        revision=quote.revision,
        server=quote.requester.server,
        person=quote.requester.person,
        destination=quote.destination,
        request=quote.request.model_dump_json(),
        subscriber=int(quote.subscriber),
        credits=quote.credits,
        created_at=quote.created_at,
        expires_at=quote.expires_at,
        locale=quote.locale,
    )
    if not changed:
        raise QuoteNotValid(Sentence("errors.quote-settled"))


def load_quote(tx: Transaction, quote_id: str) -> Quote:
    """Return a stored quote; raises `QuoteNotValid` where there is none."""
    row = tx.row("SELECT * FROM quote WHERE id = :id", id=quote_id)
    if row is None:
        raise QuoteNotValid(Sentence("errors.quote-unknown"))
    return _quote(row)


def drop_quote(tx: Transaction, quote_id: str) -> bool:
    """Delete a quote that was not confirmed, and say whether there was one."""
    return bool(tx.execute("DELETE FROM quote WHERE placed_at IS NULL AND id = :id", id=quote_id))


def drop_expired_quotes(tx: Transaction, at: int) -> int:
    """Delete quotes that nobody confirmed before they expired and return how many."""
    return tx.execute("DELETE FROM quote WHERE placed_at IS NULL AND expires_at < :at", at=at)


def _quote(row: Row) -> Quote:
    return Quote(
        id=row["id"],
        revision=row["revision"],
        requester=Requester(server=row["server"], person=row["person"]),
        destination=row["destination"],
        request=Request.model_validate_json(row["request"]),
        subscriber=bool(row["subscriber"]),
        credits=row["credits"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        placed_at=row["placed_at"],
        locale=row["locale"],
    )
