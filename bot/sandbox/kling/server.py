"""The stand-in as a whole: its parts, put together and listening on loopback."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from aiohttp import web

from bot.clock import SystemClock
from bot.sandbox.kling.admin import Admin
from bot.sandbox.kling.answers import VendorError, error_page, failure
from bot.sandbox.kling.authentication import Credentials
from bot.sandbox.kling.callbacks import CallbackSender
from bot.sandbox.kling.desk import Desk
from bot.sandbox.kling.endpoints import Endpoints
from bot.sandbox.kling.faults import FaultBook
from bot.sandbox.kling.gateway import Gateway, Handler
from bot.sandbox.kling.ids import VendorIds
from bot.sandbox.kling.inputs import is_loopback
from bot.sandbox.kling.production import Production
from bot.sandbox.kling.results import ResultFiles
from bot.sandbox.kling.settings import LiveSettings, Settings
from bot.sandbox.kling.state import State
from bot.sandbox.kling.videos import VideoEndpoints
from bot.sandbox.kling.voices import VoiceEndpoints

if TYPE_CHECKING:
    from pathlib import Path

    from bot.clock import Clock
    from bot.sandbox.kling.account import Account
    from bot.sandbox.kling.counters import Counters
    from bot.sandbox.kling.rendering import Renderer
    from bot.sandbox.kling.tasks import Task, TaskBook

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
        settings = settings or Settings()
        self._state = State(
            clock=clock or SystemClock(),
            random=random,
            ids=ids or VendorIds(random),
            settings=LiveSettings(settings if slots is None else settings.model_copy(update={"slots": slots})),
            faults=FaultBook(random.getrandbits(32) if seed is None else seed),
        )
        self.credentials = credentials or _new_credentials(self._state.ids)
        self._results = ResultFiles(self._state, directory / "results")
        self._callbacks = CallbackSender(self._state)
        self._production = Production(self._state, self._callbacks, workers=workers)
        self._gateway = Gateway(self._state, self.credentials)
        desk = Desk(self._state, self._production)
        self._endpoints = Endpoints(
            self._state,
            VideoEndpoints(self._state, desk, renderer, self._results),
            VoiceEndpoints(self._state, desk),
        )
        self._runner: web.AppRunner | None = None

    @property
    def base_url(self) -> str:
        """Where the server listens; empty before `start`."""
        return self._state.base_url

    @property
    def faults(self) -> FaultBook:
        """The faults in force."""
        return self._state.faults

    @property
    def counters(self) -> Counters:
        """What happened so far."""
        return self._state.counters

    @property
    def tasks(self) -> TaskBook:
        """All tasks."""
        return self._state.tasks

    @property
    def account(self) -> Account:
        """Slots and units."""
        return self._state.account

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._state.settings.current

    def configure(self, **changes: object) -> None:
        """Change settings while running; raises `ValidationError` and changes nothing if one is wrong."""
        self._state.settings.change(changes)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one. `host` must be a loopback address."""
        if not is_loopback(f"http://{host}"):
            raise ValueError(f"the stand-in listens on loopback only, not on {host}")
        self._results.open()
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
        self._state.base_url = f"http://{host}:{self._runner.addresses[0][1]}"

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
        self._results.clear()
        self._state.clear()

    async def finished(self, task_id: str) -> Task:
        """Wait until a task has succeeded or failed."""
        return await self.tasks.wait_for_end(task_id)

    @web.middleware
    async def _route(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer what no route takes: a page for an unknown path, 1202 for a wrong method (the page is assumed)."""
        try:
            return await handler(request)
        except web.HTTPMethodNotAllowed:
            return failure(self._state.ids, VendorError(1202))
        except web.HTTPNotFound as error:
            if request.match_info.http_exception is None:
                raise
            self.counters.record_unknown_path(f"{request.method} {request.path}")
            return error_page(error.status, "Not Found")


def _new_credentials(ids: VendorIds) -> Credentials:
    return Credentials(access_key=f"ak-{ids.token()}", secret_key=f"sk-{ids.token()}", api_key=f"api-{ids.token()}")
