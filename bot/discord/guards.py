"""Who may do what where: checked by us at every use, because servers can change what Discord itself lets through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.discord.people import requester_of, server_of
from bot.errors import NotPermitted
from bot.jobs.quote import Requester

if TYPE_CHECKING:
    from bot.discord.items import StageInteraction


class ServersOnly(NotPermitted):
    """The command needs a server that the bot is a member of."""

    def __init__(self) -> None:
        super().__init__("errors.ServersOnly")


class AdministratorsOnly(NotPermitted):
    """The command is for administrators."""

    def __init__(self) -> None:
        super().__init__("errors.AdministratorsOnly")


class ManagersOnly(NotPermitted):
    """The command is for those who may manage the server."""

    def __init__(self) -> None:
        super().__init__("errors.ManagersOnly")


class MembersOnly(NotPermitted):
    """The person named is a bot, or not in this server."""

    def __init__(self) -> None:
        super().__init__("errors.MembersOnly")


def require_server(interaction: discord.Interaction[Any]) -> Requester:
    """Return who asks; raises `ServersOnly` outside of the bot's servers."""
    if not server_of(interaction):
        raise ServersOnly
    return requester_of(interaction)


def require_administrator(interaction: discord.Interaction[Any]) -> Requester:
    """Return who asks; raises `AdministratorsOnly` or `ServersOnly`."""
    requester = require_server(interaction)
    if not interaction.permissions.administrator:
        raise AdministratorsOnly
    return requester


def require_manager(interaction: discord.Interaction[Any]) -> Requester:
    """Return who asks; raises `ManagersOnly` or `ServersOnly`."""
    requester = require_server(interaction)
    if not is_manager(interaction):
        raise ManagersOnly
    return requester


def is_manager(interaction: discord.Interaction[Any]) -> bool:
    """Say whether the person may change what counts for the whole server."""
    held = interaction.permissions
    return bool(server_of(interaction)) and (held.administrator or held.manage_guild)


def require_member(interaction: StageInteraction, person: discord.User | discord.Member) -> Requester:
    """Return another member of the server; raises `MembersOnly` for bots and strangers, or `ServersOnly`."""
    server = require_server(interaction).server
    if person.bot or not isinstance(person, discord.Member):
        raise MembersOnly
    return Requester(server=server, person=person.id)
