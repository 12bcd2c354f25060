"""Writing prompts: what a prompt says and what is wrong with it, one built step by step, and the words that help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.prompts._build_items import BUILD_ITEMS
from cogs.prompts._check_items import CHECK_ITEMS
from cogs.prompts._cog import PromptsCog
from cogs.prompts._modals import MODALS
from cogs.prompts._words import WORDS_ITEMS

if TYPE_CHECKING:
    from bot.discord.client import StageBot


async def setup(bot: StageBot) -> None:
    """Register commands, buttons, menus and modals."""
    bot.add_dynamic_items(*CHECK_ITEMS, *BUILD_ITEMS, *WORDS_ITEMS)
    bot.add_modals(*MODALS)
    await bot.add_cog(PromptsCog(bot.services))
