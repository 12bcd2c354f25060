"""What can be known before the bot runs: does Discord accept the token, and may the bot do its work?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import discord

from bot.discord.address import talk_to
from bot.discord.permissions import invitation, missing
from bot.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings import DiscordSettings

_FEW_SESSIONS: Final = 20
_MOST_NAMED: Final = 3
_MOST_SERVERS: Final = 200


@dataclass(frozen=True, slots=True)
class Remark:
    """One line: what was looked at, whether it is as it must be, and a sentence about it or what to do."""

    name: str
    passed: bool
    sentence: str


async def preflight(settings: DiscordSettings) -> AsyncIterator[Remark]:
    """Look at everything in turn; what depends on something that failed is left out. Nothing is changed."""
    token = settings.token.get_secret_value()
    if not token:
        yield Remark(
            "discord", passed=False, sentence="discord.token is empty; copy it from the developer portal, page Bot."
        )
        return
    try:
        await talk_to(settings.api_base)
    except ConfigurationError as error:
        yield Remark("discord", passed=False, sentence=str(error))
        return
    client = discord.AutoShardedClient(intents=discord.Intents(guilds=True))
    try:
        await client.login(token)
        yield Remark("discord", passed=True, sentence=f"the token works; the bot is {client.user}.")
        async for remark in _inspect(client, settings):
            yield remark
    except discord.LoginFailure:
        refusal = "Discord does not accept discord.token; copy it again from the developer portal, page Bot."
        yield Remark("discord", passed=False, sentence=refusal)
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        yield Remark("discord", passed=False, sentence=f"Discord cannot be asked now ({error}); try again later.")
    finally:
        await client.close()


async def _inspect(client: discord.AutoShardedClient, settings: DiscordSettings) -> AsyncIterator[Remark]:
    application = await client.application_info()
    yield _application(application)
    yield _intents(application.flags)
    yield await _sessions(client)
    servers: list[Any] = await client.http.get_guilds(_MOST_SERVERS)
    yield _membership(servers, settings.application_guild, application.id)
    wanted = [one for one in servers if settings.application_guild in {None, int(one["id"])}]
    if wanted:
        yield _permissions(wanted, application.id)


def _application(application: discord.AppInfo) -> Remark:
    if application.interactions_endpoint_url:
        sentence = "an Interactions Endpoint URL is set, so commands never reach the bot; empty it on page General."
        return Remark("application", passed=False, sentence=sentence)
    if application.user_integration_config is None:
        return Remark(
            "application", passed=True, sentence="servers can add it; people cannot add it for themselves alone."
        )
    return Remark("application", passed=True, sentence="servers can add it, and people for themselves.")


def _intents(flags: discord.ApplicationFlags) -> Remark:
    """Say which privileged intents are on; the bot asks for none, so it works either way."""
    switched_on = [
        name
        for name, is_on in (
            ("Presence", flags.gateway_presence or flags.gateway_presence_limited),
            ("Server Members", flags.gateway_guild_members or flags.gateway_guild_members_limited),
            ("Message Content", flags.gateway_message_content or flags.gateway_message_content_limited),
        )
        if is_on
    ]
    if not switched_on:
        return Remark("intents", passed=True, sentence="no privileged intent is on, and none is needed.")
    names = ", ".join(switched_on)
    return Remark("intents", passed=True, sentence=f"none is needed; switch off on page Bot: {names}.")


async def _sessions(client: discord.AutoShardedClient) -> Remark:
    answer = await client.http.request(discord.http.Route("GET", "/gateway/bot"))
    shards, left = answer["shards"], answer["session_start_limit"]["remaining"]
    if left < _FEW_SESSIONS:
        sentence = f"only {left} of today's starts are left; something restarts the bot again and again."
        return Remark("gateway", passed=False, sentence=sentence)
    return Remark("gateway", passed=True, sentence=f"{left} starts are left today; {shards} shards are advised.")


def _membership(servers: list[Any], wanted: int | None, application_id: int) -> Remark:
    if wanted is not None and not any(int(one["id"]) == wanted for one in servers):
        sentence = (
            f"the bot is not in the server {wanted} of discord.application_guild; add it with "
            f"{invitation(application_id)} or empty that setting."
        )
        return Remark("server", passed=False, sentence=sentence)
    if not servers:
        return Remark(
            "server", passed=False, sentence=f"the bot is in no server; add it with {invitation(application_id)}"
        )
    where = "commands are made known to one of them only" if wanted else "commands are made known to all"
    more = "at least " if len(servers) == _MOST_SERVERS else ""
    return Remark("server", passed=True, sentence=f"the bot is in {more}{len(servers)} servers; {where}.")


def _permissions(servers: list[Any], application_id: int) -> Remark:
    """Look at the bot's permissions in servers; single channels can take them away or give more."""
    lacking = {
        str(one["name"]): names for one in servers if (names := missing(discord.Permissions(int(one["permissions"]))))
    }
    if not lacking:
        return Remark("permissions", passed=True, sentence="everything needed is allowed, unless a channel forbids it.")
    said = "; ".join(f"{server}: {', '.join(names)}" for server, names in list(lacking.items())[:_MOST_NAMED])
    more = f" and {len(lacking) - _MOST_NAMED} more servers" if len(lacking) > _MOST_NAMED else ""
    sentence = (
        f"missing in {said}{more}. Give them to the bot's role, or add it again with {invitation(application_id)}"
    )
    return Remark("permissions", passed=False, sentence=sentence)
