"""Discord's identifiers: numbers that carry the millisecond in which they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.clock import Clock

DISCORD_EPOCH = 1_420_070_400_000
"""First millisecond of 2015, from which snowflakes count."""

_TIME_SHIFT = 22


def snowflake_at(milliseconds: int, serial: int = 0) -> int:
    """Return the snowflake for a Unix time in milliseconds and a serial number within it."""
    return ((milliseconds - DISCORD_EPOCH) << _TIME_SHIFT) + serial


def milliseconds_of(snowflake: str) -> int:
    """Return the Unix time in milliseconds at which a snowflake was made."""
    return (int(snowflake) >> _TIME_SHIFT) + DISCORD_EPOCH


class Snowflakes:
    """Hands out rising identifiers by the clock, even when the clock stands still."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def new(self) -> str:
        """Return an identifier greater than every earlier one."""
        self._last = max(snowflake_at(self._clock.now()), self._last + 1)
        return str(self._last)
