"""The door between the engine and Discord: clips wait at it until the bot is connected."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from bot.jobs.job import Clip, Job
    from bot.jobs.parts import Deliverer


class DeliveryDoor:
    """A `Deliverer` whose real one comes later.

    The engine takes open jobs up before there is a connection to Discord, and the delivery needs both.
    """

    def __init__(self) -> None:
        self._deliverer: asyncio.Future[Deliverer] = asyncio.get_running_loop().create_future()

    def open(self, deliverer: Deliverer) -> None:
        """Let everything through to this deliverer."""
        self._deliverer.set_result(deliverer)

    async def deliver(self, job: Job, clip: Clip, path: Path) -> str:
        """Wait for the deliverer and hand the clip on."""
        deliverer = await asyncio.shield(self._deliverer)
        return await deliverer.deliver(job, clip, path)
