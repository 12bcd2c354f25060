"""What the page shows: the world as one person sees it, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.discord.hub import ChannelEvent, MessageEvent, NoticeEvent
from bot.sandbox.discord.model import ChannelType, CommandType, MessageFlag
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.usage import CONVERSATION_KINDS, leaves, localized

if TYPE_CHECKING:
    from bot.sandbox.discord.hub import Event
    from bot.sandbox.discord.interactions import Interaction
    from bot.sandbox.discord.model import Channel, Guild, Json, Message, User
    from bot.sandbox.discord.parts import Parts
    from bot.sandbox.discord.people import Person

_NEUTRAL = 0x8A8594
_SHOWN_MESSAGES = 200


class PageViews:
    """JSON for one person's page."""

    def __init__(self, parts: Parts, person: Person) -> None:
        self._parts = parts
        self._person = person

    def world(self) -> Json:
        """Return servers, channels and people."""
        world = self._parts.world
        return {
            "you": {**self._user(self._person.user), "locale": self._locale},
            "people": [self._user(user) for user in world.users.values() if not user.bot],
            "application": {**self._user(world.bot), "connected": self._parts.gateway.connected},
            "conversation": self.channel(self._person.channel("@bot")),
            "guilds": [self._guild(guild) for guild in self._person.guilds()],
        }

    @property
    def _locale(self) -> str:
        return self._person.user.locale

    def _user(self, user: User) -> Json:
        role, color = self._top_role(user.id)
        return {
            "id": user.id,
            "username": user.username,
            "name": user.display_name,
            "bot": user.bot,
            "role": role,
            "color": color,
        }

    def _top_role(self, user_id: str) -> tuple[str, int]:
        for guild in self._parts.world.guilds.values():
            member = guild.members.get(user_id)
            held = [role for role in guild.roles if member and role.id in member.role_ids]
            if held:
                top = max(held, key=lambda role: role.position)
                return top.name, top.color
        return "", _NEUTRAL

    def _guild(self, guild: Guild) -> Json:
        return {
            "id": guild.id,
            "name": guild.name,
            "has_bot": guild.has_bot,
            "roles": [{"id": role.id, "name": role.name, "color": role.color} for role in guild.roles],
            "members": [self._user(self._parts.world.users[one]) for one in guild.members],
            "channels": [self.channel(one) for one in self._person.channels(guild)],
        }

    def channel(self, channel: Channel) -> Json:
        """Return a channel with what this person may do there."""
        held = self._parts.world.permissions(channel, self._person.id)
        needed = Permission.SEND_MESSAGES if channel.thread is None else Permission.SEND_MESSAGES_IN_THREADS
        tags = {tag.id: tag.name for parent in [self._parent(channel)] if parent for tag in parent.available_tags}
        return {
            "id": channel.id,
            "guild": channel.guild_id,
            "type": int(channel.kind),
            "name": channel.name or self._parts.world.bot.display_name,
            "topic": channel.topic,
            "parent": channel.parent_id,
            "can_write": channel.kind in CONVERSATION_KINDS and bool(held & needed),
            "forum": channel.kind is ChannelType.FORUM,
            "archived": bool(channel.thread and channel.thread.archived),
            "tags": [tags[one] for one in channel.thread.applied_tags if one in tags] if channel.thread else [],
        }

    def _parent(self, channel: Channel) -> Channel | None:
        return self._parts.world.channels.get(channel.parent_id or "")

    def message(self, message: Message) -> Json:
        """Return a message with what the page needs beyond Discord's own form."""
        shown = self._parts.payloads.message(message)
        shown["ephemeral"] = message.visible_to is not None
        shown["thinking"] = bool(message.flags & MessageFlag.LOADING)
        shown["for_you"] = message.mentions_everyone or self._person.id in message.mentioned_users
        if message.reply_to is not None:
            replied = [one for one in self._parts.world.messages(message.channel_id) if one.id == message.reply_to]
            shown["replied"] = [{"author": one.author_id, "content": one.content} for one in replied]
        return shown

    def messages(self, channel: Channel) -> list[Json]:
        """Return the latest messages of a channel that this person sees, oldest first."""
        return [self.message(one) for one in self._person.messages(channel)[-_SHOWN_MESSAGES:]]

    def commands(self, channel: Channel) -> Json:
        """Return what can be used in a channel; each `label` is the name in this person's language."""
        book, user, locale = self._person.book, self._person.id, self._locale
        slash = [
            {
                "name": leaf.name,
                "label": leaf.label(locale),
                "description": leaf.description(locale),
                "options": [self._option(option) for option in leaf.options],
            }
            for command in book.available(user, channel, CommandType.CHAT_INPUT)
            for leaf in leaves(command)
        ]
        on_message = [
            {"name": command.name, "label": localized(command.definition, "name", locale)}
            for command in book.available(user, channel, CommandType.MESSAGE)
        ]
        return {"slash": sorted(slash, key=lambda one: str(one["name"])), "message": on_message}

    def _option(self, option: Json) -> Json:
        return {
            **option,
            "label": localized(option, "name", self._locale),
            "description": localized(option, "description", self._locale),
            "choices": self._choices(option.get("choices") or []),
        }

    def _choices(self, choices: list[Json]) -> list[Json]:
        return [{"label": localized(one, "name", self._locale), "value": one["value"]} for one in choices]

    def outcome(self, interaction: Interaction) -> Json:
        """Return how the bot answered."""
        outcome: Json = {"failure": interaction.failure, "choices": self._choices(interaction.choices)}
        if interaction.modal is not None:
            outcome["modal"] = {**interaction.modal, "token": interaction.token}
        if interaction.message is not None:
            outcome["message"] = interaction.message.id
        return outcome

    def event(self, event: Event) -> Json | None:
        """Return an event for this person's page, or nothing if it is none of their business."""
        match event:
            case MessageEvent(name, message, channel):
                if not message.seen_by(self._person.id) or not self._sees(channel):
                    return None
                if name == "MESSAGE_DELETE":
                    return {"kind": "gone", "channel": channel.id, "id": message.id}
                return {"kind": "message", "channel": channel.id, "message": self.message(message)}
            case ChannelEvent():
                return {"kind": "world"}
            case NoticeEvent(name, data):
                return {"kind": name, **data}
            case _:
                return None

    def _sees(self, channel: Channel) -> bool:
        return bool(self._parts.world.permissions(channel, self._person.id) & Permission.VIEW_CHANNEL)
