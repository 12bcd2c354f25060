"""Finished clips as files behind signed-looking links."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.kling.answers import error_page
from bot.sandbox.kling.faults import DownloadAction, DownloadFault, TaskAction
from bot.sandbox.kling.wrong_content import wrong_content

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox.kling.counters import Counters
    from bot.sandbox.kling.state import State
    from bot.sandbox.kling.tasks import Task

_PIECE = 65536
_SLOW_PIECES = 20


@dataclass(frozen=True, slots=True)
class _Link:
    path: Path
    task: Task
    key: str
    dead_at: float


class ResultFiles:
    """Publishes files and serves them, whole or by range, until their links die; `directory` is theirs alone."""

    def __init__(self, state: State, directory: Path) -> None:
        self.directory = directory
        self._state = state
        self._links: dict[str, _Link] = {}
        self._closing = asyncio.Event()

    def open(self) -> None:
        """Begin with an empty directory: nobody has a link to what an earlier process left."""
        shutil.rmtree(self.directory, ignore_errors=True)
        self.directory.mkdir(parents=True)

    def close(self) -> None:
        """Let downloads that hang end."""
        self._closing.set()

    def clear(self) -> None:
        """Make every link dead."""
        self._links.clear()

    def publish(self, path: Path, task: Task) -> str:
        """Return a link to the file at `path` that cannot be guessed."""
        expired = task.fault(TaskAction.EXPIRE)
        settings = self._state.settings.current
        lifetime = expired.seconds if expired else settings.result_lifetime / settings.speed
        token, key = self._state.ids.token(), self._state.ids.token()
        name = f"{token}{path.suffix}"
        self._links[name] = _Link(path, task, key, self._state.clock.now() + lifetime * 1000)
        return f"{self._state.base_url}/clip/{name}?cacheKey={self._state.ids.token()}&x-kcdn-pid=112757&pkey={key}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer a download."""
        link = self._links.get(request.match_info["name"])
        if link is None:
            return error_page(404, "Not Found")
        if request.query.get("pkey") != link.key or self._state.clock.now() >= link.dead_at:
            return error_page(403, "Forbidden")
        self._state.counters.count("downloads_started")
        fault = self._state.faults.downloads(link.task.subject)
        if fault is not None:
            self._state.counters.count("faults")
            return await self._serve_badly(request, link.path, fault)
        response = _CountedFile(link.path, self._state.counters, link.task)
        response.content_type = "video/mp4" if link.path.suffix == ".mp4" else "audio/mpeg"
        return response

    async def _serve_badly(self, request: web.Request, path: Path, fault: DownloadFault) -> web.StreamResponse:
        match fault.action:
            case DownloadAction.ERROR:
                return error_page(fault.http_status, "Error")
            case DownloadAction.REDIRECT:
                return web.Response(status=302, headers={"Location": fault.location})
            case DownloadAction.DROP:
                return abort(request)
            case DownloadAction.CONTENT:
                return await wrong_content(request, fault.content, path)
            case _:
                return await self._serve_in_pieces(request, path, fault)

    async def _serve_in_pieces(self, request: web.Request, path: Path, fault: DownloadFault) -> web.StreamResponse:
        content = await asyncio.to_thread(path.read_bytes)
        response = web.StreamResponse(headers={"Content-Type": "video/mp4", "Content-Length": str(len(content))})
        await response.prepare(request)
        if fault.action is DownloadAction.SLOW:
            piece = len(content) // _SLOW_PIECES + 1
            for start in range(0, len(content), piece):
                await self._state.clock.wait(self._closing, fault.seconds / _SLOW_PIECES)
                await response.write(content[start : start + piece])
            return response
        await response.write(content[: len(content) // 2])
        if fault.action is DownloadAction.HANG:
            await self._state.clock.wait(self._closing, fault.seconds)
        if request.transport is not None:
            request.transport.close()
        return response


class _CountedFile(web.FileResponse):
    """A file that notes when its last byte was sent."""

    def __init__(self, path: Path, counters: Counters, task: Task) -> None:
        super().__init__(path)
        self._counters = counters
        self._task = task

    async def write_eof(self, data: bytes = b"") -> None:
        await super().write_eof(data)
        if self.status in {200, 206}:
            self._counters.count("downloads_finished")
            self._task.downloads += 1


def abort(request: web.Request) -> web.Response:
    """Close the connection of a request without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
