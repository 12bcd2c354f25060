"""Faults of tasks: failures, tasks that never end, late visibility, odd answers."""

from io import BytesIO
from typing import Any

import av
import pytest

from bot.sandbox.kling import KlingStandIn
from tests.support.clock import ManualClock
from tests.support.kling_stand_in import TEXT, VendorClient, refused, text_body


async def start(vendor: VendorClient, **fault: Any) -> str:
    await vendor.set_faults({"kind": "task"} | fault)
    return str((await vendor.create(TEXT, text_body(external_task_id="job-1")))["task_id"])


async def status(vendor: VendorClient) -> str:
    return str((await vendor.look(TEXT, "job-1"))["task_status"])


@pytest.mark.parametrize(
    "message",
    [
        "Failure to pass the risk control system",
        "Image pixel is invalid",
        "Something went wrong when we tried to get the contents of the file.",
    ],
)
@pytest.mark.parametrize(("stage", "seconds"), [("submitted", 2), ("processing", 62)])
async def test_a_task_fails_at_the_end_of_a_stage(
    vendor: VendorClient, stand_in: KlingStandIn, clock: ManualClock, *, message: str, stage: str, seconds: int
) -> None:
    task_id = await start(vendor, action="fail", message=message, stage=stage)
    await clock.advance(seconds - 1)
    assert await status(vendor) == stage
    await clock.advance(1)
    await stand_in.finished(task_id)
    task = await vendor.look(TEXT, "job-1")
    assert (task["task_status"], task["task_status_msg"], task["task_result"]) == ("failed", message, {})
    assert await vendor.count("slots_taken") == 0


@pytest.mark.parametrize("stage", ["submitted", "processing"])
async def test_a_task_that_is_stuck(
    vendor: VendorClient, stand_in: KlingStandIn, clock: ManualClock, stage: str
) -> None:
    task_id = await start(vendor, action="stick", stage=stage)
    await clock.advance(86_400)
    assert await status(vendor) == stage
    assert await vendor.count("slots_taken") == 1
    await vendor.http.post(f"/sandbox/tasks/{task_id}", json={})
    assert (await stand_in.finished(task_id)).status == "succeed"


async def test_a_task_that_shows_late(vendor: VendorClient, clock: ManualClock) -> None:
    await start(vendor, action="hide", seconds=30)
    await clock.advance(29.999)
    assert refused(await vendor.http.get(f"{TEXT}/job-1"))[:2] == (400, 1201)
    assert await vendor.page(TEXT) == []
    assert (await vendor.refusal(TEXT, text_body(external_task_id="job-1")))[2].endswith("already exists")
    await clock.advance(0.001)
    assert await status(vendor) == "processing"
    assert len(await vendor.page(TEXT)) == 1


async def test_a_task_with_its_own_pace(vendor: VendorClient, stand_in: KlingStandIn, clock: ManualClock) -> None:
    task_id = await start(vendor, action="pace", seconds=600)
    await clock.advance(601)
    assert await status(vendor) == "processing"
    await clock.advance(1)
    assert (await stand_in.finished(task_id)).status == "succeed"


async def test_a_link_that_expires_early(vendor: VendorClient, clock: ManualClock) -> None:
    await vendor.set_faults({"kind": "task", "action": "expire", "seconds": 10, "times": 1})
    link = await vendor.clip_link()
    await clock.advance(9)
    assert (await vendor.http.get(link)).status_code == 200
    await clock.advance(1)
    assert (await vendor.http.get(link)).status_code == 403


async def test_answers_without_optional_keys(vendor: VendorClient) -> None:
    await start(vendor, action="sparse")
    task = await vendor.look(TEXT, "job-1")
    assert sorted(task) == ["created_at", "task_id", "task_status"]


async def test_answers_with_unknown_keys(vendor: VendorClient) -> None:
    await start(vendor, action="padded")
    assert {"queue_rank", "task_progress"} < (await vendor.look(TEXT, "job-1")).keys()


async def test_an_unknown_status(vendor: VendorClient, stand_in: KlingStandIn, clock: ManualClock) -> None:
    task_id = await start(vendor, action="strange", message="reviewing")
    await clock.advance(2)
    assert await status(vendor) == "reviewing"
    await clock.advance(60)
    await stand_in.finished(task_id)
    assert await status(vendor) == "succeed"


async def test_a_clip_that_is_shorter_than_it_claims(vendor: VendorClient) -> None:
    await vendor.set_faults({"kind": "task", "action": "short"})
    video = (await vendor.finished(TEXT, text_body()))["task_result"]["videos"][0]
    assert video["duration"] == "5.041"
    with av.open(BytesIO((await vendor.http.get(video["url"])).content), "r") as clip:
        assert clip.streams.video[0].frames == 49
