"""Voices: presets, custom voices, and their use in a clip."""

import io
import wave
from typing import Any

import pytest

from tests.support.kling_stand_in import (
    IMAGE,
    TEXT,
    VOICES,
    EmptyFiles,
    FileServer,
    VendorClient,
    accepted,
    image_body,
    refused,
    text_body,
)

PRESETS = "/v1/general/presets-voices"
DELETE = "/v1/general/delete-voices"


def sample(seconds: float) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(round(seconds * 8000) * 2))
    return buffer.getvalue()


async def make_voice(vendor: VendorClient, **body: Any) -> dict[str, Any]:
    task = await vendor.finished(VOICES, {"voice_name": "Captain"} | body)
    voice: dict[str, Any] = task["task_result"]["voices"][0]
    return voice


@pytest.fixture
def renderer() -> EmptyFiles:
    return EmptyFiles()


async def test_the_presets(vendor: VendorClient) -> None:
    presets = await vendor.page(PRESETS)
    assert len(presets) >= 4
    assert "task_info" not in presets[0]
    voice = presets[0]["task_result"]["voices"][0]
    assert voice["owned_by"] == "kling"
    assert (await vendor.http.get(voice["trial_url"])).content.startswith(b"RIFF")
    assert await vendor.page(PRESETS, pageNum=2) == []


async def test_a_custom_voice_from_a_sample(vendor: VendorClient, file_server: FileServer) -> None:
    address = file_server.put("captain.wav", sample(12))
    task = await vendor.finished(VOICES, {"voice_name": "Captain", "voice_url": address, "external_task_id": "v-1"})
    voice = task["task_result"]["voices"][0]
    assert (voice["voice_name"], voice["owned_by"]) == ("Captain", "20011223")
    assert task["final_unit_deduction"] == "0.05"
    assert (await vendor.look(VOICES, "v-1"))["task_id"] == task["task_id"]
    assert len(await vendor.page(VOICES)) == 1


async def test_a_voice_in_a_clip(vendor: VendorClient, file_server: FileServer) -> None:
    voice = await make_voice(vendor, voice_url=file_server.put("captain.wav", sample(12)))
    changes = {"voice_list": [{"voice_id": voice["voice_id"]}], "mode": "pro", "sound": "on"}
    prompt = 'The man <<<voice_1>>> says: "Land!"'
    assert (await vendor.create(IMAGE, image_body(prompt=prompt, **changes)))["task_status"] == "submitted"
    accepted(await vendor.http.post(DELETE, json={"voice_id": voice["voice_id"]}))
    assert await vendor.refusal(IMAGE, image_body(**changes)) == (400, 1201, "Voice id not found")
    again = refused(await vendor.http.post(DELETE, json={"voice_id": voice["voice_id"]}))
    assert again[1] == 1201
    assert "already be deleted" in again[2]


async def test_a_voice_from_a_clip_with_sound(vendor: VendorClient) -> None:
    spoken = await vendor.finished(TEXT, text_body(mode="pro", sound="on"))
    silent = await vendor.finished(TEXT, text_body())
    spoken_id, silent_id = (task["task_result"]["videos"][0]["id"] for task in (spoken, silent))
    assert (await make_voice(vendor, video_id=spoken_id))["voice_name"] == "Captain"
    assert (await vendor.refusal(VOICES, {"voice_name": "Captain", "video_id": silent_id}))[:2] == (400, 1201)


async def test_a_voice_takes_no_slot(vendor: VendorClient, file_server: FileServer) -> None:
    await vendor.http.patch("/sandbox/settings", json={"slots": 0})
    body = {"voice_name": "Captain", "voice_url": file_server.put("captain.wav", sample(12))}
    assert (await vendor.create(VOICES, body))["task_status"] == "submitted"


@pytest.mark.parametrize("seconds", [4, 31])
async def test_a_sample_of_a_wrong_length(vendor: VendorClient, file_server: FileServer, seconds: float) -> None:
    body = {"voice_name": "Captain", "voice_url": file_server.put("captain.wav", sample(seconds))}
    assert (await vendor.refusal(VOICES, body))[:2] == (400, 1201)


@pytest.mark.parametrize(
    "body",
    [
        {"video_id": "1"},
        {"voice_name": "x" * 21, "video_id": "1"},
        {"voice_name": "Captain"},
        {"voice_name": "Captain", "video_id": "1", "voice_url": "http://127.0.0.1:9/a.wav"},
        {"voice_name": "Captain", "video_id": "1"},
        {"voice_name": "Captain", "voice_url": "http://127.0.0.1:9/a.wav"},
    ],
)
async def test_refusals(vendor: VendorClient, body: dict[str, Any]) -> None:
    assert (await vendor.refusal(VOICES, body))[:2] == (400, 1201)


@pytest.mark.parametrize("voice_id", ["829877900000000101", "1", None])
async def test_voices_that_cannot_be_deleted(vendor: VendorClient, voice_id: str | None) -> None:
    assert refused(await vendor.http.post(DELETE, json={"voice_id": voice_id}))[:2] == (400, 1201)
