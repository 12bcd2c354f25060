"""Breaks the n-th outside effect of a scenario: before it happens, after it happened, or by never answering."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from bot.storage import sqlite

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path

    from bot.findings import Finding
    from bot.jobs.job import Clip, Job
    from bot.jobs.parts import Deliverer
    from bot.jobs.request import Request
    from bot.providers.base import CallbackHint, Provider, Submission, TaskObservation, TaskReference

Outcome = TypeVar("Outcome")


_QUESTION = "observe"
"""How often this is asked depends on the machine, so only the first time counts."""


class Sabotage(StrEnum):
    """How the effect goes wrong."""

    BEFORE = "before"
    AFTER = "after"
    HANG = "hang"


class Sabotaged(Exception):
    """The broken effect's own error, which no part of the program knows."""


@dataclass
class Saboteur:
    """Counts effects and breaks number `target` (from 1). `struck` names what was broken."""

    target: int
    how: Sabotage
    count: int = 0
    struck: str | None = None
    released: threading.Event = field(default_factory=threading.Event)
    _asked: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    async def effect(self, name: str, work: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """Do something outside, or break it."""
        if not self._hits(name):
            return await work()
        if self.how is Sabotage.HANG:
            await asyncio.Event().wait()
        if self.how is Sabotage.AFTER:
            await work()
        raise Sabotaged(name)

    def commit(self, connection: sqlite3.Connection) -> None:
        """Commit, or break it; what hangs is released by the end of the process, here by `released`."""
        if not self._hits("commit"):
            sqlite.commit(connection)
            return
        if self.how is Sabotage.HANG:
            self.released.wait()
        if self.how is Sabotage.AFTER:
            sqlite.commit(connection)
        raise Sabotaged("commit")

    def _hits(self, name: str) -> bool:
        with self._lock:
            if name == _QUESTION and self._asked:
                return False
            self._asked = self._asked or name == _QUESTION
            self.count += 1
            if self.count != self.target:
                return False
            self.struck = name
            return True


@dataclass
class SabotagedProvider:
    """A provider whose calls can be broken."""

    inner: Provider
    saboteur: Saboteur

    @property
    def name(self) -> str:
        return self.inner.name

    def validate(self, request: Request) -> list[Finding]:
        return self.inner.validate(request)

    async def submit(self, submission: Submission) -> TaskReference:
        return await self.saboteur.effect("submit", lambda: self.inner.submit(submission))

    async def find(self, reference: TaskReference) -> TaskObservation | None:
        return await self.saboteur.effect("find", lambda: self.inner.find(reference))

    async def observe(
        self, references: Sequence[TaskReference], *, along: Sequence[TaskReference] = ()
    ) -> Mapping[str, TaskObservation]:
        return await self.saboteur.effect("observe", lambda: self.inner.observe(references, along=along))

    def parse_callback(self, body: bytes, headers: Mapping[str, str]) -> CallbackHint | None:
        return self.inner.parse_callback(body, headers)

    async def fetch(self, observation: TaskObservation, destination: Path) -> int:
        return await self.saboteur.effect("fetch", lambda: self.inner.fetch(observation, destination))

    async def actual_cost(self, reference: TaskReference) -> Decimal | None:
        return await self.inner.actual_cost(reference)

    async def close(self) -> None:
        await self.inner.close()


@dataclass
class SabotagedDeliverer:
    """A deliverer that can be broken; it counts the copies it really made."""

    inner: Deliverer
    saboteur: Saboteur

    async def deliver(self, job: Job, clip: Clip, path: Path) -> str:
        return await self.saboteur.effect("deliver", lambda: self.inner.deliver(job, clip, path))
