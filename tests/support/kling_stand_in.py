"""What the tests of the Kling stand-in share: a client with a key, valid requests, and a receiver of callbacks."""

import asyncio
import base64
import json
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
from aiohttp import web
from PIL import Image

from bot.sandbox.kling import KlingStandIn
from bot.sandbox.kling.rendering import RenderOrder

TEXT = "/v1/videos/text2video"
IMAGE = "/v1/videos/image2video"
MOTION = "/v1/videos/motion-control"
VOICES = "/v1/general/custom-voices"
BROKEN = (httpx.NetworkError, httpx.RemoteProtocolError)
"""What a client sees of a connection that the server broke; a time-out is none of these."""
WEBHOOK_SECRET = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="


def text_body(**changes: Any) -> dict[str, Any]:
    """A valid request for text to video, the cheapest there is, with some fields changed; None leaves a field out."""
    body = {"model_name": "kling-v2-6", "prompt": "A paper lantern drifts over a night market."} | changes
    return {key: value for key, value in body.items() if value is not None}


def image_body(**changes: Any) -> dict[str, Any]:
    return text_body(**({"image": picture()} | changes))


@lru_cache
def picture(width: int = 400, height: int = 300, kind: str = "PNG") -> str:
    """An image in base64, as the vendor wants it."""
    return base64.b64encode(picture_bytes(width, height, kind)).decode()


@lru_cache
def picture_bytes(width: int = 400, height: int = 300, kind: str = "PNG") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (width, height), "teal").save(buffer, kind)
    return buffer.getvalue()


class EmptyFiles:
    """Makes clips that nobody looks at."""

    async def render(self, order: RenderOrder, destination: Path) -> None:
        assert order.frames > 0
        await asyncio.to_thread(destination.touch)


class VendorClient:
    """Calls the stand-in over a socket and looks at answers."""

    def __init__(self, stand_in: KlingStandIn, http: httpx.AsyncClient) -> None:
        self.stand_in = stand_in
        self.http = http

    async def create(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Create a task and return `data` of the answer."""
        task: dict[str, Any] = accepted(await self.http.post(path, json=body))
        return task

    async def refusal(self, path: str, body: dict[str, Any]) -> tuple[int, int, str]:
        """Return HTTP status, code and message of a create call that is refused."""
        return refused(await self.http.post(path, json=body))

    async def look(self, path: str, key: str) -> dict[str, Any]:
        """Return `data` of a query."""
        task: dict[str, Any] = accepted(await self.http.get(f"{path}/{key}"))
        return task

    async def page(self, path: str, **parameters: int) -> list[dict[str, Any]]:
        """Return `data` of a list."""
        items: list[dict[str, Any]] = accepted(await self.http.get(path, params=parameters))
        return items

    async def finished(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Create a task, let it end at once, and return what a query says then."""
        task_id = (await self.create(path, body))["task_id"]
        await self.http.post(f"/sandbox/tasks/{task_id}", json={})
        await self.stand_in.finished(task_id)
        return await self.look(path, task_id)

    async def clip_link(self, **changes: Any) -> str:
        """Return the link to a finished clip."""
        task = await self.finished(TEXT, text_body(**changes))
        return str(task["task_result"]["videos"][0]["url"])

    async def set_faults(self, *rules: dict[str, Any]) -> None:
        """Put rules into force by the admin route."""
        response = await self.http.post("/sandbox/faults", json=list(rules))
        assert response.status_code == 200, response.text

    async def count(self, name: str) -> int:
        """Return one of the counters."""
        return int((await self.http.get("/sandbox/counters")).json().get(name, 0))


def accepted(response: httpx.Response) -> Any:
    envelope = response.json()
    assert response.status_code == 200, envelope
    assert (envelope["code"], envelope["message"]) == (0, "SUCCEED")
    return envelope["data"]


def refused(response: httpx.Response) -> tuple[int, int, str]:
    envelope = response.json()
    assert sorted(envelope) == ["code", "message", "request_id"]
    return response.status_code, envelope["code"], envelope["message"]


@dataclass
class FileServer:
    """Serves the files that requests refer to by address."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)

    async def serve(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        return web.Response(body=self.files[name]) if name in self.files else web.Response(status=404)

    def put(self, name: str, content: bytes) -> str:
        """Keep a file and return its address."""
        self.files[name] = content
        return f"{self.url}/{name}"


@dataclass
class Callback:
    """A callback as it arrived."""

    headers: dict[str, str]
    content: bytes

    @property
    def task(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.content)
        return document


@dataclass
class CallbackReceiver:
    """Takes callbacks and answers them with the given statuses in turn, then with 200."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    arrived: asyncio.Queue[Callback] = field(default_factory=asyncio.Queue)

    async def take(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        await self.arrived.put(Callback(headers, await request.read()))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    async def next(self) -> Callback:
        async with asyncio.timeout(5):
            return await self.arrived.get()

    async def statuses(self, number: int) -> list[str]:
        """Return what the next callbacks claim."""
        return [(await self.next()).task["task_status"] for _ in range(number)]
