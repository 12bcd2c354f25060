"""The bot as a whole: the core, the client connected to Discord, and the delivery between them."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import aiohttp
import discord

from bot.app import running_application
from bot.delivery.herald import Herald
from bot.delivery.plain import PlainCards
from bot.discord.address import talk_to
from bot.discord.attachments import Attachments
from bot.discord.client import StageBot
from bot.discord.delivering import channel_delivery
from bot.discord.door import DeliveryDoor
from bot.discord.results import ResultCards
from bot.discord.services import Services
from bot.errors import ConfigurationError, DiscordUnreachable
from bot.jobs.quoting import QuoteDesk
from bot.media.download import Downloader
from bot.preferences import StoredPreferences
from bot.texts import Texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.app import Application, Policies
    from bot.settings import Settings

_STOP_PATIENCE: Final = 5.0
"""Seconds that interactions have to be answered when the bot stops."""

_NO_TOKEN: Final = "discord.token is empty; copy it from the developer portal, page Bot."  # noqa: S105 - a sentence
_REFUSED: Final = "Discord does not accept discord.token; copy it again from the developer portal, page Bot."


@asynccontextmanager
async def running_bot(
    settings: Settings,
    *,
    policies: Policies | None = None,
    cogs: Sequence[str] | None = None,
    force_sync: bool = False,
) -> AsyncIterator[StageBot]:
    """Run the whole bot while the block runs; it is connected and ready when the block begins.

    At the end it first stops to take commands, then answers what is under way, then hangs up; open jobs stay open in
    the database. Raises `ConfigurationError`, `StorageError` or `DiscordUnreachable`.
    """
    if not settings.discord.token.get_secret_value():
        raise ConfigurationError(_NO_TOKEN)
    await talk_to(settings.discord.api_base)
    door = DeliveryDoor()
    connections: list[StageBot] = []

    async def connected() -> bool:
        return all([await bot.is_connected() for bot in connections]) and bool(connections)

    async with running_application(settings, door, checks={"discord": connected}, policies=policies) as app:
        downloader = Downloader()
        try:
            bot = StageBot(services_of(app, downloader), cogs=cogs, force_sync=force_sync)
            async with _connected(bot, settings.discord.token.get_secret_value()), _delivering(app, bot, door):
                connections.append(bot)
                yield bot
        finally:
            await downloader.close()


def settle_memory() -> None:
    """Take everything that a start has built out of the garbage collector's sight, once per process.

    Without this every full collection looks at it again, and the loop stands still for about 90 ms.
    """
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _delivering(app: Application, bot: StageBot, door: DeliveryDoor) -> AsyncIterator[None]:
    """Let clips through to Discord while the block runs, and tell authors of jobs that ended without one."""
    texts, locale_of = bot.services.texts, bot.languages.of_job
    writer = ResultCards(texts, app.catalogue, locale_of)
    delivery = channel_delivery(app, bot, writer, PlainCards(texts, locale_of))
    herald = Herald(delivery, app.database, app.clock)
    app.engine.listeners.append(herald)
    try:
        async with herald:
            door.open(delivery)
            yield
    finally:
        app.engine.listeners.remove(herald)


def services_of(app: Application, downloader: Downloader) -> Services:
    """Put together what commands need; `downloader` fetches the files that people send."""
    return Services(
        app=app,
        desk=QuoteDesk(
            inspection=app.engine.inspection,
            files=app.files,
            database=app.database,
            clock=app.clock,
            ids=app.ids,
            validity=60.0 * app.settings.jobs.quote_minutes,
        ),
        texts=Texts.load(),
        preferences=StoredPreferences(app.database, app.settings.caps),
        attachments=Attachments(downloader, app.files, api_base=app.settings.discord.api_base),
    )


@asynccontextmanager
async def _connected(bot: StageBot, token: str) -> AsyncIterator[None]:
    """Log in, connect and wait until ready; the block ends early where the connection ends for good."""
    try:
        await bot.login(token)
    except discord.LoginFailure:
        await bot.close()
        raise ConfigurationError(_REFUSED) from None
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        await bot.close()
        raise DiscordUnreachable(str(error)) from None
    connection = asyncio.create_task(bot.connect(), name="discord connection")
    ready = asyncio.create_task(bot.wait_until_ready())
    try:
        await asyncio.wait({connection, ready}, return_when=asyncio.FIRST_COMPLETED)
        if connection.done():
            _raise_end(connection)
        async with _ended_with(connection):
            yield
    finally:
        ready.cancel()
        await bot.stop(patience=_STOP_PATIENCE)
        connection.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await connection


@asynccontextmanager
async def _ended_with(connection: asyncio.Task[None]) -> AsyncIterator[None]:
    """End the block where the connection ends by itself."""
    block = asyncio.current_task()
    lost = False

    def end(_: asyncio.Task[None]) -> None:
        nonlocal lost
        lost = True
        if block is not None:
            block.cancel()

    connection.add_done_callback(end)
    try:
        yield
    except asyncio.CancelledError:
        if not lost:
            raise
        if block is not None:
            block.uncancel()
        _raise_end(connection)
    finally:
        connection.remove_done_callback(end)


def _raise_end(connection: asyncio.Task[None]) -> None:
    """Turn the end of a connection into a sentence."""
    error = None if connection.cancelled() else connection.exception()
    if isinstance(error, discord.PrivilegedIntentsRequired):
        raise ConfigurationError("Discord wants an intent switched on in the developer portal, page Bot.") from error
    if isinstance(error, discord.ConnectionClosed) and error.code == _AUTHENTICATION_FAILED:
        raise ConfigurationError(_REFUSED) from None
    raise DiscordUnreachable(str(error or "the connection was closed")) from error


_AUTHENTICATION_FAILED: Final = 4004
"""The gateway's code for a token that it does not accept."""
