"""Refusals of create requests: the texts seen on the wire, and the order of the checks."""

from typing import Any

import pytest

from tests.support.kling_stand_in import IMAGE, MOTION, TEXT, VendorClient, image_body, picture, text_body

LONG = "x" * 2501
NO_TAIL = "model/mode/duration(kling-v2-6/std/5) is not supported with image_tail"

KNOWN_TEXTS: list[tuple[str, dict[str, Any], str]] = [
    (TEXT, {"model_name": "kling-v9"}, "model_name value 'kling-v9' is invalid"),
    (TEXT, {"model_name": "kling-v3-omni"}, "model is not supported"),
    (TEXT, {"model_name": None}, "The model 'kling-v1' has been discontinued and is no longer available."),
    (TEXT, {"model_name": "kling-v2-1"}, "The model 'kling-v2-1' has been discontinued and is no longer available."),
    (TEXT, {"mode": "4k"}, "mode value '4k' is invalid"),
    (TEXT, {"duration": "99"}, "duration value '99' is invalid"),
    (TEXT, {"duration": "7"}, "duration value '7' is invalid"),
    (TEXT, {"sound": "on"}, "model/mode(kling-v2-6/std) is not supported with sound on"),
    (TEXT, {"sound": "on", "mode": "std"}, "model/mode(kling-v2-6/std) is not supported with sound on"),
    (
        TEXT,
        {"camera_control": {"type": "simple"}},
        "camera_control is only supported in std mode with 5s duration and kling-v1",
    ),
    (IMAGE, {"sound": "on"}, "model/mode(kling-v2-6/std) is not supported with sound on"),
    (IMAGE, {"image_tail": picture()}, NO_TAIL),
    (IMAGE, {"image": "data:image/png;base64," + picture()}, "File is not in a valid base64 format"),
    (IMAGE, {"image": "not base64!"}, "File is not in a valid base64 format"),
    (IMAGE, {"image": picture(299, 400)}, "Image pixel is invalid"),
]


@pytest.mark.parametrize(("path", "changes", "message"), KNOWN_TEXTS)
async def test_refusals_carry_the_text_seen_on_the_wire(
    vendor: VendorClient, path: str, changes: dict[str, Any], message: str
) -> None:
    body = (image_body if path == IMAGE else text_body)(**changes)
    assert await vendor.refusal(path, body) == (400, 1201, message)
    assert await vendor.count("tasks_made") == 0


ASSUMED_TEXTS: list[tuple[str, dict[str, Any]]] = [
    (TEXT, {"prompt": None}),
    (TEXT, {"prompt": "  "}),
    (TEXT, {"prompt": LONG}),
    (TEXT, {"negative_prompt": LONG}),
    (TEXT, {"aspect_ratio": "4:3"}),
    (TEXT, {"sound": "maybe"}),
    (TEXT, {"element_list": [{"element_id": 1}]}),
    (TEXT, {"multi_shot": True}),
    (IMAGE, {"image": None}),
    (IMAGE, {"image": None, "image_tail": picture(), "mode": "pro"}),
    (IMAGE, {"image_tail": picture(), "mode": "pro", "sound": "on"}),
    (IMAGE, {"voice_list": [{"voice_id": "829877900000000101"}], "mode": "pro"}),
    (IMAGE, {"voice_list": [{"voice_id": "829877900000000101"}] * 3, "mode": "pro", "sound": "on"}),
    (IMAGE, {"voice_list": [{"voice_id": "1"}], "mode": "pro", "sound": "on"}),
    (IMAGE, {"static_mask": picture()}),
    (IMAGE, {"image": picture(1000, 300)}),
    (IMAGE, {"image": picture(kind="GIF")}),
    (IMAGE, {"image": picture(kind="WEBP")}),
    (IMAGE, {"image": "https://images.example.org/cat.png"}),
    (IMAGE, {"image": "http://127.0.0.1:9/cat.png"}),
]


@pytest.mark.parametrize(("path", "changes"), ASSUMED_TEXTS)
async def test_other_refusals_have_the_code_of_a_wrong_parameter(
    vendor: VendorClient, path: str, changes: dict[str, Any]
) -> None:
    body = (image_body if path == IMAGE else text_body)(**changes)
    assert (await vendor.refusal(path, body))[:2] == (400, 1201)
    assert await vendor.count("slots_taken") == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"mode": "std", "duration": "10"},
        {"mode": "pro", "sound": "off"},
        {"mode": "pro", "sound": "on", "duration": "10"},
        {"prompt": "x" * 2500},
        {"aspect_ratio": "1:1", "cfg_scale": 0.5, "unknown_field": [1], "external_task_id": "", "callback_url": ""},
        {"voice_list": [{"voice_id": "1"}]},
        {"multi_shot": "false"},
        {"model_name": "kling-v2-5-turbo"},
    ],
)
async def test_what_text_to_video_takes(vendor: VendorClient, changes: dict[str, Any]) -> None:
    assert (await vendor.create(TEXT, text_body(**changes)))["task_status"] == "submitted"


