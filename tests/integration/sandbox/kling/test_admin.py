"""The back door: faults, settings, counters, tasks and reset."""

from typing import Any

import pytest

from bot.sandbox.kling import KlingStandIn
from tests.support.kling_stand_in import TEXT, VendorClient, text_body


async def test_faults_are_added_reported_and_lifted(vendor: VendorClient) -> None:
    await vendor.set_faults({"kind": "answer", "code": 1302, "times": 1}, {"kind": "download"})
    assert (await vendor.refusal(TEXT, text_body()))[1] == 1302
    await vendor.create(TEXT, text_body())
    answer, download = (await vendor.http.get("/sandbox/faults")).json()
    assert (answer["code"], answer["seen"], answer["struck"]) == (1302, 2, 1)
    assert (download["kind"], download["seen"]) == ("download", 0)
    await vendor.http.delete("/sandbox/faults")
    assert (await vendor.http.get("/sandbox/faults")).json() == []


@pytest.mark.parametrize(
    "rules",
    [
        {},
        [{}],
        [{"kind": "weather"}],
        [{"kind": "answer", "code": 7}],
        [{"kind": "answer", "share": 2}],
        [{"kind": "answer", "unknown": 1}],
        [{"kind": "answer"}, {"kind": "task", "action": "explode"}],
    ],
)
async def test_a_wrong_rule_changes_nothing(vendor: VendorClient, rules: Any) -> None:
    assert (await vendor.http.post("/sandbox/faults", json=rules)).status_code == 400
    assert (await vendor.http.get("/sandbox/faults")).json() == []


async def test_settings_are_read_and_changed(vendor: VendorClient) -> None:
    changed = (await vendor.http.patch("/sandbox/settings", json={"slots": 2, "speed": 600})).json()
    assert (changed["slots"], changed["speed"], changed["fixed_processing"]) == (2, 600, 60)
    for wrong in ({"slots": -1}, {"colour": "red"}, [1]):
        assert (await vendor.http.patch("/sandbox/settings", json=wrong)).status_code == 400
    assert (await vendor.http.get("/sandbox/settings")).json() == changed


async def test_a_web_page_cannot_use_the_back_door(vendor: VendorClient) -> None:
    response = await vendor.http.post("/sandbox/reset", content="{}", headers={"Content-Type": "text/plain"})
    assert response.status_code == 415
    assert (await vendor.http.post("/sandbox/reset", content="{", headers=JSON)).status_code == 400


JSON = {"Content-Type": "application/json"}


async def test_tasks_are_described(vendor: VendorClient) -> None:
    await vendor.create(TEXT, text_body(external_task_id="job-1"))
    (task,) = (await vendor.http.get("/sandbox/tasks")).json()
    assert (task["external_task_id"], task["status"], task["price"]) == ("job-1", "submitted", "1.5")
    assert (await vendor.http.post("/sandbox/tasks/1", json={})).status_code == 404


async def test_a_task_can_be_made_to_fail(vendor: VendorClient, stand_in: KlingStandIn) -> None:
    task_id = (await vendor.create(TEXT, text_body()))["task_id"]
    await vendor.http.post(f"/sandbox/tasks/{task_id}", json={"fail": "Image pixel is invalid"})
    await stand_in.finished(task_id)
    assert (await vendor.look(TEXT, task_id))["task_status_msg"] == "Image pixel is invalid"


async def test_reset_forgets_everything_but_settings_and_keys(vendor: VendorClient) -> None:
    await vendor.http.patch("/sandbox/settings", json={"slots": 1})
    link = await vendor.clip_link(external_task_id="job-1")
    await vendor.create(TEXT, text_body())
    await vendor.set_faults({"kind": "answer"})
    assert (await vendor.http.post("/sandbox/reset", json={})).status_code == 200
    assert await vendor.page(TEXT) == []
    assert (await vendor.http.get(link)).status_code == 404
    assert (await vendor.create(TEXT, text_body(external_task_id="job-1")))["task_status"] == "submitted"
    counters = (await vendor.http.get("/sandbox/counters")).json()
    assert (counters["tasks_made"], counters["slots_taken"], counters["units_left"]) == (1, 1, "10000")
    assert (await vendor.refusal(TEXT, text_body()))[1] == 1303
