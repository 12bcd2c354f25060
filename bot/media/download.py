"""The one way in which the bot fetches a file from an address that somebody else chose.

A host is resolved once, every address it has is checked, and the connection goes to the checked address while TLS and
the `Host` header keep the original name: a name that resolves differently a moment later changes nothing. Redirects
are followed by hand and checked like the first address. The transport is used without a client around it, so there
are no cookies, no proxies from the environment, and no log lines with signed links.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import ipaddress
import os
import secrets
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import httpx

from bot.errors import DownloadFailed, LinkGone, MediaRefused
from bot.storage.files import finish_in_thread, replace_durably
from bot.texts import Sentence

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from bot.media.addresses import Address, AddressPolicy, Target

_CHUNK_BYTES = 512 * 1024
_MOST_REDIRECTS = 3
_MOST_ADDRESSES = 4
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_GONE = frozenset({401, 403, 404, 410})
_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Patience:
    """Time limits of a download in seconds: for a connection, between two pieces of data, and for everything."""

    connect: float = 10
    idle: float = 30
    total: float = 300


class Resolver(Protocol):
    """Turns a host name into addresses."""

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a host; raises `OSError` if it has none."""
        ...


class SystemResolver:
    """The resolver of the operating system."""

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a host in the system's order of preference."""
        answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(address[0]) for *_, address in answers))


