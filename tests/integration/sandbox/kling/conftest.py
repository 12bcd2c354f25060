import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from aiohttp import web

from bot.sandbox.kling import KlingStandIn
from bot.sandbox.kling.plain_clips import PlainClips
from bot.sandbox.kling.rendering import Renderer
from bot.sandbox.kling.settings import Settings
from tests.support.clock import ManualClock
from tests.support.kling_stand_in import CallbackReceiver, FileServer, VendorClient


@pytest.fixture(scope="session")
def prepared_clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Clips are encoded once for all tests."""
    return tmp_path_factory.mktemp("prepared")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(scope="session")
def no_encryption() -> ssl.SSLContext:
    """Made once, because httpx would load all certificates of the machine for every client."""
    return ssl.create_default_context()


@pytest.fixture
def renderer(prepared_clips: Path) -> Renderer:
    return PlainClips(prepared_clips)


@pytest.fixture
async def stand_in(renderer: Renderer, tmp_path: Path, clock: ManualClock) -> AsyncIterator[KlingStandIn]:
    """A vendor that waits 2 s and works 60 s on every task, by a clock that only the test moves."""
    stand_in = KlingStandIn(
        renderer=renderer,
        directory=tmp_path / "clips",
        clock=clock,
        settings=Settings(fixed_submitted=2, fixed_processing=60, costs_lag=0),
        seed=1,
    )
    await stand_in.start()
    yield stand_in
    await stand_in.stop()


@pytest.fixture
async def vendor(stand_in: KlingStandIn, no_encryption: ssl.SSLContext) -> AsyncIterator[VendorClient]:
    headers = {"Authorization": f"Bearer {stand_in.credentials.api_key}"}
    async with httpx.AsyncClient(base_url=stand_in.base_url, headers=headers, timeout=10, verify=no_encryption) as http:
        yield VendorClient(stand_in, http)


@pytest.fixture
async def receiver() -> AsyncIterator[CallbackReceiver]:
    receiver = CallbackReceiver()
    async with serving(web.post("/callback", receiver.take)) as address:
        receiver.url = f"{address}/callback"
        yield receiver


@pytest.fixture
async def file_server() -> AsyncIterator[FileServer]:
    server = FileServer()
    async with serving(web.get("/{name}", server.serve)) as server.url:
        yield server


@asynccontextmanager
async def serving(route: web.RouteDef) -> AsyncIterator[str]:
    application = web.Application()
    application.add_routes([route])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()
