"""One conversation with Kling over HTTP: bearer, deadline, bounded answer, envelope. It knows no product."""

from __future__ import annotations

import asyncio
import ipaddress
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self

import httpx

from bot.errors import ConfigurationError
from bot.providers.kling.auth import BearerSource
from bot.providers.kling.errors import CLOCK_CODES, KlingFailure, refusal, unanswered, unreachable, unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.clock import Clock
    from bot.providers.kling.auth import Credentials

Observer = Callable[[str, str, float], None]
"""Told after every call: the endpoint, the outcome (`ok`, `code 1303`, `timeout` …), the seconds it took."""

DEFAULT_BASE_URL = "https://api-singapore.klingai.com"
READ_SECONDS = 30.0
"""Deadline of a query, from the first byte sent to the last byte received."""
CREATE_SECONDS = 100.0
"""Deadline of a create, whose body holds up to two images of 10 MB."""
MOST_CONNECTIONS = 16
MOST_ANSWER_BYTES = 16 * 1024 * 1024
"""An answer beyond this size is not one of the vendor's; a full list page has about half a megabyte."""
LONGEST_RETRY_AFTER_SECONDS = 3600.0
MOST_MESSAGE_CHARACTERS = 1000

_OK = 200
_REDIRECT = 300
_MOST_CODE_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Call:
    """One call to make.

    `endpoint` names it for metrics. `creates` is true where the call makes a task, so that an answer which does not
    arrive leaves us in doubt. `private` are texts of the body that must not come back in a failure's message.
    """

    endpoint: str
    method: str
    path: str
    query: Mapping[str, str | int] = field(default_factory=dict)
    body: bytes | None = field(default=None, repr=False)
    creates: bool = False
    private: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Answer:
    http_status: int
    code: int
    message: str
    data: object = field(repr=False)
    request_id: str | None
    retry_after: float | None
    vendor_time: int | None

    @property
    def succeeded(self) -> bool:
        """Both the HTTP status and the code have to say so."""
        return self.code == 0 and _OK <= self.http_status < _REDIRECT


class KlingClient:
    """Makes calls to Kling and turns whatever comes back into the answer's `data` or a `KlingFailure`.

    It repeats a call in one case only: after the vendor called the token too young or too old, once, with a new
    token. Raises `ConfigurationError` where `base_url` is not an address.
    """

    def __init__(
        self,
        *,
        base_url: str,
        credentials: Credentials,
        clock: Clock,
        observer: Observer | None = None,
        read_seconds: float = READ_SECONDS,
        create_seconds: float = CREATE_SECONDS,
    ) -> None:
        self._clock = clock
        self._bearer = BearerSource(credentials, clock)
        self._observer = observer
        self._read_seconds = read_seconds
        self._create_seconds = create_seconds
        address = _checked_address(base_url)
        self.host = address.host
        self.is_loopback = _is_loopback(address.host)
        self._http = httpx.AsyncClient(
            base_url=address,
            timeout=httpx.Timeout(create_seconds, connect=10.0),
            limits=httpx.Limits(max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_CONNECTIONS),
            headers={"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Soundstage"},
            follow_redirects=False,
            trust_env=not self.is_loopback,
            # A stand-in without TLS needs no certificates, and reading them takes longer than all the rest.
            verify=address.scheme == "https",
        )

    def __repr__(self) -> str:
        return f"KlingClient({self.host!r})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def call(self, call: Call) -> object:
        """Make a call and return the `data` of its answer; raises `KlingFailure`."""
        answer = await self._exchange(call)
        if answer.code in CLOCK_CODES and self._bearer.renew(answer.vendor_time):
            answer = await self._exchange(call)
        if answer.succeeded:
            return answer.data
        if answer.code == 0:
            raise unreadable(
                f"HTTP {answer.http_status} with code 0",
                creating=call.creates,
                http_status=answer.http_status,
                retry_after=answer.retry_after,
                request_id=answer.request_id,
            )
        raise refusal(
            code=answer.code,
            message=answer.message,
            http_status=answer.http_status,
            creating=call.creates,
            private=call.private,
            retry_after=answer.retry_after,
            request_id=answer.request_id,
        )

    async def _exchange(self, call: Call) -> _Answer:
        """Send the call once; the observer learns how it went, also when it is abandoned."""
        started = self._clock.monotonic()
        outcome = "abandoned"
        try:
            answer = await self._send(call)
            outcome = "ok" if answer.succeeded else f"code {answer.code}"
        except KlingFailure as failure:
            outcome = failure.detail
            raise
        finally:
            if self._observer is not None:
                self._observer(call.endpoint, outcome, self._clock.monotonic() - started)
        return answer

    async def _send(self, call: Call) -> _Answer:
        deadline = self._create_seconds if call.creates else self._read_seconds
        try:
            async with (
                asyncio.timeout(deadline),
                self._http.stream(
                    call.method,
                    call.path,
                    params=dict(call.query) or None,
                    content=call.body,
                    headers={"Authorization": self._bearer.header()},
                ) as response,
            ):
                content = await _bounded_content(response)
        # The causes are cut off: httpx exceptions carry the request, and with it the token and the prompt.
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            raise unreachable("unreachable") from None
        except (TimeoutError, httpx.TimeoutException):
            raise unanswered("timeout", creating=call.creates) from None
        except httpx.RequestError:
            raise unanswered("dropped", creating=call.creates) from None
        return _read_answer(response, content, creating=call.creates)


