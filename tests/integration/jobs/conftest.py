from __future__ import annotations

import asyncio
import functools
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.sandbox.kling import KlingStandIn
from bot.sandbox.kling.plain_clips import PlainClips
from bot.sandbox.kling.rendering import RenderOrder
from bot.sandbox.kling.settings import Settings as StandInSettings
from tests.support.live import House

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


class SmallClips:
    """Prepared clips of a size that is quick to decode; nothing here depends on the size."""

    def __init__(self, cache: Path) -> None:
        self._clips = PlainClips(cache)

    async def render(self, order: RenderOrder, destination: Path) -> None:
        await self._clips.render(replace(order, width=320, height=180), destination)


@pytest.fixture(scope="session", autouse=True)
def certificates() -> Iterator[None]:
    """Read the certificate authorities once: nothing here speaks TLS, and it would take a tenth of every test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx, "create_ssl_context", functools.cache(httpx.create_ssl_context))
        yield


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the prepared clips of all tests lie."""
    cache = tmp_path_factory.mktemp("prepared")
    asyncio.run(prepare_flawed(cache))
    return cache


async def prepare_flawed(cache: Path) -> None:
    """Put small clips into the places of the large ones that the stand-in would draw for its black and silent clips."""
    small = RenderOrder(prompt="", seconds=5, width=320, height=180, audio=False)
    name = f"{small.frames}-{{sound}}.mp4"
    black, silent = PlainClips(cache, black=True), PlainClips(cache, silent=True)
    await black.render(small, cache / f"1280x720-{name.format(sound='silent-black')}")
    await silent.render(replace(small, audio=True), cache / f"1920x1080-{name.format(sound='sound-silent')}")


@pytest.fixture
async def vendor(tmp_path: Path, prepared: Path) -> AsyncIterator[KlingStandIn]:
    """A vendor whose tasks take about a tenth of a second."""
    directory = tmp_path / "vendor"
    directory.mkdir()
    # Clips with flaws would be drawn anew for every stand-in otherwise.
    (directory / "flawed").symlink_to(prepared)
    settings = StandInSettings(speed=600, fixed_submitted=10, fixed_processing=50)
    stand_in = KlingStandIn(renderer=SmallClips(prepared), directory=directory, settings=settings, seed=1)
    await stand_in.start()
    yield stand_in
    await stand_in.stop()


@pytest.fixture
async def house(tmp_path: Path, vendor: KlingStandIn) -> AsyncIterator[House]:
    """An installation that is closed at the end; a test starts it when it has set what it needs."""
    house = House(tmp_path, vendor)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(house.stop)
        yield house
