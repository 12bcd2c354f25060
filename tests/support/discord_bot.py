"""A small bot on the real discord.py client, with one command for everything the stand-in must carry."""

from __future__ import annotations

import asyncio
import contextlib
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import aiohttp
import discord
import yarl
from discord import app_commands

if TYPE_CHECKING:
    from bot.sandbox.discord import DiscordStandIn

LOOPBACK = "127.0.0.1"


async def point_at(api_base: str) -> None:
    """Send discord.py to a loopback server; refuses any other address."""
    url = yarl.URL(api_base)
    if url.host != LOOPBACK:
        raise ValueError(f"{api_base} is not a loopback address")
    async with aiohttp.ClientSession() as session, session.get(f"{api_base}/gateway") as response:
        gateway = (await response.json())["url"]
    discord.http.Route.BASE = api_base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


class TestBot(discord.Client):
    """The client, ready as soon as the gateway has sent its servers."""

    __test__ = False

    def __init__(self, **options: Any) -> None:
        options.setdefault("intents", discord.Intents.none() | discord.Intents(guilds=True, guild_messages=True))
        super().__init__(guild_ready_timeout=0.05, allowed_mentions=discord.AllowedMentions.none(), **options)
        self.tree = app_commands.CommandTree(self)
        self.seen: list[discord.Message] = []
        self.resumes = 0

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once; the real service wants five seconds between sessions."""

    async def on_message(self, message: discord.Message) -> None:
        self.seen.append(message)

    async def on_resumed(self) -> None:
        self.resumes += 1


@dataclass
class RunningBot:
    """A bot that is connected to a stand-in until it is closed."""

    stand_in: DiscordStandIn
    client: TestBot
    _task: asyncio.Task[None] | None = field(default=None, init=False)

    async def __aenter__(self) -> Self:
        await point_at(self.stand_in.base_url)
        await self.client.login(self.stand_in.token)
        self._task = asyncio.create_task(self.client.connect())
        ready = asyncio.create_task(self.client.wait_until_ready())
        done, _ = await asyncio.wait({self._task, ready}, timeout=5, return_when=asyncio.FIRST_COMPLETED)
        if ready not in done:
            ready.cancel()
            await self._stop()
            raise RuntimeError("the client did not become ready")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stop()

    async def _stop(self) -> None:
        await self.client.close()
        if self._task is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await self._task


def file_of(data: bytes, name: str) -> discord.File:
    """Return an upload with these bytes."""
    return discord.File(io.BytesIO(data), filename=name)
