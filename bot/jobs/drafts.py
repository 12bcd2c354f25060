"""Drafts: requests that have no price yet, kept for a while so that nobody has to type or upload anything again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.errors import Outdated
from bot.jobs.quote import Requester
from bot.jobs.request import Request

if TYPE_CHECKING:
    from bot.storage.database import Transaction

VALIDITY: Final = 3_600_000
"""For how long a draft is kept, in milliseconds."""

_DIGEST: Final = re.compile(r'"digest":\s*"([0-9a-f]{64})"', re.ASCII)


@dataclass(frozen=True, slots=True)
class Draft:
    """A request that was refused, or that waits for its words; `expires_at` is Unix milliseconds.

    A change makes the next revision; only the newest one is kept.
    """

    id: str
    revision: int
    requester: Requester
    request: Request
    expires_at: int


def save_draft(tx: Transaction, draft: Draft) -> None:
    """Keep a draft, or its next revision; raises `Outdated` where the kept one is as new or somebody else's."""
    changed = tx.execute(
        """
        INSERT INTO draft (id, revision, server, person, request, expires_at)
        VALUES (:id, :revision, :server, :person, :request, :expires_at)
        ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, request = excluded.request,
            expires_at = excluded.expires_at
        WHERE draft.revision < excluded.revision AND draft.server = excluded.server AND draft.person = excluded.person
        """,
        id=draft.id,
        revision=draft.revision,
        server=draft.requester.server,
        person=draft.requester.person,
        request=draft.request.model_dump_json(),
        expires_at=draft.expires_at,
    )
    if not changed:
        raise Outdated


def load_draft(tx: Transaction, draft_id: str) -> Draft | None:
    """Return a draft, or None where it was never kept or has expired."""
    row = tx.row("SELECT * FROM draft WHERE id = :id", id=draft_id)
    if row is None:
        return None
    return Draft(
        id=row["id"],
        revision=row["revision"],
        requester=Requester(server=row["server"], person=row["person"]),
        request=Request.model_validate_json(row["request"]),
        expires_at=row["expires_at"],
    )


def drop_draft(tx: Transaction, draft_id: str) -> None:
    """Forget a draft, for example because it has a price now."""
    tx.execute("DELETE FROM draft WHERE id = :id", id=draft_id)


def drop_expired_drafts(tx: Transaction, at: int) -> int:
    """Forget drafts whose time is over and return how many."""
    return tx.execute("DELETE FROM draft WHERE expires_at < :at", at=at)


def forget_drafts_of(tx: Transaction, person: int) -> int:
    """Forget all drafts of a person and return how many."""
    return tx.execute("DELETE FROM draft WHERE person = :person", person=person)


def digests_of_drafts(tx: Transaction) -> set[str]:
    """Return the digests of the files that drafts name."""
    rows = tx.rows("""SELECT request FROM draft WHERE request LIKE '%"digest"%'""")
    return {digest for row in rows for digest in _DIGEST.findall(row["request"])}
