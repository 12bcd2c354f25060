"""Motion control: the reference is fetched, checked and measured; its length makes length and price of the clip."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.kling.plain_clips import PlainClips
from bot.sandbox.kling.rendering import RenderOrder
from tests.support.kling_stand_in import MOTION, EmptyFiles, FileServer, VendorClient, picture


@pytest.fixture
def renderer() -> EmptyFiles:
    return EmptyFiles()


@pytest.fixture(scope="session")
def reference_maker(prepared_clips: Path, tmp_path_factory: pytest.TempPathFactory) -> "ReferenceMaker":
    return ReferenceMaker(PlainClips(prepared_clips), tmp_path_factory.mktemp("references"))


class ReferenceMaker:
    """Makes videos to be used as motion references; lengths are whole seconds and one frame."""

    def __init__(self, clips: PlainClips, directory: Path) -> None:
        self._clips = clips
        self._directory = directory

    async def make(self, seconds: int, *, width: int = 640, height: int = 360) -> bytes:
        path = self._directory / f"{seconds}-{width}.mp4"
        order = RenderOrder(prompt="", seconds=seconds, width=width, height=height, audio=False)
        await self._clips.render(order, path)
        return await asyncio.to_thread(path.read_bytes)


def body(video_url: str, **changes: Any) -> dict[str, Any]:
    required = {"image_url": picture(), "video_url": video_url, "mode": "std", "character_orientation": "video"}
    return {"model_name": "kling-v2-6", **required} | changes


@pytest.mark.parametrize(
    ("changes", "units"),
    [
        ({}, "2"),
        ({"mode": "pro"}, "3.2"),
        ({"model_name": "kling-v3", "mode": "pro"}, "4.8"),
        ({"model_name": None}, "2"),
    ],
)
async def test_the_reference_decides_length_and_price(
    vendor: VendorClient, file_server: FileServer, reference_maker: ReferenceMaker, changes: dict[str, Any], units: str
) -> None:
    address = file_server.put("dance.mp4", await reference_maker.make(4))
    task = await vendor.finished(MOTION, body(address, **changes))
    assert task["final_unit_deduction"] == units
    assert task["task_result"]["videos"][0]["duration"] == "4.041"


@pytest.mark.parametrize(
    ("seconds", "width", "orientation"),
    [(2, 640, "video"), (11, 640, "image"), (4, 320, "video")],
    ids=["too short", "too long for a picture", "too small"],
)
async def test_references_that_are_refused(
    vendor: VendorClient,
    file_server: FileServer,
    reference_maker: ReferenceMaker,
    *,
    seconds: int,
    width: int,
    orientation: str,
) -> None:
    content = await reference_maker.make(seconds, width=width, height=width // 16 * 9)
    address = file_server.put("dance.mp4", content)
    refusal = await vendor.refusal(MOTION, body(address, character_orientation=orientation))
    assert refusal[:2] == (400, 1201)
    if seconds == 2:
        assert refusal[2] == "Video duration can not less than 3s"
    assert await vendor.count("slots_taken") == 0


@pytest.mark.parametrize("content", [b"", b"#EXTM3U\n", b"\0\0\0\x18ftypmp42" + bytes(100)])
async def test_a_reference_that_is_no_video(vendor: VendorClient, file_server: FileServer, content: bytes) -> None:
    assert (await vendor.refusal(MOTION, body(file_server.put("dance.mp4", content))))[:2] == (400, 1201)


async def test_a_reference_that_cannot_be_fetched(vendor: VendorClient, file_server: FileServer) -> None:
    message = "Something went wrong when we tried to get the contents of the file."
    for address in (f"{file_server.url}/missing.mp4", "https://videos.example.org/dance.mp4"):
        assert await vendor.refusal(MOTION, body(address)) == (400, 1201, message)


@pytest.mark.parametrize(
    "changes",
    [
        {"model_name": "kling-v2-5-turbo"},
        {"mode": "fast"},
        {"character_orientation": "left"},
        {"keep_original_sound": "maybe"},
        {"prompt": "x" * 2501},
        {"element_list": [{"element_id": 1}]},
        {"image_url": "broken!"},
    ],
)
async def test_other_refusals(
    vendor: VendorClient, file_server: FileServer, reference_maker: ReferenceMaker, changes: dict[str, Any]
) -> None:
    address = file_server.put("dance.mp4", await reference_maker.make(4))
    assert (await vendor.refusal(MOTION, body(address, **changes)))[:2] == (400, 1201)
