"""Deleting what is stored about a person or a server, in one transaction each.

A job that is with the vendor cannot be stopped and needs its request until it ends; it is written down and forgotten
then. The ledger keeps its amounts under names that say nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.delivery import showings
from bot.delivery.retention import forget_job
from bot.ledger.anonymise import anonymise, forget_caps, owners
from bot.preferences import store as preferences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.delivery.destination import Posted
    from bot.storage.database import Row, Transaction


@dataclass(frozen=True, slots=True)
class Erased:
    """What was deleted: how many jobs, and how many more are forgotten as soon as they end.

    `messages` are those about the deleted jobs; they are still on Discord and written down to be removed.
    """

    jobs: int = 0
    waiting: int = 0
    messages: frozenset[Posted] = frozenset()


def erase_person(tx: Transaction, person: int, *, new_id: Callable[[], str], at: int) -> Erased:
    """Delete everything about a person in every server. `new_id` makes the names that the ledger keeps."""
    erased = _erase_jobs(tx, tx.rows("SELECT id, ended_at FROM job WHERE person = :person", person=person), at)
    tx.execute("DELETE FROM quote WHERE person = :person AND placed_at IS NULL", person=person)
    tx.execute(_EMPTY_BATCHES + " AND person = :person", person=person)
    tx.execute("DELETE FROM draft WHERE person = :person", person=person)
    tx.execute("DELETE FROM worksheet WHERE person = :person", person=person)
    tx.execute("DELETE FROM report WHERE person = :person", person=person)
    tx.execute("DELETE FROM notice WHERE person = :person", person=person)
    preferences.forget_person(tx, person)
    for owner in owners(tx, suffix=f"/person:{person}"):
        anonymise(tx, owner=owner, alias=f"{owner.partition('/')[0]}/erased:{new_id()}")
    forget_caps(tx, prefix="person:", suffix=f":{person}")
    forget_caps(tx, prefix="role:", suffix=f":{person}")
    return erased


def erase_server(tx: Transaction, server: int, *, new_id: Callable[[], str], at: int) -> Erased:
    """Delete everything about a server and what its members did there."""
    erased = _erase_jobs(tx, tx.rows("SELECT id, ended_at FROM job WHERE server = :server", server=server), at)
    tx.execute("DELETE FROM quote WHERE server = :server AND placed_at IS NULL", server=server)
    tx.execute(_EMPTY_BATCHES + " AND server = :server", server=server)
    tx.execute("DELETE FROM draft WHERE server = :server", server=server)
    tx.execute("DELETE FROM worksheet WHERE server = :server", server=server)
    tx.execute("DELETE FROM report WHERE server = :server", server=server)
    tx.execute("DELETE FROM upload_limit WHERE server = :server", server=server)
    tx.execute("DELETE FROM departure WHERE server = :server", server=server)
    preferences.forget_server(tx, server)
    for owner in owners(tx, prefix=f"server:{server}/"):
        anonymise(tx, owner=owner, alias=f"erased:{new_id()}")
    for scope in ("person", "role"):
        forget_caps(tx, prefix=f"{scope}:{server}:")
    forget_caps(tx, prefix=f"server:{server}", suffix=f"server:{server}")
    return erased


_EMPTY_BATCHES = """
DELETE FROM quote WHERE placed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM job WHERE job.batch = quote.id)"""


def forget_ended(tx: Transaction, *, at: int) -> int:
    """Forget the jobs that were waiting to end, with their messages, and return how many."""
    rows = tx.rows(
        "SELECT job.id, job.batch FROM erasure JOIN job ON job.id = erasure.job WHERE job.ended_at IS NOT NULL"
    )
    for row in rows:
        showings.take_down_all(tx, row["id"], at=at)
        forget_job(tx, row["id"])
        tx.execute(_EMPTY_BATCHES + " AND id = :batch", batch=row["batch"])
    return len(rows)


def waiting(tx: Transaction) -> set[str]:
    """Return the jobs that are to be forgotten as soon as they have ended."""
    return {row["job"] for row in tx.rows("SELECT job FROM erasure")}


def _erase_jobs(tx: Transaction, rows: Iterable[Row], at: int) -> Erased:
    forgotten = left = 0
    messages: set[Posted] = set()
    for row in rows:
        if row["ended_at"] is None:
            tx.execute(
                "INSERT INTO erasure (job, asked_at) VALUES (:job, :at) ON CONFLICT (job) DO NOTHING",
                job=row["id"],
                at=at,
            )
            left += 1
            continue
        messages |= showings.take_down_all(tx, row["id"], at=at)
        forget_job(tx, row["id"])
        forgotten += 1
    return Erased(forgotten, left, frozenset(messages))
