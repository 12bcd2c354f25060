"""Taking messages of ours down: again and again until Discord says that they are gone."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Final

import aiohttp
import discord

from bot.delivery import showings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.clock import Clock
    from bot.delivery.destination import Posted
    from bot.storage.database import Database

_log = logging.getLogger(__name__)

_EVERY: Final = 1800.0
"""Seconds between two rounds; Discord blocks those who ask too often for what they may not do."""


class Removals:
    """Works off what is written down to be removed; see `bot.delivery.showings`."""

    def __init__(self, database: Database, clock: Clock, client: discord.Client) -> None:
        self._database = database
        self._clock = clock
        self._client = client

    async def keep_working(self) -> None:
        """Work through everything now and in intervals, until cancelled; a failed round is logged."""
        while True:
            try:
                await self.work()
            except Exception:  # noqa: BLE001 - the next round may succeed
                _log.exception("messages could not be removed")
            await self._clock.sleep(_EVERY)

    async def work(self, messages: Iterable[Posted] | None = None) -> frozenset[Posted]:
        """Try to remove messages once, all that are written down unless some are named; return those still there.

        In a channel that refuses one message the others are left for the next round. What could not be removed for
        days is given up with a line in the log.
        """
        if messages is None:
            messages = await self._database.read(showings.to_remove)
        left: set[Posted] = set()
        closed: set[int] = set()
        for posted in messages:
            if posted.channel not in closed and await self._remove(posted, closed):
                await self._database.run(partial(showings.removed, posted=posted))
            else:
                left.add(posted)
        if given_up := await self._database.run(partial(showings.give_up, at=self._clock.now())):
            _log.warning("%d messages could not be removed and stay on Discord", given_up)
        return frozenset(left)

    async def _remove(self, posted: Posted, closed: set[int]) -> bool:
        """Delete a message and say whether it is gone; a channel that refuses is added to `closed`."""
        channel = self._client.get_partial_messageable(posted.channel)
        try:
            await channel.get_partial_message(posted.message).delete()
        except discord.NotFound:
            return True
        except discord.Forbidden as error:
            closed.add(posted.channel)
            _log.info("a message may not be removed now", extra={"code": error.code})
            return False
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            _log.info("a message could not be removed now", extra={"error": type(error).__name__})
            return False
        return True
