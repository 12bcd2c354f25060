"""Callbacks through the application's own web server: true ones make a clip come sooner, false ones change nothing."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bot.jobs.state import JobState
from bot.sandbox.kling.faults import CallbackAction, CallbackFault, TaskAction, TaskFault
from bot.web import CALLBACK_PATH, load_callback_token
from tests.support.kling_stand_in import WEBHOOK_SECRET
from tests.support.live import House, policies

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.sandbox.kling import KlingStandIn

HOUR = 3600.0
RARELY = {"assumed_clip_seconds": HOUR, "question_seconds": HOUR, "longest_question_seconds": HOUR}
"""So seldom that a clip which comes at all comes because of a callback."""

PATIENT = {"assumed_clip_seconds": 1.0, "question_seconds": 1.0, "longest_question_seconds": 1.0}
"""Seldom enough to tell a callback from a question, and soon enough to wait for."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def open_to_callbacks(
    house: House, vendor: KlingStandIn, *, jobs: dict[str, Any], secret: str = "", signed: bool | None = None
) -> str:
    """Start a house that the vendor can call back, and return the address that it is told."""
    port = free_port()
    house.changes = {
        "web": {"port": port, "public_url": f"http://127.0.0.1:{port}"},
        "jobs": jobs,
        "kling": {"webhook_secret": type(house.settings.kling.webhook_secret)(secret)},
    }
    vendor.configure(webhook_secret=WEBHOOK_SECRET if (bool(secret) if signed is None else signed) else None)
    await house.start()
    return f"http://127.0.0.1:{port}{CALLBACK_PATH}{load_callback_token(house.settings.data.dir)}"


async def post(address: str, body: dict[str, Any], **headers: str) -> int:
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.post(address, content=json.dumps(body), headers=headers)).status_code


def claim(job: Job) -> dict[str, Any]:
    """What a forger says about a job."""
    return {
        "task_id": job.task_id,
        "task_status": "succeed",
        "task_info": {"external_task_id": job.client_key},
        "task_result": {"videos": [{"id": "1", "url": "http://127.0.0.1:9/clip.mp4", "duration": "5.041"}]},
    }


@pytest.mark.parametrize(
    ("secret", "fault"),
    [
        ("", None),
        (WEBHOOK_SECRET, None),
        ("", CallbackAction.DUPLICATE),
        (WEBHOOK_SECRET, CallbackAction.ENVELOPED),
        (WEBHOOK_SECRET, CallbackAction.REORDER),
    ],
    ids=["unsigned", "signed", "duplicate", "enveloped", "reorder"],
)
async def test_a_true_callback_brings_the_clip_without_any_waiting(
    house: House, vendor: KlingStandIn, secret: str, fault: CallbackAction | None
) -> None:
    if fault is not None:
        vendor.faults.add(CallbackFault(action=fault))
    await open_to_callbacks(house, vendor, jobs=RARELY, secret=secret)
    job = await house.make()
    await house.check_end(job, JobState.DELIVERED)
    assert vendor.counters["callbacks_answered"] >= 1
    assert house.calls()["query"] <= 4, "one question for each callback"
    assert house.calls()["list"] == 0


async def test_a_failure_is_heard_of_by_callback_too(house: House, vendor: KlingStandIn) -> None:
    vendor.faults.add(TaskFault(action=TaskAction.FAIL))
    await open_to_callbacks(house, vendor, jobs=RARELY)
    job = await house.make()
    await house.check_end(job, JobState.FAILED, "content rules")


