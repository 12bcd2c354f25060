"""The figures of credits say what the ledger did, not what a quote said."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.jobs import store
from bot.jobs.settle import finish_delivered
from bot.jobs.state import JobState
from bot.sandbox.kling.faults import TaskAction, TaskFault

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.sandbox.kling import KlingStandIn
    from bot.storage.database import Transaction
    from tests.support.live import House

MOVED = 'soundstage_credit_movements_total{{movement="{}"}} {}.0'


def delivered_for(tx: Transaction, job: Job, credits_due: int, at: int) -> Job:
    """Bring a running job to its end at a lower price than was quoted."""
    for state in (JobState.FETCHING, JobState.DELIVERING):
        store.move(tx, job, state, at=at)
        job = store.load(tx, job.id)
    return finish_delivered(tx, job, receipt="clip.mp4", credits_due=credits_due, at=at)


async def test_a_clip_that_cost_less_than_quoted_counts_with_what_it_cost(house: House, vendor: KlingStandIn) -> None:
    vendor.faults.add(TaskFault(action=TaskAction.STICK, times=1))
    app = await house.start()
    [placed] = await house.order()
    running = await house.reaches(placed, JobState.RUNNING)

    delivered = await app.database.run(lambda tx: delivered_for(tx, running, 6, app.clock.now()))
    app.engine.announce(delivered)

    wanted = [MOVED.format("held", 15), MOVED.format("captured", 6), MOVED.format("released", 9)]
    async with asyncio.timeout(5):
        while missing := set(wanted) - set(app.metrics.render().decode().splitlines()):
            assert MOVED.format("captured", 15) not in app.metrics.render().decode(), missing
            await app.database.read(lambda tx: tx.row("SELECT 1 AS turn"))


async def test_a_clip_that_was_never_made_counts_as_given_back(house: House, vendor: KlingStandIn) -> None:
    vendor.faults.add(TaskFault(action=TaskAction.FAIL, times=1))
    app = await house.start()

    await house.make()
    await house.stop()

    assert MOVED.format("released", 15) in app.metrics.render().decode().splitlines()
    assert 'movement="captured"' not in app.metrics.render().decode()