@pytest.mark.parametrize(
    "changes",
    [
        {"image": picture(400, 300, "JPEG"), "mode": "std"},
        {"image_tail": picture(), "mode": "pro", "duration": "10"},
        {"mode": "pro", "sound": "on"},
        {"mode": "pro", "sound": "on", "voice_list": [{"voice_id": "829877900000000101"}] * 2},
        {"image": picture(300, 750)},
    ],
)
async def test_what_image_to_video_takes(vendor: VendorClient, changes: dict[str, Any]) -> None:
    assert (await vendor.create(IMAGE, image_body(**changes)))["task_status"] == "submitted"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'"text"', b'{"sound": true}', b'{"duration": 5}', b'{"prompt": ["a"]}', b"\xff", b"[" * 10_000],
)
async def test_an_unreadable_body(vendor: VendorClient, content: bytes) -> None:
    response = await vendor.http.post(TEXT, content=content, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert response.json()["message"] == "Failed to resolve the request body"


async def test_an_image_of_more_than_ten_megabytes(vendor: VendorClient) -> None:
    assert (await vendor.refusal(IMAGE, image_body(image="A" * 14_000_004)))[:2] == (400, 1201)


ORDERED: list[tuple[dict[str, Any], str]] = [
    ({"model_name": "nobody"}, "model_name value 'nobody' is invalid"),
    ({"mode": "fast"}, "mode value 'fast' is invalid"),
    ({"duration": "6"}, "duration value '6' is invalid"),
    ({"aspect_ratio": "2:1"}, "aspect_ratio value '2:1' is invalid"),
    ({"prompt": ""}, "prompt can not be empty"),
    ({"sound": "on"}, "model/mode(kling-v2-6/std) is not supported with sound on"),
    ({"external_task_id": "taken"}, "External_task_id taken already exists"),
]


@pytest.mark.parametrize("first", range(len(ORDERED)))
async def test_the_first_fault_in_the_order_is_named(vendor: VendorClient, first: int) -> None:
    await vendor.create(TEXT, text_body(external_task_id="taken"))
    wrong = {key: value for changes, _ in ORDERED[first:] for key, value in changes.items()}
    assert await vendor.refusal(TEXT, text_body(**wrong)) == (400, 1201, ORDERED[first][1])


async def test_the_end_of_the_order(vendor: VendorClient) -> None:
    """Unique id, moderation, balance, slots, files: each comes to light when the one before it is mended."""
    await vendor.create(TEXT, text_body(external_task_id="taken"))
    await vendor.http.patch("/sandbox/settings", json={"units": "1", "slots": 1})
    body = image_body(external_task_id="taken", prompt="A bloodbath", image="broken!")
    assert (await vendor.refusal(IMAGE, body))[:2] == (400, 1201)
    body["external_task_id"] = "free"
    assert (await vendor.refusal(IMAGE, body))[:2] == (400, 1301)
    body["prompt"] = "A harbour"
    assert await vendor.refusal(IMAGE, body) == (429, 1102, "Account balance not enough")
    await vendor.http.patch("/sandbox/settings", json={"units": "100"})
    assert await vendor.refusal(IMAGE, body) == (429, 1303, "parallel task over resource pack limit")
    await vendor.http.patch("/sandbox/settings", json={"slots": 2})
    assert await vendor.refusal(IMAGE, body) == (400, 1201, "File is not in a valid base64 format")
    body["image"] = picture()
    assert (await vendor.create(IMAGE, body))["task_info"] == {"external_task_id": "free"}


async def test_a_model_can_be_switched_off(vendor: VendorClient) -> None:
    await vendor.http.patch("/sandbox/settings", json={"discontinued_models": ["kling-v2-6"]})
    message = "The model 'kling-v2-6' has been discontinued and is no longer available."
    assert await vendor.refusal(TEXT, text_body()) == (400, 1201, message)


async def test_cfg_scale_can_be_made_an_error(vendor: VendorClient) -> None:
    await vendor.http.patch("/sandbox/settings", json={"refuse_cfg_scale": True})
    assert (await vendor.refusal(TEXT, text_body(cfg_scale=0.5)))[:2] == (400, 1201)


async def test_a_model_without_a_right_to_it(vendor: VendorClient) -> None:
    assert (await vendor.refusal(TEXT, text_body(model_name="kling-v3")))[:2] == (403, 1103)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "imageUrl: must not be blank"),
        ({"image_url": "x"}, "videoUrl: must not be blank"),
        ({"image_url": "x", "video_url": "y"}, "video mode must be specified"),
        ({"image_url": "x", "video_url": "y", "mode": "std"}, "character orientation must be specified"),
    ],
)
async def test_the_order_of_motion_control(vendor: VendorClient, changes: dict[str, Any], message: str) -> None:
    assert await vendor.refusal(MOTION, changes) == (400, 1201, message)