@pytest.mark.parametrize(
    "fault",
    [
        CallbackFault(action=CallbackAction.LOSE),
        CallbackFault(action=CallbackAction.UNSIGNED),
        CallbackFault(action=CallbackAction.WRONG_SIGNATURE),
        CallbackFault(action=CallbackAction.OLD_TIMESTAMP, seconds=600),
        CallbackFault(action=CallbackAction.DELAY, seconds=HOUR),
    ],
    ids=lambda fault: str(fault.action),
)
async def test_without_a_callback_that_counts_the_clip_comes_by_asking(
    house: House, vendor: KlingStandIn, fault: CallbackFault
) -> None:
    vendor.faults.add(fault)
    await open_to_callbacks(house, vendor, jobs=PATIENT, secret=WEBHOOK_SECRET)
    began = asyncio.get_running_loop().time()
    job = await house.make()
    assert asyncio.get_running_loop().time() - began >= 0.4, "nothing was to be asked before"
    await house.check_end(job, JobState.DELIVERED)
    assert house.calls()["query"] == 1
    assert vendor.faults.report()[0]["struck"]


async def test_a_claim_that_a_clip_is_ready_is_not_believed(house: House, vendor: KlingStandIn) -> None:
    vendor.configure(fixed_processing=1_000_000)
    vendor.faults.add(CallbackFault(action=CallbackAction.FORGED))
    address = await open_to_callbacks(house, vendor, jobs=RARELY)
    [job] = await house.order()
    running = await house.reaches(job, JobState.RUNNING)
    asked = house.calls()["query"]
    assert await post(address, claim(running)) == 200
    await house.until(lambda: house.calls()["query"] > asked)
    assert (await house.job(job)).state is JobState.RUNNING
    vendor.configure(fixed_processing=0)
    task = next(iter(vendor.tasks))
    task.hurry.set()
    [ended] = await house.end(job)
    await house.check_end(ended, JobState.DELIVERED)


@pytest.mark.parametrize("secret", ["", WEBHOOK_SECRET], ids=["unsigned", "signed"])
async def test_callbacks_that_are_not_ours_cost_nothing(house: House, vendor: KlingStandIn, secret: str) -> None:
    vendor.configure(fixed_processing=1_000_000, fixed_submitted=1_000_000)
    address = await open_to_callbacks(house, vendor, jobs=RARELY, secret=secret)
    [job] = await house.order()
    running = await house.reaches(job, JobState.RUNNING)
    stranger = {"task_id": "7", "task_status": "succeed", "task_info": {"external_task_id": "nobody-1"}}
    guessed = address.rpartition("/")[0] + "/guessed"
    assert await post(guessed, claim(running)) == 404
    for body in (stranger, {}, {"task_id": None}, {"data": {"data": 3}}):
        assert await post(address, body) == 200
    if secret:
        assert await post(address, claim(running)) == 200
        forged = {"webhook-id": "1", "webhook-timestamp": "1767225600", "webhook-signature": "v1,AAAA"}
        assert await post(address, claim(running), **forged) == 200
    await house.app.database.run(lambda tx: tx.row("SELECT 1 AS one"))
    assert house.calls()["query"] == 0
    assert (await house.job(job)).state is JobState.RUNNING


async def test_a_callback_after_the_end_changes_nothing(house: House, vendor: KlingStandIn) -> None:
    address = await open_to_callbacks(house, vendor, jobs=RARELY)
    job = await house.make()
    before = house.calls()
    assert await post(address, claim(job)) == 200
    await house.app.database.run(lambda tx: tx.row("SELECT 1 AS one"))
    await house.check_end(await house.job(job), JobState.DELIVERED)
    assert house.calls() == before


async def test_a_callback_that_comes_early_does_not_begin_the_asking(house: House, vendor: KlingStandIn) -> None:
    vendor.configure(fixed_processing=500, callback_on_submitted=True)
    house.policies = policies()
    jobs = {"assumed_clip_seconds": 30.0, "question_seconds": 0.05, "longest_question_seconds": 0.05}
    await open_to_callbacks(house, vendor, jobs=jobs)
    job = await house.make()
    await house.check_end(job, JobState.DELIVERED)
    assert house.calls()["query"] <= 4, "a callback began a series of questions before a clip could be ready"
