"""The poster: turns plain cards into messages, and Discord's many answers into the few that a delivery tells apart.

A message carries the hash of its nonce as the number of its outermost component. Discord gives numbers back as they
were set, so our own message is recognised in a channel's history whatever its words say.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import aiohttp
import discord

from bot.delivery import card as plain
from bot.delivery.card import Detour
from bot.delivery.destination import Posted
from bot.delivery.parts import CardRefused, DeletedMeanwhile, Interrupted, Place, Stalled, TooLarge, Unreachable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.delivery.parts import Outgoing, Upload

_log = logging.getLogger(__name__)

_MEBIBYTE: Final = 1 << 20
UPLOAD_LIMITS: Final = {0: 20 * _MEBIBYTE, 1: 20 * _MEBIBYTE, 2: 50 * _MEBIBYTE, 3: 100 * _MEBIBYTE}
"""Bytes per file by boost tier (discord-api-docs 8578, September 2026); discord.py 2.7 still has the 10 MiB of 2025."""

_UNKNOWN_MESSAGE: Final = 10008
_TOO_LARGE: Final = 40005
_ARCHIVED: Final = 50083
_LOCKED: Final = 160005
_FORBIDDEN: Final = 403
_NOT_FOUND: Final = 404
_PAYLOAD_TOO_LARGE: Final = 413
_SERVER_TROUBLE: Final = frozenset({401, 408, 425, 429, *range(500, 600)})

_LEAST_SECONDS: Final = 60.0
_SLOWEST_BYTES_PER_SECOND: Final = 128 * 1024
_MOST_SECONDS: Final = 300.0
"""With the time for encoding it stays below what the engine grants one attempt to deliver."""
_LOOK_BACK: Final = timedelta(minutes=5)
"""How much our clock may differ from Discord's."""
_MOST_LOOKED_AT: Final = 1000
_TITLE_LENGTH: Final = 100
_ALT_LENGTH: Final = 1024
_ANSWER_TROUBLE: Final = (aiohttp.ClientError, OSError, RuntimeError)
"""discord.py raises RuntimeError where its session is closed, as it is while the bot stops."""

_Messages: TypeAlias = (
    discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread | discord.DMChannel
)
_STYLES: Final = {
    plain.Tone.PRIMARY: discord.ButtonStyle.primary,
    plain.Tone.SECONDARY: discord.ButtonStyle.secondary,
    plain.Tone.SUCCESS: discord.ButtonStyle.success,
    plain.Tone.DANGER: discord.ButtonStyle.danger,
}