class Downloader:
    """Fetches files over HTTPS into this machine's file system, within limits.

    `resolver` and `transport` may be given by tests; `tls` adds certificate authorities. Close it when done.
    """

    def __init__(
        self,
        *,
        resolver: Resolver | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        tls: ssl.SSLContext | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._resolver = resolver or SystemResolver()
        # Connections are not kept: the next host at the same address would be served by a connection that was
        # verified for another name.
        self._transport = transport or httpx.AsyncHTTPTransport(
            verify=tls or _usual_trust(),
            trust_env=False,
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        self._patience = patience or Patience()

    async def close(self) -> None:
        """Release connections."""
        await self._transport.aclose()

    async def fetch(self, url: str, destination: Path, *, max_bytes: int, policy: AddressPolicy) -> int:
        """Download `url` into the file `destination` and return its size in bytes.

        The file appears complete or not at all. Raises `MediaRefused` where the address or the size is not acceptable
        (repeating is pointless) and `DownloadFailed` where the transfer failed (`LinkGone` where only another link can
        help). None of them repeats the link.
        """
        try:
            async with asyncio.timeout(self._patience.total), self._open(policy.check(url), policy) as response:
                _check_declared(response, max_bytes)
                return await _save(response, destination, max_bytes)
        except TimeoutError:
            raise DownloadFailed(Sentence("media.download-slow", seconds=f"{self._patience.total:g}")) from None
        except httpx.TimeoutException:
            raise DownloadFailed(Sentence("media.download-stalled")) from None
        except httpx.ConnectError:
            raise DownloadFailed(Sentence("media.download-unconnected")) from None
        except httpx.TransportError:
            raise DownloadFailed(Sentence("media.download-broken")) from None

    @contextlib.asynccontextmanager
    async def _open(self, target: Target, policy: AddressPolicy) -> AsyncIterator[httpx.Response]:
        """Follow redirects, checking each, and yield the final answer with its body unread."""
        for _ in range(_MOST_REDIRECTS + 1):
            response = await self._request(target, await self._resolve(target))
            try:
                if response.status_code not in _REDIRECTS:
                    _check_status(response.status_code)
                    yield response
                    return
                target = _redirected(target, response, policy)
            finally:
                await response.aclose()
        raise MediaRefused(Sentence("media.redirects"))

    async def _resolve(self, target: Target) -> list[Address]:
        """Return the addresses of a target; refuses a host that has even one that is not acceptable."""
        try:
            answers = await self._resolver.resolve(target.host, target.port)
        except (OSError, UnicodeError):
            raise DownloadFailed(Sentence("media.host-unknown", host=target.host)) from None
        addresses = [ipaddress.ip_address(answer) for answer in answers]
        if not addresses:
            raise DownloadFailed(Sentence("media.host-unknown", host=target.host))
        if not all(target.accepts(address) for address in addresses):
            raise MediaRefused(Sentence("media.host-private", host=target.host))
        return addresses[:_MOST_ADDRESSES]

    async def _request(self, target: Target, addresses: Sequence[Address]) -> httpx.Response:
        """Send the request to the first address that accepts a connection."""
        *others, last = addresses
        for address in others:
            with contextlib.suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return await self._transport.handle_async_request(self._build(target, address))
        return await self._transport.handle_async_request(self._build(target, last))

    def _build(self, target: Target, address: Address) -> httpx.Request:
        patience = self._patience
        return httpx.Request(
            "GET",
            target.url.copy_with(host=str(address)),
            headers={
                "Host": target.authority,
                "Accept": "*/*",
                "Accept-Encoding": "identity",
                "User-Agent": "Soundstage",
            },
            extensions={
                "sni_hostname": target.host,
                "timeout": {
                    "connect": patience.connect,
                    "read": patience.idle,
                    "write": patience.idle,
                    "pool": patience.connect,
                },
            },
        )


@functools.cache
def _usual_trust() -> ssl.SSLContext:
    """Return the usual certificate authorities. Reading them takes a tenth of a second, so everybody shares them."""
    return httpx.create_ssl_context(trust_env=False)


def _redirected(target: Target, response: httpx.Response, policy: AddressPolicy) -> Target:
    try:
        location = str(target.url.join(response.headers["Location"]))
    except (KeyError, httpx.InvalidURL, UnicodeError):
        raise MediaRefused(Sentence("media.redirect-invalid")) from None
    following = policy.check(location)
    if following.local and not target.local:
        raise MediaRefused(Sentence("media.redirect-local"))
    return following


def _check_status(status: int) -> None:
    if status in _GONE:
        raise LinkGone(Sentence("media.link-gone", status=status))
    if status != _OK:
        raise DownloadFailed(Sentence("media.link-status", status=status))


def _check_declared(response: httpx.Response, max_bytes: int) -> None:
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise MediaRefused(Sentence("media.compressed"))
    declared = response.headers.get("Content-Length", "0")
    if declared.isdecimal() and int(declared) > max_bytes:
        raise _too_large(max_bytes)


def _too_large(max_bytes: int) -> MediaRefused:
    return MediaRefused(Sentence("media.download-large", most=f"{max_bytes / _MEBIBYTE:.3g}"))


async def _save(response: httpx.Response, destination: Path, max_bytes: int) -> int:
    """Write the body beside `destination`, then move it there; remove what was written if anything goes wrong."""
    part = destination.with_name(f"{destination.name}.{secrets.token_hex(4)}.part")
    try:
        with _created(part) as file:
            size = await _write_body(response, file, max_bytes)
            await finish_in_thread(replace_durably, file, part, destination)
            return size
    except OSError as error:
        raise DownloadFailed(Sentence("media.download-unsaved")) from error
    finally:
        part.unlink(missing_ok=True)


def _created(path: Path) -> BinaryIO:
    """Create a file that only this user may read; unbuffered, so that closing it cannot fail."""
    return open(path, "xb", buffering=0, opener=lambda name, flags: os.open(name, flags, 0o600))


async def _write_body(response: httpx.Response, file: BinaryIO, max_bytes: int) -> int:
    size = 0
    async for chunk in response.aiter_raw(_CHUNK_BYTES):
        size += len(chunk)
        if size > max_bytes:
            raise _too_large(max_bytes)
        await finish_in_thread(_write_all, file, chunk)
    if size == 0:
        raise DownloadFailed(Sentence("media.download-empty"))
    return size


def _write_all(file: BinaryIO, chunk: bytes) -> None:
    """Write a whole chunk: an unbuffered file may take only a part of it at a time."""
    rest = memoryview(chunk)
    while rest:
        rest = rest[file.write(rest) :]
