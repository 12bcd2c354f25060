"""The vendor's paths: create, query and list for each product, and the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.kling.answers import invalid, success
from bot.sandbox.kling.bodies import ImageToVideoBody, TextToVideoBody, read_body
from bot.sandbox.kling.faults import Operation
from bot.sandbox.kling.models import Product
from bot.sandbox.kling.validation import Plan, plan_image_to_video, plan_text_to_video

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.sandbox.kling.account import Account
    from bot.sandbox.kling.gateway import Endpoint, Gateway
    from bot.sandbox.kling.ids import VendorIds
    from bot.sandbox.kling.intake import Intake
    from bot.sandbox.kling.settings import LiveSettings
    from bot.sandbox.kling.tasks import TaskBook

_LARGEST_PAGE_NUMBER = 1000
_LARGEST_PAGE = 500


class Endpoints:
    """Answers the calls of clients."""

    def __init__(
        self, *, clock: Clock, ids: VendorIds, settings: LiveSettings, tasks: TaskBook, account: Account, intake: Intake
    ) -> None:
        self._clock = clock
        self._ids = ids
        self._settings = settings
        self._tasks = tasks
        self._account = account
        self._intake = intake

    def routes(self, gateway: Gateway) -> list[web.RouteDef]:
        """Return the routes of the whole API."""
        creators: dict[Product, Endpoint] = {
            Product.TEXT_TO_VIDEO: self._create_text_to_video,
            Product.IMAGE_TO_VIDEO: self._create_image_to_video,
        }
        routes = [web.get("/account/costs", gateway.guard(Operation.ACCOUNT, None, self._costs), allow_head=False)]
        for product, creator in creators.items():
            path = f"/v1/{product}"
            routes += [
                web.post(path, gateway.guard(Operation.CREATE, product, creator)),
                web.get(path, gateway.guard(Operation.LIST, product, self._list(product)), allow_head=False),
                web.get(
                    path + "/{key}", gateway.guard(Operation.QUERY, product, self._query(product)), allow_head=False
                ),
            ]
        return routes

    async def _create_text_to_video(self, request: web.Request) -> web.Response:
        body = read_body(TextToVideoBody, await request.read())
        return await self._accept(plan_text_to_video(body, self._settings.current))

    async def _create_image_to_video(self, request: web.Request) -> web.Response:
        body = read_body(ImageToVideoBody, await request.read())
        return await self._accept(plan_image_to_video(body, self._settings.current))

    async def _accept(self, plan: Plan) -> web.Response:
        task = await self._intake.accept(plan)
        return success(self._ids, task.creation_view())

    def _query(self, product: Product) -> Endpoint:
        async def query(request: web.Request) -> web.Response:
            task = self._tasks.find(product, request.match_info["key"], self._clock.now())
            return success(self._ids, task.view())

        return query

    def _list(self, product: Product) -> Endpoint:
        async def list_tasks(request: web.Request) -> web.Response:
            number = _page_parameter(request, "pageNum", usual=1, largest=_LARGEST_PAGE_NUMBER)
            size = _page_parameter(request, "pageSize", usual=30, largest=_LARGEST_PAGE)
            page = self._tasks.page(product, number, size, self._clock.now())
            return success(self._ids, [task.view() for task in page])

        return list_tasks

    async def _costs(self, request: web.Request) -> web.Response:
        for name in ("start_time", "end_time"):
            if not request.query.get(name, "").isdecimal():
                raise invalid(f"{name} value '{request.query.get(name, '')}' is invalid")
        return success(self._ids, self._account.costs())


def _page_parameter(request: web.Request, name: str, *, usual: int, largest: int) -> int:
    text = request.query.get(name)
    if text is None:
        return usual
    if not text.isdecimal() or not 1 <= int(text) <= largest:
        raise invalid(f"{name} value '{text}' is invalid")
    return int(text)
