"""The composition root: settings become parts, parts become a running application.

```text
settings ─► database ─► ledger audit ─► catalogue ─► provider ─► workshop ─► driver ─► engine ─► web server ─► upkeep
```

Everything is opened in this order and closed in the reverse one. What goes wrong on the way is one plain sentence.
"""

from __future__ import annotations

import os
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.catalog import Catalogue
from bot.clock import RandomIds, SystemClock
from bot.counting import JobCounter
from bot.delivery import library
from bot.delivery.links import ClipLinks
from bot.jobs import store
from bot.jobs.admission import RunningLimits
from bot.jobs.drafts import digests_of_drafts
from bot.jobs.drive import Driver, ProviderLine
from bot.jobs.engine import Engine
from bot.jobs.forecast import load_forecast
from bot.jobs.housekeeping import Housekeeping, HousekeepingPolicy
from bot.jobs.inspection import Inspection
from bot.jobs.parts import DrivePolicy
from bot.jobs.place import WaitingLimits
from bot.jobs.request import InputKind
from bot.jobs.watcher import Watcher, WatchPolicy
from bot.ledger import SpendingGuard, totals
from bot.media.download import Downloader
from bot.media.ffmpeg import Ffmpeg
from bot.media.workshop import ClipWorkshop
from bot.metrics import Metrics
from bot.providers.kling import KlingProvider, credentials_from
from bot.storage.files import FileStore
from bot.storage.open import database_path, open_database
from bot.upkeep import DailyBackup, Retention, Upkeep
from bot.web import CALLBACK_PATH, Callback, ClipPages, WebServer, load_callback_token, load_link_key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path

    from bot.clock import Clock, IdSource
    from bot.jobs.job import Job, Profile
    from bot.jobs.parts import Deliverer, Workshop
    from bot.jobs.request import Request
    from bot.providers.base import Provider
    from bot.settings import Settings
    from bot.storage.database import Database
    from bot.web import Check

_KLING: Final = "kling"


@dataclass(frozen=True, slots=True)
class Policies:
    """How patient the engine is, and how often it looks after the house.

    How often the vendor is asked about running tasks is a setting; it replaces what `watch` says. `assume` returns the
    seconds to expect of a clip while there is no history; without it that is a setting too.
    """

    drive: DrivePolicy = field(default_factory=DrivePolicy)
    watch: WatchPolicy = field(default_factory=WatchPolicy)
    housekeeping: HousekeepingPolicy = field(default_factory=HousekeepingPolicy)
    assume: Callable[[Profile], float] | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """The running core. What talks to people (Discord, the terminal) is built on these parts."""

    settings: Settings
    clock: Clock
    ids: IdSource
    database: Database
    catalogue: Catalogue
    files: FileStore
    ffmpeg: Ffmpeg
    providers: Mapping[str, Provider]
    engine: Engine
    metrics: Metrics
    links: ClipLinks
    retention: Retention
    upkeep: Upkeep


@asynccontextmanager
async def running_application(
    settings: Settings,
    deliverer: Deliverer,
    *,
    clock: Clock | None = None,
    checks: Mapping[str, Check] | None = None,
    policies: Policies | None = None,
) -> AsyncIterator[Application]:
    """Open everything, take up open jobs, and close it all in the end.

    `checks` are further conditions of readiness. Raises `ConfigurationError` or `StorageError`, each with a sentence
    for the operator.
    """
    clock = clock or SystemClock()
    metrics = Metrics()
    async with AsyncExitStack() as stack:
        opening = open_database(settings.database.url, clock=clock, observer=metrics.committed)
        database = await stack.enter_async_context(opening)
        catalogue = Catalogue.load(settings.models)
        files = FileStore(settings.data.dir, clock)
        await files.clear_workspaces()
        downloader = Downloader()
        stack.push_async_callback(downloader.close)
        kling = _kling(settings, catalogue, downloader, clock, metrics)
        stack.push_async_callback(kling.close)
        retention = Retention(database, files, clock, settings.retention, keepers=(digests_of_drafts,))
        app = Application(
            settings=settings,
            clock=clock,
            ids=RandomIds(clock),
            database=database,
            catalogue=catalogue,
            files=files,
            ffmpeg=(ffmpeg := Ffmpeg()),
            providers={_KLING: kling},
            engine=await build_engine(
                settings,
                database=database,
                provider=kling,
                workshop=ClipWorkshop(files, ffmpeg),
                deliverer=deliverer,
                catalogue=catalogue,
                clock=clock,
                policies=policies or Policies(),
            ),
            metrics=metrics,
            links=_links(settings, clock),
            retention=retention,
            upkeep=_upkeep(settings, database, clock, retention),
        )
        counter = JobCounter(metrics, app.engine.driver.forecast, database)
        stack.push_async_callback(counter.close)
        app.engine.listeners.append(counter)
        await stack.enter_async_context(app.engine)
        await stack.enter_async_context(_web(app, checks or {}))
        await stack.enter_async_context(app.upkeep)
        yield app