def _checked_address(base_url: str) -> httpx.URL:
    try:
        address = httpx.URL(base_url)
    except httpx.InvalidURL:
        address = httpx.URL("")
    if address.scheme not in {"http", "https"} or not address.host or address.userinfo:
        raise ConfigurationError(f"kling.base_url has to be an address such as {DEFAULT_BASE_URL}.")
    if address.scheme == "http" and not _is_loopback(address.host):
        raise ConfigurationError("kling.base_url has to begin with https:// unless it is an address of this machine.")
    return address


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def _bounded_content(response: httpx.Response) -> bytes | None:
    """Read an answer's content; None where there is more of it than any true answer has."""
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > MOST_ANSWER_BYTES:
            return None
    return bytes(content)


def _read_answer(response: httpx.Response, content: bytes | None, *, creating: bool) -> _Answer:
    retry_after = _retry_after(response)
    try:
        document = json.loads(content or b"", parse_float=Decimal)
    except (ValueError, RecursionError):
        document = None
    code = _whole_number(document.get("code")) if isinstance(document, dict) else None
    if not isinstance(document, dict) or code is None:
        raise unreadable(
            f"unreadable HTTP {response.status_code}",
            creating=creating,
            http_status=response.status_code,
            retry_after=retry_after,
        )
    message, request_id = document.get("message"), document.get("request_id")
    return _Answer(
        http_status=response.status_code,
        code=code,
        message=message[:MOST_MESSAGE_CHARACTERS] if isinstance(message, str) else "",
        data=document.get("data"),
        request_id=request_id if isinstance(request_id, str) else None,
        retry_after=retry_after,
        vendor_time=_seconds_of(response.headers.get("Date")),
    )


def _whole_number(value: object) -> int | None:
    """Read a code, which the vendor sends as a number and a gateway may turn into a string."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _MOST_CODE_DIGITS:
        return int(value)
    return None


def _retry_after(response: httpx.Response) -> float | None:
    """Read `Retry-After`, in seconds or as a date counted from the answer's own `Date`; at most an hour."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), LONGEST_RETRY_AFTER_SECONDS)
    at, now = _seconds_of(value), _seconds_of(response.headers.get("Date"))
    if at is None or now is None:
        return None
    return min(max(float(at - now), 0.0), LONGEST_RETRY_AFTER_SECONDS)


def _seconds_of(date: str | None) -> int | None:
    """Return an HTTP date as Unix seconds."""
    try:
        return int(parsedate_to_datetime(date or "").timestamp())
    except (ValueError, OverflowError):
        return None
