"""Who uses the bot and where, and where their clips can go: read anew from every interaction, never remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.delivery.destination import Channel, Direct, Library
from bot.jobs.quote import Requester

if TYPE_CHECKING:
    from bot.delivery.destination import Destination
    from bot.preferences import Terms


def requester_of(interaction: discord.Interaction[Any]) -> Requester:
    """Return who asks.

    In a server where the bot is no member (somebody brought it along as their own application) and in direct messages
    people use the credits that are theirs alone, under server 0.
    """
    return Requester(server=server_of(interaction), person=interaction.user.id)


def server_of(interaction: discord.Interaction[Any]) -> int:
    """Return the id of the server whose member the bot is, 0 where there is none."""
    return interaction.guild_id or 0 if interaction.is_guild_integration() else 0


def roles_of(interaction: discord.Interaction[Any]) -> frozenset[int]:
    """Return the ids of the person's roles in a server of the bot."""
    if not server_of(interaction) or not isinstance(interaction.user, discord.Member):
        return frozenset()
    return frozenset(role.id for role in interaction.user.roles)


def destination_of(interaction: discord.Interaction[Any], terms: Terms) -> Destination:
    """Return where the clips of a command go.

    The bot cannot post where it is no member, so there the clip waits in the library.
    """
    if server_of(interaction):
        if terms.results_channel is not None:
            return Channel(terms.results_channel)
        return Channel(interaction.channel_id) if interaction.channel_id else Direct()
    return Direct() if interaction.context.dm_channel else Library()


def may_post_in(interaction: discord.Interaction[Any]) -> bool:
    """Say whether the bot may post a clip in the channel of an interaction, as Discord told with it."""
    held = interaction.app_permissions
    thread = isinstance(interaction.channel, discord.Thread)
    speak = held.send_messages_in_threads if thread else held.send_messages
    return speak and held.attach_files and held.view_channel
