"""Faults of answers: what the client sees, and whether the call had its effect."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.kling.answers import ERRORS
from tests.support.clock import ManualClock
from tests.support.kling_stand_in import BROKEN, TEXT, VendorClient, accepted, refused, text_body

JOB = {"external_task_id": "job-1"}


def fault(**fields: Any) -> dict[str, Any]:
    return {"kind": "answer", "times": 1} | fields


async def exists(vendor: VendorClient) -> bool:
    return (await vendor.http.get(f"{TEXT}/job-1")).status_code == 200


@pytest.mark.parametrize("code", sorted(ERRORS))
@pytest.mark.parametrize("moment", ["before", "after"])
async def test_every_error_of_the_table(vendor: VendorClient, code: int, moment: str) -> None:
    await vendor.set_faults(fault(code=code, moment=moment))
    status, seen, message = await vendor.refusal(TEXT, text_body(**JOB))
    assert (status, seen, message) == (ERRORS[code][0], code, ERRORS[code][1])
    assert await exists(vendor) is (moment == "after")


async def test_after_a_lost_answer_the_same_id_proves_the_task(vendor: VendorClient) -> None:
    await vendor.set_faults(fault(code=5002, moment="after"))
    assert (await vendor.refusal(TEXT, text_body(**JOB)))[:2] == (504, 5002)
    assert await vendor.refusal(TEXT, text_body(**JOB)) == (400, 1201, "External_task_id job-1 already exists")
    assert await vendor.count("create_attempts") == 2
    assert await vendor.count("tasks_made") == 1


async def test_an_error_inside_a_success(vendor: VendorClient) -> None:
    await vendor.set_faults(fault(code=1303, http_status=200))
    assert await vendor.refusal(TEXT, text_body()) == (200, 1303, "parallel task over resource pack limit")


async def test_an_error_may_say_when_to_come_back(vendor: VendorClient) -> None:
    await vendor.set_faults(fault(code=1302, retry_after=7))
    assert (await vendor.http.post(TEXT, json=text_body())).headers["retry-after"] == "7"


async def test_an_error_with_another_text(vendor: VendorClient) -> None:
    message = "The model 'kling-v2-6' has been discontinued and is no longer available."
    await vendor.set_faults(fault(code=1201, message=message))
    assert await vendor.refusal(TEXT, text_body()) == (400, 1201, message)


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_page_of_the_gateway(vendor: VendorClient, moment: str) -> None:
    await vendor.set_faults(fault(action="page", moment=moment))
    response = await vendor.http.post(TEXT, json=text_body(**JOB))
    assert (response.status_code, response.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert await exists(vendor) is (moment == "after")


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_dropped_connection(vendor: VendorClient, moment: str) -> None:
    await vendor.set_faults(fault(action="drop", moment=moment))
    with pytest.raises(BROKEN):
        await vendor.http.post(TEXT, json=text_body(**JOB))
    assert await exists(vendor) is (moment == "after")


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_an_answer_cut_off_in_the_middle(vendor: VendorClient, moment: str) -> None:
    await vendor.set_faults(fault(action="garbage", moment=moment))
    response = await vendor.http.post(TEXT, json=text_body(**JOB))
    assert response.status_code == 200
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        response.json()
    assert await exists(vendor) is (moment == "after")


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_hung_connection(vendor: VendorClient, clock: ManualClock, moment: str) -> None:
    await vendor.set_faults(fault(action="hang", moment=moment, seconds=100))
    calling = asyncio.create_task(vendor.http.post(TEXT, json=text_body(**JOB)))
    await hanging(vendor)
    assert await exists(vendor) is (moment == "after")
    assert not calling.done()
    await clock.advance(100)
    with pytest.raises(BROKEN):
        await calling


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_slow_answer(vendor: VendorClient, clock: ManualClock, moment: str) -> None:
    await vendor.set_faults(fault(action="slow", moment=moment, seconds=100))
    calling = asyncio.create_task(vendor.http.post(TEXT, json=text_body(**JOB)))
    await hanging(vendor)
    assert await exists(vendor) is (moment == "after")
    await clock.advance(100)
    assert accepted(await calling)["task_info"] == JOB


async def hanging(vendor: VendorClient) -> None:
    async with asyncio.timeout(5):
        while await vendor.count("faults") == 0:
            pass


@pytest.mark.parametrize(
    ("operation", "path"),
    [
        ("query", f"{TEXT}/job-1"),
        ("list", TEXT),
        ("account", "/account/costs?start_time=0&end_time=1"),
        ("voices", "/v1/general/presets-voices"),
    ],
)
async def test_each_operation_has_its_own_faults(vendor: VendorClient, operation: str, path: str) -> None:
    await vendor.create(TEXT, text_body(**JOB))
    await vendor.set_faults(fault(at=operation, code=1004))
    assert refused(await vendor.http.get(path))[:2] == (401, 1004)
    accepted(await vendor.http.get(path))


async def test_a_rule_for_one_task_only(vendor: VendorClient) -> None:
    await vendor.set_faults(fault(external_task_id="job-2", times=None), fault(at="query", external_task_id="job-1"))
    task_id = (await vendor.create(TEXT, text_body(**JOB)))["task_id"]
    assert (await vendor.refusal(TEXT, text_body(external_task_id="job-2")))[1] == 5000
    assert refused(await vendor.http.get(f"{TEXT}/{task_id}"))[1] == 5000


async def test_after_faults_wait_for_a_call_that_succeeds(vendor: VendorClient) -> None:
    await vendor.set_faults(fault(action="drop", moment="after"))
    assert (await vendor.refusal(TEXT, text_body(mode="fast")))[1] == 1201
    with pytest.raises(BROKEN):
        await vendor.http.post(TEXT, json=text_body())


async def test_a_call_that_hangs_does_not_keep_the_server_from_stopping(vendor: VendorClient) -> None:
    await vendor.set_faults(fault(action="hang", seconds=3600))
    calling = asyncio.create_task(vendor.http.post(TEXT, json=text_body()))
    await hanging(vendor)
    async with asyncio.timeout(3):
        await vendor.stand_in.stop()
    with pytest.raises(BROKEN):
        await calling
