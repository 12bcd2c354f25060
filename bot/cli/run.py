"""`soundstage run`: the bot itself."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import click

from bot.cli.common import config_option, logs, open_data
from bot.cli.stopping import run_until_stopped
from bot.discord.running import running_bot, settle_memory
from bot.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings

_log = logging.getLogger(__name__)


@click.command(short_help="Run the bot.")
@click.option("--sync", is_flag=True, help="Make all commands known to Discord again, changed or not.")
@config_option
def run(config: Path | None, *, sync: bool) -> None:
    """Run the bot until it is stopped with Ctrl-C or SIGTERM.

    When it stops it takes no new commands, finishes its answers, and leaves open jobs in the database; the next start
    takes them up again.
    """
    settings = load_settings(config)
    open_data(settings)
    with logs(settings):
        asyncio.run(run_until_stopped(_run(settings, sync=sync)))


async def _run(settings: Settings, *, sync: bool) -> None:
    async with running_bot(settings, force_sync=sync) as bot:
        settle_memory()
        _log.info("ready as %s in %d servers", bot.user, len(bot.guilds))
        await asyncio.Event().wait()
