"""Interactions: what people do to the bot, the bot's answer within three seconds, and fifteen minutes after it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from bot.sandbox.discord.bodies import Body
from bot.sandbox.discord.checks.commands import MOST_CHOICES, OptionType, check_choices
from bot.sandbox.discord.checks.components import check_modal, number_components
from bot.sandbox.discord.errors import (
    ApiError,
    InvalidForm,
    NotSeenError,
    invalid_field,
    invalid_token,
    unknown_interaction,
    unknown_message,
)
from bot.sandbox.discord.hub import InteractionEvent
from bot.sandbox.discord.model import DEFAULT_UPLOAD_LIMIT, Json, Message, MessageFlag, MessageType, Origin
from bot.sandbox.discord.permissions import Permission

if TYPE_CHECKING:
    from bot.clock import Clock, IdSource
    from bot.sandbox.discord.hub import Hub
    from bot.sandbox.discord.model import Channel, Guild
    from bot.sandbox.discord.payloads import Payloads
    from bot.sandbox.discord.posts import Posts
    from bot.sandbox.discord.world import World

ANSWER_SECONDS = 3.0
TOKEN_SECONDS = 15 * 60
MOST_FOREIGN_FOLLOWUPS = 5
"""Follow-ups for a user-installed application in a server where the bot is no member."""

_TOKEN_PARTS = 4


class InteractionKind(IntEnum):
    """What a person did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Reply(IntEnum):
    """How the bot answered first."""

    MESSAGE = 4
    DEFERRED = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


_POSSIBLE = {
    InteractionKind.COMMAND: {Reply.MESSAGE, Reply.DEFERRED, Reply.MODAL},
    InteractionKind.COMPONENT: {Reply.MESSAGE, Reply.DEFERRED, Reply.DEFERRED_UPDATE, Reply.UPDATE, Reply.MODAL},
    InteractionKind.AUTOCOMPLETE: {Reply.CHOICES},
    InteractionKind.MODAL: {Reply.MESSAGE, Reply.DEFERRED, Reply.DEFERRED_UPDATE, Reply.UPDATE},
}
_NEEDS_SOURCE = {Reply.DEFERRED_UPDATE, Reply.UPDATE}


@dataclass(slots=True)
class Interaction:
    """One use of the bot by a person, with the bot's answer as it comes in.

    `message` is the message that `@original` means; it changes when the bot edits it. `failure` is the sentence
    that the person sees when the bot did not answer.
    """

    id: str
    token: str
    kind: InteractionKind
    user_id: str
    channel: Channel
    guild: Guild | None
    created_at: int
    data: Json
    source: Message | None = None
    command_name: str | None = None
    foreign: bool = False
    reply: Reply | None = None
    message: Message | None = None
    modal: Json | None = None
    choices: list[Json] = field(default_factory=list)
    failure: str | None = None
    followups: list[Message] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def origin(self) -> Origin:
        """What messages that answer this interaction say about it."""
        return Origin(self.id, int(self.kind), self.user_id, self.command_name)


