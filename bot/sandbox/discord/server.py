"""The stand-in as a whole: one loopback server with gateway, REST, file links and the page."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Self, TypeVar

from aiohttp import web

from bot.sandbox.discord import admin, page_routes
from bot.sandbox.discord.faults import Faults, Journal
from bot.sandbox.discord.files import LINK_SECONDS, FileStore
from bot.sandbox.discord.gateway import Gateway
from bot.sandbox.discord.guard import guard
from bot.sandbox.discord.hub import Hub
from bot.sandbox.discord.interactions import ANSWER_SECONDS, Interactions
from bot.sandbox.discord.limits import RateLimiter, RateLimits
from bot.sandbox.discord.parts import PARTS, Parts
from bot.sandbox.discord.payloads import Payloads
from bot.sandbox.discord.people import Person
from bot.sandbox.discord.posts import Posts
from bot.sandbox.discord.rest import application, guilds, interactions, messages
from bot.sandbox.discord.rest.gate import API_PREFIX, gate
from bot.sandbox.discord.seed import seed
from bot.sandbox.discord.snowflakes import Snowflakes
from bot.sandbox.discord.stagehand import Stagehand
from bot.sandbox.discord.world import World, read_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from bot.clock import Clock, IdSource
    from bot.sandbox.discord.hub import Event
    from bot.sandbox.discord.model import Snapshot

DEFAULT_TOKEN = "stand-in-token"  # noqa: S105 - opens nothing but a loopback server
LOOPBACK = "127.0.0.1"
SAVE_SECONDS = 1.0

_Found = TypeVar("_Found")


class DiscordStandIn:
    """A local Discord for one application.

    `directory` keeps files and state; a stand-in started again on it remembers everything. `answer_seconds` is the
    three-second rule, `link_seconds` the life of file links, `save_seconds` the pause between writing changes down, and
    `beginning` the world to start with if the directory remembers none. The bot configures `discord.api_base` as
    `base_url` and `discord.token` as `token`.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        ids: IdSource,
        directory: Path,
        token: str = DEFAULT_TOKEN,
        rate_limits: RateLimits | None = None,
        answer_seconds: float = ANSWER_SECONDS,
        link_seconds: int = LINK_SECONDS,
        save_seconds: float = SAVE_SECONDS,
        privileged_intents: bool = False,
        beginning: Snapshot | None = None,
    ) -> None:
        self._state_file, self._save_seconds = directory / "state.json", save_seconds
        directory.mkdir(parents=True, exist_ok=True)
        self._clock = clock
        self.token = token
        self.hub = Hub()
        self.faults = Faults()
        self.journal = Journal()
        self.files = FileStore(directory, clock=clock, ids=ids, link_seconds=link_seconds)
        self.world = world = World(Snowflakes(clock), read_snapshot(self._state_file) or beginning or seed())
        payloads = Payloads(world, self.files)
        posts = Posts(world=world, files=self.files, hub=self.hub, clock=clock, journal=self.journal)
        self.gateway = Gateway(
            world=world, payloads=payloads, hub=self.hub, ids=ids, token=token, privileged_intents=privileged_intents
        )
        self.interactions = Interactions(
            world=world,
            posts=posts,
            payloads=payloads,
            hub=self.hub,
            clock=clock,
            ids=ids,
            answer_seconds=answer_seconds,
        )
        self.parts = Parts(
            token=token,
            clock=clock,
            world=world,
            files=self.files,
            payloads=payloads,
            hub=self.hub,
            posts=posts,
            interactions=self.interactions,
            gateway=self.gateway,
            faults=self.faults,
            journal=self.journal,
            limiter=RateLimiter(rate_limits or RateLimits.generous(), clock),
        )
        self.stagehand = Stagehand(self.parts)
        self._runner: web.AppRunner | None = None
        self._saver: asyncio.Task[None] | None = None
        self._origin = ""

    async def start(self, port: int = 0) -> None:
        """Listen on loopback; port 0 takes a free one. Raises OSError if the port is taken."""
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, port)
        await site.start()
        bound = self._runner.addresses[0][1]
        self._origin = f"http://{LOOPBACK}:{bound}"
        self.files.origin = self._origin
        self.gateway.url = f"ws://{LOOPBACK}:{bound}/gateway/"
        self._saver = asyncio.create_task(self._save_now_and_then())

    async def stop(self) -> None:
        """Hang up on everybody, stop listening and write the state down."""
        if self._saver is not None:
            self._saver.cancel()
            with suppress(asyncio.CancelledError):
                await self._saver
            self._saver = None
        await self.interactions.stop()
        await self.gateway.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self.world.write(self._state_file)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    # --- addresses ---

    @property
    def base_url(self) -> str:
        """The address for `discord.api_base`."""
        return self._origin + API_PREFIX

    @property
    def page_url(self) -> str:
        """The address of the page for people."""
        return self._origin + "/"

    # --- for tests ---

    def person(self, name: str) -> Person:
        """Return somebody by user name or id; raises KeyError for a stranger."""
        for user in self.world.users.values():
            if name.lower() in (user.id, user.username.lower(), user.display_name.lower()) and not user.bot:
                return Person(self.parts, user)
        raise KeyError(name)

    async def until(self, found: Callable[[], _Found | None], *, seconds: float = 5.0) -> _Found:
        """Wait until `found` returns something true and return it; it is asked after every event.

        Raises TimeoutError after `seconds` of real time.
        """
        happened = asyncio.Event()

        def hear(_: Event) -> None:
            happened.set()

        stop_listening = self.hub.listen(hear)
        try:
            async with asyncio.timeout(seconds):
                while not (result := found()):
                    happened.clear()
                    await happened.wait()
                return result
        finally:
            stop_listening()

    # --- parts ---

    def _application(self) -> web.Application:
        rest = web.Application(middlewares=[gate])
        for area in (application, messages, guilds, interactions):
            rest.add_routes(area.routes())
        whole = web.Application(middlewares=[guard])
        whole[PARTS] = self.parts
        whole.add_subapp(API_PREFIX, rest)
        whole.add_routes(
            [
                web.get("/gateway/", self.gateway.serve),
                web.get("/attachments/{channel_id}/{attachment_id}/{filename}", self.files.serve),
                web.get("/ephemeral-attachments/{channel_id}/{attachment_id}/{filename}", self.files.serve),
                *admin.routes(),
                *page_routes.routes(),
            ]
        )
        return whole

    async def _save_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(self._save_seconds)
            if self.world.changed:
                self.world.write(self._state_file)
