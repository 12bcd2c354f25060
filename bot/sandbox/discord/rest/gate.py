"""What every REST request passes: record, fault, token, rate limit, error body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.discord.bodies import RECORD
from bot.sandbox.discord.errors import ApiError
from bot.sandbox.discord.faults import Record
from bot.sandbox.discord.parts import json_response, parts_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.sandbox.discord.faults import Fault
    from bot.sandbox.discord.parts import Parts

API_PREFIX = "/api/v10"
_MAJOR = ("channel_id", "guild_id", "token")
_TOKEN_ROUTES = ("/webhooks/", "/interactions/")
_CHUNK = 256 * 1024
_TOO_MANY = 429
_SERVER_HEADERS = {"Via": "1.1 stand-in"}
"""discord.py takes a 429 without Via for a ban by the edge and gives up."""


@web.middleware
async def gate(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Serve one REST request the way Discord's edge does."""
    parts = parts_of(request)
    resource = request.match_info.route.resource
    known = request.match_info.http_exception is None and resource is not None
    template = resource.canonical.removeprefix(API_PREFIX) if known and resource else request.path
    record = Record(
        at=parts.clock.now(),
        method=request.method,
        route=f"{request.method} {template}",
        path=request.path.removeprefix(API_PREFIX),
        known=known,
    )
    parts.journal.add(record)
    request[RECORD] = record
    response = await _serve(request, handler, parts, record)
    record.status = response.status
    return response


async def _serve(
    request: web.Request,
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    parts: Parts,
    record: Record,
) -> web.StreamResponse:
    if not record.known:
        return json_response({"message": "404: Not Found", "code": 0}, 404)
    fault = parts.faults.take(record.route, record.path)
    if fault is not None and fault.delay:
        await parts.clock.sleep(fault.delay)
    if fault is not None and fault.when == "before" and (fault.status or not fault.delay):
        async for _ in request.content.iter_chunked(_CHUNK):
            pass
        return _misfortune(request, fault)
    try:
        _require_token(request, parts, record)
        headers = _count(request, parts, record)
        if isinstance(headers, web.Response):
            return headers
        response = await handler(request)
        response.headers.update(headers)
    except ApiError as error:
        response = json_response(error.body, error.status)
    if fault is not None and fault.when == "after":
        return _misfortune(request, fault)
    return response


def _misfortune(request: web.Request, fault: Fault) -> web.Response:
    if not fault.status:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)
    body = {"message": fault.message, "code": fault.code}
    if fault.status != _TOO_MANY:
        return json_response(body, fault.status)
    response = json_response(body | {"retry_after": fault.retry_after, "global": False}, fault.status)
    response.headers.update(_SERVER_HEADERS)
    response.headers["Retry-After"] = str(max(1, round(fault.retry_after)))
    return response


def _require_token(request: web.Request, parts: Parts, record: Record) -> None:
    """Refuse a wrong bot token; routes that carry an interaction token need none."""
    if record.path.startswith(_TOKEN_ROUTES) or record.path == "/gateway":
        return
    if request.headers.get("Authorization") != f"Bot {parts.token}":
        raise ApiError(401, 0, "401: Unauthorized")


def _count(request: web.Request, parts: Parts, record: Record) -> dict[str, str] | web.Response:
    """Count the request against its bucket; return headers, or the answer 429. Interaction answers are not limited."""
    if record.path.startswith("/interactions/"):
        return {}
    major = next((request.match_info[key] for key in _MAJOR if key in request.match_info), "")
    verdict = parts.limiter.use(record.route, major)
    if verdict.allowed:
        return verdict.headers
    body = {"message": "You are being rate limited.", "retry_after": verdict.retry_after, "global": False}
    response = json_response(body, _TOO_MANY)
    response.headers.update(verdict.headers | _SERVER_HEADERS)
    response.headers["Retry-After"] = str(max(1, round(verdict.retry_after)))
    return response
