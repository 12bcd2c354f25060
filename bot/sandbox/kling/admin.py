"""The back door for tests: faults, settings, counters and tasks, under `/sandbox/`.

It is no part of the vendor's API and needs no key; bodies must be `application/json`, which keeps web pages out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web
from pydantic import ValidationError

from bot.sandbox.kling.faults import FAULTS, TaskFault

if TYPE_CHECKING:
    from bot.sandbox.kling.server import KlingStandIn
    from bot.sandbox.kling.tasks import Task


class Admin:
    """Answers the calls under `/sandbox/`.

    `GET/POST/DELETE /sandbox/faults` read, add (a list of rules) and lift faults; `GET/PATCH /sandbox/settings` read
    and change settings; `GET /sandbox/counters` and `GET /sandbox/tasks` tell what happened;
    `POST /sandbox/tasks/{task_id}` with `{}` or `{"fail": message}` lets a task end at once;
    `POST /sandbox/reset` forgets everything.
    """

    def __init__(self, stand_in: KlingStandIn) -> None:
        self._stand_in = stand_in

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get("/sandbox/faults", self._faults),
            web.post("/sandbox/faults", self._add_faults),
            web.delete("/sandbox/faults", self._clear_faults),
            web.get("/sandbox/settings", self._settings),
            web.patch("/sandbox/settings", self._change_settings),
            web.get("/sandbox/counters", self._counters),
            web.get("/sandbox/tasks", self._tasks),
            web.post("/sandbox/tasks/{task_id}", self._hurry),
            web.post("/sandbox/reset", self._reset),
        ]

    async def _faults(self, _: web.Request) -> web.Response:
        return web.json_response(self._stand_in.faults.report())

    async def _add_faults(self, request: web.Request) -> web.Response:
        try:
            rules = FAULTS.validate_python(await _read(request))
        except ValidationError as error:
            raise _bad_request(str(error)) from error
        self._stand_in.faults.add(*rules)
        return web.json_response(self._stand_in.faults.report())

    async def _clear_faults(self, _: web.Request) -> web.Response:
        self._stand_in.faults.clear()
        return web.json_response([])

    async def _settings(self, _: web.Request) -> web.Response:
        return web.json_response(self._stand_in.settings.model_dump(mode="json"))

    async def _change_settings(self, request: web.Request) -> web.Response:
        changes = await _read(request)
        if not isinstance(changes, dict):
            raise _bad_request("an object of settings is expected")
        try:
            self._stand_in.configure(**changes)
        except ValidationError as error:
            raise _bad_request(str(error)) from error
        return await self._settings(request)

    async def _counters(self, _: web.Request) -> web.Response:
        account = self._stand_in.account
        report = self._stand_in.counters.report()
        return web.json_response(
            report | {"slots_taken": account.slots_taken, "units_left": str(account.units_left)},
        )

    async def _tasks(self, _: web.Request) -> web.Response:
        return web.json_response([_describe(task) for task in self._stand_in.tasks])

    async def _hurry(self, request: web.Request) -> web.Response:
        task = self._stand_in.tasks.get(request.match_info["task_id"])
        if task is None:
            raise web.HTTPNotFound(text="there is no such task")
        changes = await _read(request)
        if isinstance(changes, dict) and "fail" in changes and not task.ended:
            stage = "submitted" if task.status == "submitted" else "processing"
            task.faults += (TaskFault(stage=stage, message=str(changes["fail"])),)
        task.hurry.set()
        return web.json_response(_describe(task))

    async def _reset(self, request: web.Request) -> web.Response:
        await _read(request)
        await self._stand_in.reset()
        return web.json_response({})


def _describe(task: Task) -> dict[str, Any]:
    return {
        "task_id": task.task_id,
        "external_task_id": task.external_task_id,
        "product": task.product,
        "model_name": task.model_name,
        "prompt": task.prompt,
        "status": task.status,
        "message": task.message,
        "price": str(task.price),
        "deduction": None if task.deduction is None else str(task.deduction),
        "downloads": task.downloads,
        "created_at": task.created_at,
        "updated_at": task.updated_at,
    }


async def _read(request: web.Request) -> Any:
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="the body must be application/json")
    try:
        return json.loads(await request.read())
    except ValueError as error:
        raise _bad_request("the body is not JSON") from error


def _bad_request(text: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=text)
