"""The library: a person's own clips, to be watched, posted and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.library._buttons import BUTTONS
from cogs.library._cog import LibraryCog

if TYPE_CHECKING:
    from bot.discord.client import StageBot


async def setup(bot: StageBot) -> None:
    """Register commands and buttons."""
    bot.add_dynamic_items(*BUTTONS)
    await bot.add_cog(LibraryCog(bot.services))
