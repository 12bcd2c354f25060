"""The stand-in as a whole: its parts, put together and listening on loopback."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from aiohttp import web

from bot.clock import SystemClock
from bot.sandbox.kling.account import Account
from bot.sandbox.kling.admin import Admin
from bot.sandbox.kling.answers import VendorError, error_page, failure
from bot.sandbox.kling.authentication import Credentials
from bot.sandbox.kling.callbacks import CallbackSender
from bot.sandbox.kling.counters import Counters
from bot.sandbox.kling.desk import Desk
from bot.sandbox.kling.endpoints import Endpoints
from bot.sandbox.kling.faults import FaultBook
from bot.sandbox.kling.gateway import Gateway, Handler
from bot.sandbox.kling.ids import VendorIds
from bot.sandbox.kling.inputs import is_loopback
from bot.sandbox.kling.production import Production
from bot.sandbox.kling.results import ResultFiles
from bot.sandbox.kling.settings import LiveSettings, Settings
from bot.sandbox.kling.tasks import TaskBook
from bot.sandbox.kling.videos import VideoEndpoints
from bot.sandbox.kling.voices import VoiceBook, VoiceEndpoints

if TYPE_CHECKING:
    from pathlib import Path

    from bot.clock import Clock
    from bot.sandbox.kling.rendering import Renderer
    from bot.sandbox.kling.tasks import Task

_LARGEST_BODY = 40 * 1024 * 1024
_SHUTDOWN_SECONDS = 1.0


class KlingStandIn:
    """The vendor's API on loopback.

    `clock` is what tokens, time stamps and waits go by; `ids` and `seed` make a run repeatable; `renderer` makes the
    clips, at most `workers` at a time, in `directory`, which is made if need be and never cleaned. `settings` are
    described at `Settings`; `slots` overrides the one that tests change most.

    All state lives in memory, from construction until `stop` or `reset`.
    """

    def __init__(
        self,
        *,
        renderer: Renderer,
        directory: Path,
        clock: Clock | None = None,
        ids: VendorIds | None = None,
        settings: Settings | None = None,
        slots: int | None = None,
        seed: int | None = None,
        credentials: Credentials | None = None,
        workers: int = 2,
    ) -> None:
        random = Random(seed)  # noqa: S311 - a simulation that must be repeatable
        clock = clock or SystemClock()
        ids = ids or VendorIds(random)
        settings = settings or Settings()
        self._live = LiveSettings(settings if slots is None else settings.model_copy(update={"slots": slots}))
        self.credentials = credentials or Credentials(
            access_key=f"ak-{ids.token()}", secret_key=f"sk-{ids.token()}", api_key=f"api-{ids.token()}"
        )
        self.faults = FaultBook(random.getrandbits(32) if seed is None else seed)
        self.counters = Counters()
        self.tasks = TaskBook()
        self.account = Account(self._live, clock)
        self.base_url = ""
        self._ids = ids
        self._directory = directory
        self._runner: web.AppRunner | None = None
        self._results = ResultFiles(
            directory=directory, clock=clock, ids=ids, settings=self._live, faults=self.faults, counters=self.counters
        )
        self._callbacks = CallbackSender(
            clock=clock, ids=ids, settings=self._live, faults=self.faults, counters=self.counters
        )
        self._production = Production(
            clock=clock,
            random=random,
            settings=self._live,
            tasks=self.tasks,
            account=self.account,
            callbacks=self._callbacks,
            workers=workers,
        )
        desk = Desk(
            clock=clock,
            ids=ids,
            settings=self._live,
            tasks=self.tasks,
            account=self.account,
            production=self._production,
            faults=self.faults,
            counters=self.counters,
        )
        self._voices = VoiceBook()
        self._gateway = Gateway(
            clock=clock,
            ids=ids,
            credentials=self.credentials,
            faults=self.faults,
            counters=self.counters,
            tasks=self.tasks,
        )
        self._endpoints = Endpoints(
            clock=clock,
            ids=ids,
            tasks=self.tasks,
            account=self.account,
            videos=VideoEndpoints(
                ids=ids,
                settings=self._live,
                desk=desk,
                voices=self._voices,
                renderer=renderer,
                results=self._results,
            ),
            voices=VoiceEndpoints(ids=ids, settings=self._live, desk=desk, voices=self._voices),
        )

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._live.current

    def configure(self, **changes: object) -> None:
        """Change settings while running; raises `ValidationError` and changes nothing if one is wrong."""
        self._live.change(changes)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one. `host` must be a loopback address."""
        if not is_loopback(f"http://{host}"):
            raise ValueError(f"the stand-in listens on loopback only, not on {host}")
        self._directory.mkdir(parents=True, exist_ok=True)
        application = web.Application(client_max_size=_LARGEST_BODY, middlewares=[self._route])
        application.add_routes(
            [
                *self._endpoints.routes(self._gateway),
                *Admin(self).routes(),
                web.get("/clip/{name}", self._results.serve),
            ]
        )
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.base_url = f"http://{host}:{self._runner.addresses[0][1]}"
        self._results.base_url = self._voices.base_url = self.base_url

    async def stop(self) -> None:
        """Stop listening, end every task where it stands, and let answers that hang end."""
        self._gateway.close()
        self._results.close()
        await self._production.stop()
        await self._callbacks.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def reset(self) -> None:
        """Forget tasks, links, counters, faults and spent units; settings and credentials stay."""
        await self._production.stop()
        await self._callbacks.stop()
        self.tasks.clear()
        self.account.clear()
        self.counters.clear()
        self.faults.clear()
        self._results.clear()
        self._voices.clear()

    async def finished(self, task_id: str) -> Task:
        """Wait until a task has succeeded or failed."""
        return await self.tasks.wait_for_end(task_id)

    @web.middleware
    async def _route(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer what no route takes: a page for an unknown path, 1202 for a wrong method (the page is assumed)."""
        try:
            return await handler(request)
        except web.HTTPMethodNotAllowed:
            return failure(self._ids, VendorError(1202))
        except web.HTTPNotFound as error:
            if request.match_info.http_exception is None:
                raise
            self.counters.record_unknown_path(f"{request.method} {request.path}")
            return error_page(error.status, "Not Found")