class DiscordPoster:
    """Sends messages through a discord.py client that has logged in.

    `limits` are the bytes per file by boost tier; direct messages have the limit of tier 0. A message without a file
    has `patience` seconds to arrive, a file some more for its size.
    """

    def __init__(
        self, client: discord.Client, *, limits: Mapping[int, int] | None = None, patience: float = _LEAST_SECONDS
    ) -> None:
        self._client = client
        self._limits = limits or UPLOAD_LIMITS
        self._patience = patience

    async def channel(self, channel_id: int) -> Place:
        """Look at a channel, thread or forum; raises `Unreachable` or `Interrupted`."""
        return self._place(await self._channel(channel_id))

    async def direct(self, person: int) -> Place:
        """Open the direct messages of a person; raises `Unreachable` or `Interrupted`."""
        async with _looked_up():
            return self._place(await self._client.create_dm(discord.Object(person)))

    async def post(self, place: Place, outgoing: Outgoing) -> Posted:
        """Send a message, or open a post with it in a forum; an archived thread is opened where that is allowed.

        Raises what `bot.delivery.parts.Poster` says.
        """
        channel = await self._channel(place.channel)
        seconds = self._patience + (outgoing.upload.size if outgoing.upload else 0) / _SLOWEST_BYTES_PER_SECOND
        try:
            async with asyncio.timeout(min(seconds, _MOST_SECONDS)), _told_apart():
                try:
                    return await _send(channel, outgoing)
                except discord.HTTPException as error:
                    if error.code != _ARCHIVED or not isinstance(channel, discord.Thread):
                        raise
                await _open(channel)
                return await _send(channel, outgoing)
        except TimeoutError:
            raise Stalled("Discord did not take the file in time.") from None

    async def find(self, place: Place, nonce: str, *, since: int) -> Posted | None:
        """Look for our message in what was written since a moment; raises `Interrupted`."""
        after = datetime.fromtimestamp(since / 1000, UTC) - _LOOK_BACK
        try:
            channel = await self._channel(place.channel)
            async with _looked_up():
                if isinstance(channel, discord.ForumChannel):
                    return await _find_post(self._client, channel, nonce, after)
                return await _find_message(self._client, channel, nonce, after)
        except Unreachable:
            return None

    async def _channel(self, channel_id: int) -> _Messages | discord.ForumChannel:
        channel = self._client.get_channel(channel_id)
        if channel is None:
            async with _looked_up():
                channel = await self._client.fetch_channel(channel_id)
        if isinstance(channel, discord.CategoryChannel | discord.GroupChannel):
            raise Unreachable(Detour.FORBIDDEN)
        return channel  # type: ignore[return-value]  # every other kind takes messages

    def _place(self, channel: _Messages | discord.ForumChannel) -> Place:
        if isinstance(channel, discord.DMChannel):
            return Place(channel.id, 0, self._limits[0])
        return Place(channel.id, channel.guild.id, self._limits.get(channel.guild.premium_tier, self._limits[0]))


def marker(nonce: str) -> int:
    """Return the number of the outermost component of the message with this nonce: positive, in 31 bits."""
    return int.from_bytes(hashlib.sha256(nonce.encode()).digest()[:4]) >> 1 | 1


def layout(card: plain.Card, upload: Upload | None, number: int) -> discord.ui.LayoutView:
    """Return a card as discord.py sends it. Its buttons work by their custom ids alone."""
    container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=card.colour, id=number)
    for block in card.blocks:
        if item := _item(block, upload):
            container.add_item(item)
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(container)
    # A stopped view is not kept in memory by the library.
    view.stop()
    return view


def _item(block: plain.Block, upload: Upload | None) -> discord.ui.Item[Any] | None:
    match block:
        case plain.Text():
            return discord.ui.TextDisplay(block.markdown) if block.markdown else None
        case plain.Media():
            if upload is None:
                return None
            gallery: discord.ui.MediaGallery[Any] = discord.ui.MediaGallery()
            gallery.add_item(media=f"attachment://{upload.name}", description=block.alt[:_ALT_LENGTH] or upload.name)
            return gallery
        case plain.Divider():
            return discord.ui.Separator()
        case plain.Buttons():
            row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
            for button in block.buttons:
                row.add_item(_button(button))
            return row


def _button(button: plain.Button) -> discord.ui.Button[Any]:
    emoji = button.emoji or None
    if button.url:
        return discord.ui.Button(label=button.label, url=button.url, emoji=emoji)
    return discord.ui.Button(label=button.label, custom_id=button.custom_id, style=_STYLES[button.tone], emoji=emoji)


async def _send(channel: _Messages | discord.ForumChannel, outgoing: Outgoing) -> Posted:
    number = marker(outgoing.nonce)
    try:
        view = layout(outgoing.card, outgoing.upload, number)
    except (ValueError, TypeError) as error:
        raise CardRefused(str(error)) from error
    upload = outgoing.upload
    files = [discord.File(upload.path, filename=upload.name)] if upload else []
    mentions = discord.AllowedMentions(
        everyone=False, roles=False, replied_user=False, users=[discord.Object(outgoing.mention)]
    )
    try:
        if isinstance(channel, discord.ForumChannel):
            created = await channel.create_thread(
                name=outgoing.card.title[:_TITLE_LENGTH] or "Clip",
                view=view,
                files=files,
                allowed_mentions=mentions,
                applied_tags=_tags(channel),
            )
            return Posted(created.thread.id, created.message.id)
        message = await channel.send(view=view, files=files, allowed_mentions=mentions, nonce=outgoing.nonce)
        return Posted(message.channel.id, message.id, direct=isinstance(channel, discord.DMChannel))
    finally:
        for file in files:
            file.close()