class Interactions:
    """Starts interactions and takes the bot's answers."""

    def __init__(
        self,
        *,
        world: World,
        posts: Posts,
        payloads: Payloads,
        hub: Hub,
        clock: Clock,
        ids: IdSource,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._world = world
        self._posts = posts
        self._payloads = payloads
        self._hub = hub
        self._clock = clock
        self._ids = ids
        self.answer_seconds = answer_seconds
        """How long the bot has for its first answer; may be changed at any time."""
        self._by_token: dict[str, Interaction] = {}
        self._watches: set[asyncio.Task[None]] = set()

    # --- the person's side ---

    def start(
        self,
        kind: InteractionKind,
        *,
        user_id: str,
        channel: Channel,
        data: Json,
        source: Message | None = None,
        command_name: str | None = None,
        foreign: bool = False,
    ) -> Interaction:
        """Send an interaction to the bot and watch the three seconds it has for its answer."""
        interaction = Interaction(
            id=self._world.snowflakes.new(),
            token="".join(self._ids.new() for _ in range(_TOKEN_PARTS)),
            kind=kind,
            user_id=user_id,
            channel=channel,
            guild=self._world.guild_of(channel),
            created_at=self._clock.now(),
            data=data,
            source=source,
            command_name=command_name,
            foreign=foreign,
        )
        self._forget_expired()
        self._by_token[interaction.token] = interaction
        self._hub.announce(InteractionEvent(self._payload(interaction), channel.guild_id))
        watch = asyncio.create_task(self._expect_answer(interaction))
        self._watches.add(watch)
        watch.add_done_callback(self._watches.discard)
        return interaction

    def opened(self, token: str, user_id: str) -> Interaction:
        """Return an interaction that opened a modal for this person; raises ApiError 404."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.user_id != user_id or interaction.modal is None:
            raise unknown_interaction()
        return interaction

    async def stop(self) -> None:
        """Stop watching for answers."""
        for watch in tuple(self._watches):
            watch.cancel()
        await asyncio.gather(*self._watches, return_exceptions=True)

    async def _expect_answer(self, interaction: Interaction) -> None:
        if not await self._clock.wait(interaction.answered, self.answer_seconds):
            interaction.failure = "The application did not respond"
            interaction.answered.set()

    def _forget_expired(self) -> None:
        oldest = self._clock.now() - TOKEN_SECONDS * 1000
        while self._by_token:
            token, interaction = next(iter(self._by_token.items()))
            if interaction.created_at >= oldest:
                return
            del self._by_token[token]

    def _payload(self, interaction: Interaction) -> Json:
        channel, guild, user_id = interaction.channel, interaction.guild, interaction.user_id
        user = self._world.user(user_id)
        permissions = self._world.permissions(channel, user_id)
        bot_permissions = self._world.permissions(channel, self._world.application_id)
        limits = [DEFAULT_UPLOAD_LIMIT, user.upload_limit, guild.upload_limit if guild else 0]
        body: Json = {
            "id": interaction.id,
            "application_id": self._world.application_id,
            "type": int(interaction.kind),
            "token": interaction.token,
            "version": 1,
            "data": interaction.data,
            "channel_id": channel.id,
            "channel": {**self._payloads.channel(channel), "permissions": str(permissions)},
            "locale": user.locale,
            "app_permissions": str(bot_permissions or int(Permission.EMBED_LINKS | Permission.ATTACH_FILES)),
            "entitlements": [],
            "attachment_size_limit": max(limits),
            "authorizing_integration_owners": self._owners(interaction),
            "context": 0 if guild else 1,
        }
        if guild is None:
            body["user"] = self._payloads.user(user)
        else:
            member = self._payloads.member(guild.members[user_id])
            body["member"] = {**member, "permissions": str(permissions)}
            body["guild_id"] = guild.id
            body["guild_locale"] = guild.locale
            body["guild"] = {"id": guild.id, "locale": guild.locale, "features": []}
        if interaction.source is not None:
            body["message"] = self._payloads.message(interaction.source)
        return body

    def _owners(self, interaction: Interaction) -> Json:
        if interaction.foreign:
            return {"1": interaction.user_id}
        return {"0": interaction.guild.id if interaction.guild else "0"}

    # --- the bot's side: the first answer ---

    def waiting(self, interaction_id: str, token: str) -> Interaction:
        """Return an interaction that still needs its first answer; raises ApiError 10062 or 40060."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != interaction_id or interaction.failure is not None:
            raise unknown_interaction()
        if interaction.reply is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        return interaction

    async def answer(self, interaction: Interaction, body: Body) -> None:
        """Take the first answer; raises ApiError for an answer that is not possible."""
        wanted = body.payload.get("type")
        possible = _POSSIBLE[interaction.kind] - (set() if interaction.source else _NEEDS_SOURCE)
        if not isinstance(wanted, int) or wanted not in possible:
            raise invalid_field("type", "This answer is not possible for this interaction.")
        data = body.payload.get("data")
        content = Body(data if isinstance(data, dict) else {}, body.uploads)
        interaction.reply = Reply(wanted)
        try:
            await self._apply(interaction, interaction.reply, content)
        except ApiError:
            interaction.reply = None
            raise
        interaction.answered.set()

    async def _apply(self, interaction: Interaction, reply: Reply, body: Body) -> None:
        match reply:
            case Reply.MESSAGE:
                interaction.message = await self._post(interaction, body)
            case Reply.DEFERRED:
                hidden_from_others = self._audience(interaction, body.payload)
                interaction.message = self._posts.create_placeholder(
                    interaction.channel, interaction.origin, visible_to=hidden_from_others
                )
            case Reply.DEFERRED_UPDATE:
                interaction.message = interaction.source
            case Reply.UPDATE:
                interaction.message = await self._posts.edit(_existing(interaction.source), body)
            case Reply.CHOICES:
                interaction.choices = _checked_choices(interaction, body.payload)
            case Reply.MODAL:
                check_modal(body.payload)
                number_components(body.payload["components"])
                interaction.modal = body.payload

    def _audience(self, interaction: Interaction, payload: Json) -> str | None:
        """Return whom the answer is limited to: the person if it is ephemeral, otherwise nobody."""
        ephemeral = bool(int(payload.get("flags") or 0) & MessageFlag.EPHEMERAL)
        if interaction.foreign:
            granted = self._world.permissions(interaction.channel, interaction.user_id)
            ephemeral |= not granted & Permission.USE_EXTERNAL_APPS
        return interaction.user_id if ephemeral else None

    async def _post(self, interaction: Interaction, body: Body) -> Message:
        kind = MessageType.CHAT_INPUT_COMMAND if interaction.command_name else MessageType.REPLY
        return await self._posts.create(
            interaction.channel,
            self._world.application_id,
            body,
            kind=kind,
            origin=interaction.origin,
            visible_to=self._audience(interaction, body.payload),
        )

    # --- the bot's side: afterwards ---

    def acknowledged(self, application_id: str, token: str) -> Interaction:
        """Return an answered interaction whose token still works; raises ApiError 10015 or 50027."""
        interaction = self._by_token.get(token)
        if interaction is None or application_id != self._world.application_id:
            raise invalid_token()
        if self._clock.now() - interaction.created_at >= TOKEN_SECONDS * 1000:
            raise invalid_token()
        if interaction.reply is None or interaction.reply in {Reply.CHOICES, Reply.MODAL}:
            raise NotSeenError(10015, "Webhook")
        return interaction

    async def follow_up(self, interaction: Interaction, body: Body) -> Message:
        """Post a further message; the first one after a deferred answer fills its placeholder."""
        placeholder = interaction.message
        if interaction.reply is Reply.DEFERRED and placeholder and placeholder.flags & MessageFlag.LOADING:
            return await self._posts.edit(placeholder, body)
        if interaction.foreign and len(interaction.followups) >= MOST_FOREIGN_FOLLOWUPS:
            message = "Maximum number of follow-up messages has been hit for this interaction"
            raise ApiError(400, 40094, message)
        posted = await self._post(interaction, body)
        interaction.followups.append(posted)
        return posted

    def delete(self, interaction: Interaction, message_id: str) -> None:
        """Remove the original answer or a follow-up; raises ApiError 404."""
        found = self.message(interaction, message_id)
        self._posts.delete(found)
        if interaction.message is not None and interaction.message.id == found.id:
            interaction.message = None

    def message(self, interaction: Interaction, message_id: str) -> Message:
        """Return the original answer (`@original`) or a follow-up; raises ApiError 404."""
        if message_id == "@original":
            found = _existing(interaction.message)
            return self._world.message(found.channel_id, found.id)
        found = self._world.message(interaction.channel.id, message_id)
        if found.origin is None or found.origin.interaction_id != interaction.id:
            raise unknown_message()
        return found


def _existing(message: Message | None) -> Message:
    if message is None:
        raise unknown_message()
    return message


def _checked_choices(interaction: Interaction, payload: Json) -> list[Json]:
    form = InvalidForm()
    choices = form.count("data.choices", payload.get("choices"), 0, MOST_CHOICES)
    focused = focused_option(interaction.data.get("options") or [])
    check_choices(form, "data.choices", choices, focused.get("type", OptionType.STRING) if focused else 3)
    form.raise_if_any()
    return choices


def focused_option(options: list[Json]) -> Json | None:
    """Return the option that the person is typing in."""
    for option in options:
        if option.get("focused"):
            return option
        inner = focused_option(option.get("options") or [])
        if inner is not None:
            return inner
    return None
