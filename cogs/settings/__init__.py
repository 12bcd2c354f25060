"""Settings: what a person chooses for themselves, and managers for their server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.settings._buttons import BUTTONS
from cogs.settings._cog import SettingsCog
from cogs.settings._modals import MODALS

if TYPE_CHECKING:
    from bot.discord.client import StageBot


async def setup(bot: StageBot) -> None:
    """Register the command, buttons and forms."""
    bot.add_dynamic_items(*BUTTONS)
    bot.add_modals(*MODALS)
    await bot.add_cog(SettingsCog())
