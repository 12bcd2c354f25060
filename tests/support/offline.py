"""The bot with all its commands, connected to nothing, to look at what it defines."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.app import running_application
from bot.discord.client import StageBot, all_cogs
from bot.discord.door import DeliveryDoor
from bot.discord.running import services_of
from bot.discord.texts import CommandTranslator
from bot.media.download import Downloader
from tests.support.stage import QUICK, stage_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@asynccontextmanager
async def offline_bot(directory: Path) -> AsyncIterator[StageBot]:
    """Load every command into a bot that has a database of its own and never logs in."""
    settings = stage_settings(directory, base_url="http://127.0.0.1:9", access_key="access", secret_key="s" * 32)
    downloader = Downloader()
    async with running_application(settings, DeliveryDoor(), policies=QUICK) as app:
        bot = StageBot(services_of(app, downloader))
        await bot.tree.set_translator(CommandTranslator(bot.services.texts))
        for cog in all_cogs():
            await bot.load_extension(cog)
        yield bot
        for cog in tuple(bot.extensions):
            await bot.unload_extension(cog)
    await downloader.close()
