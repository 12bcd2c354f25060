"""A clock that stands still until a test moves it."""

from __future__ import annotations

import asyncio
import math
from contextlib import suppress

_SETTLING_TURNS = 20


class ManualClock:
    """Time in Unix milliseconds that only `advance` moves; sleepers wake in the order of their due times."""

    def __init__(self, now: int = 1_767_225_600_000) -> None:
        self._now = now
        self._begun = now
        self._sleepers: list[tuple[int, asyncio.Event]] = []

    def now(self) -> int:
        return self._now

    def monotonic(self) -> float:
        return (self._now - self._begun) / 1000

    async def sleep(self, seconds: float) -> None:
        await self.wait(asyncio.Event(), seconds)

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        alarm = asyncio.Event()
        sleeper = (self._now + math.ceil(seconds * 1000), alarm)
        if seconds <= 0:
            await asyncio.sleep(0)
            return event.is_set()
        self._sleepers.append(sleeper)
        waiters = [asyncio.ensure_future(one.wait()) for one in (event, alarm)]
        try:
            await asyncio.wait(waiters, return_when=asyncio.FIRST_COMPLETED)
        finally:
            with suppress(ValueError):
                self._sleepers.remove(sleeper)
            for waiter in waiters:
                waiter.cancel()
        return event.is_set()

    async def advance(self, seconds: float) -> None:
        """Let `seconds` pass, waking every sleeper at its own moment."""
        target = self._now + round(seconds * 1000)
        await settle()
        while due := sorted((sleeper for sleeper in self._sleepers if sleeper[0] <= target), key=lambda one: one[0]):
            moment, alarm = due[0]
            self._sleepers.remove(due[0])
            self._now = max(self._now, moment)
            alarm.set()
            await settle()
        self._now = target
        await settle()


async def settle() -> None:
    """Let everything that can run without time passing run."""
    for _ in range(_SETTLING_TURNS):
        await asyncio.sleep(0)
