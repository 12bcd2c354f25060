"""The gate that every call to the vendor's API passes: counting, faults, authentication, and the envelope."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

from aiohttp import web

from bot.sandbox.kling.answers import VendorError, error_page, failure
from bot.sandbox.kling.authentication import Credentials, authenticate
from bot.sandbox.kling.faults import AnswerAction, AnswerFault, Moment, Operation, Subject
from bot.sandbox.kling.results import abort

if TYPE_CHECKING:
    from bot.sandbox.kling.models import Product
    from bot.sandbox.kling.state import State


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_COUNTERS = {
    Operation.QUERY: "queries",
    Operation.LIST: "lists",
    Operation.ACCOUNT: "account_calls",
    Operation.VOICES: "voice_calls",
}


class Endpoint(Protocol):
    """Answers one kind of call; raises `VendorError` to refuse it."""

    async def __call__(self, request: web.Request, /) -> web.Response:
        """Answer a request."""
        ...


class Gateway:
    """Wraps the endpoints of the vendor's API."""

    def __init__(self, state: State, credentials: Credentials) -> None:
        self._state = state
        self._credentials = credentials
        self._closing = asyncio.Event()

    def close(self) -> None:
        """Let answers that hang end."""
        self._closing.set()

    def guard(self, operation: Operation, product: Product | None, endpoint: Endpoint) -> Handler:
        """Return the endpoint with everything around it."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            subject = await self._subject(request, operation, product)
            if operation is Operation.CREATE:
                self._state.counters.count_attempt(subject.external_task_id)
            else:
                self._state.counters.count(_COUNTERS[operation])
            return await self._answer(request, operation, subject, endpoint)

        return guarded

    async def _answer(
        self, request: web.Request, operation: Operation, subject: Subject, endpoint: Endpoint
    ) -> web.StreamResponse:
        fault = self._state.faults.answers(operation, Moment.BEFORE, subject)
        if fault is not None and (answer := await self._strike(request, fault)) is not None:
            return answer
        try:
            authenticate(request.headers.get("Authorization"), self._credentials, self._state.clock)
            response = await endpoint(request)
        except VendorError as error:
            self._state.counters.count("refused")
            return failure(self._state.ids, error)
        fault = self._state.faults.answers(operation, Moment.AFTER, subject)
        if fault is None:
            return response
        return await self._strike(request, fault, response) or response

    async def _strike(
        self, request: web.Request, fault: AnswerFault, response: web.Response | None = None
    ) -> web.StreamResponse | None:
        """Let a fault strike; None means that the right answer follows, late."""
        self._state.counters.count("faults")
        match fault.action:
            case AnswerAction.ERROR:
                error = VendorError(fault.code, fault.message, http_status=fault.http_status)
                return _with_retry_after(failure(self._state.ids, error), fault)
            case AnswerAction.PAGE:
                return _with_retry_after(error_page(fault.http_status or 502, "Bad Gateway"), fault)
            case AnswerAction.DROP:
                return abort(request)
            case AnswerAction.HANG:
                await self._state.clock.wait(self._closing, fault.seconds)
                return abort(request)
            case AnswerAction.GARBAGE:
                text = (response.text if response else None) or '{"code":0,"message":"SUCCEED","data":{"task'
                return web.Response(text=text[: len(text) // 2], content_type="application/json")
            case AnswerAction.SLOW:
                await self._state.clock.wait(self._closing, fault.seconds)
                return None

    async def _subject(self, request: web.Request, operation: Operation, product: Product | None) -> Subject:
        """Find out what the call is about, as far as rules ask for it."""
        if operation is Operation.QUERY and product is not None:
            return self._state.tasks.subject(product, request.match_info["key"])
        if operation is not Operation.CREATE:
            return Subject(product=product)
        try:
            body = json.loads(await request.read())
        except (ValueError, RecursionError):
            body = None
        key = body.get("external_task_id") if isinstance(body, dict) else None
        return Subject(product=product, external_task_id=key if isinstance(key, str) and key else None)


def _with_retry_after(response: web.Response, fault: AnswerFault) -> web.Response:
    if fault.retry_after is not None:
        response.headers["Retry-After"] = str(fault.retry_after)
    return response
