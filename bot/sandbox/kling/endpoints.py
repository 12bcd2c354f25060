"""The vendor's paths: create, query and list for each product, voices, and the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.kling.answers import invalid, success
from bot.sandbox.kling.faults import Operation
from bot.sandbox.kling.models import Product
from bot.sandbox.kling.paging import PageRequest

if TYPE_CHECKING:
    from bot.sandbox.kling.gateway import Endpoint, Gateway, Handler
    from bot.sandbox.kling.state import State
    from bot.sandbox.kling.videos import VideoEndpoints
    from bot.sandbox.kling.voices import VoiceEndpoints


class Endpoints:
    """Knows which path is answered by what."""

    def __init__(self, state: State, videos: VideoEndpoints, voices: VoiceEndpoints) -> None:
        self._state = state
        self._videos = videos
        self._voices = voices

    def routes(self, gateway: Gateway) -> list[web.RouteDef]:
        """Return the routes of the whole API."""
        routes = [
            _get("/account/costs", gateway.guard(Operation.ACCOUNT, None, self._costs)),
            _get("/v1/general/presets-voices", gateway.guard(Operation.VOICES, None, self._voices.presets)),
            web.post("/v1/general/delete-voices", gateway.guard(Operation.VOICES, None, self._voices.delete)),
            _get("/trial/{voice_id}.wav", self._voices.trial),
        ]
        creators = self._videos.creators() | {Product.CUSTOM_VOICES: self._voices.create}
        for product, creator in creators.items():
            path = f"/v1/{product}"
            routes += [
                web.post(path, gateway.guard(Operation.CREATE, product, creator)),
                _get(path, gateway.guard(Operation.LIST, product, self._list(product))),
                _get(path + "/{key}", gateway.guard(Operation.QUERY, product, self._query(product))),
            ]
        return routes

    def _query(self, product: Product) -> Endpoint:
        async def query(request: web.Request) -> web.Response:
            task = self._state.tasks.find(product, request.match_info["key"], self._state.clock.now())
            return success(self._state.ids, task.view())

        return query

    def _list(self, product: Product) -> Endpoint:
        async def list_tasks(request: web.Request) -> web.Response:
            tasks = self._state.tasks.newest_first(product, self._state.clock.now())
            return success(self._state.ids, [task.view() for task in PageRequest.of(request).cut(tasks)])

        return list_tasks

    async def _costs(self, request: web.Request) -> web.Response:
        for name in ("start_time", "end_time"):
            if not request.query.get(name, "").isdecimal():
                raise invalid(f"{name} value '{request.query.get(name, '')}' is invalid")
        return success(self._state.ids, self._state.account.costs())


def _get(path: str, handler: Handler) -> web.RouteDef:
    return web.get(path, handler, allow_head=False)
