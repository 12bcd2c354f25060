from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from bot.catalog import Catalogue
from bot.clock import SystemClock
from bot.media.download import Downloader
from bot.providers.kling import AccessKeyPair, ApiKey, KlingProvider
from bot.sandbox.kling import KlingStandIn
from bot.sandbox.kling.settings import Settings
from tests.support.kling import ScriptedVendor, StillClock, scripted_vendor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox.kling.rendering import RenderOrder


class ProviderFactory(Protocol):
    """Makes providers that are closed at the end of the test."""

    def __call__(self, base_url: str, **changes: Any) -> KlingProvider: ...


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    return ssl.create_default_context()


@pytest.fixture
async def vendor() -> AsyncIterator[ScriptedVendor]:
    async with scripted_vendor() as scripted:
        yield scripted


@pytest.fixture
async def make_provider(catalogue: Catalogue, tls: ssl.SSLContext) -> AsyncIterator[ProviderFactory]:
    made: list[KlingProvider] = []
    downloader = Downloader(tls=tls)

    def make(base_url: str, **changes: Any) -> KlingProvider:
        settings: dict[str, Any] = {
            "credentials": ApiKey("key-1"),
            "catalogue": catalogue,
            "downloader": downloader,
            "clock": StillClock(),
        }
        made.append(KlingProvider(base_url=base_url, **(settings | changes)))
        return made[-1]

    yield make
    for provider in made:
        await provider.close()
    await downloader.close()


@pytest.fixture
def provider(vendor: ScriptedVendor, make_provider: ProviderFactory) -> KlingProvider:
    return make_provider(vendor.url)


class TinyClips:
    """A renderer whose clips are a few bytes; what is in them does not matter here."""

    async def render(self, order: RenderOrder, destination: Path) -> None:
        await asyncio.to_thread(destination.write_bytes, f"clip of {order.seconds} s".encode())


@pytest.fixture
async def stand_in(tmp_path: Path) -> AsyncIterator[KlingStandIn]:
    """Run the vendor's stand-in; its tasks are ready at once unless a test says otherwise."""
    settings = Settings(fixed_submitted=0, fixed_processing=0, slots=50)
    running = KlingStandIn(renderer=TinyClips(), directory=tmp_path / "results", settings=settings, seed=1)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
def key_pair(stand_in: KlingStandIn) -> AccessKeyPair:
    return AccessKeyPair(stand_in.credentials.access_key, stand_in.credentials.secret_key)


@pytest.fixture
def customer(stand_in: KlingStandIn, key_pair: AccessKeyPair, make_provider: ProviderFactory) -> KlingProvider:
    """Return a provider with an account at the stand-in."""
    return make_provider(stand_in.base_url, credentials=key_pair, clock=SystemClock())
