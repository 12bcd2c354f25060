"""The forms. What arrives is checked again: values, and whether the person may change them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import discord

from bot.discord.guards import require_manager
from bot.discord.items import StageModal
from bot.jobs.request import Mode
from bot.preferences import Defaults, PersonChoices, ServerChoices
from bot.preferences.choices import MOST_ROLES, check_defaults, read_limit, with_role_cap
from bot.preferences.store import load_person, load_server, save_person, save_server
from cogs.settings import _panel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.catalog import Catalogue
    from bot.discord.items import StageInteraction
    from bot.storage.database import Transaction

_AUTO: Final = "auto"
_LIMIT_LENGTH: Final = 7
_TITLE: Final = "…"
_CHANNEL_TYPES: Final = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
]


@dataclass(frozen=True, slots=True)
class MineSheet:
    """What the person's own form shows."""

    say: _panel.Words
    choices: PersonChoices
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class ServerSheet:
    """What a form of the server shows."""

    say: _panel.Words
    choices: ServerChoices


class _Form(StageModal, area="settings", action="form"):
    """A form whose fields are the same whether it is shown or read; texts are needed for showing alone."""

    def __init__(self, subject: str, revision: int | None, say: _panel.Words | None, title: str) -> None:
        self._say = say
        super().__init__(subject, revision, title=say(title) if say else _TITLE)

    def _add(self, field: discord.ui.Item[Any], key: str, *, hint: str = "") -> None:
        text, description = (self._say(key), self._say(hint) if hint else None) if self._say else (_TITLE, None)
        self.add_item(discord.ui.Label(text=text, description=description, component=field))

    async def submitted(self, interaction: StageInteraction) -> None:
        """Show the panel anew."""
        await interaction.response.edit_message(view=(await _panel.panel(interaction)).layout())


class MineForm(_Form, area="settings", action="mine-form"):
    """What a person chooses for themselves."""

    def __init__(self, subject: str, revision: int | None = None, *, sheet: MineSheet | None = None) -> None:
        super().__init__(subject, revision, sheet.say if sheet else None, "mine.form")
        options = _options(sheet) if sheet else {}
        self.mode = _menu("mode", options)
        self.audio = _menu("audio", options)
        self.seconds = _menu("seconds", options)
        self.ratio = _menu("ratio", options)
        self.confirm = _limit("confirm", sheet.choices.confirm_limit if sheet else None)
        for key, field in (
            ("mode", self.mode),
            ("audio", self.audio),
            ("seconds", self.seconds),
            ("ratio", self.ratio),
        ):
            self._add(field, f"mine.{key}")
        self._add(self.confirm, "mine.confirm", hint="mine.confirm-hint")

    async def submitted(self, interaction: StageInteraction) -> None:
        """Keep what was chosen."""
        app, person = interaction.client.services.app, interaction.user.id
        chosen = {name: _chosen(getattr(self, name)) for name in ("mode", "audio", "seconds", "ratio")}
        seconds = chosen["seconds"]
        wanted = Defaults(
            mode=Mode(chosen["mode"]) if chosen["mode"] in set(Mode) else None,
            audio=None if chosen["audio"] is None else chosen["audio"] == "on",
            seconds=int(seconds) if seconds and seconds.isdecimal() else None,
            ratio=chosen["ratio"],
        )
        check_defaults(wanted, app.catalogue)
        limit, at = read_limit(self.confirm.value), app.clock.now()

        def keep(tx: Transaction) -> None:
            model = load_person(tx, person).defaults.model
            save_person(tx, person, PersonChoices(limit, replace(wanted, model=model)), at=at)

        await app.database.run(keep)
        await super().submitted(interaction)


class ChannelsForm(_Form, area="settings", action="channels-form"):
    """Where things go in a server."""

    def __init__(self, subject: str, revision: int | None = None, *, sheet: ServerSheet | None = None) -> None:
        super().__init__(subject, revision, sheet.say if sheet else None, "server.channels")
        ours = sheet.choices if sheet else ServerChoices()
        self.results = _channels("results", ours.results_channel)
        self.report = _channels("report", ours.report_channel)
        self.log = _channels("log", ours.log_channel)
        for key, field in (("results", self.results), ("report", self.report), ("log", self.log)):
            self._add(field, f"server.{key}", hint=f"server.{key}-hint")

    async def submitted(self, interaction: StageInteraction) -> None:
        """Keep what was chosen."""
        results, report, log = (_first(field.values) for field in (self.results, self.report, self.log))
        await _change(
            interaction,
            lambda ours: replace(ours, results_channel=results, report_channel=report, log_channel=log),
        )
        await super().submitted(interaction)


class RolesForm(_Form, area="settings", action="roles-form"):
    """What roles mean in a server."""

    def __init__(self, subject: str, revision: int | None = None, *, sheet: ServerSheet | None = None) -> None:
        super().__init__(subject, revision, sheet.say if sheet else None, "server.roles")
        ours = sheet.choices if sheet else ServerChoices()
        self.generate = _roles("generate", ours.generate_roles)
        self.subscriber = _roles("subscriber", ours.subscriber_roles)
        self.priority = _roles("priority", ours.priority_roles)
        for key, field in (("generate", self.generate), ("subscriber", self.subscriber), ("priority", self.priority)):
            self._add(field, f"server.{key}", hint=f"server.{key}-hint")

    async def submitted(self, interaction: StageInteraction) -> None:
        """Keep what was chosen."""
        generate, subscriber, priority = (
            frozenset(role.id for role in field.values) for field in (self.generate, self.subscriber, self.priority)
        )
        await _change(
            interaction,
            lambda ours: replace(ours, generate_roles=generate, subscriber_roles=subscriber, priority_roles=priority),
        )
        await super().submitted(interaction)


