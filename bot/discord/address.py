"""Which Discord discord.py talks to: the real one, or a stand-in on this machine, and no third."""

from __future__ import annotations

from typing import Final

import aiohttp
import discord
import yarl

from bot.errors import ConfigurationError
from bot.settings import DiscordSettings, is_loopback

REAL: Final = str(DiscordSettings.model_fields["api_base"].default)
_REAL_GATEWAY: Final = discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
_SECONDS: Final = aiohttp.ClientTimeout(total=10)


async def talk_to(api_base: str) -> None:
    """Point discord.py at the API under `api_base` and at the gateway that this names.

    The addresses are attributes of the library's classes, so they hold for the whole process. Raises
    `ConfigurationError` for an address that is neither Discord's own nor on this machine, or where nobody answers.
    """
    gateway = _REAL_GATEWAY if api_base == REAL else await _gateway_of(api_base)
    discord.http.Route.BASE = api_base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway


async def _gateway_of(api_base: str) -> yarl.URL:
    if not is_loopback(api_base):
        raise ConfigurationError(
            f"discord.api_base must be {REAL} or the address of a stand-in on this machine; leave it out."
        )
    try:
        async with aiohttp.ClientSession(timeout=_SECONDS) as session, session.get(f"{api_base}/gateway") as answer:
            gateway = str((await answer.json())["url"])
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
        raise ConfigurationError(
            f"No Discord stand-in answers at {api_base}; start it, or change discord.api_base."
        ) from None
    if not is_loopback(gateway):
        raise ConfigurationError(f"The stand-in at {api_base} names a gateway that is not on this machine.")
    return yarl.URL(gateway)
