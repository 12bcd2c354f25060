"""Credits: what somebody has, what became of it, and passing it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.credits._cog import CreditsCog
from cogs.credits._views import ShowHistory

if TYPE_CHECKING:
    from bot.discord.client import StageBot


async def setup(bot: StageBot) -> None:
    """Register commands and buttons."""
    bot.add_dynamic_items(ShowHistory)
    await bot.add_cog(CreditsCog(bot.services))
