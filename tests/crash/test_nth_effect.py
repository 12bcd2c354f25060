"""Break every outside effect and every commit of "text to clip", one at a time and in three ways: same end."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING

import pytest

from bot.app import Policies, build_engine
from bot.catalog import Catalogue
from bot.clock import SystemClock
from bot.delivery.folder import FolderDelivery
from bot.errors import CommitFailed
from bot.jobs import store
from bot.jobs.audit import audit_jobs
from bot.jobs.housekeeping import HousekeepingPolicy
from bot.jobs.quote import Requester
from bot.jobs.state import JobState
from bot.ledger import audit, totals
from bot.media.download import Downloader
from bot.media.ffmpeg import Ffmpeg
from bot.media.workshop import ClipWorkshop
from bot.providers.kling import KlingProvider, credentials_from
from bot.sandbox.kling import KlingStandIn
from bot.sandbox.kling.plain_clips import PlainClips
from bot.sandbox.kling.settings import Settings as StandInSettings
from bot.storage.files import FileStore
from bot.storage.migrate import load_migrations, migrate
from bot.storage.sqlite import SqliteDatabase
from tests.support.saboteur import Sabotage, SabotagedDeliverer, SabotagedProvider, Saboteur
from tests.support.stage import PRICE, QUICK, ask, cheap_request, stage_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.jobs.engine import Engine

MIA = Requester(server=1, person=1)
CLOCK = SystemClock()
MOST_EFFECTS = 14
"""More than the scenario has; the last test of this file holds the two together."""

PATIENCE_SECONDS = 6.0


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prepared")


@pytest.fixture
async def stand_in(tmp_path: Path, prepared: Path) -> AsyncIterator[KlingStandIn]:
    settings = StandInSettings(speed=600, fixed_submitted=10, fixed_processing=60)
    stand_in = KlingStandIn(renderer=PlainClips(prepared), directory=tmp_path / "vendor", settings=settings, seed=1)
    await stand_in.start()
    yield stand_in
    await stand_in.stop()


class Life:
    """One life of the process: everything opened on the same files, with a saboteur in between."""

    def __init__(self, directory: Path, stand_in: KlingStandIn, saboteur: Saboteur) -> None:
        self._directory = directory
        self._stand_in = stand_in
        self._saboteur = saboteur
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Engine:
        try:
            return await self._start()
        except BaseException:
            await self.__aexit__()
            raise

    async def _start(self) -> Engine:
        keys = self._stand_in.credentials
        settings = stage_settings(
            self._directory,
            base_url=self._stand_in.base_url,
            access_key=keys.access_key,
            secret_key=keys.secret_key,
        )
        database = await SqliteDatabase.open(self._directory / "soundstage.db", commit=self._saboteur.commit)
        self._stack.push_async_callback(database.close)
        downloader = Downloader()
        self._stack.push_async_callback(downloader.close)
        catalogue = Catalogue.load()
        provider = KlingProvider(
            base_url=settings.kling.base_url,
            credentials=credentials_from(access_key=keys.access_key, secret_key=keys.secret_key),
            catalogue=catalogue,
            downloader=downloader,
            clock=CLOCK,
        )
        self._stack.push_async_callback(provider.close)
        engine = await build_engine(
            settings,
            database=database,
            provider=SabotagedProvider(provider, self._saboteur),
            workshop=ClipWorkshop(FileStore(settings.data.dir, CLOCK), Ffmpeg()),
            deliverer=SabotagedDeliverer(FolderDelivery(), self._saboteur),
            catalogue=catalogue,
            clock=CLOCK,
            policies=Policies(drive=QUICK.drive, housekeeping=HousekeepingPolicy(interval=600)),
        )
        await self._stack.enter_async_context(engine)
        return engine

    async def __aexit__(self, *_: object) -> None:
        self._saboteur.released.set()
        await self._stack.aclose()


async def ask_and_wait(engine: Engine, out: Path) -> None:
    """What a person does: ask, confirm, and confirm again where no answer came."""
    while True:
        with suppress(CommitFailed):
            agreement = await engine.database.run(
                lambda tx: ask(tx, "q", MIA, cheap_request(), out=out, at=CLOCK.now()),
            )
            placement = await engine.place(agreement, provider="kling", caps=())
            break
    await engine.wait(placement.jobs[0].id)


async def scenario(tmp_path: Path, stand_in: KlingStandIn, saboteur: Saboteur) -> None:
    """Live until the clip is there, or until patience ends; then live once more without sabotage."""
    async with await SqliteDatabase.open(tmp_path / "soundstage.db") as database:
        await database.run(lambda tx: migrate(tx, load_migrations(), at=0))
    first = Life(tmp_path, stand_in, saboteur)
    with suppress(TimeoutError, CommitFailed):
        async with asyncio.timeout(PATIENCE_SECONDS), first as engine:
            try:
                await ask_and_wait(engine, tmp_path / "out")
            finally:
                saboteur.released.set()
    async with Life(tmp_path, stand_in, Saboteur(0, Sabotage.BEFORE)) as engine, asyncio.timeout(60):
        await ask_and_wait(engine, tmp_path / "out")


@pytest.mark.parametrize("how", list(Sabotage))
@pytest.mark.parametrize("target", range(1, MOST_EFFECTS + 1))
async def test_every_broken_effect_leads_to_the_same_end(
    tmp_path: Path,
    stand_in: KlingStandIn,
    target: int,
    how: Sabotage,
) -> None:
    await scenario(tmp_path, stand_in, Saboteur(target, how))

    async with await SqliteDatabase.open(tmp_path / "soundstage.db") as database:
        [job] = await database.read(lambda tx: store.load_batch(tx, "q"))
        sums = await database.read(totals)
        assert (await database.read(audit)).problems == ()
        assert await database.read(audit_jobs) == []
    assert (job.state, job.message) == (JobState.DELIVERED, None)
    assert (sums.minted, sums.captured, sums.held) == (PRICE, PRICE, 0)
    assert [str(file) for file in (tmp_path / "out").iterdir()] == [job.receipt]


async def test_no_effect_is_left_out(tmp_path: Path, stand_in: KlingStandIn) -> None:
    watching = Saboteur(0, Sabotage.BEFORE)
    await scenario(tmp_path, stand_in, watching)
    assert 10 <= watching.count <= MOST_EFFECTS
