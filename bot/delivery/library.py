"""The library: the clips of a person, to be looked through, fetched again and deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.delivery import showings
from bot.delivery.destination import KEPT_RECEIPT, parse_receipt
from bot.errors import UnknownJob
from bot.jobs import store as jobs
from bot.jobs.job import clip_from_row, job_from_row

if TYPE_CHECKING:
    from bot.delivery.destination import Posted
    from bot.jobs.job import Clip, Job
    from bot.storage.database import Transaction

PAGE: Final = 8
"""Clips on one page, unless the caller wants another number."""


@dataclass(frozen=True, slots=True)
class LibraryClip:
    """A clip that still exists, with the job that made it; `created_at` is Unix milliseconds.

    `shown` is the newest message in which its person showed it since, by themselves.
    """

    job: Job
    clip: Clip
    created_at: int
    shown: Posted | None = None

    @property
    def posted(self) -> Posted | None:
        """The message it was posted in, which may have been deleted since; None for a clip that was kept."""
        return parse_receipt(self.job.receipt)


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """Some clips of a person, newest first; `total` counts them all, `number` counts pages from 1."""

    clips: tuple[LibraryClip, ...]
    number: int
    pages: int
    total: int


def page_of(
    tx: Transaction,
    person: int,
    *,
    server: int | None = None,
    number: int = 1,
    size: int = PAGE,
    kept_only: bool = False,
) -> LibraryPage:
    """Return a page of a person's clips, of one server or of all; a number out of range gives the nearest page.

    `kept_only` leaves out what was posted, or shown by its person.
    """
    condition = """
        FROM job JOIN clip ON clip.job = job.id
        WHERE job.person = :person AND job.state = 'delivered' AND (:server IS NULL OR job.server = :server)
          AND (:kept_only = 0 OR (job.receipt = :kept
                                  AND NOT EXISTS (SELECT 1 FROM showing WHERE showing.job = job.id)))
    """
    row = tx.row(
        "SELECT COUNT(*) AS clips" + condition,
        person=person,
        server=server,
        kept_only=int(kept_only),
        kept=KEPT_RECEIPT,
    )
    total = int(row["clips"]) if row else 0
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    rows = tx.rows(
        "SELECT job.id AS id" + condition + " ORDER BY job.created_at DESC, job.id DESC LIMIT :size OFFSET :start",
        person=person,
        server=server,
        kept_only=int(kept_only),
        kept=KEPT_RECEIPT,
        size=size,
        start=(number - 1) * size,
    )
    return LibraryPage(tuple(_load(tx, row["id"]) for row in rows), number, pages, total)


def open_batches(tx: Transaction, person: int, *, server: int | None = None) -> list[str]:
    """Return the batches of which something is still in the making, of one server or of all, oldest first."""
    rows = tx.rows(
        """
        SELECT batch FROM job
        WHERE person = :person AND ended_at IS NULL AND (:server IS NULL OR server = :server)
        GROUP BY batch ORDER BY MIN(created_at), batch
        """,
        person=person,
        server=server,
    )
    return [str(row["batch"]) for row in rows]


def find(tx: Transaction, job_id: str, person: int) -> LibraryClip:
    """Return one clip of a person; raises `UnknownJob` where it is somebody else's, was deleted, or never was."""
    found = jobs.load(tx, job_id)
    if found.requester.person != person or jobs.load_clip(tx, job_id) is None:
        raise UnknownJob(job_id)
    return _load(tx, job_id)


def delete(tx: Transaction, job_id: str, person: int) -> LibraryClip:
    """Delete a clip of a person and return what it was, so that its message can be deleted too.

    The file goes with the next round of upkeep, links end at once. Raises `UnknownJob` like `find`.
    """
    clip = find(tx, job_id, person)
    tx.execute("DELETE FROM clip WHERE job = :job", job=job_id)
    tx.execute("DELETE FROM notice WHERE job = :job AND kind = 'clip'", job=job_id)
    return clip


def digest_of(tx: Transaction, job_id: str) -> str | None:
    """Return under which digest the file store has the clip of a job, or None where it has none any more."""
    row = tx.row("SELECT digest FROM clip WHERE job = :job", job=job_id)
    return None if row is None else str(row["digest"])


def _load(tx: Transaction, job_id: str) -> LibraryClip:
    job, clip = (
        tx.row("SELECT * FROM job WHERE id = :id", id=job_id),
        tx.row("SELECT * FROM clip WHERE job = :id", id=job_id),
    )
    if job is None or clip is None:
        raise UnknownJob(job_id)
    return LibraryClip(job_from_row(job), clip_from_row(clip), clip["created_at"], showings.latest(tx, job_id))
