"""Start the stand-in alone: `python -m bot.sandbox.discord --port 8711 --data DIRECTORY`."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import click

from bot.clock import RandomIds, SystemClock
from bot.sandbox.discord.limits import RateLimits
from bot.sandbox.discord.server import DiscordStandIn


async def _serve(port: int, directory: Path) -> None:
    clock = SystemClock()
    stand_in = DiscordStandIn(
        clock=clock, ids=RandomIds(clock), directory=directory, rate_limits=RateLimits.like_discord()
    )
    await stand_in.start(port)
    click.echo(f"page:  {stand_in.page_url}")
    click.echo(f"bot:   discord.api_base = {stand_in.base_url}")
    click.echo(f"       discord.token = {stand_in.token}")
    asked_to_stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked_to_stop.set)
    await asked_to_stop.wait()
    await stand_in.stop()


@click.command()
@click.option("--port", default=0, show_default="a free one", help="Port on 127.0.0.1.")
@click.option("--data", default="data/sandbox/discord", type=click.Path(path_type=Path), help="Where state is kept.")
def main(port: int, data: Path) -> None:
    """Serve a local Discord until interrupted."""
    try:
        asyncio.run(_serve(port, data))
    except OSError as error:
        raise click.ClickException(f"The port {port} cannot be used: {error.strerror}.") from None


if __name__ == "__main__":
    main()
