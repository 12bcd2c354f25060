"""The wire form of everything: what discord.py reads from the gateway and the REST answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.sandbox.discord.model import ChannelType

if TYPE_CHECKING:
    from bot.sandbox.discord.files import FileStore
    from bot.sandbox.discord.model import Attachment, Channel, Command, Guild, Json, Member, Message, Role, User
    from bot.sandbox.discord.world import World

_REFERENCE = "attachment://"
_VERIFY_KEY = "0" * 64


def iso(milliseconds: int) -> str:
    """Return a Unix time in milliseconds as Discord writes times."""
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC).isoformat()


class Payloads:
    """Turns the facts of a world into JSON, with fresh file links."""

    def __init__(self, world: World, files: FileStore) -> None:
        self._world = world
        self._files = files

    def user(self, user: User) -> Json:
        """Return a user object."""
        return {
            "id": user.id,
            "username": user.username,
            "global_name": user.display_name,
            "discriminator": "0000" if user.bot else "0",
            "avatar": None,
            "bot": user.bot,
            "public_flags": 0,
        }

    def role(self, role: Role) -> Json:
        """Return a role object."""
        return {
            "id": role.id,
            "name": role.name,
            "permissions": str(role.permissions),
            "color": role.color,
            "colors": {"primary_color": role.color, "secondary_color": None, "tertiary_color": None},
            "position": role.position,
            "hoist": False,
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }

    def member(self, member: Member) -> Json:
        """Return a member object with its user."""
        return {"user": self.user(self._world.user(member.user_id)), **self._bare_member(member)}

    def _bare_member(self, member: Member) -> Json:
        return {
            "roles": list(member.role_ids),
            "joined_at": iso(member.joined_at),
            "nick": None,
            "avatar": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "premium_since": None,
            "communication_disabled_until": None,
            "flags": 0,
        }

    def channel(self, channel: Channel) -> Json:
        """Return a channel, thread or direct conversation."""
        base: Json = {
            "id": channel.id,
            "type": int(channel.kind),
            "name": channel.name,
            "last_message_id": channel.last_message_id,
            "flags": 1 << 4 if channel.requires_tag else 0,
        }
        if channel.kind is ChannelType.DM:
            others = [one for one in channel.recipient_ids if one != self._world.application_id]
            return {**base, "recipients": [self.user(self._world.user(one)) for one in others]}
        base["guild_id"] = channel.guild_id
        base["parent_id"] = channel.parent_id
        base["rate_limit_per_user"] = 0
        if channel.thread is not None:
            return {**base, **self._thread_parts(channel)}
        base.update(
            position=channel.position,
            topic=channel.topic,
            nsfw=channel.nsfw,
            permission_overwrites=[
                {"id": item.id, "type": item.kind, "allow": str(item.allow), "deny": str(item.deny)}
                for item in channel.overwrites
            ],
        )
        if channel.kind is ChannelType.FORUM:
            base["available_tags"] = [
                {"id": tag.id, "name": tag.name, "moderated": False, "emoji_id": None, "emoji_name": None}
                for tag in channel.available_tags
            ]
            base["default_sort_order"] = None
            base["default_forum_layout"] = 0
        return base

    def _thread_parts(self, channel: Channel) -> Json:
        thread = channel.thread
        assert thread is not None  # noqa: S101 - told to the type checker; the caller has looked
        messages = len(self._world.messages(channel.id))
        return {
            "owner_id": thread.owner_id,
            "message_count": messages,
            "total_message_sent": messages,
            "member_count": len(thread.member_ids),
            "applied_tags": list(thread.applied_tags),
            "thread_metadata": {
                "archived": thread.archived,
                "locked": thread.locked,
                "auto_archive_duration": thread.auto_archive_minutes,
                "archive_timestamp": iso(thread.archived_at),
                "create_timestamp": iso(thread.archived_at),
            },
        }

    def guild(self, guild: Guild) -> Json:
        """Return a server as REST shows it."""
        return {
            "id": guild.id,
            "name": guild.name,
            "icon": None,
            "owner_id": guild.owner_id,
            "roles": [self.role(role) for role in guild.roles],
            "emojis": [],
            "stickers": [],
            "features": [],
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": guild.boost_tier,
            "premium_subscription_count": 0,
            "premium_progress_bar_enabled": False,
            "preferred_locale": guild.locale,
            "afk_timeout": 300,
            "afk_channel_id": None,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "approximate_member_count": len(guild.members),
        }

    def guild_create(self, guild: Guild) -> Json:
        """Return a server as the gateway announces it: with channels, threads, and the bot as only member."""
        own = [self.member(guild.members[one]) for one in guild.members if one == self._world.application_id]
        open_threads = [one for one in self._world.threads_of(guild.id) if one.thread and not one.thread.archived]
        return {
            **self.guild(guild),
            "joined_at": iso(guild.members[self._world.application_id].joined_at),
            "large": False,
            "unavailable": False,
            "member_count": len(guild.members),
            "members": own,
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
            "channels": [self.channel(one) for one in self._world.channels_of(guild.id)],
            "threads": [self.channel(one) for one in open_threads],
        }

    def attachment(self, attachment: Attachment) -> Json:
        """Return an attachment with a fresh link."""
        link = self._files.link(attachment)
        body: Json = {
            "id": attachment.id,
            "filename": attachment.filename,
            "size": attachment.size,
            "url": link,
            "proxy_url": link,
            "content_type": attachment.content_type,
            "ephemeral": attachment.ephemeral,
            "flags": 1 << 5 if attachment.spoiler else 0,
        }
        if attachment.width is not None:
            body |= {"width": attachment.width, "height": attachment.height}
        if attachment.description is not None:
            body["description"] = attachment.description
        return body

    def message(self, message: Message) -> Json:
        """Return a message with its author, files and components."""
        author = self._world.users[message.author_id]
        channel = self._world.channels.get(message.channel_id)
        body: Json = {
            "id": message.id,
            "channel_id": message.channel_id,
            "type": int(message.kind),
            "author": self.user(author),
            "content": message.content,
            "timestamp": iso(message.created_at),
            "edited_timestamp": None if message.edited_at is None else iso(message.edited_at),
            "tts": False,
            "pinned": False,
            "flags": message.flags,
            "embeds": message.embeds,
            "attachments": [self.attachment(one) for one in message.attachments],
            "components": self.components(message),
            "mentions": [self.user(self._world.users[one]) for one in message.mentioned_users],
            "mention_roles": list(message.mentioned_roles),
            "mention_everyone": message.mentions_everyone,
        }
        if message.nonce is not None:
            body["nonce"] = message.nonce
        if message.by_application:
            body["application_id"] = self._world.application_id
            if message.origin is not None:
                body["webhook_id"] = self._world.application_id
        if message.origin is not None:
            body["interaction_metadata"] = self._origin(message)
        if message.reply_to is not None:
            body["message_reference"] = {"message_id": message.reply_to, "channel_id": message.channel_id, "type": 0}
        if message.thread_id in self._world.channels:
            body["thread"] = self.channel(self._world.channels[str(message.thread_id)])
        if channel is not None and channel.guild_id is not None and message.visible_to is None:
            guild = self._world.guild(channel.guild_id)
            body["guild_id"] = guild.id
            if message.author_id in guild.members:
                body["member"] = self._bare_member(guild.members[message.author_id])
        return body

    def _origin(self, message: Message) -> Json:
        origin = message.origin
        assert origin is not None  # noqa: S101 - told to the type checker; the caller has looked
        body: Json = {
            "id": origin.interaction_id,
            "type": origin.kind,
            "user": self.user(self._world.users[origin.user_id]),
            "authorizing_integration_owners": {},
        }
        if origin.command_name is not None:
            body["name"] = origin.command_name
        return body

    def components(self, message: Message) -> list[Json]:
        """Return a message's components with references to attachments turned into media items."""
        by_name = {one.filename: one for one in message.attachments}
        return [self._resolve(component, by_name) for component in message.components]

    def _resolve(self, component: Json, files: dict[str, Attachment]) -> Json:
        shown = dict(component)
        for key in ("components", "items"):
            if isinstance(shown.get(key), list):
                shown[key] = [self._resolve(child, files) for child in shown[key]]
        if isinstance(shown.get("accessory"), dict):
            shown["accessory"] = self._resolve(shown["accessory"], files)
        for key in ("media", "file"):
            if isinstance(shown.get(key), dict):
                shown[key] = self._media(str(shown[key].get("url", "")), files)
        if shown.get("type") == 13 and component["file"]["url"].startswith(_REFERENCE):  # noqa: PLR2004 - a file
            stored = files.get(component["file"]["url"].removeprefix(_REFERENCE))
            shown |= {"name": stored.filename, "size": stored.size} if stored else {}
        return shown

    def _media(self, url: str, files: dict[str, Attachment]) -> Json:
        stored = files.get(url.removeprefix(_REFERENCE)) if url.startswith(_REFERENCE) else None
        if stored is None:
            return {"url": url, "proxy_url": url, "loading_state": 2, "placeholder": "", "flags": 0}
        link = self._files.link(stored)
        return {
            "url": link,
            "proxy_url": link,
            "width": stored.width,
            "height": stored.height,
            "content_type": stored.content_type,
            "loading_state": 2,
            "placeholder": "",
            "attachment_id": stored.id,
            "flags": 0,
        }

    def command(self, command: Command) -> Json:
        """Return a registered command."""
        body: Json = {
            "description": "",
            "nsfw": False,
            "default_member_permissions": None,
            "dm_permission": True,
            "contexts": None,
            "integration_types": [0],
            **command.definition,
            "id": command.id,
            "application_id": self._world.application_id,
            "version": command.version,
            "type": int(command.kind),
        }
        if command.guild_id is not None:
            body["guild_id"] = command.guild_id
        return body

    def application(self) -> Json:
        """Return the application with its owner."""
        bot = self._world.bot
        owner = next((one for one in self._world.users.values() if not one.bot), bot)
        return {
            "id": self._world.application_id,
            "name": bot.display_name,
            "icon": None,
            "description": "",
            "bot": self.user(bot),
            "bot_public": True,
            "bot_require_code_grant": False,
            "owner": self.user(owner),
            "team": None,
            "verify_key": _VERIFY_KEY,
            "flags": 0,
            "approximate_guild_count": sum(1 for guild in self._world.guilds.values() if guild.has_bot),
            "approximate_user_install_count": 0,
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "integration_types_config": {"0": {}, "1": {}},
        }
