"""The prompter's box: faults, gateway trouble and records over HTTP, for tests in other processes."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.discord.bodies import read_object
from bot.sandbox.discord.errors import ApiError
from bot.sandbox.discord.faults import Fault
from bot.sandbox.discord.parts import json_response, no_content, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.discord.gateway import Gateway

_GATEWAY_ACTIONS: dict[str, Callable[[Gateway], None]] = {
    "reconnect": lambda gateway: gateway.ask_to_reconnect(),
    "invalidate": lambda gateway: gateway.invalidate(),
    "cut": lambda gateway: gateway.cut(),
    "forget": lambda gateway: gateway.forget_sessions(),
}


async def add_fault(request: web.Request) -> web.Response:
    """POST a fault, with the fields of `Fault`."""
    try:
        fault = Fault(**await read_object(request))
    except TypeError as error:
        raise web.HTTPBadRequest(text=f"This is not a fault: {error}.") from None
    except ApiError as error:
        raise web.HTTPBadRequest(text=error.message) from None
    parts_of(request).faults.add(fault)
    return no_content()


async def clear_faults(request: web.Request) -> web.Response:
    """DELETE every waiting fault."""
    parts_of(request).faults.clear()
    return no_content()


async def trouble_gateway(request: web.Request) -> web.Response:
    """POST reconnect, invalidate, cut or forget."""
    action = _GATEWAY_ACTIONS.get(request.match_info["action"])
    if action is None:
        raise web.HTTPNotFound(text=f"Possible are {', '.join(_GATEWAY_ACTIONS)}.")
    action(parts_of(request).gateway)
    return no_content()


async def show_records(request: web.Request) -> web.Response:
    """GET the latest requests, limited to one `route` if given, with notices and counts."""
    parts = parts_of(request)
    route = request.query.get("route")
    records = [one for one in parts.journal if route in (None, one.route)]
    shown = {
        "records": [dataclasses.asdict(one) for one in records],
        "unknown": [one.path for one in parts.journal.unknown],
        "notices": parts.journal.notices,
        "identified": parts.gateway.identified,
        "resumed": parts.gateway.resumed,
        "connected": parts.gateway.connected,
    }
    return json_response(shown)


def routes() -> list[web.RouteDef]:
    """Return the routes of this area."""
    return [
        web.post("/admin/faults", add_fault),
        web.delete("/admin/faults", clear_faults),
        web.post("/admin/gateway/{action}", trouble_gateway),
        web.get("/admin/records", show_records),
    ]