class LimitsForm(_Form, area="settings", action="limits-form"):
    """How much may be spent in a server."""

    def __init__(self, subject: str, revision: int | None = None, *, sheet: ServerSheet | None = None) -> None:
        super().__init__(subject, revision, sheet.say if sheet else None, "server.limits")
        ours = sheet.choices if sheet else ServerChoices()
        self.confirm = _limit("confirm", ours.confirm_limit)
        self.person = _limit("person", ours.person_cap)
        self.server = _limit("server", ours.server_cap)
        self._add(self.confirm, "server.confirm", hint="server.confirm-hint")
        self._add(self.person, "server.person-cap", hint="server.cap-hint")
        self._add(self.server, "server.server-cap", hint="server.cap-hint")

    async def submitted(self, interaction: StageInteraction) -> None:
        """Keep what was chosen."""
        confirm, person, server = (read_limit(field.value) for field in (self.confirm, self.person, self.server))
        await _change(
            interaction, lambda ours: replace(ours, confirm_limit=confirm, person_cap=person, server_cap=server)
        )
        await super().submitted(interaction)


class RoleLimitForm(_Form, area="settings", action="role-limit-form"):
    """How much each person with a role may spend in a day."""

    def __init__(self, subject: str, revision: int | None = None, *, sheet: ServerSheet | None = None) -> None:
        super().__init__(subject, revision, sheet.say if sheet else None, "server.role-limit")
        self.role: discord.ui.RoleSelect[Any] = discord.ui.RoleSelect(custom_id="role", required=True)
        self.limit = _limit("limit", None)
        self._add(self.role, "server.role")
        self._add(self.limit, "server.role-limit", hint="server.cap-hint")

    async def submitted(self, interaction: StageInteraction) -> None:
        """Keep what was chosen."""
        role, limit = _first(self.role.values), read_limit(self.limit.value)
        if role is not None:
            await _change(interaction, lambda ours: with_role_cap(ours, role, limit))
        await super().submitted(interaction)


MODALS: Final = (MineForm, ChannelsForm, RolesForm, LimitsForm, RoleLimitForm)


async def _change(interaction: StageInteraction, change: Callable[[ServerChoices], ServerChoices]) -> None:
    """Change what the server chose, in one step; raises `ManagersOnly` or `ServersOnly`."""
    server, app = require_manager(interaction).server, interaction.client.services.app
    at = app.clock.now()
    await app.database.run(lambda tx: save_server(tx, server, change(load_server(tx, server)), at=at))


def _options(sheet: MineSheet) -> dict[str, list[discord.SelectOption]]:
    """Return what there is to choose from, with the present choice marked."""
    say, chosen = sheet.say, sheet.choices.defaults
    offers = [offer for card in sheet.catalogue.cards for offer in card.inputs.values()]
    seconds = sorted({length for offer in offers for length in offer.seconds})
    ratios = list(dict.fromkeys(ratio for offer in offers for ratio in offer.aspect_ratios))
    audio = None if chosen.audio is None else "on" if chosen.audio else "off"
    named = {
        "mode": ({mode.value: say(f"mode.{mode}") for mode in Mode}, chosen.mode),
        "audio": ({key: say(f"audio.{key}") for key in ("on", "off")}, audio),
        "seconds": ({str(length): say("seconds", count=length) for length in seconds}, chosen.seconds),
        "ratio": ({ratio: ratio for ratio in ratios}, chosen.ratio),
    }
    return {
        name: [
            discord.SelectOption(label=label, value=value, default=value == (_AUTO if now is None else str(now)))
            for value, label in {_AUTO: say("auto"), **values}.items()
        ]
        for name, (values, now) in named.items()
    }


def _menu(name: str, options: dict[str, list[discord.SelectOption]]) -> discord.ui.Select[Any]:
    return discord.ui.Select(custom_id=name, options=options.get(name, []), required=True)


def _limit(name: str, present: int | None) -> discord.ui.TextInput[Any]:
    default = None if present is None else str(present)
    return discord.ui.TextInput(custom_id=name, required=False, max_length=_LIMIT_LENGTH, default=default)


def _channels(name: str, present: int | None) -> discord.ui.ChannelSelect[Any]:
    kind = discord.SelectDefaultValueType.channel
    defaults = [] if present is None else [discord.SelectDefaultValue(id=present, type=kind)]
    return discord.ui.ChannelSelect(
        custom_id=name, min_values=0, required=False, channel_types=_CHANNEL_TYPES, default_values=defaults
    )


def _roles(name: str, present: Iterable[int]) -> discord.ui.RoleSelect[Any]:
    kind = discord.SelectDefaultValueType.role
    defaults = [discord.SelectDefaultValue(id=role, type=kind) for role in sorted(present)]
    return discord.ui.RoleSelect(
        custom_id=name, min_values=0, max_values=MOST_ROLES, required=False, default_values=defaults
    )


def _chosen(menu: discord.ui.Select[Any]) -> str | None:
    """Return what was chosen, None for the choice of the bot."""
    return next((value for value in menu.values if value != _AUTO), None)


def _first(values: Iterable[Any]) -> int | None:
    return next((int(value.id) for value in values), None)
