"""Messages in channels, sent with the bot's own token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.discord.bodies import read_body, read_object
from bot.sandbox.discord.errors import (
    ApiError,
    ForbiddenError,
    missing_access,
    missing_permissions,
    unknown_channel,
    unknown_message,
)
from bot.sandbox.discord.hub import NoticeEvent
from bot.sandbox.discord.model import DEFAULT_UPLOAD_LIMIT, THREAD_TYPES, ChannelType
from bot.sandbox.discord.parts import json_response, no_content, parts_of
from bot.sandbox.discord.permissions import Permission

if TYPE_CHECKING:
    from bot.sandbox.discord.model import Channel, Message
    from bot.sandbox.discord.parts import Parts

MOST_HISTORY = 100


def visible_channel(parts: Parts, channel_id: str) -> Channel:
    """Return a channel that the bot may see; raises ApiError 404 or 50001."""
    channel = parts.world.channel(channel_id)
    if not parts.world.permissions(channel, parts.world.application_id) & Permission.VIEW_CHANNEL:
        raise missing_access()
    return channel


def require(parts: Parts, channel: Channel, *needed: Permission) -> None:
    """Refuse an action for which the bot lacks a permission in the channel; raises ApiError 50013."""
    held = parts.world.permissions(channel, parts.world.application_id)
    if any(not held & one for one in needed):
        raise missing_permissions()


def upload_limit(parts: Parts, channel: Channel) -> int:
    """Return the bytes per file that the bot may post in a channel."""
    guild = parts.world.guild_of(channel)
    return DEFAULT_UPLOAD_LIMIT if guild is None else guild.upload_limit


def _visible_message(request: web.Request) -> tuple[Parts, Channel, Message]:
    parts = parts_of(request)
    channel = visible_channel(parts, request.match_info["channel_id"])
    message = parts.world.message(channel.id, request.match_info["message_id"])
    if message.visible_to is not None:
        raise unknown_message()
    return parts, channel, message


async def create(request: web.Request) -> web.Response:
    """POST a message."""
    parts = parts_of(request)
    channel = visible_channel(parts, request.match_info["channel_id"])
    body = await read_body(request, parts.files, limit=upload_limit(parts, channel))
    if channel.kind in {ChannelType.FORUM, ChannelType.CATEGORY}:
        raise ApiError(400, 50008, "Cannot send messages in a non-text channel")
    in_thread = channel.kind in THREAD_TYPES
    require(parts, channel, Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES)
    if channel.thread is not None and channel.thread.locked:
        require(parts, channel, Permission.MANAGE_THREADS)
    if body.uploads:
        require(parts, channel, Permission.ATTACH_FILES)
    message = await parts.posts.create(channel, parts.world.application_id, body)
    return json_response(parts.payloads.message(message))


async def history(request: web.Request) -> web.Response:
    """GET messages, newest first, limited by `before`, `after` or `around`."""
    parts = parts_of(request)
    channel = visible_channel(parts, request.match_info["channel_id"])
    if not parts.world.permissions(channel, parts.world.application_id) & Permission.READ_MESSAGE_HISTORY:
        return json_response([])
    limit = min(int(request.query.get("limit", 50)), MOST_HISTORY)
    found = [one for one in parts.world.messages(channel.id) if one.visible_to is None]
    if "before" in request.query:
        found = [one for one in found if int(one.id) < int(request.query["before"])][-limit:]
    elif "after" in request.query:
        found = [one for one in found if int(one.id) > int(request.query["after"])][:limit]
    elif "around" in request.query:
        middle = int(request.query["around"])
        found = sorted(found, key=lambda one: abs(int(one.id) - middle))[:limit]
        found.sort(key=lambda one: int(one.id))
    else:
        found = found[-limit:]
    return json_response([parts.payloads.message(one) for one in reversed(found)])


async def show(request: web.Request) -> web.Response:
    """GET one message."""
    parts, channel, message = _visible_message(request)
    require(parts, channel, Permission.READ_MESSAGE_HISTORY)
    return json_response(parts.payloads.message(message))


async def change(request: web.Request) -> web.Response:
    """PATCH one of the bot's own messages."""
    parts, channel, message = _visible_message(request)
    body = await read_body(request, parts.files, limit=upload_limit(parts, channel))
    if message.author_id != parts.world.application_id:
        raise ForbiddenError(50005, "Cannot edit a message authored by another user")
    if channel.thread is not None and channel.thread.archived:
        raise ApiError(400, 50083, "Thread is archived")
    return json_response(parts.payloads.message(await parts.posts.edit(message, body)))


async def delete(request: web.Request) -> web.Response:
    """DELETE a message."""
    parts, channel, message = _visible_message(request)
    if message.author_id != parts.world.application_id:
        require(parts, channel, Permission.MANAGE_MESSAGES)
    parts.posts.delete(message)
    return no_content()


async def delete_many(request: web.Request) -> web.Response:
    """POST bulk-delete."""
    parts = parts_of(request)
    channel = visible_channel(parts, request.match_info["channel_id"])
    require(parts, channel, Permission.MANAGE_MESSAGES)
    wanted = {str(one) for one in (await read_object(request)).get("messages", [])}
    for message in parts.world.messages(channel.id):
        if message.id in wanted:
            parts.posts.delete(message)
    return no_content()


async def typing(request: web.Request) -> web.Response:
    """POST typing."""
    parts = parts_of(request)
    channel = visible_channel(parts, request.match_info["channel_id"])
    parts.hub.announce(NoticeEvent("typing", {"channel_id": channel.id, "user_id": parts.world.application_id}))
    return no_content()


async def open_conversation(request: web.Request) -> web.Response:
    """POST /users/@me/channels: the direct conversation with a person."""
    parts = parts_of(request)
    recipient = str((await read_object(request)).get("recipient_id"))
    if recipient == parts.world.application_id:
        raise ApiError(400, 50007, "Cannot send messages to this user")
    if recipient not in parts.world.users:
        raise unknown_channel()
    return json_response(parts.payloads.channel(parts.world.direct_channel(recipient)))


def routes() -> list[web.RouteDef]:
    """Return the routes of this area."""
    base = "/channels/{channel_id}/messages"
    return [
        web.post(base, create),
        web.get(base, history),
        web.post(base + "/bulk-delete", delete_many),
        web.get(base + "/{message_id}", show),
        web.patch(base + "/{message_id}", change),
        web.delete(base + "/{message_id}", delete),
        web.post("/channels/{channel_id}/typing", typing),
        web.post("/users/@me/channels", open_conversation),
    ]
