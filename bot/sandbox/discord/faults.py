"""Faults on demand, and the record of everything that was asked.

A fault names a route as in Discord's documentation, for example `POST /channels/{channel_id}/messages`, and what
shall happen to the next requests there.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.discord.model import Json

When = Literal["before", "after"]
"""`before`: the request has no effect. `after`: it takes effect, then its answer is replaced."""

_RECORDS_KEPT = 20_000


@dataclass(slots=True)
class Fault:
    """One misfortune.

    `route` is method and path template, `*` matches every route. `status` is answered with Discord's error body of
    `code` and `message`; status 0 cuts the connection without an answer. `delay` is waited first, in seconds.
    `retry_after` (seconds) belongs to status 429. `times` is how many requests it meets; `major` limits it to one
    channel, server or token.
    """

    route: str
    status: int = 500
    code: int = 0
    message: str = "Internal Server Error"
    when: When = "before"
    delay: float = 0.0
    retry_after: float = 0.0
    times: int = 1
    major: str | None = None


class Faults:
    """The faults that are waiting for their requests."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let the next fitting requests meet this fault."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """Drop every waiting fault."""
        self._waiting.clear()

    @property
    def waiting(self) -> list[Fault]:
        """The faults that have not met all their requests yet."""
        return list(self._waiting)

    def take(self, route: str, path: str) -> Fault | None:
        """Return the first fault for this request, counting it as met."""
        for fault in self._waiting:
            if fault.route not in ("*", route) or (fault.major is not None and fault.major not in path.split("/")):
                continue
            fault.times -= 1
            if fault.times <= 0:
                self._waiting.remove(fault)
            return fault
        return None


@dataclass(slots=True)
class ReceivedFile:
    """A file of a request, without its bytes."""

    field: str
    filename: str
    content_type: str
    size: int


@dataclass(slots=True)
class Record:
    """One request and its answer. `at` is in Unix milliseconds; `known` is false for routes that do not exist."""

    at: int
    method: str
    route: str
    path: str
    known: bool
    status: int = 0
    payload: Json | list[Json] | None = None
    files: list[ReceivedFile] = field(default_factory=list)


class Journal:
    """The latest requests, and remarks about payloads that Discord accepts but shows differently than meant."""

    def __init__(self) -> None:
        self._records: deque[Record] = deque(maxlen=_RECORDS_KEPT)
        self.notices: list[str] = []

    def add(self, record: Record) -> None:
        """Keep one request."""
        self._records.append(record)

    def __iter__(self) -> Iterator[Record]:
        return iter(tuple(self._records))

    def of(self, route: str) -> list[Record]:
        """Return the requests to one route, for example `PATCH /channels/{channel_id}/messages/{message_id}`."""
        return [record for record in self._records if record.route == route]

    @property
    def unknown(self) -> list[Record]:
        """The requests to routes that the stand-in does not have; a test suite wants none."""
        return [record for record in self._records if not record.known]

    def clear(self) -> None:
        """Forget everything so far."""
        self._records.clear()
        self.notices.clear()
