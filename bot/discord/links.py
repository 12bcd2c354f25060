"""Addresses of messages within Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.delivery.destination import Posted


def link_to(posted: Posted, server: int) -> str:
    """Return the address of a message that was posted for somebody in a server; 0 is direct messages."""
    place = "@me" if posted.direct or not server else server
    return f"https://discord.com/channels/{place}/{posted.channel}/{posted.message}"
