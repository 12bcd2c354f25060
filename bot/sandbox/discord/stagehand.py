"""Changes to the world that nobody on the page can make: what administrators, Discord or fate do meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.discord.hub import ChannelEvent, GuildEvent
from bot.sandbox.discord.model import THREAD_TYPES, Overwrite

if TYPE_CHECKING:
    from bot.sandbox.discord.model import Channel, Guild, Message
    from bot.sandbox.discord.parts import Parts


class Stagehand:
    """Moves the scenery. Channels and servers are given by name or id; KeyError if there is none."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def channel(self, which: str) -> Channel:
        """Return a channel or thread."""
        for channel in self._parts.world.channels.values():
            if which in (channel.id, channel.name):
                return channel
        raise KeyError(which)

    def guild(self, which: str) -> Guild:
        """Return a server."""
        for guild in self._parts.world.guilds.values():
            if which in (guild.id, guild.name):
                return guild
        raise KeyError(which)

    def delete_channel(self, which: str) -> None:
        """Delete a channel or thread with everything in it."""
        channel = self.channel(which)
        thread = channel.kind in THREAD_TYPES
        self._parts.hub.announce(ChannelEvent("THREAD_DELETE" if thread else "CHANNEL_DELETE", channel))
        self._parts.world.remove_channel(channel)

    def delete_message(self, message: Message) -> None:
        """Delete a message."""
        self._parts.posts.delete(message)

    def forget_file(self, attachment_id: str) -> None:
        """Let the bytes of an attachment vanish, as Discord does with those of commands after a while."""
        self._parts.files.forget(attachment_id)

    def set_thread(self, which: str, *, archived: bool = False, locked: bool = False) -> None:
        """Archive, open, lock or unlock a thread."""
        channel = self.channel(which)
        if channel.thread is None:
            raise KeyError(which)
        channel.thread.archived = archived
        channel.thread.locked = locked
        channel.thread.archived_at = self._parts.clock.now()
        self._announce(channel)

    def set_bot_permissions(self, which: str, *, allow: int = 0, deny: int = 0) -> None:
        """Replace the bot's own overwrite in a channel; the arguments are bits of `Permission`."""
        channel = self.channel(which)
        bot = self._parts.world.application_id
        channel.overwrites = [one for one in channel.overwrites if one.id != bot]
        channel.overwrites.append(Overwrite(bot, 1, int(allow), int(deny)))
        self._announce(channel)

    def set_upload_limit(self, which: str, limit: int) -> None:
        """Change how many bytes a file in a server may have."""
        self.guild(which).upload_limit = limit

    def remove_bot(self, which: str) -> None:
        """Throw the bot out of a server."""
        guild = self.guild(which)
        self._parts.hub.announce(GuildEvent("GUILD_DELETE", guild, {"id": guild.id}))
        guild.has_bot = False
        guild.members.pop(self._parts.world.application_id, None)

    def _announce(self, channel: Channel) -> None:
        self._parts.world.changed = True
        kind = "THREAD_UPDATE" if channel.kind in THREAD_TYPES else "CHANNEL_UPDATE"
        self._parts.hub.announce(ChannelEvent(kind, channel))
