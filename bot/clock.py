"""Time and identifiers as objects, so that tests can replace them."""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import Protocol

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TIME_CHARACTERS = 9
_RANDOM_CHARACTERS = 7


class Clock(Protocol):
    """Where every part asks for the time and waits for it to pass."""

    def now(self) -> int:
        """Return the wall clock in Unix milliseconds."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never run backwards, for measuring spans."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait for a span of this clock's time, in seconds."""
        ...

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait until `event` is set, at most `seconds`; say whether it was set."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> int:
        """Return the wall clock in Unix milliseconds."""
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait for `seconds`."""
        await asyncio.sleep(seconds)

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait until `event` is set, at most `seconds`; say whether it was set."""
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return False
        return True


class IdSource(Protocol):
    """Where new identifiers come from."""

    def new(self) -> str:
        """Return an identifier of 16 characters that was never returned before."""
        ...


class RandomIds:
    """Identifiers that sort by the time they were made and cannot be guessed.

    Sixteen characters of Crockford's base 32: nine of Unix milliseconds, seven random. Together with an
    attempt number they stay below Discord's limit of 25 characters for a nonce.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def new(self) -> str:
        """Return a fresh identifier of 16 characters."""
        random = secrets.randbits(5 * _RANDOM_CHARACTERS)
        return _base32(self._clock.now(), _TIME_CHARACTERS) + _base32(random, _RANDOM_CHARACTERS)


def _base32(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 32)
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))
