"""The small web server: `/healthz`, `/readyz`, `/metrics`, the address that Kling calls back, and links to clips.

A callback is only a reason to ask: it is accepted at once and never believed. Bodies are never logged.
"""

from __future__ import annotations

import asyncio
import functools
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Self

from aiohttp import web

from bot.errors import ConfigurationError
from bot.metrics import CONTENT_TYPE
from bot.web import clips as clip_pages

if TYPE_CHECKING:
    from bot.metrics import Metrics
    from bot.web.clips import ClipPages

Check = Callable[[], Awaitable[bool]]
"""Says whether one thing works that the bot needs; raising means that it does not."""
Refresh = Callable[[], Awaitable[None]]
"""Brings figures up to date that are read from the database before they are shown."""
CallbackHandler = Callable[[bytes, Mapping[str, str]], object]
"""Takes the body and the headers (names in lower case) of a callback; must not block."""

CALLBACK_PATH: Final = "/callback/"
MOST_CALLBACK_BYTES: Final = 256 * 1024
_CHECK_SECONDS: Final = 2.0
_BODY_SECONDS: Final = 5.0
_STOP_SECONDS: Final = 3.0
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Server": "soundstage",
    "X-Content-Type-Options": "nosniff",
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Callback:
    """The address that vendors call back: the secret part of its path, and who is told."""

    token: str = field(repr=False)
    handler: CallbackHandler


class WebServer:
    """Serves while its `async with` block runs.

    `checks` decide about readiness, by name. Without a `callback` there is no address for one, and without
    `clips` there are no links. Raises `ConfigurationError` on entering where the address cannot be used.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        metrics: Metrics,
        checks: Mapping[str, Check],
        refresh: Refresh | None = None,
        callback: Callback | None = None,
        clips: ClipPages | None = None,
    ) -> None:
        self._host = host
        self._port = port
        self._metrics = metrics
        self._checks = checks
        self._refresh = refresh
        self._callback = callback
        self._clips = clips
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """The port in use: the configured one, or the one that was free where that is 0."""
        addresses = self._runner.addresses if self._runner else []
        return int(addresses[0][1]) if addresses else self._port

    async def __aenter__(self) -> Self:
        """Begin to serve."""
        app = web.Application(client_max_size=MOST_CALLBACK_BYTES)
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/readyz", self._readiness)
        app.router.add_get("/metrics", self._figures)
        if self._callback is not None:
            app.router.add_post(CALLBACK_PATH + "{token}", functools.partial(_receive, self._callback))
        if self._clips is not None:
            app.router.add_get(clip_pages.ROUTE, self._clips.serve)
        app.on_response_prepare.append(_set_headers)
        # The access log would write down callback addresses, which are secret.
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_STOP_SECONDS)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError as error:
            await runner.cleanup()
            raise ConfigurationError(
                f"The web server cannot listen on {self._host}, port {self._port}: {error.strerror or error}. "
                "Change web.host or web.port, or stop the program that uses it."
            ) from None
        self._runner = runner
        return self

    async def __aexit__(self, *_: object) -> None:
        """Answer what is under way and stop."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _health(self, _: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _readiness(self, _: web.Request) -> web.Response:
        answers = await asyncio.gather(*(_passes(name, check) for name, check in self._checks.items()))
        is_ready = all(answers)
        body = {"ready": is_ready, "checks": dict(zip(self._checks, answers, strict=True))}
        return web.json_response(body, status=HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE)

    async def _figures(self, _: web.Request) -> web.Response:
        if self._refresh is not None:
            try:
                async with asyncio.timeout(_CHECK_SECONDS):
                    await self._refresh()
            except Exception:  # noqa: BLE001 - the other figures are needed most when something fails
                _log.warning("the figures from the database are not up to date", exc_info=True)
        return web.Response(body=self._metrics.render(), headers={"Content-Type": CONTENT_TYPE})


async def _receive(callback: Callback, request: web.Request) -> web.Response:
    if not hmac.compare_digest(request.match_info["token"].encode(), callback.token.encode()):
        raise web.HTTPNotFound
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            body = await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    try:
        callback.handler(body, {name.lower(): value for name, value in request.headers.items()})
    except Exception:  # noqa: BLE001 - the vendor cannot help it, and the task is asked about in turn anyway
        _log.exception("a callback could not be handled")
    return web.Response(text="thank you\n")


async def _passes(name: str, check: Check) -> bool:
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            return await check()
    except Exception:  # noqa: BLE001 - whatever it is, the answer is no
        _log.warning("readiness check failed", extra={"check": name}, exc_info=True)
        return False


async def _set_headers(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update({**_HEADERS, **request.get(clip_pages.HEADERS, {})})
