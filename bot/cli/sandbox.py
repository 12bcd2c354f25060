"""`soundstage sandbox`: the whole product on this machine, without any account."""

from __future__ import annotations

import asyncio
import os
import sys
import webbrowser
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from pydantic import SecretStr

from bot.cli.common import logs
from bot.cli.stopping import run_until_stopped
from bot.clock import RandomIds, SystemClock
from bot.discord.running import running_bot, settle_memory
from bot.jobs.quote import Requester
from bot.ledger import grant
from bot.sandbox.discord import DiscordStandIn, RateLimits
from bot.sandbox.local import local_policies, local_settings
from bot.settings import DiscordSettings, load_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.app import Application
    from bot.settings import Settings
    from bot.storage.database import Transaction

DEFAULT_PORT: Final = 8710
DEFAULT_SPEED: Final = 20.0
WELCOME_CREDITS: Final = 500
_DIRECT: Final = 0
"""The server id under which credits of direct messages are kept."""

_EXAMPLE: Final = 'A woman on a pier in the rain says: "The tide is turning."'


@dataclass(frozen=True, slots=True)
class Options:
    """The options of the command, as they were given."""

    port: int
    data: Path
    speed: float
    headless: bool


@click.command(short_help="Try everything on this machine, without any account.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="Where the page is, on this machine only; 0 takes a free port.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data/sandbox"),
    show_default=True,
    metavar="DIR",
    help="Where everything is kept; delete it to begin anew.",
)
@click.option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True),
    default=DEFAULT_SPEED,
    show_default=True,
    metavar="X",
    help="How much faster than the real service clips are made; drawing them takes the time it takes.",
)
@click.option("--headless", is_flag=True, help="Do not open a browser.")
def sandbox(**options: object) -> None:
    """Start a local Discord with a page, a local Kling that draws clips, and the real bot between them.

    Everything listens on this machine only. No account is needed and nothing is spent.
    """
    settings = _quiet(load_settings())
    with logs(settings):
        asyncio.run(run_until_stopped(_serve(settings, Options(**options))))  # type: ignore[arg-type]  # click has checked the types


async def _serve(settings: Settings, options: Options) -> None:
    async with AsyncExitStack() as stack:
        stand_in = await stack.enter_async_context(_discord(options))
        settings = await stack.enter_async_context(local_settings(settings, options.data, speed=options.speed))
        policies = local_policies(options.speed)
        bot = await stack.enter_async_context(running_bot(_pointed_at(stand_in, settings), policies=policies))
        settle_memory()
        await _welcome(bot.services.app, stand_in)
        _say_where(stand_in.page_url, options.data)
        if not options.headless and _has_display():
            await asyncio.to_thread(webbrowser.open, stand_in.page_url)
        await asyncio.Event().wait()


@asynccontextmanager
async def _discord(options: Options) -> AsyncIterator[DiscordStandIn]:
    clock = SystemClock()
    stand_in = DiscordStandIn(
        clock=clock,
        ids=RandomIds(clock),
        directory=options.data / "discord",
        rate_limits=RateLimits.like_discord(),
    )
    try:
        await stand_in.start(options.port)
    except OSError:
        raise click.ClickException(
            f"The port {options.port} is taken or not allowed; choose another one with --port."
        ) from None
    try:
        yield stand_in
    finally:
        await stand_in.stop()


def _pointed_at(stand_in: DiscordStandIn, settings: Settings) -> Settings:
    discord = DiscordSettings(token=SecretStr(stand_in.token), api_base=stand_in.base_url)
    return settings.model_copy(update={"discord": discord})


async def _welcome(app: Application, stand_in: DiscordStandIn) -> None:
    """Give everybody credits in every server and in direct messages, once."""
    world = stand_in.world
    people = [user.id for user in world.users.values() if not user.bot]
    places = [(_DIRECT, person) for person in people]
    places += [
        (int(server.id), person) for server in world.guilds.values() for person in people if person in server.members
    ]

    def give(tx: Transaction) -> None:
        for server, person in places:
            requester = Requester(server=server, person=int(person))
            grant(
                tx,
                command=f"sandbox-welcome-{server}-{person}",
                owner=requester.owner,
                amount=WELCOME_CREDITS,
                actor="sandbox",
                note="to try the sandbox with",
                at=app.clock.now(),
            )

    await app.database.run(give)


def _say_where(address: str, data: Path) -> None:
    click.echo(f"\n  Soundstage is on  {click.style(address, bold=True, fg='cyan')}\n")
    click.echo(f"  Go to #stage there, type /video text, and try:  {_EXAMPLE}")
    click.echo(
        f"  Everybody has {WELCOME_CREDITS} credits to begin with. Nothing leaves this machine and nothing is spent."
    )
    click.echo(f"  All of it is kept in {data}. Stop with Ctrl-C.\n")
    sys.stdout.flush()


def _quiet(settings: Settings) -> Settings:
    """Log warnings only, unless the configuration says how much is logged."""
    if "level" in settings.log.model_fields_set:
        return settings
    return settings.model_copy(update={"log": settings.log.model_copy(update={"level": "warning"})})


def _has_display() -> bool:
    """Say whether there is a screen on which a browser could open."""
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
