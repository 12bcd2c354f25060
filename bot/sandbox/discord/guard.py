"""Keeps foreign web pages out of the page's and the prompter's routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.discord.rest.gate import API_PREFIX

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

OWN_HEADER = "X-Stand-In"
"""A header that scripts of other origins cannot set without being asked first, which nobody answers."""

_LOOPBACK_NAMES = {"127.0.0.1", "localhost"}
_READING = {"GET", "HEAD"}


@web.middleware
async def guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Serve loopback names only, and changes only with the own header. The bot's routes have their token instead."""
    if request.path.startswith((API_PREFIX, "/gateway/")):
        return await handler(request)
    if request.url.host not in _LOOPBACK_NAMES:
        raise web.HTTPForbidden(text="This server is for this machine only.")
    if request.method not in _READING and OWN_HEADER not in request.headers:
        raise web.HTTPForbidden(text=f"The header {OWN_HEADER} is missing.")
    return await handler(request)
