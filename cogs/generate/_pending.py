"""Drafts whose image is still being copied while their person fills in the form."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from bot.errors import SoundstageError

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.discord.client import StageBot
    from bot.jobs.drafts import Draft

_MOST: Final = 500


class PendingDrafts:
    """Copies under way, and those that failed, so that the form can say why. Finished ones are in the database."""

    def __init__(self) -> None:
        self._copies: OrderedDict[str, asyncio.Task[Draft | SoundstageError]] = OrderedDict()

    def begin(self, client: StageBot, draft_id: str, copy: Coroutine[None, None, Draft]) -> None:
        """Copy beside the form."""
        task = asyncio.create_task(_outcome(copy), name=f"copy the image of {draft_id}")
        client.keep(task)
        self._copies[draft_id] = task
        while len(self._copies) > _MOST:
            self._copies.popitem(last=False)

    async def of(self, draft_id: str) -> Draft | None:
        """Wait for a copy and return its draft, None where none is known; raises what went wrong with it."""
        task = self._copies.pop(draft_id, None)
        if task is None:
            return None
        outcome = await task
        if isinstance(outcome, SoundstageError):
            raise outcome
        return outcome


async def _outcome(copy: Coroutine[None, None, Draft]) -> Draft | SoundstageError:
    try:
        return await copy
    except SoundstageError as error:
        return error
