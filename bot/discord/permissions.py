"""The permissions that the bot needs in a server, each with its reason, and the link that asks for exactly these."""

from __future__ import annotations

from typing import Final

import discord

REASONS: Final = {
    "view_channel": "to see the channel that a command came from",
    "send_messages": "to post clips",
    "send_messages_in_threads": "to post clips in threads and forum posts",
    "attach_files": "to upload the video",
    "embed_links": "to show a link to a clip that is too large to upload",
    "read_message_history": "to find its own message after a crash, so that nothing is posted twice",
}
"""Every permission by discord.py's name, and what it is for."""

NEEDED: Final = discord.Permissions(**dict.fromkeys(REASONS, True))


def missing(held: discord.Permissions) -> list[str]:
    """Return the needed permissions that are not held, as Discord's settings call them."""
    if held.administrator:
        return []
    return [name.replace("_", " ").title() for name in REASONS if not getattr(held, name)]


def invitation(application_id: int) -> str:
    """Return the address under which an administrator adds the bot to a server."""
    return discord.utils.oauth_url(application_id, permissions=NEEDED, scopes=("bot", "applications.commands"))
