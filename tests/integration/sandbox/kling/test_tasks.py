"""The life of a task, and how it is found."""

import asyncio
import uuid
from pathlib import Path

import httpx
import pytest

from bot.sandbox.kling import KlingStandIn
from bot.sandbox.kling.plain_clips import PlainClips
from tests.support.clock import ManualClock
from tests.support.kling_stand_in import IMAGE, TEXT, VendorClient, accepted, image_body, refused, text_body


async def test_a_task_from_create_to_clip(vendor: VendorClient, stand_in: KlingStandIn, clock: ManualClock) -> None:
    created_at = clock.now()
    answer = await vendor.create(TEXT, text_body(external_task_id="job-1"))
    assert answer == {
        "task_id": answer["task_id"],
        "task_info": {"external_task_id": "job-1"},
        "task_status": "submitted",
        "created_at": created_at,
        "updated_at": created_at,
    }
    assert len(answer["task_id"]) == 18
    assert answer["task_id"].isdecimal()

    await clock.advance(2)
    running = await vendor.look(TEXT, "job-1")
    assert (running["task_status"], running["task_result"]) == ("processing", {})
    assert running["updated_at"] == created_at + 2000

    await clock.advance(60)
    await stand_in.finished(answer["task_id"])
    done = await vendor.look(TEXT, answer["task_id"])
    assert done["task_status"] == "succeed"
    assert done["task_status_msg"] == ""
    assert done["updated_at"] == created_at + 62_000
    assert done["final_unit_deduction"] == "1.5"
    assert "watermark_info" not in done
    video = done["task_result"]["videos"][0]
    assert sorted(video) == ["duration", "id", "url"]
    assert int(video["id"]) > int(answer["task_id"])


async def test_a_simulated_minute_takes_a_second_at_speed_60(
    vendor: VendorClient, stand_in: KlingStandIn, clock: ManualClock
) -> None:
    await vendor.http.patch("/sandbox/settings", json={"speed": 60, "fixed_submitted": 0, "fixed_processing": 60})
    task_id = (await vendor.create(TEXT, text_body()))["task_id"]
    await clock.advance(0.999)
    assert (await vendor.look(TEXT, task_id))["task_status"] == "processing"
    await clock.advance(0.001)
    assert (await stand_in.finished(task_id)).status == "succeed"


async def test_without_an_external_id_the_info_is_empty(vendor: VendorClient) -> None:
    assert (await vendor.create(TEXT, text_body()))["task_info"] == {}


async def test_request_ids_are_uuids_and_differ(vendor: VendorClient) -> None:
    answers = [(await vendor.http.get(TEXT)).json()["request_id"] for _ in range(2)]
    assert answers[0] != answers[1]
    assert all(uuid.UUID(answer).version == 4 for answer in answers)


async def test_an_external_id_is_taken_once_on_the_whole_account(vendor: VendorClient) -> None:
    await vendor.create(TEXT, text_body(external_task_id="job-1"))
    message = "External_task_id job-1 already exists"
    assert await vendor.refusal(TEXT, text_body(external_task_id="job-1")) == (400, 1201, message)
    assert await vendor.refusal(IMAGE, image_body(external_task_id="job-1")) == (400, 1201, message)


async def test_a_refused_request_leaves_its_external_id_free(vendor: VendorClient) -> None:
    assert (await vendor.refusal(IMAGE, image_body(external_task_id="job-1", image="broken!")))[0] == 400
    assert (await vendor.create(IMAGE, image_body(external_task_id="job-1")))["task_status"] == "submitted"


async def test_the_same_external_id_at_the_same_time_makes_one_task(vendor: VendorClient) -> None:
    bodies = [image_body(external_task_id="job-1") for _ in range(5)]
    responses = await asyncio.gather(*(vendor.http.post(IMAGE, json=body) for body in bodies))
    assert sorted(response.status_code for response in responses) == [200, 400, 400, 400, 400]
    assert await vendor.count("tasks_made") == 1
    counters = (await vendor.http.get("/sandbox/counters")).json()
    assert counters["attempts_by_external_task_id"] == {"job-1": 5}


async def test_a_task_is_found_under_its_own_path_only(vendor: VendorClient) -> None:
    task_id = (await vendor.create(TEXT, text_body(external_task_id="job-1")))["task_id"]
    for key in (task_id, "job-1"):
        assert (await vendor.look(TEXT, key))["task_id"] == task_id
        answer = refused(await vendor.http.get(f"{IMAGE}/{key}"))
        assert answer == (400, 1201, f"Task not found by id/external id: {key}")


async def test_an_unknown_task(vendor: VendorClient) -> None:
    answer = refused(await vendor.http.get(f"{TEXT}/123"))
    assert answer == (400, 1201, "Task not found by id/external id: 123")


async def test_the_list_shows_the_newest_first_and_ends_in_an_empty_page(vendor: VendorClient) -> None:
    await vendor.http.patch("/sandbox/settings", json={"slots": 50})
    made = [(await vendor.create(TEXT, text_body()))["task_id"] for _ in range(35)]
    newest = made[::-1]
    assert [task["task_id"] for task in await vendor.page(TEXT)] == newest[:30]
    assert [task["task_id"] for task in await vendor.page(TEXT, pageNum=2, pageSize=20)] == newest[20:]
    assert [task["task_id"] for task in await vendor.page(TEXT, pageSize=500)] == newest
    assert await vendor.page(TEXT, pageNum=3, pageSize=20) == []
    assert await vendor.page(IMAGE) == []


@pytest.mark.parametrize("query", ["pageNum=0", "pageNum=1001", "pageSize=0", "pageSize=501", "pageSize=x"])
async def test_a_page_out_of_range(vendor: VendorClient, query: str) -> None:
    assert refused(await vendor.http.get(f"{TEXT}?{query}"))[:2] == (400, 1201)


async def test_a_prompt_that_the_risk_control_stops(
    vendor: VendorClient, stand_in: KlingStandIn, clock: ManualClock
) -> None:
    task_id = (await vendor.create(TEXT, text_body(prompt="Some Nudity")))["task_id"]
    await clock.advance(62)
    await stand_in.finished(task_id)
    task = await vendor.look(TEXT, task_id)
    assert task["task_status"] == "failed"
    assert task["task_status_msg"] == "Failure to pass the risk control system"
    assert task["final_unit_deduction"] == "0"


async def test_unknown_paths_and_methods(vendor: VendorClient, stand_in: KlingStandIn) -> None:
    unknown = await vendor.http.get("/v1/videos/unheard-of")
    assert (unknown.status_code, unknown.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert stand_in.counters.report()["unknown_path_lines"] == ["GET /v1/videos/unheard-of"]
    assert refused(await vendor.http.delete(TEXT))[:2] == (404, 1202)
    assert refused(await vendor.http.put(f"{TEXT}/1"))[:2] == (404, 1202)


async def test_the_same_seed_tells_the_same_story(tmp_path: Path, prepared_clips: Path) -> None:
    stories = []
    for name in ("first", "second"):
        stand_in = KlingStandIn(renderer=PlainClips(prepared_clips), directory=tmp_path / name, seed=7)
        await stand_in.start()
        headers = {"Authorization": f"Bearer {stand_in.credentials.api_key}"}
        async with httpx.AsyncClient(base_url=stand_in.base_url, headers=headers) as http:
            tasks = [accepted(await http.post(TEXT, json=text_body()))["task_id"] for _ in range(3)]
        stories.append((stand_in.credentials, tasks))
        await stand_in.stop()
    assert stories[0] == stories[1]
