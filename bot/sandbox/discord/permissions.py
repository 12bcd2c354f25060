"""Discord's permission bits, and what a member may do in a channel."""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.discord.model import Channel, Guild, Member


class Permission(IntFlag):
    """The bits that the stand-in looks at."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    USE_EXTERNAL_APPS = 1 << 50
    PIN_MESSAGES = 1 << 51


ALL_PERMISSIONS = (1 << 53) - 1

EVERYBODY = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.USE_EXTERNAL_APPS
)
"""What the everyone role of a seeded server grants."""

DIRECT_MESSAGE = EVERYBODY & ~Permission.CREATE_PUBLIC_THREADS
"""What both sides of a direct conversation may do."""


def server_permissions(guild: Guild, member: Member) -> int:
    """Return what the member may do in the server, before channels change it."""
    if member.user_id == guild.owner_id:
        return ALL_PERMISSIONS
    held = {guild.id, *member.role_ids}
    granted = 0
    for role in guild.roles:
        if role.id in held:
            granted |= role.permissions
    return ALL_PERMISSIONS if granted & Permission.ADMINISTRATOR else granted


def channel_permissions(guild: Guild, channel: Channel, member: Member) -> int:
    """Return what the member may do in a channel: everyone, then roles, then the member's own overwrite.

    For a thread, pass its parent: threads have no overwrites of their own.
    """
    base = server_permissions(guild, member)
    if base == ALL_PERMISSIONS:
        return base
    everyone = [item for item in channel.overwrites if item.kind == 0 and item.id == guild.id]
    by_role = [item for item in channel.overwrites if item.kind == 0 and item.id in member.role_ids]
    own = [item for item in channel.overwrites if item.kind == 1 and item.id == member.user_id]
    for layer in (everyone, by_role, own):
        denied = allowed = 0
        for item in layer:
            denied |= item.deny
            allowed |= item.allow
        base = (base & ~denied) | allowed
    return base if base & Permission.VIEW_CHANNEL else 0
