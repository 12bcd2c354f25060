"""Jobs: how they stand, cancelling, and trying again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.jobs._buttons import BUTTONS
from cogs.jobs._cog import JobsCog

if TYPE_CHECKING:
    from bot.discord.client import StageBot


async def setup(bot: StageBot) -> None:
    """Register commands and buttons."""
    bot.add_dynamic_items(*BUTTONS)
    await bot.add_cog(JobsCog(bot.services))
