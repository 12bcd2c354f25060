"""Making clips: the commands, the quote with its price, the way to the clip, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.generate._cog import GenerateCog
from cogs.generate._job_buttons import JOB_BUTTONS
from cogs.generate._modals import MODALS
from cogs.generate._quote_buttons import QUOTE_BUTTONS
from cogs.generate.clip_buttons import CLIP_BUTTONS

if TYPE_CHECKING:
    from bot.discord.client import StageBot


async def setup(bot: StageBot) -> None:
    """Register commands, buttons and modals."""
    bot.add_dynamic_items(*QUOTE_BUTTONS, *JOB_BUTTONS, *CLIP_BUTTONS)
    bot.add_modals(*MODALS)
    await bot.add_cog(GenerateCog(bot))
