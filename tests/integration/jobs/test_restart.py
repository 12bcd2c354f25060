"""A clean stop in every state and a new start: everything goes on, and nothing is done twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.delivery.folder import FolderDelivery
from bot.jobs.state import JobState
from bot.sandbox.kling.faults import (
    AnswerAction,
    AnswerFault,
    DownloadAction,
    DownloadFault,
    Moment,
    Operation,
    TaskAction,
    TaskFault,
)
from tests.support.live import House, policies
from tests.support.stage import PRICE

if TYPE_CHECKING:
    from pathlib import Path

    from bot.jobs.job import Clip, Job
    from bot.sandbox.kling import KlingStandIn
    from bot.sandbox.kling.faults import Fault


class Never:
    """Delivers into the folder, and then never answers; `reached` is set when it has."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()

    async def deliver(self, job: Job, clip: Clip, path: Path) -> str:
        await FolderDelivery().deliver(job, clip, path)
        self.reached.set()
        return await asyncio.Future()


@pytest.mark.parametrize(
    ("state", "fault"),
    [
        (JobState.SUBMITTING, AnswerFault(action=AnswerAction.HANG, times=1)),
        (JobState.SUBMITTING, AnswerFault(action=AnswerAction.HANG, moment=Moment.AFTER, times=1)),
        (JobState.RUNNING, TaskFault(action=TaskAction.PACE, seconds=1.0)),
        (JobState.FETCHING, DownloadFault(action=DownloadAction.HANG, times=1)),
    ],
    ids=["submitting, not arrived", "submitting, arrived", "running", "fetching"],
)
async def test_a_job_goes_on_where_it_stood(house: House, vendor: KlingStandIn, state: JobState, fault: Fault) -> None:
    vendor.faults.add(fault)
    house.policies = policies(drive={"submit_limit": 20.0})
    await house.start()
    [job] = await house.order()
    await house.reaches(job, state)
    await house.until(lambda: bool(vendor.faults.report()[0]["struck"]))
    await house.stop()
    await house.start()
    [ended] = await house.end(job)
    await house.check_end(ended, JobState.DELIVERED)
    assert house.calls()["create"] <= 2


async def test_a_queued_job_goes_on_waiting(house: House, vendor: KlingStandIn) -> None:
    vendor.faults.add(AnswerFault(code=1302, retry_after=1, times=1))
    await house.start()
    [job] = await house.order()
    await house.noted(job, "waits for the next free slot")
    await house.stop()
    await house.start()
    waiting = await house.job(job)
    assert waiting.state is JobState.QUEUED
    assert house.calls()["create"] == 1, "what the vendor said is forgotten"
    [ended] = await house.end(job)
    await house.check_end(ended, JobState.DELIVERED)


async def test_a_delivery_without_an_answer_is_not_made_twice(house: House) -> None:
    never = house.deliverer = Never()
    await house.start()
    [job] = await house.order()
    await never.reached.wait()
    await house.stop()
    house.deliverer = FolderDelivery()
    await house.start()
    [ended] = await house.end(job)
    await house.check_end(ended, JobState.DELIVERED)


async def test_a_vendor_that_forgets_a_finished_clip_for_a_moment_is_asked_again(
    house: House, vendor: KlingStandIn
) -> None:
    vendor.faults.add(DownloadFault(action=DownloadAction.HANG, times=1))
    await house.start()
    [job] = await house.order()
    await house.until(lambda: bool(vendor.faults.report()[0]["struck"]))
    await house.stop()
    forgets = AnswerFault(at=Operation.QUERY, code=1201, message="Task not found by id/external id: 7", times=2)
    vendor.faults.add(forgets)
    await house.start()
    [ended] = await house.end(job)
    await house.check_end(ended, JobState.DELIVERED)
    assert vendor.faults.report()[1]["struck"] == 2


async def test_what_ended_stays_as_it_was(house: House) -> None:
    await house.start()
    job = await house.make()
    moves, calls = len(house.moves), house.calls()
    await house.stop()
    await house.start()
    assert await house.job(job) == job
    await house.check_end(await house.job(job), JobState.DELIVERED)
    assert (len(house.moves), house.calls()) == (moves, calls)


async def test_a_confirmation_repeated_after_a_restart_is_the_same_job(house: House) -> None:
    await house.start()
    [job] = await house.order()
    await house.stop()
    await house.start()
    [again] = await house.order()
    assert again.id == job.id
    [ended] = await house.end(job)
    await house.check_end(ended, JobState.DELIVERED)


async def test_a_job_that_takes_the_process_down_again_and_again_is_dead_in_the_end(house: House) -> None:
    never = house.deliverer = Never()
    house.policies = policies(drive={"recovery_limit": 3})
    await house.start()
    [job] = await house.order()
    for _ in range(3):
        await never.reached.wait()
        never.reached.clear()
        await house.stop()
        await house.start()
    await never.reached.wait()
    await house.stop()
    await house.start()
    [ended] = await house.end(job)
    assert ended.state is JobState.DEAD
    assert "failed repeatedly while this clip was being delivered. Your credits are back." in str(ended.message)
    sums, purse = await house.sums(), await house.purse()
    assert (sums.captured, sums.held, purse.available) == (0, 0, PRICE)


async def test_many_jobs_survive_many_restarts(house: House) -> None:
    house.slots = 3
    jobs: list[Job] = []
    await house.start()
    for number in range(8):
        jobs += await house.order(f"q{number:02}")
    for number in (0, 2, 4, 6):
        await house.end(jobs[number])
        await house.stop()
        await house.start()
    ended = await house.end(*jobs)
    assert {job.state for job in ended} == {JobState.DELIVERED}
    sums = await house.sums()
    assert (sums.captured, sums.held) == (8 * PRICE, 0)
    assert len(house.files()) == 8
    assert set(house.tasks_by_job().values()) == {1}
