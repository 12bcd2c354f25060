"""The stand-in's memory, with the questions that everything else asks it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.sandbox.discord.errors import NotSeenError, unknown_channel, unknown_message
from bot.sandbox.discord.model import THREAD_TYPES, Channel, ChannelType, Command, CommandType, Snapshot
from bot.sandbox.discord.permissions import DIRECT_MESSAGE, channel_permissions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.sandbox.discord.model import Attachment, Guild, Json, Member, Message, User
    from bot.sandbox.discord.snowflakes import Snowflakes

MESSAGES_WRITTEN = 300
"""How many messages of a channel survive a restart; few enough that writing them never holds anything up."""

_SNAPSHOTS = TypeAdapter(Snapshot)


class World:
    """All servers, channels, messages and commands, with lookups that refuse as Discord does."""

    def __init__(self, snowflakes: Snowflakes, snapshot: Snapshot) -> None:
        self.snowflakes = snowflakes
        self._facts = snapshot
        self._by_guild: dict[str | None, dict[str, Channel]] = {}
        for channel in snapshot.channels.values():
            self._by_guild.setdefault(channel.guild_id, {})[channel.id] = channel
        self.changed = False

    # --- the application ---

    @property
    def application_id(self) -> str:
        """The id of the application, which is also the id of its bot user."""
        return self._facts.application_id

    @property
    def bot(self) -> User:
        """The bot's own account."""
        return self._facts.users[self._facts.application_id]

    # --- people and servers ---

    @property
    def users(self) -> dict[str, User]:
        """Every account by id."""
        return self._facts.users

    @property
    def guilds(self) -> dict[str, Guild]:
        """Every server by id."""
        return self._facts.guilds

    @property
    def channels(self) -> dict[str, Channel]:
        """Every channel, thread and direct conversation by id."""
        return self._facts.channels

    def user(self, user_id: str) -> User:
        """Return an account; raises ApiError 404."""
        try:
            return self._facts.users[user_id]
        except KeyError:
            raise NotSeenError(10013, "User") from None

    def guild(self, guild_id: str) -> Guild:
        """Return a server; raises ApiError 404."""
        try:
            return self._facts.guilds[guild_id]
        except KeyError:
            raise NotSeenError(10004, "Guild") from None

    def member(self, guild: Guild, user_id: str) -> Member:
        """Return a member of a server; raises ApiError 404."""
        try:
            return guild.members[user_id]
        except KeyError:
            raise NotSeenError(10007, "Member") from None

    def channel(self, channel_id: str) -> Channel:
        """Return a channel; raises ApiError 404."""
        try:
            return self._facts.channels[channel_id]
        except KeyError:
            raise unknown_channel() from None

    def guild_of(self, channel: Channel) -> Guild | None:
        """Return the server of a channel, or nothing for a direct conversation."""
        return None if channel.guild_id is None else self.guild(channel.guild_id)

    def channels_of(self, guild_id: str) -> list[Channel]:
        """Return the channels of a server in order, threads left out."""
        found = [one for one in self._by_guild.get(guild_id, {}).values() if one.kind not in THREAD_TYPES]
        return sorted(found, key=lambda one: (one.position, one.id))

    def threads_of(self, guild_id: str) -> list[Channel]:
        """Return the threads and forum posts of a server, oldest first."""
        return [one for one in self._by_guild.get(guild_id, {}).values() if one.kind in THREAD_TYPES]

    def permissions(self, channel: Channel, user_id: str) -> int:
        """Return the user's permission bits in a channel; 0 for outsiders."""
        guild = self.guild_of(channel)
        if guild is None:
            return int(DIRECT_MESSAGE) if user_id in channel.recipient_ids else 0
        member = guild.members.get(user_id)
        if member is None:
            return 0
        place = channel
        if channel.kind in THREAD_TYPES and channel.parent_id in self._facts.channels:
            place = self._facts.channels[channel.parent_id]
        return channel_permissions(guild, place, member)

    def direct_channel(self, user_id: str) -> Channel:
        """Return the conversation between a user and the bot, opening it when there is none."""
        self.user(user_id)
        pair = {user_id, self.application_id}
        for channel in self._by_guild.get(None, {}).values():
            if channel.kind is ChannelType.DM and set(channel.recipient_ids) == pair:
                return channel
        opened = Channel(id=self.snowflakes.new(), kind=ChannelType.DM, recipient_ids=sorted(pair))
        self.add_channel(opened)
        return opened

    def add_channel(self, channel: Channel) -> None:
        """Remember a new channel."""
        self._facts.channels[channel.id] = channel
        self._by_guild.setdefault(channel.guild_id, {})[channel.id] = channel
        self.changed = True

    def remove_channel(self, channel: Channel) -> None:
        """Forget a channel with its messages."""
        del self._facts.channels[channel.id]
        del self._by_guild[channel.guild_id][channel.id]
        self._facts.messages.pop(channel.id, None)
        self.changed = True

    # --- messages ---

    def messages(self, channel_id: str) -> list[Message]:
        """Return the messages of a channel, oldest first."""
        return list(self._facts.messages.get(channel_id, {}).values())

    def message(self, channel_id: str, message_id: str) -> Message:
        """Return a message; raises ApiError 404."""
        try:
            return self._facts.messages[channel_id][message_id]
        except KeyError:
            raise unknown_message() from None

    def add_message(self, message: Message) -> None:
        """Remember a new message."""
        self._facts.messages.setdefault(message.channel_id, {})[message.id] = message
        self._facts.channels[message.channel_id].last_message_id = message.id
        self.changed = True

    def remove_message(self, message: Message) -> None:
        """Forget a message."""
        del self._facts.messages[message.channel_id][message.id]
        self.changed = True

    def attachments(self) -> Iterator[Attachment]:
        """Go through the files of all messages."""
        for messages in self._facts.messages.values():
            for message in messages.values():
                yield from message.attachments

    # --- commands ---

    def commands(self, guild_id: str | None) -> list[Command]:
        """Return the commands registered globally (None) or for one server."""
        return [command for command in self._facts.commands.values() if command.guild_id == guild_id]

    def command(self, command_id: str) -> Command:
        """Return a command; raises ApiError 404."""
        try:
            return self._facts.commands[command_id]
        except KeyError:
            raise NotSeenError(10063, "application command") from None

    def put_command(self, guild_id: str | None, definition: Json) -> tuple[Command, bool]:
        """Register a command or replace the one of the same name and kind; say whether it is new."""
        wanted = CommandType(definition.get("type", 1))
        for command in self.commands(guild_id):
            if command.kind is wanted and command.name == definition["name"]:
                if command.definition != definition:
                    command.definition = definition
                    command.version = self.snowflakes.new()
                    self.changed = True
                return command, False
        made = Command(self.snowflakes.new(), self.snowflakes.new(), guild_id, definition)
        self._facts.commands[made.id] = made
        self.changed = True
        return made, True

    def remove_command(self, command_id: str) -> None:
        """Forget a command; raises ApiError 404."""
        self.command(command_id)
        del self._facts.commands[command_id]
        self.changed = True

    # --- surviving a restart ---

    def write(self, path: Path) -> None:
        """Write everything but old messages to a JSON file, replacing it in one step."""
        recent = {
            channel_id: dict(islice(messages.items(), max(0, len(messages) - MESSAGES_WRITTEN), None))
            for channel_id, messages in self._facts.messages.items()
        }
        fresh = path.with_suffix(".new")
        fresh.write_bytes(_SNAPSHOTS.dump_json(replace(self._facts, messages=recent)))
        fresh.replace(path)
        self.changed = False


def read_snapshot(path: Path) -> Snapshot | None:
    """Return what `World.write` left in a file, or nothing if there is no such file."""
    if not path.exists():
        return None
    return _SNAPSHOTS.validate_json(path.read_bytes())
