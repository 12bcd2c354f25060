"""A real web server on this machine that plays a host on the public internet, and the parts that lead to it."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx
from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    import trustme

PUBLIC = "93.184.215.14"
"""An address of the public internet; nothing in the tests ever connects to it."""


@dataclass
class Names:
    """A resolver with a fixed book of names that notes every question."""

    book: dict[str, list[list[str]]]
    asked: list[str] = field(default_factory=list)

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Answer with the first entry the first time, the next one the next time; the last one stays."""
        del port
        if host not in self.book:
            raise OSError("no such host")
        answers = self.book[host]
        answer = answers[min(self.asked.count(host), len(answers) - 1)]
        self.asked.append(host)
        return answer


class Wire(httpx.AsyncBaseTransport):
    """Carries what is meant for any address to one local port over real sockets, and notes the address."""

    def __init__(self, port: int, authority: trustme.CA, *, deaf: frozenset[str] = frozenset()) -> None:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        self.port = port
        self._deaf = deaf
        self._inner = httpx.AsyncHTTPTransport(verify=context, trust_env=False)
        self.dialled: list[tuple[str, str]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        address = request.url.host
        self.dialled.append((address, request.extensions["sni_hostname"]))
        if address in self._deaf:
            raise httpx.ConnectError("nobody listens there")
        request.url = request.url.copy_with(host="127.0.0.1", port=self.port)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


@contextlib.asynccontextmanager
async def serving(application: web.Application, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Serve an application on a free port of this machine and yield the port."""
    runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def answering(raw: bytes, *, stay: bool = False) -> AsyncIterator[int]:
    """Answer every connection with these bytes and close it, or stay silent after them; yield the port."""
    hold = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(raw)
        with contextlib.suppress(ConnectionError):
            await writer.drain()
            if stay:
                await hold.wait()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        hold.set()
        server.close()
        await server.wait_closed()
