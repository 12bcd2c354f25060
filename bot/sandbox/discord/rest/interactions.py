"""Answers to interactions, and the messages that follow them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.discord.bodies import read_body
from bot.sandbox.discord.interactions import Interaction, Reply
from bot.sandbox.discord.model import DEFAULT_UPLOAD_LIMIT, MessageFlag
from bot.sandbox.discord.parts import json_response, no_content, parts_of

if TYPE_CHECKING:
    from bot.sandbox.discord.bodies import Body
    from bot.sandbox.discord.model import Json
    from bot.sandbox.discord.parts import Parts

_WITH_MESSAGE = {Reply.MESSAGE, Reply.UPDATE}


async def callback(request: web.Request) -> web.Response:
    """POST the first answer to an interaction."""
    parts = parts_of(request)
    interaction_id, token = request.match_info["interaction_id"], request.match_info["token"]
    interaction = parts.interactions.waiting(interaction_id, token)
    body = await read_body(request, parts.files, limit=_limit(parts, interaction))
    await parts.interactions.answer(parts.interactions.waiting(interaction_id, token), body)
    if request.query.get("with_response", "0").lower() not in {"1", "true"}:
        return no_content()
    return json_response(_callback_result(parts, interaction))


def _callback_result(parts: Parts, interaction: Interaction) -> Json:
    message = interaction.message
    result: Json = {
        "interaction": {
            "id": interaction.id,
            "type": int(interaction.kind),
            "channel_id": interaction.channel.id,
        },
        "resource": {"type": int(interaction.reply or 0)},
    }
    if interaction.guild is not None:
        result["interaction"]["guild_id"] = interaction.guild.id
    if message is not None:
        result["interaction"] |= {
            "response_message_id": message.id,
            "response_message_loading": bool(message.flags & MessageFlag.LOADING),
            "response_message_ephemeral": message.visible_to is not None,
        }
        if interaction.reply in _WITH_MESSAGE:
            result["resource"]["message"] = parts.payloads.message(message)
    return result


def _limit(parts: Parts, interaction: Interaction) -> int:
    """Return the upload limit of an interaction: the best of default, server and person, in bytes."""
    limits = [DEFAULT_UPLOAD_LIMIT, parts.world.user(interaction.user_id).upload_limit]
    return max(limits if interaction.guild is None else [*limits, interaction.guild.upload_limit])


async def _read(request: web.Request) -> tuple[Parts, Interaction, Body]:
    parts = parts_of(request)
    interaction = _interaction(request)
    return parts, interaction, await read_body(request, parts.files, limit=_limit(parts, interaction))


def _interaction(request: web.Request) -> Interaction:
    keys = request.match_info
    return parts_of(request).interactions.acknowledged(keys["application_id"], keys["token"])


async def follow_up(request: web.Request) -> web.Response:
    """POST a further message."""
    parts, interaction, body = await _read(request)
    return json_response(parts.payloads.message(await parts.interactions.follow_up(interaction, body)))


async def show(request: web.Request) -> web.Response:
    """GET the original answer or a follow-up."""
    parts, interaction = parts_of(request), _interaction(request)
    message = parts.interactions.message(interaction, request.match_info["message_id"])
    return json_response(parts.payloads.message(message))


async def change(request: web.Request) -> web.Response:
    """PATCH the original answer or a follow-up."""
    parts, interaction, body = await _read(request)
    message = parts.interactions.message(interaction, request.match_info["message_id"])
    return json_response(parts.payloads.message(await parts.posts.edit(message, body)))


async def delete(request: web.Request) -> web.Response:
    """DELETE the original answer or a follow-up."""
    parts, interaction = parts_of(request), _interaction(request)
    parts.interactions.delete(interaction, request.match_info["message_id"])
    return no_content()


def routes() -> list[web.RouteDef]:
    """Return the routes of this area."""
    messages = "/webhooks/{application_id}/{token}/messages/{message_id}"
    return [
        web.post("/interactions/{interaction_id}/{token}/callback", callback),
        web.post("/webhooks/{application_id}/{token}", follow_up),
        web.get(messages, show),
        web.patch(messages, change),
        web.delete(messages, delete),
    ]
