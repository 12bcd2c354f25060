"""Reading the account: which packs of units it has."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.providers.kling.client import Call
from bot.providers.kling.errors import refusal, unreadable
from bot.providers.kling.wire import AccountCosts, read

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.providers.kling.client import KlingClient

SECONDS_BETWEEN_CALLS = 1.0
"""The vendor asks for no more than one call a second here."""
_ONE_YEAR_MILLISECONDS = 365 * 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Pack:
    """Prepaid units.

    `remaining` lags behind by up to twelve hours and is no live balance; `expires_at` is Unix milliseconds.
    """

    name: str
    total: Decimal
    remaining: Decimal
    expires_at: int | None
    usable: bool


class AccountReader:
    """Asks for the account's packs, no faster than the vendor allows."""

    def __init__(self, client: KlingClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._turn = asyncio.Lock()
        self._next_call = 0.0

    async def packs(self) -> list[Pack]:
        """Return the packs bought within a year; raises `KlingFailure`."""
        async with self._turn:
            await self._clock.sleep(max(0.0, self._next_call - self._clock.monotonic()))
            self._next_call = self._clock.monotonic() + SECONDS_BETWEEN_CALLS
            now = self._clock.now()
            call = Call(
                endpoint="account costs",
                method="GET",
                path="/account/costs",
                query={"start_time": now - _ONE_YEAR_MILLISECONDS, "end_time": now},
            )
            costs = read(AccountCosts, await self._client.call(call))
        if costs is None:
            raise unreadable("account costs are not an object", creating=False)
        if costs.code:
            raise refusal(code=costs.code, message=costs.msg, http_status=200, creating=False)
        return [
            Pack(
                name=pack.resource_pack_name,
                total=pack.total_quantity or Decimal(0),
                remaining=pack.remaining_quantity or Decimal(0),
                expires_at=pack.invalid_time,
                usable=pack.status == "online",
            )
            for pack in costs.resource_pack_subscribe_infos
        ]
