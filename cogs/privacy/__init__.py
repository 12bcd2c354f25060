"""Privacy: what is stored about people, for them to read and to delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.privacy._buttons import AskToErase, Erase, Export, Spare
from cogs.privacy._cog import PrivacyCog

if TYPE_CHECKING:
    from bot.discord.client import StageBot


async def setup(bot: StageBot) -> None:
    """Register commands and buttons."""
    bot.add_dynamic_items(Export, AskToErase, Spare, Erase)
    await bot.add_cog(PrivacyCog(bot))