def _links(settings: Settings, clock: Clock) -> ClipLinks:
    web, key = settings.web, load_link_key(settings.data.dir)
    return ClipLinks(public_url=web.public_url, key=key, hours=web.link_hours, clock=clock)


async def build_engine(
    settings: Settings,
    *,
    database: Database,
    provider: Provider,
    workshop: Workshop,
    deliverer: Deliverer,
    catalogue: Catalogue,
    clock: Clock,
    policies: Policies,
) -> Engine:
    """Put an engine together from its parts. It audits the books and reads its history, but does not start yet."""
    housekeeping = Housekeeping(database, SpendingGuard(), clock, policies.housekeeping)
    await housekeeping.audit()
    assume = policies.assume or (lambda _: settings.jobs.assumed_clip_seconds)
    line = ProviderLine(provider, Watcher(provider, clock, _watch_policy(settings, policies)), _callback_url(settings))

    def announce(job: Job) -> None:
        engine.announce(job)

    engine = Engine(
        owner=f"{os.getpid()}-{RandomIds(clock).new()}",
        database=database,
        driver=Driver(
            database=database,
            lines={provider.name: line},
            forecast=await database.read(lambda tx: load_forecast(tx, assume)),
            workshop=workshop,
            deliverer=deliverer,
            settlement=_Settlement(catalogue),
            clock=clock,
            policy=policies.drive,
            announce=announce,
        ),
        inspection=Inspection(catalogue, {provider.name: provider}),
        housekeeping=housekeeping,
        running_limits={provider.name: _running_limits(settings)},
        waiting_limits=WaitingLimits(
            per_person=settings.jobs.waiting_per_person,
            per_server=settings.jobs.waiting_per_server,
        ),
        clock=clock,
    )
    return engine


class _Settlement:
    """What a delivered clip costs: the quoted price, but for clips that may be shorter than what was quoted."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __call__(self, request: Request, *, subscriber: bool, quoted: int, seconds: float) -> int:
        if request.input is not InputKind.MOTION:
            return quoted
        price = self._catalogue.price(
            request.model_copy(update={"outputs": 1}),
            subscriber=subscriber,
            delivered=Decimal(str(seconds)),
        )
        return min(quoted, price.credits)


def _kling(
    settings: Settings, catalogue: Catalogue, downloader: Downloader, clock: Clock, metrics: Metrics
) -> KlingProvider:
    kling = settings.kling
    return KlingProvider(
        base_url=kling.base_url,
        credentials=credentials_from(
            access_key=kling.access_key.get_secret_value(),
            secret_key=kling.secret_key.get_secret_value(),
            api_key=kling.api_key.get_secret_value(),
        ),
        catalogue=catalogue,
        downloader=downloader,
        clock=clock,
        result_hosts=kling.result_hosts,
        webhook_secret=kling.webhook_secret.get_secret_value(),
        observer=lambda endpoint, outcome, seconds: metrics.vendor_call(_KLING, endpoint, outcome, seconds),
    )


def _running_limits(settings: Settings) -> RunningLimits:
    return RunningLimits(
        slots=settings.kling.slots,
        per_person=settings.jobs.running_per_person,
        per_server=settings.jobs.running_per_server,
    )


def _watch_policy(settings: Settings, policies: Policies) -> WatchPolicy:
    jobs = settings.jobs
    return replace(policies.watch, shortest=jobs.question_seconds, longest=jobs.longest_question_seconds)


def _callback_url(settings: Settings) -> str | None:
    if not settings.web.public_url:
        return None
    return f"{settings.web.public_url}{CALLBACK_PATH}{load_callback_token(settings.data.dir)}"


def _web(app: Application, checks: Mapping[str, Check]) -> WebServer:
    web, provider = app.settings.web, app.providers[_KLING]

    def receive(body: bytes, headers: Mapping[str, str]) -> None:
        hint = provider.parse_callback(body, headers)
        if hint is not None:
            app.engine.callback(_KLING, hint)

    async def writable() -> bool:
        await app.database.run(lambda tx: tx.row("SELECT 1 AS alive"))
        return True

    async def refresh() -> None:
        counts, sums = await app.database.survey(lambda tx: (store.count_by_state(tx), totals(tx)))
        app.metrics.open_jobs(counts)
        app.metrics.books(sums)

    return WebServer(
        host=web.host,
        port=web.port,
        metrics=app.metrics,
        checks={"database": writable, **checks},
        refresh=refresh,
        callback=Callback(load_callback_token(app.settings.data.dir), receive) if web.public_url else None,
        clips=ClipPages(app.links, partial(_clip_file, app)) if web.public_url else None,
    )


async def _clip_file(app: Application, job_id: str) -> Path | None:
    digest = await app.database.read(lambda tx: library.digest_of(tx, job_id))
    path = app.files.path(digest) if digest else None
    return path if path and path.is_file() else None


def _upkeep(settings: Settings, database: Database, clock: Clock, retention: Retention) -> Upkeep:
    backup = DailyBackup(database_path(settings.database.url), settings.data.dir / "backups", clock)
    return Upkeep(database, clock, {"backup": backup, "retention": retention})
