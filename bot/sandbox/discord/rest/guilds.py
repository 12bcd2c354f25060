"""Servers, members, roles, channels and threads."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.discord.bodies import Body, read_body, read_object
from bot.sandbox.discord.errors import ApiError, InvalidForm, missing_access, missing_permissions
from bot.sandbox.discord.hub import ChannelEvent
from bot.sandbox.discord.model import THREAD_TYPES, Channel, ChannelType, Overwrite, ThreadState
from bot.sandbox.discord.parts import json_response, no_content, parts_of
from bot.sandbox.discord.permissions import Permission, server_permissions
from bot.sandbox.discord.rest.messages import require, upload_limit, visible_channel

if TYPE_CHECKING:
    from bot.sandbox.discord.model import Guild, Json
    from bot.sandbox.discord.parts import Parts

CHANNEL_NAME_LENGTH = 100
MOST_TAGS = 5
_ARCHIVE_MINUTES = {60, 1440, 4320, 10080}


def joined_guild(request: web.Request) -> tuple[Parts, Guild]:
    """Return the server of a route if the bot is in it; raises ApiError 404 or 50001."""
    parts = parts_of(request)
    guild = parts.world.guild(request.match_info["guild_id"])
    if not guild.has_bot:
        raise missing_access()
    return parts, guild


async def show_user(request: web.Request) -> web.Response:
    """GET a user."""
    parts = parts_of(request)
    return json_response(parts.payloads.user(parts.world.user(request.match_info["user_id"])))


async def own_guilds(request: web.Request) -> web.Response:
    """GET the servers that the bot is in, each with what it may do there."""
    parts = parts_of(request)
    bot = parts.world.application_id
    joined = [guild for guild in parts.world.guilds.values() if guild.has_bot]
    return json_response(
        [
            {**parts.payloads.guild(guild), "permissions": str(int(server_permissions(guild, guild.members[bot])))}
            for guild in joined
        ]
    )


async def show_guild(request: web.Request) -> web.Response:
    """GET a server."""
    parts, guild = joined_guild(request)
    return json_response(parts.payloads.guild(guild))


async def guild_channels(request: web.Request) -> web.Response:
    """GET the channels of a server."""
    parts, guild = joined_guild(request)
    return json_response([parts.payloads.channel(one) for one in parts.world.channels_of(guild.id)])


async def guild_roles(request: web.Request) -> web.Response:
    """GET the roles of a server."""
    parts, guild = joined_guild(request)
    return json_response([parts.payloads.role(role) for role in guild.roles])


async def guild_member(request: web.Request) -> web.Response:
    """GET a member."""
    parts, guild = joined_guild(request)
    return json_response(parts.payloads.member(parts.world.member(guild, request.match_info["user_id"])))


async def active_threads(request: web.Request) -> web.Response:
    """GET the open threads of a server."""
    parts, guild = joined_guild(request)
    threads = [one for one in parts.world.threads_of(guild.id) if one.thread and not one.thread.archived]
    return json_response({"threads": [parts.payloads.channel(one) for one in threads], "members": []})


async def archived_threads(request: web.Request) -> web.Response:
    """GET the archived public threads of a channel, those archived last first."""
    parts = parts_of(request)
    channel = visible_channel(parts, request.match_info["channel_id"])
    require(parts, channel, Permission.READ_MESSAGE_HISTORY)
    limit = int(request.query.get("limit", 50))
    before = request.query.get("before")
    threads = [
        (one, one.thread.archived_at)
        for one in parts.world.threads_of(channel.guild_id or "")
        if one.thread and one.thread.archived and one.parent_id == channel.id
    ]
    if before is not None:
        moment = datetime.fromisoformat(before).timestamp() * 1000
        threads = [(one, at) for one, at in threads if at < moment]
    threads.sort(key=lambda entry: entry[1], reverse=True)
    shown = [parts.payloads.channel(one) for one, _ in threads[:limit]]
    return json_response({"threads": shown, "members": [], "has_more": len(threads) > limit})


async def create_channel(request: web.Request) -> web.Response:
    """POST a channel in a server."""
    parts, guild = joined_guild(request)
    own = server_permissions(guild, parts.world.member(guild, parts.world.application_id))
    if not own & Permission.MANAGE_CHANNELS:
        raise missing_permissions()
    body = await read_object(request)
    _check_name(body)
    channel = Channel(
        id=parts.world.snowflakes.new(),
        kind=ChannelType(body.get("type", 0)),
        name=body["name"],
        guild_id=guild.id,
        topic=body.get("topic") or "",
        position=len(parts.world.channels_of(guild.id)),
        parent_id=body.get("parent_id"),
        nsfw=bool(body.get("nsfw")),
        overwrites=[_overwrite(one) for one in body.get("permission_overwrites") or []],
    )
    parts.world.add_channel(channel)
    parts.hub.announce(ChannelEvent("CHANNEL_CREATE", channel))
    return json_response(parts.payloads.channel(channel), 201)


def _overwrite(data: Json) -> Overwrite:
    return Overwrite(str(data["id"]), int(data["type"]), int(data.get("allow", 0)), int(data.get("deny", 0)))


def _check_name(body: Json) -> None:
    form = InvalidForm()
    form.length("name", body.get("name"), 1, CHANNEL_NAME_LENGTH)
    minutes = body.get("auto_archive_duration")
    if minutes is not None and minutes not in _ARCHIVE_MINUTES:
        form.add("auto_archive_duration", "BASE_TYPE_CHOICES", f"Must be one of {sorted(_ARCHIVE_MINUTES)}.")
    form.raise_if_any()


async def show_channel(request: web.Request) -> web.Response:
    """GET a channel."""
    parts = parts_of(request)
    return json_response(parts.payloads.channel(visible_channel(parts, request.match_info["channel_id"])))


async def change_channel(request: web.Request) -> web.Response:
    """PATCH a channel or a thread, for example to open an archived one."""
    parts = parts_of(request)
    channel = visible_channel(parts, request.match_info["channel_id"])
    body = await read_object(request)
    if "name" in body:
        _check_name(body)
    if channel.thread is None:
        require(parts, channel, Permission.MANAGE_CHANNELS)
    else:
        _change_thread(parts, channel, channel.thread, body)
    channel.name = body.get("name", channel.name)
    channel.topic = body.get("topic", channel.topic) or ""
    parts.world.changed = True
    kind = "THREAD_UPDATE" if channel.kind in THREAD_TYPES else "CHANNEL_UPDATE"
    parts.hub.announce(ChannelEvent(kind, channel))
    return json_response(parts.payloads.channel(channel))


def _change_thread(parts: Parts, channel: Channel, thread: ThreadState, body: Json) -> None:
    only_opening = body.keys() <= {"archived"} and body.get("archived") is False and not thread.locked
    if thread.owner_id != parts.world.application_id and not only_opening:
        require(parts, channel, Permission.MANAGE_THREADS)
    if thread.archived and body.get("archived") is not False:
        raise ApiError(400, 50083, "Thread is archived")
    if body.get("archived", thread.archived) != thread.archived:
        thread.archived_at = parts.clock.now()
    thread.archived = bool(body.get("archived", thread.archived))
    thread.locked = bool(body.get("locked", thread.locked))
    thread.auto_archive_minutes = int(body.get("auto_archive_duration", thread.auto_archive_minutes))


async def delete_channel(request: web.Request) -> web.Response:
    """DELETE a channel or a thread."""
    parts = parts_of(request)
    channel = visible_channel(parts, request.match_info["channel_id"])
    in_thread = channel.kind in THREAD_TYPES
    require(parts, channel, Permission.MANAGE_THREADS if in_thread else Permission.MANAGE_CHANNELS)
    answer = parts.payloads.channel(channel)
    parts.hub.announce(ChannelEvent("THREAD_DELETE" if in_thread else "CHANNEL_DELETE", channel))
    parts.world.remove_channel(channel)
    return json_response(answer)


async def create_thread(request: web.Request) -> web.Response:
    """POST a thread; in a forum, with its first message."""
    parts = parts_of(request)
    parent = visible_channel(parts, request.match_info["channel_id"])
    body = await read_body(request, parts.files, limit=upload_limit(parts, parent))
    _check_name(body.payload)
    if parent.kind is ChannelType.FORUM:
        return await _create_post(parts, parent, body)
    require(parts, parent, Permission.CREATE_PUBLIC_THREADS)
    thread = _open_thread(parts, parent, body.payload, parts.world.snowflakes.new())
    return json_response(parts.payloads.channel(thread), 201)


async def _create_post(parts: Parts, forum: Channel, body: Body) -> web.Response:
    require(parts, forum, Permission.SEND_MESSAGES)
    tags = [str(one) for one in body.payload.get("applied_tags") or []]
    known = {tag.id for tag in forum.available_tags}
    if len(tags) > MOST_TAGS or not set(tags) <= known:
        raise ApiError(400, 50035, "Invalid Form Body")
    if forum.requires_tag and not tags:
        raise ApiError(400, 40067, "A tag is required to create a forum post in this channel")
    thread = _open_thread(parts, forum, body.payload, parts.world.snowflakes.new(), tags)
    first = Body(body.payload.get("message") or {}, body.uploads)
    first.payload.setdefault("attachments", body.payload.get("attachments") or [])
    try:
        message = await parts.posts.create(thread, parts.world.application_id, first)
    except ApiError:
        parts.hub.announce(ChannelEvent("THREAD_DELETE", thread))
        parts.world.remove_channel(thread)
        raise
    return json_response({**parts.payloads.channel(thread), "message": parts.payloads.message(message)}, 201)


async def create_thread_from_message(request: web.Request) -> web.Response:
    """POST a thread that starts at a message; it has the message's id."""
    parts = parts_of(request)
    parent = visible_channel(parts, request.match_info["channel_id"])
    message = parts.world.message(parent.id, request.match_info["message_id"])
    body = await read_object(request)
    _check_name(body)
    require(parts, parent, Permission.CREATE_PUBLIC_THREADS)
    if message.thread_id is not None:
        raise ApiError(400, 160004, "A thread has already been created for this message")
    message.thread_id = message.id
    thread = _open_thread(parts, parent, body, message.id)
    parts.posts.announce("MESSAGE_UPDATE", message)
    return json_response(parts.payloads.channel(thread), 201)


