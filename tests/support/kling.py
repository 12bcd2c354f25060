"""What the tests of the Kling provider share: a clock that stands still, a scripted vendor, and short cuts."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.jobs.request import InputKind, Request, StoredFile
from bot.providers.base import Submission, TaskReference

if TYPE_CHECKING:
    import asyncio

START = 1_767_225_600_000
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
JPEG = b"\xff\xd8\xff\xe0" + bytes(64)


class StillClock:
    """A clock that moves only when told to; sleeping moves it."""

    def __init__(self, now: int = START) -> None:
        self.milliseconds = now

    def now(self) -> int:
        return self.milliseconds

    def monotonic(self) -> float:
        return self.milliseconds / 1000

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds)

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        self.advance(0 if event.is_set() else seconds)
        return event.is_set()

    def advance(self, seconds: float) -> None:
        self.milliseconds += round(seconds * 1000)


@dataclass(frozen=True)
class Seen:
    """A call that reached the scripted vendor."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def document(self) -> Any:
        return json.loads(self.body)


Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class ScriptedVendor:
    """Answers every call with the next reply of the script, or with the last one again and again."""

    url: str = ""
    script: list[Reply] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    _next: int = 0

    def replies(self, *script: Reply) -> None:
        self.script, self._next = list(script), 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.seen.append(Seen(request.method, request.path, dict(request.query), dict(request.headers), body))
        reply = self.script[min(self._next, len(self.script) - 1)]
        self._next += 1
        return await reply(request)

    @property
    def calls(self) -> list[str]:
        """The paths called, in order, with the page where there is one."""
        return [seen.path + (f"?{seen.query['pageNum']}" if "pageNum" in seen.query else "") for seen in self.seen]


@contextlib.asynccontextmanager
async def scripted_vendor() -> AsyncIterator[ScriptedVendor]:
    """Serve a scripted vendor on a free loopback port."""
    vendor = ScriptedVendor()
    application = web.Application(client_max_size=64 * 1024 * 1024)
    application.router.add_route("*", "/{path:.*}", vendor.handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        vendor.url = f"http://{host}:{port}"
        yield vendor
    finally:
        await runner.cleanup()


def succeed(data: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """Answer with the vendor's envelope of a success around `data`."""

    async def reply(_: web.Request) -> web.StreamResponse:
        document = {"code": 0, "message": "SUCCEED", "request_id": "5f0e7a52-7f6d-4c0d-9b7b-4c1f4f6b0a01", "data": data}
        return web.json_response(document, status=status, headers=headers)

    return reply


def refuse(code: int, message: str = "no", *, status: int = 400, headers: Mapping[str, str] | None = None) -> Reply:
    """Answer with the vendor's envelope of an error."""

    async def reply(_: web.Request) -> web.StreamResponse:
        document = {"code": code, "message": message, "request_id": "3f0e5b58-6a0c-4c1f-8a39-0a6a5c7d1011"}
        return web.json_response(document, status=status, headers=headers)

    return reply


def raw(body: bytes, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """Answer with a body as it is."""

    async def reply(_: web.Request) -> web.StreamResponse:
        return web.Response(
            body=body, status=status, headers={"Content-Type": "application/json"} | dict(headers or {})
        )

    return reply


def drop() -> Reply:
    """Close the connection after the request has been read."""

    async def reply(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    return reply


def hang(until: asyncio.Event) -> Reply:
    """Read the request and say nothing until told to."""

    async def reply(_: web.Request) -> web.StreamResponse:
        await until.wait()
        return web.Response()

    return reply


def task(task_id: str, status: str = "processing", **more: Any) -> dict[str, Any]:
    """Return a task as the vendor shows it."""
    return {"task_id": task_id, "task_status": status, "task_info": {}, "task_result": {}, **more}


def finished(task_id: str, url: str = "https://v15-kling.klingai.com/clip.mp4?pkey=AAAA") -> dict[str, Any]:
    """Return a finished task as the vendor shows it."""
    videos = [{"id": "852845770703417409", "url": url, "duration": "5.041"}]
    return task(
        task_id, "succeed", task_result={"videos": videos}, final_unit_deduction="2.5", updated_at=START + 158_902
    )


def text_request(**changes: Any) -> Request:
    """Return a request for a clip from text."""
    return Request(prompt="A paper lantern drifts over a night market.", **changes)


def image_request(**changes: Any) -> Request:
    """Return a request for a silent clip from an image."""
    settings: dict[str, Any] = {"input": InputKind.IMAGE, "audio": False, "aspect_ratio": None, "image": stored()}
    return Request(prompt="The cat stretches and yawns.", **(settings | changes))


def stored(**changes: Any) -> StoredFile:
    """Return an image in the file store that Kling takes."""
    facts: dict[str, Any] = {"media_type": "image/png", "size": 50_000, "width": 1280, "height": 720}
    return StoredFile(digest="0" * 64, **(facts | changes))


def text_submission(key: str = "job-1", **changes: Any) -> Submission:
    """Return a submission of a clip from text."""
    return Submission(client_key=key, request=text_request(**changes))


def reference(number: int, kind: InputKind = InputKind.TEXT, *, submitted: bool = True) -> TaskReference:
    """Return the reference of a task of ours."""
    return TaskReference(kind, f"job-{number}", str(8528 * 10**14 + number) if submitted else None)
