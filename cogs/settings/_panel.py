"""The panel: what is chosen, and the buttons that open the forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import discord

from bot.discord.cards import Card
from bot.discord.guards import is_manager
from bot.discord.people import server_of
from bot.discord.texts import reader_of
from bot.preferences.store import load_person, load_server
from cogs.settings import _buttons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.discord.items import StageInteraction
    from bot.preferences import PersonChoices, ServerChoices

COLOUR: Final = 0x80848E
_OWN: Final = "own"
_SERVER: Final = "server"


async def panel(interaction: StageInteraction) -> Card:
    """Return the panel of whoever asks; managers of a server see its choices too."""
    person, server = interaction.user.id, server_of(interaction)
    mine, ours = await interaction.client.services.app.database.read(
        lambda tx: (load_person(tx, person), load_server(tx, server))
    )
    say = Words(interaction)
    card = Card(colour=COLOUR).heading(say("mine.title")).text(_mine(say, mine))
    card.row(_buttons.Mine(_OWN, label=say("mine.change")))
    if is_manager(interaction):
        card.divider().heading(say("server.title")).text(_ours(say, ours))
        card.small("\n".join(_warnings(interaction, say, ours)))
        card.row(
            _buttons.Channels(_SERVER, label=say("server.channels")),
            _buttons.Roles(_SERVER, label=say("server.roles")),
            _buttons.Limits(_SERVER, label=say("server.limits")),
            _buttons.RoleLimit(_SERVER, label=say("server.role-limit")),
        )
    return card


class Words:
    """The texts of this package in the language of whoever asks."""

    def __init__(self, interaction: StageInteraction) -> None:
        self._texts = interaction.client.services.texts
        self._locale = reader_of(interaction)

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key below `settings`."""
        return self._texts.say(self._locale, f"settings.{key}", **values)

    def limit(self, credits_allowed: int | None, key: str) -> str:
        """Return a limit, or the text of a key where there is none."""
        return self(key) if credits_allowed is None else self("credits", count=credits_allowed)

    def ticked(self, key: str, chosen: object) -> str:
        """Return the name of a choice, or that the bot decides."""
        return self("auto") if chosen is None else self(f"{key}.{chosen}".lower())


def _mine(say: Words, mine: PersonChoices) -> str:
    defaults = mine.defaults
    lines = {
        "mode": say.ticked("mode", defaults.mode),
        "audio": say.ticked("audio", None if defaults.audio is None else "on" if defaults.audio else "off"),
        "seconds": say("auto") if defaults.seconds is None else say("seconds", count=defaults.seconds),
        "ratio": defaults.ratio or say("auto"),
        "confirm": say.limit(mine.confirm_limit, "as-server"),
    }
    return "\n".join(f"{say(f'mine.{key}')}: **{value}**" for key, value in lines.items())


def _ours(say: Words, ours: ServerChoices) -> str:
    lines = {
        "results": _channel(ours.results_channel) or say("where-asked"),
        "report": _channel(ours.report_channel) or say("nowhere"),
        "log": _channel(ours.log_channel) or say("nowhere"),
        "generate": _roles(ours.generate_roles) or say("everybody"),
        "subscriber": _roles(ours.subscriber_roles) or say("nobody"),
        "priority": _roles(ours.priority_roles) or say("nobody"),
        "confirm": say.limit(ours.confirm_limit, "always-ask"),
        "person-cap": say.limit(ours.person_cap, "no-limit"),
        "server-cap": say.limit(ours.server_cap, "no-limit"),
    }
    shown = [f"{say(f'server.{key}')}: {value}" for key, value in lines.items()]
    shown += [say("server.role-cap", role=role, count=cap) for role, cap in sorted(ours.role_caps.items())]
    return "\n".join(shown)


def _warnings(interaction: StageInteraction, say: Words, ours: ServerChoices) -> list[str]:
    """Name the channels in which the bot may not do what it is to do there."""
    guild = interaction.guild
    if guild is None or guild.me is None:
        return []
    warnings = []
    for channel_id in dict.fromkeys((ours.results_channel, ours.report_channel, ours.log_channel)):
        if channel_id is None:
            continue
        channel = guild.get_channel_or_thread(channel_id)
        if channel is None:
            warnings.append(say("server.gone", channel=channel_id))
            continue
        held = channel.permissions_for(guild.me)
        in_thread = isinstance(channel, discord.Thread)
        may_speak = held.send_messages_in_threads if in_thread else held.send_messages
        if not (held.view_channel and may_speak and held.attach_files):
            warnings.append(say("server.may-not", channel=channel_id))
    return warnings


def _channel(channel: int | None) -> str:
    return f"<#{channel}>" if channel else ""


def _roles(roles: Iterable[int]) -> str:
    return " ".join(f"<@&{role}>" for role in sorted(roles))
