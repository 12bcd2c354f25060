"""Faults of downloads: broken transfers and wrong content."""

import asyncio
from typing import Any

import pytest

from tests.support.clock import ManualClock
from tests.support.kling_stand_in import BROKEN, VendorClient


async def link_with(vendor: VendorClient, **fault: Any) -> tuple[str, bytes]:
    """Return a link whose next download goes wrong, and the right content."""
    link = await vendor.clip_link()
    content = (await vendor.http.get(link)).content
    await vendor.set_faults({"kind": "download", "times": 1} | fault)
    return link, content


async def test_an_error_of_the_file_server(vendor: VendorClient) -> None:
    link, content = await link_with(vendor, action="error", http_status=500)
    assert (await vendor.http.get(link)).status_code == 500
    assert (await vendor.http.get(link)).content == content


@pytest.mark.parametrize("action", ["drop", "truncate"])
async def test_a_transfer_that_breaks(vendor: VendorClient, action: str) -> None:
    link, content = await link_with(vendor, action=action)
    with pytest.raises(BROKEN):
        await vendor.http.get(link)
    assert (await vendor.http.get(link)).content == content
    assert await vendor.count("downloads_finished") == 2


async def test_a_transfer_that_stops_in_the_middle(vendor: VendorClient, clock: ManualClock) -> None:
    link, content = await link_with(vendor, action="hang", seconds=100)
    got = bytearray()
    async with vendor.http.stream("GET", link) as response:
        assert int(response.headers["content-length"]) == len(content)
        pieces = response.aiter_raw()
        while len(got) < len(content) // 2:
            got += await anext(pieces)
        await clock.advance(100)
        with pytest.raises(BROKEN):
            await anext(pieces)
    assert got == content[: len(content) // 2]


async def test_a_slow_transfer(vendor: VendorClient, clock: ManualClock) -> None:
    link, content = await link_with(vendor, action="slow", seconds=100)
    loading = asyncio.create_task(vendor.http.get(link))
    begun = clock.now()
    async with asyncio.timeout(5):
        while not loading.done():
            await clock.advance(1)
    assert (await loading).content == content
    assert clock.now() - begun >= 95_000


async def test_a_redirect(vendor: VendorClient) -> None:
    link, _ = await link_with(vendor, action="redirect", location="http://169.254.169.254/latest")
    response = await vendor.http.get(link)
    assert (response.status_code, response.headers["location"]) == (302, "http://169.254.169.254/latest")


@pytest.mark.parametrize(
    ("content", "begins_with"),
    [
        ("empty", b""),
        ("page", b"<html>"),
        ("picture", b"\x89PNG"),
        ("playlist", b"#EXTM3U"),
        ("noise", b""),
        ("half", b"\0\0\0"),
    ],
)
async def test_wrong_content(vendor: VendorClient, content: str, begins_with: bytes) -> None:
    link, right = await link_with(vendor, action="content", content=content)
    response = await vendor.http.get(link)
    assert response.status_code == 200
    assert response.content.startswith(begins_with)
    assert response.content != right
    assert (content == "empty") is (response.content == b"")


async def test_content_without_end(vendor: VendorClient) -> None:
    link, _ = await link_with(vendor, action="content", content="huge")
    async with vendor.http.stream("GET", link) as response:
        assert "content-length" not in response.headers
        size = 0
        async for piece in response.aiter_raw():
            size += len(piece)
            if size > 20_000_000:
                break
    assert size > 20_000_000
