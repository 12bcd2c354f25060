"""The parts of one running stand-in, as the request handlers find them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.sandbox.discord.faults import Faults, Journal
    from bot.sandbox.discord.files import FileStore
    from bot.sandbox.discord.gateway import Gateway
    from bot.sandbox.discord.hub import Hub
    from bot.sandbox.discord.interactions import Interactions
    from bot.sandbox.discord.limits import RateLimiter
    from bot.sandbox.discord.payloads import Payloads
    from bot.sandbox.discord.posts import Posts
    from bot.sandbox.discord.world import World


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a request handler may need."""

    token: str
    clock: Clock
    world: World
    files: FileStore
    payloads: Payloads
    hub: Hub
    posts: Posts
    interactions: Interactions
    gateway: Gateway
    faults: Faults
    journal: Journal
    limiter: RateLimiter


PARTS: web.AppKey[Parts] = web.AppKey("parts", Parts)


def parts_of(request: web.Request) -> Parts:
    """Return the parts of the stand-in that serves this request."""
    return request.config_dict[PARTS]


def json_response(data: object, status: int = 200) -> web.Response:
    """Return a JSON answer whose content type is exactly `application/json`; discord.py reads any other as text."""
    return web.Response(body=json.dumps(data).encode(), status=status, content_type="application/json")


def no_content() -> web.Response:
    """Return the empty answer of a request that succeeded without a result."""
    return web.Response(status=204)
