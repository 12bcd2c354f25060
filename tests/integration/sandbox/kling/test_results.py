"""Finished clips: their files and their links."""

from io import BytesIO
from pathlib import Path
from typing import Any

import av
import pytest

from bot.sandbox.kling import KlingStandIn
from bot.sandbox.kling.plain_clips import PlainClips
from tests.support.clock import ManualClock
from tests.support.kling_stand_in import IMAGE, TEXT, VendorClient, image_body, picture, text_body


@pytest.mark.parametrize(
    ("changes", "duration", "frames", "size", "sound"),
    [
        ({}, "5.041", 121, (1280, 720), False),
        ({"aspect_ratio": "9:16", "duration": "10"}, "10.041", 241, (720, 1280), False),
        ({"aspect_ratio": "1:1", "mode": "pro", "sound": "on"}, "5.041", 121, (1440, 1440), True),
    ],
)
async def test_the_clip_is_as_long_and_large_as_ordered(
    vendor: VendorClient, changes: dict[str, Any], duration: str, frames: int, size: tuple[int, int], *, sound: bool
) -> None:
    task = await vendor.finished(TEXT, text_body(**changes))
    video = task["task_result"]["videos"][0]
    assert video["duration"] == duration
    content = (await vendor.http.get(video["url"])).content
    with av.open(BytesIO(content), "r") as clip:
        picture_track = clip.streams.video[0]
        assert picture_track.codec_context.name == "h264"
        assert (picture_track.width, picture_track.height) == size
        assert picture_track.average_rate == 24
        assert sum(1 for packet in clip.demux(picture_track) if packet.size) == frames
        assert [track.codec_context.name for track in clip.streams.audio] == (["aac"] if sound else [])


async def test_a_clip_from_an_image_keeps_its_ratio(vendor: VendorClient) -> None:
    task = await vendor.finished(IMAGE, image_body(image=picture(800, 600)))
    content = (await vendor.http.get(task["task_result"]["videos"][0]["url"])).content
    with av.open(BytesIO(content), "r") as clip:
        assert (clip.streams.video[0].width, clip.streams.video[0].height) == (1108, 828)


async def test_the_link_works_without_a_key_but_not_without_its_signature(vendor: VendorClient) -> None:
    link = await vendor.clip_link()
    assert "cacheKey=" in link
    assert "x-kcdn-pid=112757" in link
    del vendor.http.headers["Authorization"]
    response = await vendor.http.get(link)
    assert (response.status_code, response.headers["content-type"]) == (200, "video/mp4")
    assert (await vendor.http.get(link.replace("pkey=", "pkey=0"))).status_code == 403
    assert (await vendor.http.get(link.replace("/clip/", "/clip/0"))).status_code == 404


async def test_a_part_of_a_clip(vendor: VendorClient) -> None:
    link = await vendor.clip_link()
    whole = (await vendor.http.get(link)).content
    part = await vendor.http.get(link, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole)}"
    rest = await vendor.http.get(link, headers={"Range": f"bytes={len(whole) - 5}-"})
    assert rest.content == whole[-5:]


async def test_a_clip_is_gone_after_thirty_days(vendor: VendorClient, clock: ManualClock) -> None:
    link = await vendor.clip_link()
    await clock.advance(30 * 86_400 - 1)
    assert (await vendor.http.get(link)).status_code == 200
    await clock.advance(1)
    assert (await vendor.http.get(link)).status_code == 403


async def test_a_watermarked_file_only_if_it_was_asked_for(vendor: VendorClient) -> None:
    task = await vendor.finished(TEXT, text_body(watermark_info={"enabled": True}))
    assert task["watermark_info"] == {"enabled": True}
    assert (await vendor.http.get(task["task_result"]["videos"][0]["watermark_url"])).status_code == 200
    task = await vendor.finished(TEXT, text_body(watermark_info={"enabled": False}))
    assert "watermark_url" not in task["task_result"]["videos"][0]


async def test_two_prompts_give_two_different_files(vendor: VendorClient) -> None:
    contents = [
        (await vendor.http.get(await vendor.clip_link(prompt=prompt))).content for prompt in ("A kite", "A boat")
    ]
    assert contents[0] != contents[1]


async def test_downloads_are_counted(vendor: VendorClient) -> None:
    link = await vendor.clip_link()
    for _ in range(2):
        await vendor.http.get(link)
    assert await vendor.count("downloads_started") == 2
    assert await vendor.count("downloads_finished") == 2
    assert (await vendor.http.get("/sandbox/tasks")).json()[0]["downloads"] == 2


async def test_a_new_stand_in_keeps_nothing_of_what_an_earlier_one_left(
    vendor: VendorClient, stand_in: KlingStandIn, prepared_clips: Path, tmp_path: Path
) -> None:
    def clips() -> list[Path]:
        return list((tmp_path / "clips").rglob("*.mp4"))

    await vendor.clip_link()
    await stand_in.stop()
    assert clips()

    later = KlingStandIn(renderer=PlainClips(prepared_clips), directory=tmp_path / "clips")
    await later.start()
    await later.stop()

    assert not clips()
