"""How large a file a place takes: what Discord says, or less where a refusal taught us so within the last day."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.delivery import store
from bot.delivery.shaping import limit_below

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.storage.database import Database

_log = logging.getLogger(__name__)


class UploadLimits:
    """Remembers per server what was refused; server 0 stands for direct messages."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def of(self, server: int, told: int) -> int:
        """Return the limit of a server in bytes, of which Discord says that it is `told`."""
        at = self._clock.now()
        learned = await self._database.read(lambda tx: store.learned_limit(tx, server, at=at))
        return told if learned is None else min(learned, told)

    async def refused(self, server: int, size: int) -> None:
        """Remember that a server did not take a file of `size` bytes."""
        at, limit = self._clock.now(), limit_below(size)
        _log.warning("server %s refused a file of %s bytes; its limit seems to be %s", server, size, limit)
        await self._database.run(lambda tx: store.learn_limit(tx, server, limit, at=at))
