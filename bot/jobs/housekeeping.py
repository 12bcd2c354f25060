"""What happens by the clock: expiry, the audit, and the search for jobs that nobody drives."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.jobs import messages, settle, store
from bot.jobs.audit import audit_jobs
from bot.jobs.drafts import drop_expired_drafts
from bot.jobs.quote import drop_expired_quotes
from bot.jobs.state import JobState
from bot.ledger import SpendingGuard, audit, expire_lots

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.jobs.engine import Engine
    from bot.jobs.job import Job
    from bot.storage.database import Database, Transaction

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HousekeepingPolicy:
    """In seconds: how often to look round, how often to audit, and how long a job may wait for a slot."""

    interval: float = 30.0
    audit_interval: float = 3600.0
    longest_wait: float = 24 * 3600.0


@dataclass(slots=True)
class Housekeeping:
    """Runs beside the engine; `spending` is closed when the books do not add up."""

    database: Database
    spending: SpendingGuard
    clock: Clock
    policy: HousekeepingPolicy

    async def run(self, engine: Engine) -> None:
        """Look round until cancelled. What fails once is tried again at the next round."""
        audited = self.clock.monotonic()
        while True:
            await self.clock.sleep(self.policy.interval)
            try:
                for job in await self.expire():
                    engine.announce(job)
                await engine.take_up()
                if self.clock.monotonic() - audited >= self.policy.audit_interval:
                    audited = self.clock.monotonic()
                    await self.audit()
            except Exception:  # noqa: BLE001 - the next round may succeed
                _log.exception("housekeeping failed, trying again in %.0f s", self.policy.interval)

    async def audit(self) -> bool:
        """Check the books, and the jobs against them. Returns whether all agree.

        Books that do not add up stop spending; a single job that disagrees with them is for an operator to look at.
        """
        report, disagreements = await self.database.survey(lambda tx: (audit(tx), audit_jobs(tx)))
        self.spending.observe(report)
        for sentence in disagreements:
            _log.error("the credit books disagree with a job: %s", sentence)
        return report.clean and not disagreements

    async def expire(self) -> list[Job]:
        """End what has outlived its time: quotes, drafts, lots, and jobs that waited too long, which are returned."""
        at = self.clock.now()
        return await self.database.run(lambda tx: self._expire(tx, at))

    def _expire(self, tx: Transaction, at: int) -> list[Job]:
        drop_expired_quotes(tx, at)
        drop_expired_drafts(tx, at)
        expire_lots(tx, at=at)
        overdue = store.waiting_since(tx, at - round(self.policy.longest_wait * 1000))
        return [
            settle.finish_without_clip(tx, job, JobState.EXPIRED, message=messages.WAITED_TOO_LONG, at=at)
            for job in overdue
        ]