def _open_thread(parts: Parts, parent: Channel, body: Json, thread_id: str, tags: list[str] | None = None) -> Channel:
    bot = parts.world.application_id
    thread = Channel(
        id=thread_id,
        kind=ChannelType.PRIVATE_THREAD
        if body.get("type") == ChannelType.PRIVATE_THREAD
        else ChannelType.PUBLIC_THREAD,
        name=body["name"],
        guild_id=parent.guild_id,
        parent_id=parent.id,
        thread=ThreadState(
            owner_id=bot,
            auto_archive_minutes=body.get("auto_archive_duration") or 1440,
            archived_at=parts.clock.now(),
            member_ids=[bot],
            applied_tags=tags or [],
        ),
    )
    parts.world.add_channel(thread)
    parts.hub.announce(ChannelEvent("THREAD_CREATE", thread))
    return thread


async def join_thread(request: web.Request) -> web.Response:
    """PUT the bot or a person into a thread."""
    parts = parts_of(request)
    channel = visible_channel(parts, request.match_info["channel_id"])
    if channel.thread is None:
        raise ApiError(400, 50024, "Cannot execute action on this channel type")
    who = request.match_info.get("user_id", parts.world.application_id)
    joining = parts.world.user(who).id
    if joining not in channel.thread.member_ids:
        channel.thread.member_ids.append(joining)
        parts.world.changed = True
    return no_content()


def routes() -> list[web.RouteDef]:
    """Return the routes of this area."""
    return [
        web.get("/users/@me/guilds", own_guilds),
        web.get("/users/{user_id}", show_user),
        web.get("/guilds/{guild_id}", show_guild),
        web.get("/guilds/{guild_id}/channels", guild_channels),
        web.post("/guilds/{guild_id}/channels", create_channel),
        web.get("/guilds/{guild_id}/roles", guild_roles),
        web.get("/guilds/{guild_id}/members/{user_id}", guild_member),
        web.get("/guilds/{guild_id}/threads/active", active_threads),
        web.get("/channels/{channel_id}/threads/archived/public", archived_threads),
        web.get("/channels/{channel_id}", show_channel),
        web.patch("/channels/{channel_id}", change_channel),
        web.delete("/channels/{channel_id}", delete_channel),
        web.post("/channels/{channel_id}/threads", create_thread),
        web.post("/channels/{channel_id}/messages/{message_id}/threads", create_thread_from_message),
        web.put("/channels/{channel_id}/thread-members/@me", join_thread),
        web.put("/channels/{channel_id}/thread-members/{user_id}", join_thread),
    ]
