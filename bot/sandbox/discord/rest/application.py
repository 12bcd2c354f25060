"""The application itself: who am I, where is the gateway, which commands are registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.discord.bodies import read_json, read_object
from bot.sandbox.discord.checks.commands import check_command, check_commands
from bot.sandbox.discord.errors import ApiError, NotSeenError
from bot.sandbox.discord.hub import NoticeEvent
from bot.sandbox.discord.parts import json_response, no_content, parts_of

if TYPE_CHECKING:
    from bot.sandbox.discord.model import Command, Json
    from bot.sandbox.discord.parts import Parts

IDENTIFIES_PER_DAY = 1000
_DAY_MILLISECONDS = 86_400_000


async def own_user(request: web.Request) -> web.Response:
    """GET /users/@me."""
    parts = parts_of(request)
    return json_response(parts.payloads.user(parts.world.bot))


async def own_application(request: web.Request) -> web.Response:
    """GET /oauth2/applications/@me and /applications/@me."""
    return json_response(parts_of(request).payloads.application())


async def gateway_address(request: web.Request) -> web.Response:
    """GET /gateway."""
    return json_response({"url": parts_of(request).gateway.url})


async def gateway_for_bots(request: web.Request) -> web.Response:
    """GET /gateway/bot."""
    gateway = parts_of(request).gateway
    left = max(0, IDENTIFIES_PER_DAY - gateway.identified)
    limit = {
        "total": IDENTIFIES_PER_DAY,
        "remaining": left,
        "reset_after": _DAY_MILLISECONDS,
        "max_concurrency": 1,
    }
    return json_response({"url": gateway.url, "shards": 1, "session_start_limit": limit})


def _scope(request: web.Request) -> tuple[Parts, str | None]:
    """Return the parts and the server of a command route; raises ApiError for a wrong application or server."""
    parts = parts_of(request)
    if request.match_info["application_id"] != parts.world.application_id:
        raise NotSeenError(10002, "Application")
    guild_id = request.match_info.get("guild_id")
    if guild_id is not None and not parts.world.guild(guild_id).has_bot:
        raise ApiError(403, 50001, "Missing Access")
    return parts, guild_id


def _announce(parts: Parts) -> None:
    parts.hub.announce(NoticeEvent("commands", {}))


def _own_command(request: web.Request) -> tuple[Parts, Command]:
    parts, guild_id = _scope(request)
    command = parts.world.command(request.match_info["command_id"])
    if command.guild_id != guild_id:
        raise NotSeenError(10063, "application command")
    return parts, command


async def list_commands(request: web.Request) -> web.Response:
    """GET the commands of a scope."""
    parts, guild_id = _scope(request)
    return json_response([parts.payloads.command(command) for command in parts.world.commands(guild_id)])


async def replace_commands(request: web.Request) -> web.Response:
    """PUT the complete set of commands of a scope; those left out are removed, the others keep their ids."""
    parts, guild_id = _scope(request)
    definitions = await read_json(request)
    if not isinstance(definitions, list):
        raise ApiError(400, 50035, "Invalid Form Body")
    check_commands(definitions)
    kept = [parts.world.put_command(guild_id, _cleaned(definition))[0] for definition in definitions]
    wanted = {command.id for command in kept}
    for command in parts.world.commands(guild_id):
        if command.id not in wanted:
            parts.world.remove_command(command.id)
    _announce(parts)
    return json_response([parts.payloads.command(command) for command in kept])


async def create_command(request: web.Request) -> web.Response:
    """POST one command; 201 when it is new."""
    parts, guild_id = _scope(request)
    definition = await read_object(request)
    others = [one.definition for one in parts.world.commands(guild_id) if one.name != definition.get("name")]
    check_command(definition)
    check_commands([*others, definition])
    command, new = parts.world.put_command(guild_id, _cleaned(definition))
    _announce(parts)
    return json_response(parts.payloads.command(command), 201 if new else 200)


async def show_command(request: web.Request) -> web.Response:
    """GET one command."""
    parts, command = _own_command(request)
    return json_response(parts.payloads.command(command))


async def change_command(request: web.Request) -> web.Response:
    """PATCH one command."""
    parts, command = _own_command(request)
    definition = {**command.definition, **await read_object(request)}
    check_command(definition)
    command.definition = _cleaned(definition)
    command.version = parts.world.snowflakes.new()
    _announce(parts)
    return json_response(parts.payloads.command(command))


async def delete_command(request: web.Request) -> web.Response:
    """DELETE one command."""
    parts, command = _own_command(request)
    parts.world.remove_command(command.id)
    _announce(parts)
    return no_content()


async def command_permissions(request: web.Request) -> web.Response:
    """GET the permission overrides of a server: none are ever set here."""
    _scope(request)
    return json_response([])


async def nothing_for_sale(request: web.Request) -> web.Response:
    """GET entitlements and SKUs: the stand-in sells nothing."""
    _scope(request)
    return json_response([])


def _cleaned(definition: Json) -> Json:
    return {key: value for key, value in definition.items() if key not in {"id", "application_id", "version"}}


def routes() -> list[web.RouteDef]:
    """Return the routes of this area."""
    everywhere = "/applications/{application_id}/commands"
    in_guild = "/applications/{application_id}/guilds/{guild_id}/commands"
    found = [
        web.get("/users/@me", own_user),
        web.get("/oauth2/applications/@me", own_application),
        web.get("/applications/@me", own_application),
        web.get("/gateway", gateway_address),
        web.get("/gateway/bot", gateway_for_bots),
        web.get("/applications/{application_id}/entitlements", nothing_for_sale),
        web.get("/applications/{application_id}/skus", nothing_for_sale),
        web.get(in_guild + "/permissions", command_permissions),
    ]
    for base in (everywhere, in_guild):
        found += [
            web.get(base, list_commands),
            web.put(base, replace_commands),
            web.post(base, create_command),
            web.get(base + "/{command_id}", show_command),
            web.patch(base + "/{command_id}", change_command),
            web.delete(base + "/{command_id}", delete_command),
        ]
    return found
