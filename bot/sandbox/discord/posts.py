"""Making, changing and removing messages: one way for REST, interactions and people."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.sandbox.discord.bodies import discard
from bot.sandbox.discord.checks.components import number_components
from bot.sandbox.discord.checks.messages import check_message
from bot.sandbox.discord.errors import ApiError, invalid_field
from bot.sandbox.discord.files import Measures, measure
from bot.sandbox.discord.hub import ChannelEvent, MessageEvent
from bot.sandbox.discord.mentions import EVERYTHING, USERS_ONLY, find_mentions
from bot.sandbox.discord.model import Attachment, Message, MessageFlag, MessageType
from bot.sandbox.discord.permissions import Permission

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.sandbox.discord.bodies import Body
    from bot.sandbox.discord.faults import Journal
    from bot.sandbox.discord.files import FileStore, Incoming
    from bot.sandbox.discord.hub import Hub
    from bot.sandbox.discord.model import Channel, Json, Origin
    from bot.sandbox.discord.world import World

NONCE_SECONDS = 300
"""How long a nonce stands for its message. Discord says "the past few minutes"; the figure is assumed."""

_SETTABLE_FLAGS = (
    MessageFlag.SUPPRESS_EMBEDS
    | MessageFlag.SUPPRESS_NOTIFICATIONS
    | MessageFlag.COMPONENTS_V2
    | MessageFlag.VOICE_MESSAGE
)
_MEDIA = ("image/", "video/", "audio/")


class Posts:
    """Everything that happens to messages."""

    def __init__(self, *, world: World, files: FileStore, hub: Hub, clock: Clock, journal: Journal) -> None:
        self._world = world
        self._files = files
        self._hub = hub
        self._clock = clock
        self._journal = journal
        self._nonces: dict[tuple[str, str], tuple[str, str, int]] = {}

    async def create(
        self,
        channel: Channel,
        author_id: str,
        body: Body,
        *,
        kind: MessageType = MessageType.DEFAULT,
        origin: Origin | None = None,
        visible_to: str | None = None,
    ) -> Message:
        """Post a message; raises ApiError for what Discord refuses.

        With `enforce_nonce`, a repeated nonce returns the first message, or 404 if that one was deleted.
        """
        payload = body.payload
        flags = int(payload.get("flags") or 0) & _SETTABLE_FLAGS
        if visible_to is not None:
            flags |= MessageFlag.EPHEMERAL
        try:
            self._check(payload, flags, [one.filename for one in body.uploads.values()])
            reply_to = self._reply_target(channel, payload)
            attachments = await self._take_uploads(channel.id, body, ephemeral=visible_to is not None)
        except ApiError:
            discard(body, self._files)
            raise
        earlier = self._with_same_nonce(author_id, payload)
        if earlier is not None:
            return earlier
        message = Message(
            id=self._world.snowflakes.new(),
            channel_id=channel.id,
            author_id=author_id,
            created_at=self._clock.now(),
            kind=MessageType.REPLY if reply_to is not None and kind is MessageType.DEFAULT else kind,
            content=str(payload.get("content") or ""),
            flags=flags,
            embeds=_with_types(payload.get("embeds") or []),
            attachments=attachments,
            nonce=payload.get("nonce"),
            reply_to=reply_to,
            by_application=author_id == self._world.application_id,
            origin=origin,
            visible_to=visible_to,
        )
        self._set_components(message, payload)
        self._set_mentions(message, payload)
        self._remember_nonce(message, payload)
        self._store(channel, message)
        return message

    def create_placeholder(self, channel: Channel, origin: Origin, *, visible_to: str | None) -> Message:
        """Post the "thinking" message of a deferred answer."""
        message = Message(
            id=self._world.snowflakes.new(),
            channel_id=channel.id,
            author_id=self._world.application_id,
            created_at=self._clock.now(),
            kind=MessageType.CHAT_INPUT_COMMAND if origin.command_name else MessageType.REPLY,
            flags=int(MessageFlag.LOADING | (MessageFlag.EPHEMERAL if visible_to is not None else 0)),
            by_application=True,
            origin=origin,
            visible_to=visible_to,
        )
        self._store(channel, message)
        return message

    async def edit(self, message: Message, body: Body) -> Message:
        """Change a message: only what the body names; attachments that it lists no more are dropped."""
        payload = body.payload
        wanted = int(payload.get("flags") or 0)
        flags = message.flags & ~MessageFlag.LOADING | (wanted & MessageFlag.COMPONENTS_V2)
        if "flags" in payload:
            flags = flags & ~MessageFlag.SUPPRESS_EMBEDS | (wanted & MessageFlag.SUPPRESS_EMBEDS)
        kept = self._kept_attachments(message, payload)
        after: Json = {
            "content": payload.get("content", message.content),
            "embeds": payload.get("embeds", message.embeds),
            "components": payload.get("components", message.components),
        }
        names = [one.filename for one in kept] + [one.filename for one in body.uploads.values()]
        try:
            self._check(after, flags, names)
            added = await self._take_uploads(message.channel_id, body, ephemeral=message.visible_to is not None)
        except ApiError:
            discard(body, self._files)
            raise
        message.flags = flags
        message.content = str(after["content"] or "")
        message.embeds = _with_types(after["embeds"] or [])
        message.attachments = kept + added
        message.edited_at = self._clock.now()
        if "components" in payload:
            self._set_components(message, payload)
        if payload.keys() & {"content", "components"}:
            self._set_mentions(message, {**after, "allowed_mentions": payload.get("allowed_mentions")})
        self.announce("MESSAGE_UPDATE", message)
        return message

    def delete(self, message: Message) -> None:
        """Remove a message and its files."""
        self._world.remove_message(message)
        for attachment in message.attachments:
            self._files.forget(attachment.id)
        self.announce("MESSAGE_DELETE", message)

    async def take_option_file(self, channel_id: str, incoming: Incoming) -> Attachment:
        """Store a file given with a command or a modal; Discord keeps those only for a while."""
        return await self._store_file(channel_id, incoming, ephemeral=True)

    def announce(self, name: str, message: Message) -> None:
        """Tell everybody about a message, and mark the world as changed."""
        self._world.changed = True
        channel = self._world.channels.get(message.channel_id)
        if channel is not None:
            self._hub.announce(MessageEvent(name, message, channel))

    # --- parts ---

    def _store(self, channel: Channel, message: Message) -> None:
        if channel.thread is not None and channel.thread.archived and not channel.thread.locked:
            channel.thread.archived = False
            self._hub.announce(ChannelEvent("THREAD_UPDATE", channel))
        self._world.add_message(message)
        self.announce("MESSAGE_CREATE", message)

    def _check(self, payload: Json, flags: int, names: list[str]) -> None:
        self._journal.notices += check_message(payload, flags=flags, filenames=names)

    def _reply_target(self, channel: Channel, payload: Json) -> str | None:
        reference = payload.get("message_reference")
        if not isinstance(reference, dict):
            return None
        target = str(reference.get("message_id"))
        try:
            self._world.message(channel.id, target)
        except ApiError:
            if reference.get("fail_if_not_exists", True):
                raise invalid_field("message_reference", "Unknown message") from None
            return None
        return target

    def _with_same_nonce(self, author_id: str, payload: Json) -> Message | None:
        nonce = payload.get("nonce")
        if nonce is None or not payload.get("enforce_nonce"):
            return None
        known = self._nonces.get((author_id, str(nonce)))
        if known is None or self._clock.now() - known[2] >= NONCE_SECONDS * 1000:
            return None
        channel_id, message_id, _ = known
        return self._world.message(channel_id, message_id)

    def _remember_nonce(self, message: Message, payload: Json) -> None:
        if payload.get("nonce") is None:
            return
        now = self._clock.now()
        while self._nonces:
            oldest, (_, _, remembered_at) = next(iter(self._nonces.items()))
            if now - remembered_at < NONCE_SECONDS * 1000:
                break
            del self._nonces[oldest]
        key = (message.author_id, str(payload["nonce"]))
        self._nonces.pop(key, None)
        self._nonces[key] = (message.channel_id, message.id, now)

    def _set_components(self, message: Message, payload: Json) -> None:
        message.components = payload.get("components") or []
        number_components(message.components)

    def _set_mentions(self, message: Message, payload: Json) -> None:
        from_interaction = message.origin is not None
        found = find_mentions(payload, by_default=USERS_ONLY if from_interaction else EVERYTHING)
        channel = self._world.channel(message.channel_id)
        guild = self._world.guild_of(channel)
        message.mentioned_users = [one for one in found.users if one in self._world.users]
        message.mentioned_roles = [one for one in found.roles if guild and any(role.id == one for role in guild.roles)]
        permitted = self._world.permissions(channel, message.author_id) & Permission.MENTION_EVERYONE
        message.mentions_everyone = found.everyone and bool(permitted)

    def _kept_attachments(self, message: Message, payload: Json) -> list[Attachment]:
        if "attachments" not in payload:
            return list(message.attachments)
        entries = {str(one.get("id")): one for one in payload["attachments"] or []}
        kept = [one for one in message.attachments if one.id in entries]
        for attachment in kept:
            if "description" in entries[attachment.id]:
                attachment.description = entries[attachment.id]["description"]
        return kept

    async def _take_uploads(self, channel_id: str, body: Body, *, ephemeral: bool) -> list[Attachment]:
        entries = {str(one.get("id")): one for one in body.payload.get("attachments") or []}
        taken = []
        for number, incoming in sorted(body.uploads.items()):
            stored = await self._store_file(channel_id, incoming, ephemeral=ephemeral)
            entry = entries.get(str(number), {})
            stored.description = entry.get("description")
            stored.spoiler = bool(entry.get("is_spoiler")) or stored.filename.startswith("SPOILER_")
            taken.append(stored)
        return taken

    async def _store_file(self, channel_id: str, incoming: Incoming, *, ephemeral: bool) -> Attachment:
        measures = Measures()
        if incoming.content_type.startswith(_MEDIA):
            measures = await asyncio.to_thread(measure, incoming.path, incoming.content_type)
        attachment = Attachment(
            id=self._world.snowflakes.new(),
            channel_id=channel_id,
            filename=incoming.filename,
            size=incoming.size,
            content_type=incoming.content_type,
            width=measures.width,
            height=measures.height,
            seconds=measures.seconds,
            ephemeral=ephemeral,
        )
        self._files.keep(incoming, attachment.id)
        return attachment


def _with_types(embeds: list[Json]) -> list[Json]:
    return [{"type": "rich", **embed} for embed in embeds]