async def _open(thread: discord.Thread) -> None:
    """Open an archived thread; raises `Unreachable` where the bot may not."""
    try:
        await thread.edit(archived=False)
    except discord.Forbidden as error:
        raise Unreachable(Detour.CLOSED) from error


def _tags(forum: discord.ForumChannel) -> list[discord.ForumTag]:
    """Return the tag that a forum may insist on: the first that everybody may use."""
    if not forum.flags.require_tag:
        return []
    return [tag for tag in forum.available_tags if not tag.moderated][:1]


async def _find_message(client: discord.Client, channel: _Messages, nonce: str, after: datetime) -> Posted | None:
    async for message in channel.history(after=after, oldest_first=True, limit=_MOST_LOOKED_AT):
        if _is_ours(client, message, nonce):
            return Posted(channel.id, message.id, direct=isinstance(channel, discord.DMChannel))
    return None


async def _find_post(client: discord.Client, forum: discord.ForumChannel, nonce: str, after: datetime) -> Posted | None:
    async for thread in _posts(forum, after):
        opened = discord.utils.snowflake_time(thread.id)
        if opened < after or client.user is None or thread.owner_id != client.user.id:
            continue
        async for message in thread.history(oldest_first=True, limit=1):
            if _is_ours(client, message, nonce):
                return Posted(thread.id, message.id)
    return None


async def _posts(forum: discord.ForumChannel, after: datetime) -> AsyncIterator[discord.Thread]:
    """Go through the open posts of a forum, then through those that were archived after a moment."""
    for thread in await forum.guild.active_threads():
        if thread.parent_id == forum.id:
            yield thread
    async for thread in forum.archived_threads(limit=None):
        if thread.archive_timestamp < after:
            return
        yield thread


def _is_ours(client: discord.Client, message: discord.Message, nonce: str) -> bool:
    by_us = client.user is not None and message.author.id == client.user.id
    return by_us and any(getattr(component, "id", None) == marker(nonce) for component in message.components)


@asynccontextmanager
async def _told_apart() -> AsyncIterator[None]:
    """Turn what discord.py raises into the exceptions of a delivery."""
    try:
        yield
    except discord.HTTPException as error:
        raise _meaning(error) from error
    except discord.InvalidData as error:
        raise Unreachable(Detour.FORBIDDEN) from error
    except TimeoutError as error:
        raise Stalled("Discord gave no answer in time.") from error
    except _ANSWER_TROUBLE as error:
        raise Interrupted(f"Discord gave no answer ({type(error).__name__}).") from error


@asynccontextmanager
async def _looked_up() -> AsyncIterator[None]:
    """Do the same for questions, where every refusal means that the place is out of reach."""
    try:
        async with _told_apart():
            yield
    except (CardRefused, TooLarge, DeletedMeanwhile) as refusal:
        raise Unreachable(Detour.FORBIDDEN) from refusal


def _meaning(error: discord.HTTPException) -> Exception:
    if error.status in _SERVER_TROUBLE:
        return Interrupted(f"Discord answers {error.status} at the moment.")
    if error.status == _PAYLOAD_TOO_LARGE or error.code == _TOO_LARGE:
        return TooLarge()
    if error.code in {_ARCHIVED, _LOCKED}:
        return Unreachable(Detour.CLOSED)
    if error.status == _NOT_FOUND:
        return DeletedMeanwhile() if error.code == _UNKNOWN_MESSAGE else Unreachable(Detour.GONE)
    if error.status == _FORBIDDEN:
        return Unreachable(Detour.FORBIDDEN)
    return CardRefused(str(error))
