"""Help: what the bot does, and a first clip to try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.help._cog import HelpCog, TryExample

if TYPE_CHECKING:
    from bot.discord.client import StageBot


async def setup(bot: StageBot) -> None:
    """Register the command and its button."""
    bot.add_dynamic_items(TryExample)
    await bot.add_cog(HelpCog())
