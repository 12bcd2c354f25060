"""Callbacks: when they come, what they carry, how they are signed, and how they go wrong."""

import asyncio

import pytest

from bot.sandbox.kling import KlingStandIn
from bot.sandbox.kling.callbacks import sign
from tests.support.clock import ManualClock
from tests.support.kling_stand_in import TEXT, WEBHOOK_SECRET, CallbackReceiver, VendorClient, text_body


async def run_task(vendor: VendorClient, receiver: CallbackReceiver) -> str:
    task = await vendor.finished(TEXT, text_body(callback_url=receiver.url, external_task_id="job-1"))
    return str(task["task_id"])


async def test_every_change_is_told_in_order_as_a_bare_task(vendor: VendorClient, receiver: CallbackReceiver) -> None:
    task_id = await run_task(vendor, receiver)
    first, last = await receiver.next(), await receiver.next()
    assert first.task["task_status"] == "processing"
    assert last.task == await vendor.look(TEXT, task_id)
    assert last.headers["content-type"] == "application/json"
    assert not any(name.startswith("webhook-") for name in last.headers)


async def test_the_first_status_is_told_too_if_the_settings_say_so(
    vendor: VendorClient, receiver: CallbackReceiver
) -> None:
    await vendor.http.patch("/sandbox/settings", json={"callback_on_submitted": True})
    await run_task(vendor, receiver)
    assert await receiver.statuses(3) == ["submitted", "processing", "succeed"]


async def test_a_signed_callback(vendor: VendorClient, receiver: CallbackReceiver, clock: ManualClock) -> None:
    await vendor.http.patch("/sandbox/settings", json={"webhook_secret": WEBHOOK_SECRET})
    await run_task(vendor, receiver)
    callbacks = [await receiver.next(), await receiver.next()]
    for callback in callbacks:
        moment = int(callback.headers["webhook-timestamp"])
        assert moment == clock.now() // 1000
        expected = sign(WEBHOOK_SECRET, callback.headers["webhook-id"], moment, callback.content)
        assert callback.headers["webhook-signature"] == expected
    assert callbacks[0].headers["webhook-id"] != callbacks[1].headers["webhook-id"]


async def test_a_callback_that_is_not_answered_with_200_comes_again(
    vendor: VendorClient, receiver: CallbackReceiver, clock: ManualClock
) -> None:
    receiver.answers = [500, 302]
    await run_task(vendor, receiver)
    assert await receiver.statuses(1) == ["processing"]
    while receiver.arrived.empty():
        await clock.advance(0.5)
    assert await receiver.statuses(1) == ["processing"]
    while receiver.arrived.empty():
        await clock.advance(1)
    assert await receiver.statuses(2) == ["processing", "succeed"]
    assert await vendor.count("callbacks_sent") == 4


async def test_an_address_elsewhere_gets_nothing(vendor: VendorClient) -> None:
    await vendor.finished(TEXT, text_body(callback_url="https://bot.example.org/callback"))
    assert await vendor.count("callbacks_sent") == 0


async def test_a_lost_callback(vendor: VendorClient, receiver: CallbackReceiver) -> None:
    await vendor.set_faults({"kind": "callback", "action": "lose", "status": "processing"})
    await run_task(vendor, receiver)
    assert await receiver.statuses(1) == ["succeed"]
    assert await vendor.count("callbacks_sent") == 1


async def test_a_duplicated_callback(vendor: VendorClient, receiver: CallbackReceiver) -> None:
    await vendor.set_faults({"kind": "callback", "action": "duplicate", "status": "succeed"})
    await run_task(vendor, receiver)
    assert await receiver.statuses(3) == ["processing", "succeed", "succeed"]


async def test_reordered_callbacks(vendor: VendorClient, receiver: CallbackReceiver) -> None:
    await vendor.set_faults({"kind": "callback", "action": "reorder", "status": "processing"})
    await run_task(vendor, receiver)
    assert await receiver.statuses(2) == ["succeed", "processing"]


async def test_a_delayed_callback(vendor: VendorClient, receiver: CallbackReceiver, clock: ManualClock) -> None:
    await vendor.set_faults({"kind": "callback", "action": "delay", "status": "processing", "seconds": 30})
    await run_task(vendor, receiver)
    await clock.advance(29)
    assert await vendor.count("callbacks_sent") == 0
    await clock.advance(1)
    assert await receiver.statuses(2) == ["processing", "succeed"]


async def test_an_unsigned_callback(vendor: VendorClient, receiver: CallbackReceiver) -> None:
    await vendor.http.patch("/sandbox/settings", json={"webhook_secret": WEBHOOK_SECRET})
    await vendor.set_faults({"kind": "callback", "action": "unsigned"})
    await run_task(vendor, receiver)
    assert "webhook-signature" not in (await receiver.next()).headers


@pytest.mark.parametrize(("action", "right"), [("wrong_signature", False), ("old_timestamp", True)])
async def test_signatures_that_must_not_be_accepted(
    vendor: VendorClient, receiver: CallbackReceiver, clock: ManualClock, action: str, *, right: bool
) -> None:
    await vendor.http.patch("/sandbox/settings", json={"webhook_secret": WEBHOOK_SECRET})
    await vendor.set_faults({"kind": "callback", "action": action, "seconds": 600})
    await run_task(vendor, receiver)
    callback = await receiver.next()
    moment = int(callback.headers["webhook-timestamp"])
    expected = sign(WEBHOOK_SECRET, callback.headers["webhook-id"], moment, callback.content)
    assert (callback.headers["webhook-signature"] == expected) is right
    assert moment == clock.now() // 1000 - (600 if right else 0)


async def test_an_enveloped_callback(vendor: VendorClient, receiver: CallbackReceiver) -> None:
    await vendor.set_faults({"kind": "callback", "action": "enveloped"})
    await run_task(vendor, receiver)
    body = (await receiver.next()).task
    assert (body["code"], body["data"]["task_status"]) == (0, "processing")


async def test_a_forged_callback(vendor: VendorClient, receiver: CallbackReceiver, stand_in: KlingStandIn) -> None:
    await vendor.set_faults({"kind": "callback", "action": "forged"}, {"kind": "task", "action": "fail"})
    body = text_body(callback_url=receiver.url)
    task_id = (await vendor.create(TEXT, body))["task_id"]
    await vendor.http.post(f"/sandbox/tasks/{task_id}", json={})
    await stand_in.finished(task_id)
    assert await receiver.statuses(2) == ["succeed", "succeed"]
    assert (await vendor.look(TEXT, task_id))["task_status"] == "failed"


async def test_a_receiver_that_is_not_there_harms_nobody(vendor: VendorClient, clock: ManualClock) -> None:
    task = await vendor.finished(TEXT, text_body(callback_url="http://127.0.0.1:9/callback"))
    assert task["task_status"] == "succeed"
    async with asyncio.timeout(5):
        while await vendor.count("callbacks_sent") < 6:
            await clock.advance(1)
    assert await vendor.count("callbacks_answered") == 0
