"""What the stand-in remembers: people, servers, channels, messages and commands.

The classes hold facts only and can be written to JSON and read back. Identifiers are snowflakes in decimal,
exactly as they travel; times are Unix milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import Any

Json = dict[str, Any]
"""A JSON object of the wire format."""

MEBIBYTE = 1024 * 1024
DEFAULT_UPLOAD_LIMIT = 10 * MEBIBYTE
"""Bytes per file in a server without boosts (Discord, January 2025 until August 2026)."""


class ChannelType(IntEnum):
    """The kinds of channels the stand-in knows, with Discord's numbers."""

    TEXT = 0
    DM = 1
    CATEGORY = 4
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


THREAD_TYPES = frozenset({ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD})


class MessageType(IntEnum):
    """The kinds of messages the stand-in makes, with Discord's numbers."""

    DEFAULT = 0
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    CONTEXT_MENU_COMMAND = 23


class MessageFlag(IntFlag):
    """Message flags, with Discord's bits."""

    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    VOICE_MESSAGE = 1 << 13
    COMPONENTS_V2 = 1 << 15


class CommandType(IntEnum):
    """The kinds of application commands."""

    CHAT_INPUT = 1
    USER = 2
    MESSAGE = 3


@dataclass(slots=True)
class User:
    """An account, a person's or a bot's."""

    id: str
    username: str
    display_name: str
    bot: bool = False
    locale: str = "en-US"
    upload_limit: int = DEFAULT_UPLOAD_LIMIT


@dataclass(slots=True)
class Role:
    """A role of one server; `permissions` are Discord's bits."""

    id: str
    name: str
    permissions: int
    color: int = 0
    position: int = 0


@dataclass(slots=True)
class Member:
    """A user in one server."""

    user_id: str
    joined_at: int
    role_ids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Overwrite:
    """Permissions that one channel gives or takes; `kind` 0 is a role, 1 a member."""

    id: str
    kind: int
    allow: int = 0
    deny: int = 0


@dataclass(slots=True)
class Tag:
    """A label that posts of a forum can carry."""

    id: str
    name: str


@dataclass(slots=True)
class ThreadState:
    """What only threads have."""

    owner_id: str
    archived: bool = False
    locked: bool = False
    auto_archive_minutes: int = 1440
    archived_at: int = 0
    member_ids: list[str] = field(default_factory=list)
    applied_tags: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Channel:
    """A channel, a thread or a direct conversation."""

    id: str
    kind: ChannelType
    name: str = ""
    guild_id: str | None = None
    topic: str = ""
    position: int = 0
    parent_id: str | None = None
    nsfw: bool = False
    overwrites: list[Overwrite] = field(default_factory=list)
    recipient_ids: list[str] = field(default_factory=list)
    thread: ThreadState | None = None
    available_tags: list[Tag] = field(default_factory=list)
    requires_tag: bool = False
    last_message_id: str | None = None


@dataclass(slots=True)
class Guild:
    """A server. `has_bot` is false where only user-installed use is possible."""

    id: str
    name: str
    owner_id: str
    roles: list[Role] = field(default_factory=list)
    members: dict[str, Member] = field(default_factory=dict)
    has_bot: bool = True
    locale: str = "en-US"
    boost_tier: int = 0
    upload_limit: int = DEFAULT_UPLOAD_LIMIT


@dataclass(slots=True)
class Attachment:
    """A stored file. Its bytes are in the file store under its id."""

    id: str
    channel_id: str
    filename: str
    size: int
    content_type: str
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    description: str | None = None
    ephemeral: bool = False
    spoiler: bool = False


@dataclass(slots=True)
class Origin:
    """The interaction that a message answers."""

    interaction_id: str
    kind: int
    user_id: str
    command_name: str | None = None


@dataclass(slots=True)
class Message:
    """A message as stored; links to its files are made anew each time it is shown."""

    id: str
    channel_id: str
    author_id: str
    created_at: int
    kind: MessageType = MessageType.DEFAULT
    content: str = ""
    edited_at: int | None = None
    flags: int = 0
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    mentioned_users: list[str] = field(default_factory=list)
    mentioned_roles: list[str] = field(default_factory=list)
    mentions_everyone: bool = False
    nonce: str | int | None = None
    reply_to: str | None = None
    by_application: bool = False
    origin: Origin | None = None
    visible_to: str | None = None
    thread_id: str | None = None

    def seen_by(self, user_id: str) -> bool:
        """Say whether this user sees the message at all."""
        return self.visible_to is None or self.visible_to == user_id


@dataclass(slots=True)
class Command:
    """An application command as it was registered; `guild_id` is empty for global ones."""

    id: str
    version: str
    guild_id: str | None
    definition: Json

    @property
    def name(self) -> str:
        """The name that people type."""
        return str(self.definition["name"])

    @property
    def kind(self) -> CommandType:
        """Slash command, user command or message command."""
        return CommandType(self.definition.get("type", 1))


@dataclass(slots=True)
class Snapshot:
    """Everything that survives a restart of the stand-in."""

    application_id: str = ""
    users: dict[str, User] = field(default_factory=dict)
    guilds: dict[str, Guild] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: dict[str, dict[str, Message]] = field(default_factory=dict)
    commands: dict[str, Command] = field(default_factory=dict)
