"""Choices in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.jobs.request import Mode
from bot.preferences.choices import Defaults, PersonChoices, ServerChoices
from bot.preferences.terms import Terms, terms_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.jobs.quote import Requester
    from bot.settings import CapSettings
    from bot.storage.database import Database, Transaction

_ROLE = """
INSERT INTO server_role (server, role, may_generate, subscriber, goes_first, cap)
VALUES (:server, :role, :may_generate, :subscriber, :goes_first, :cap)"""


class StoredPreferences:
    """Preferences that are read from the database at each use, so that a change counts at once."""

    def __init__(self, database: Database, caps: CapSettings) -> None:
        self._database = database
        self._caps = caps

    async def terms(self, requester: Requester, roles: Collection[int]) -> Terms:
        """Return the terms for somebody with these roles."""
        return await self._database.read(lambda tx: self.terms_in(tx, requester, roles))

    def terms_in(self, tx: Transaction, requester: Requester, roles: Collection[int]) -> Terms:
        """Return the same inside a transaction that looks at more."""
        person, server = load_person(tx, requester.person), load_server(tx, requester.server)
        return terms_of(requester, roles, person=person, server=server, caps=self._caps)


def load_person(tx: Transaction, person: int) -> PersonChoices:
    """Return what a person chose."""
    row = tx.row("SELECT * FROM person_choice WHERE person = :person", person=person)
    if row is None:
        return PersonChoices()
    return PersonChoices(
        confirm_limit=row["confirm_limit"],
        defaults=Defaults(
            model=row["model"],
            mode=None if row["mode"] is None else Mode(row["mode"]),
            audio=None if row["audio"] is None else bool(row["audio"]),
            seconds=row["seconds"],
            ratio=row["ratio"],
        ),
    )


def save_person(tx: Transaction, person: int, choices: PersonChoices, *, at: int) -> None:
    """Replace what a person chose."""
    tx.execute("DELETE FROM person_choice WHERE person = :person", person=person)
    if choices == PersonChoices():
        return
    defaults = choices.defaults
    tx.execute(
        """
        INSERT INTO person_choice (person, confirm_limit, model, mode, audio, seconds, ratio, changed_at)
        VALUES (:person, :confirm_limit, :model, :mode, :audio, :seconds, :ratio, :at)
        """,
        person=person,
        confirm_limit=choices.confirm_limit,
        model=defaults.model,
        mode=defaults.mode,
        audio=None if defaults.audio is None else int(defaults.audio),
        seconds=defaults.seconds,
        ratio=defaults.ratio,
        at=at,
    )


def load_server(tx: Transaction, server: int) -> ServerChoices:
    """Return what a server chose."""
    row = tx.row("SELECT * FROM server_choice WHERE server = :server", server=server)
    if row is None:
        return ServerChoices()
    roles = tx.rows("SELECT * FROM server_role WHERE server = :server ORDER BY role", server=server)
    return ServerChoices(
        results_channel=row["results_channel"],
        report_channel=row["report_channel"],
        log_channel=row["log_channel"],
        confirm_limit=row["confirm_limit"],
        person_cap=row["person_cap"],
        server_cap=row["server_cap"],
        generate_roles=frozenset(role["role"] for role in roles if role["may_generate"]),
        subscriber_roles=frozenset(role["role"] for role in roles if role["subscriber"]),
        priority_roles=frozenset(role["role"] for role in roles if role["goes_first"]),
        role_caps={role["role"]: role["cap"] for role in roles if role["cap"] is not None},
    )


def save_server(tx: Transaction, server: int, choices: ServerChoices, *, at: int) -> None:
    """Replace what a server chose."""
    forget_server(tx, server)
    tx.execute(
        """
        INSERT INTO server_choice (server, results_channel, report_channel, log_channel, confirm_limit, person_cap,
                                   server_cap, changed_at)
        VALUES (:server, :results_channel, :report_channel, :log_channel, :confirm_limit, :person_cap, :server_cap,
                :at)
        """,
        server=server,
        results_channel=choices.results_channel,
        report_channel=choices.report_channel,
        log_channel=choices.log_channel,
        confirm_limit=choices.confirm_limit,
        person_cap=choices.person_cap,
        server_cap=choices.server_cap,
        at=at,
    )
    for role in choices.generate_roles | choices.subscriber_roles | choices.priority_roles | set(choices.role_caps):
        tx.execute(
            _ROLE,
            server=server,
            role=role,
            may_generate=int(role in choices.generate_roles),
            subscriber=int(role in choices.subscriber_roles),
            goes_first=int(role in choices.priority_roles),
            cap=choices.role_caps.get(role),
        )


def forget_server(tx: Transaction, server: int) -> None:
    """Delete what a server chose."""
    tx.execute("DELETE FROM server_role WHERE server = :server", server=server)
    tx.execute("DELETE FROM server_choice WHERE server = :server", server=server)


def forget_person(tx: Transaction, person: int) -> None:
    """Delete what a person chose."""
    tx.execute("DELETE FROM person_choice WHERE person = :person", person=person)
