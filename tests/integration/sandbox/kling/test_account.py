"""Slots, units, and the cost page that lags behind."""

from typing import Any

import pytest

from bot.sandbox.kling import KlingStandIn
from tests.support.clock import ManualClock
from tests.support.kling_stand_in import IMAGE, TEXT, EmptyFiles, VendorClient, accepted, image_body, refused, text_body

PRO = {"mode": "pro"}
SOUND = {"mode": "pro", "sound": "on"}
VOICE = SOUND | {"voice_list": [{"voice_id": "829877900000000101"}]}


@pytest.fixture
def renderer() -> EmptyFiles:
    return EmptyFiles()


async def test_tasks_beyond_the_slots_are_refused_and_not_queued(vendor: VendorClient) -> None:
    for _ in range(5):
        await vendor.create(TEXT, text_body())
    refusal = (429, 1303, "parallel task over resource pack limit")
    assert await vendor.refusal(TEXT, text_body(external_task_id="late")) == refusal
    assert await vendor.refusal(IMAGE, image_body()) == refusal
    assert refused(await vendor.http.get(f"{TEXT}/late"))[1] == 1201
    assert len(await vendor.page(TEXT)) == 5


@pytest.mark.parametrize("ending", [{}, {"fail": "no"}])
async def test_a_slot_is_free_when_its_task_has_ended(
    vendor: VendorClient, stand_in: KlingStandIn, ending: dict[str, str]
) -> None:
    await vendor.http.patch("/sandbox/settings", json={"slots": 1})
    task_id = (await vendor.create(TEXT, text_body()))["task_id"]
    assert (await vendor.refusal(TEXT, text_body()))[1] == 1303
    await vendor.http.post(f"/sandbox/tasks/{task_id}", json=ending)
    await stand_in.finished(task_id)
    await vendor.create(TEXT, text_body())


async def test_slots_can_be_counted_for_each_model(vendor: VendorClient) -> None:
    await vendor.http.patch("/sandbox/settings", json={"slots": 1, "slots_per_model": True})
    await vendor.create(TEXT, text_body())
    await vendor.create(TEXT, text_body(model_name="kling-v2-5-turbo"))
    assert (await vendor.refusal(TEXT, text_body()))[1] == 1303


@pytest.mark.parametrize(
    ("changes", "units"),
    [
        ({}, "1.5"),
        ({"duration": "10"}, "3"),
        (PRO, "2.5"),
        (PRO | {"duration": "10"}, "5"),
        (SOUND, "5"),
        (SOUND | {"duration": "10"}, "10"),
        (VOICE, "5"),
        (VOICE | {"prompt": 'The captain <<<voice_1>>> says: "Land!"'}, "6"),
        (VOICE | {"prompt": "<<<voice_1>>> speaks", "duration": "10"}, "12"),
        ({"mode": "pro", "prompt": "<<<voice_1>>> speaks"}, "2.5"),
    ],
)
async def test_what_a_clip_costs(vendor: VendorClient, changes: dict[str, Any], units: str) -> None:
    task = await vendor.finished(IMAGE, image_body(**changes))
    assert task["final_unit_deduction"] == units


async def test_units_are_deducted_at_success_and_promised_before(vendor: VendorClient) -> None:
    await vendor.http.patch("/sandbox/settings", json={"units": "2"})
    task_id = (await vendor.create(TEXT, text_body()))["task_id"]
    assert (await vendor.refusal(TEXT, text_body()))[1] == 1102
    await vendor.http.post(f"/sandbox/tasks/{task_id}", json={"fail": "no"})
    await vendor.stand_in.finished(task_id)
    assert (await vendor.finished(TEXT, text_body()))["final_unit_deduction"] == "1.5"
    assert (await vendor.refusal(TEXT, text_body()))[1] == 1102


async def test_the_cost_page_lags_behind(vendor: VendorClient, clock: ManualClock) -> None:
    await vendor.http.patch("/sandbox/settings", json={"costs_lag": 3600, "units": "100"})
    await vendor.finished(TEXT, text_body())
    parameters = {"start_time": 0, "end_time": clock.now()}
    pack = accepted(await vendor.http.get("/account/costs", params=parameters))["resource_pack_subscribe_infos"][0]
    assert (pack["total_quantity"], pack["remaining_quantity"], pack["status"]) == (100, 100, "online")
    await clock.advance(3600)
    data = accepted(await vendor.http.get("/account/costs", params=parameters))
    assert (data["code"], data["msg"]) == (0, "SUCCEED")
    assert data["resource_pack_subscribe_infos"][0]["remaining_quantity"] == 98.5


async def test_the_cost_page_wants_its_times(vendor: VendorClient) -> None:
    assert refused(await vendor.http.get("/account/costs", params={"start_time": 1}))[:2] == (400, 1201)
