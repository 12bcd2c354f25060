"""The bot logs in to Discord, is ready, and leaves again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.theatre import open_theatre

if TYPE_CHECKING:
    from pathlib import Path


async def test_the_bot_connects_and_is_ready(tmp_path: Path) -> None:
    async with open_theatre(tmp_path, cogs=()) as theatre:
        assert await theatre.bot.is_connected()
        assert theatre.discord.gateway.identified == 1

        await theatre.restart_bot()

        assert theatre.discord.gateway.identified == 2
        assert await theatre.bot.is_connected()
