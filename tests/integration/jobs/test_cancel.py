"""Cancelling: free while a job waits; afterwards only the posting can be stopped."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.delivery.destination import KEPT_RECEIPT
from bot.delivery.folder import FolderDelivery
from bot.errors import UnknownJob
from bot.jobs.cancel import CancelOutcome
from bot.jobs.state import JobState
from bot.sandbox.kling.faults import AnswerAction, AnswerFault
from tests.support.live import MIA, TOM
from tests.support.stage import PRICE

if TYPE_CHECKING:
    from pathlib import Path

    from bot.jobs.job import Clip, Job
    from bot.sandbox.kling import KlingStandIn
    from tests.support.live import House


async def running(house: House, vendor: KlingStandIn) -> Job:
    """A job whose task goes on until it is told to finish."""
    vendor.configure(fixed_processing=1_000_000)
    await house.start()
    [job] = await house.order()
    return await house.reaches(job, JobState.RUNNING)


async def finish(house: House, vendor: KlingStandIn, job: Job) -> Job:
    """Let the task come to its end, and the job with it."""
    for task in vendor.tasks:
        task.hurry.set()
    [ended] = await house.end(job)
    return ended


async def test_a_waiting_job_is_cancelled_for_free(house: House, vendor: KlingStandIn) -> None:
    vendor.configure(fixed_processing=1_000_000)
    house.slots = 1
    await house.start()
    [first] = await house.order("q0", requester=TOM)
    await house.reaches(first, JobState.RUNNING)
    [job] = await house.order()
    waiter = asyncio.create_task(house.app.engine.wait(job.id))
    cancellation = await house.app.engine.cancel(job.id, MIA)
    assert cancellation.outcome is CancelOutcome.CANCELLED
    assert str(cancellation.message) == "You cancelled this clip before it was sent. Your credits are back."
    ended = await waiter
    assert (ended.state, ended.message) == (JobState.CANCELLED, cancellation.message)
    assert (await house.purse()).available == PRICE
    assert (await house.sums()).held == PRICE
    assert house.calls()["create"] == 1
    assert house.moves.count((job.id, JobState.CANCELLED)) == 1


async def test_a_running_job_can_be_kept_unposted_at_its_price(house: House, vendor: KlingStandIn) -> None:
    job = await running(house, vendor)
    cancellation = await house.app.engine.cancel(job.id, MIA, keep=True)
    assert cancellation.outcome is CancelOutcome.CANNOT_STOP
    assert "cannot be stopped, so its price stays the same. It will not be posted" in str(cancellation.message)
    ended = await finish(house, vendor, job)
    assert (ended.state, ended.receipt) == (JobState.DELIVERED, KEPT_RECEIPT)
    assert house.files() == []
    assert len(house.kept()) == 1
    sums = await house.sums()
    assert (sums.captured, sums.held) == (PRICE, 0)


@pytest.mark.parametrize("choices", [[None], [False], [True, False]], ids=["asked only", "post", "keep, then post"])
async def test_a_running_job_is_posted_unless_it_is_to_be_kept(
    house: House, vendor: KlingStandIn, choices: list[bool | None]
) -> None:
    job = await running(house, vendor)
    for choice in choices:
        cancellation = await house.app.engine.cancel(job.id, MIA, keep=choice)
        assert cancellation.outcome is CancelOutcome.CANNOT_STOP
    assert "It will be posted when it is ready" in str(cancellation.message)
    ended = await finish(house, vendor, job)
    await house.check_end(ended, JobState.DELIVERED)


async def test_the_choice_survives_a_restart(house: House, vendor: KlingStandIn) -> None:
    job = await running(house, vendor)
    await house.app.engine.cancel(job.id, MIA, keep=True)
    await house.stop()
    await house.start()
    ended = await finish(house, vendor, job)
    assert ended.receipt == KEPT_RECEIPT
    assert house.files() == []


async def test_a_job_whose_sending_is_unclear_cannot_be_cancelled(house: House, vendor: KlingStandIn) -> None:
    vendor.faults.add(AnswerFault(action=AnswerAction.SLOW, seconds=0.5))
    await house.start()
    [job] = await house.order()
    await house.reaches(job, JobState.SUBMITTING)
    cancellation = await house.app.engine.cancel(job.id, MIA)
    assert cancellation.outcome is CancelOutcome.CANNOT_STOP
    [ended] = await house.end(job)
    await house.check_end(ended, JobState.DELIVERED)


async def test_after_the_end_there_is_nothing_to_cancel(house: House) -> None:
    await house.start()
    job = await house.make()
    moves = list(house.moves)
    cancellation = await house.app.engine.cancel(job.id, MIA, keep=True)
    assert cancellation.outcome is CancelOutcome.TOO_LATE
    assert str(cancellation.message) == "This clip has ended already; there is nothing left to cancel."
    await house.check_end(await house.job(job), JobState.DELIVERED)
    assert house.moves == moves, "a move was announced that did not happen"


async def test_nobody_cancels_the_job_of_somebody_else(house: House, vendor: KlingStandIn) -> None:
    job = await running(house, vendor)
    with pytest.raises(UnknownJob, match=f"There is no job {job.id}"):
        await house.app.engine.cancel(job.id, TOM, keep=True)
    assert not (await house.job(job)).keep


class Gate:
    """Delivers into the folder when it is told to; `reached` is set when it could."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.open = asyncio.Event()

    async def deliver(self, job: Job, clip: Clip, path: Path) -> str:
        self.reached.set()
        await self.open.wait()
        return await FolderDelivery().deliver(job, clip, path)


async def test_a_clip_that_is_being_posted_is_not_promised_to_be_kept(house: House) -> None:
    gate = house.deliverer = Gate()
    await house.start()
    [job] = await house.order()
    await gate.reached.wait()
    cancellation = await house.app.engine.cancel(job.id, MIA, keep=True)
    assert cancellation.outcome is CancelOutcome.TOO_LATE
    assert "is being posted at this moment" in str(cancellation.message)
    gate.open.set()
    [ended] = await house.end(job)
    await house.check_end(ended, JobState.DELIVERED)
