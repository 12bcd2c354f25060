"""The terms under which one person asks for clips in one server: what the server and the person chose, put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Protocol

from bot.ledger import Cap
from bot.preferences.choices import Defaults

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bot.jobs.quote import Requester
    from bot.preferences.choices import PersonChoices, ServerChoices
    from bot.settings import CapSettings
    from bot.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many credits a day in a scope (`person:…`, `role:…`, `server:…`)."""

    scope: str
    credits: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What counts for one request.

    A price up to `confirm_limit` credits is agreed to in advance; 0 always asks. `results_channel` is where clips
    go instead of the channel of the command. `may_generate`, `subscriber` and `priority` (higher goes first) follow
    from the person's roles; `limits` bound what may be spent in a day.
    """

    may_generate: bool = True
    subscriber: bool = False
    priority: int = 0
    confirm_limit: int = 0
    results_channel: int | None = None
    defaults: Defaults = field(default_factory=Defaults)
    limits: tuple[Limit, ...] = ()

    def caps(self, at: int) -> tuple[Cap, ...]:
        """Return the limits for the day (in UTC) of a moment in Unix milliseconds."""
        day = datetime.fromtimestamp(at / 1000, UTC).date().isoformat()
        return tuple(Cap(limit.scope, day, limit.credits) for limit in self.limits)


NO_CHOICES: Final = Terms()
"""The terms where neither the server nor the person chose anything."""


class Preferences(Protocol):
    """Where choices are kept."""

    async def terms(self, requester: Requester, roles: Collection[int]) -> Terms:
        """Return the terms for somebody with these roles."""
        ...

    def terms_in(self, tx: Transaction, requester: Requester, roles: Collection[int]) -> Terms:
        """Return the same inside a transaction that looks at more."""
        ...


def terms_of(
    requester: Requester,
    roles: Collection[int],
    *,
    person: PersonChoices,
    server: ServerChoices,
    caps: CapSettings,
) -> Terms:
    """Put together what a person and a server chose and what the configuration caps. The tighter limit counts."""
    limits: dict[str, int] = {}
    for limit in _limits(requester, roles, server, caps):
        limits[limit.scope] = min(limit.credits, limits.get(limit.scope, limit.credits))
    held = frozenset(roles)
    agreed = person.confirm_limit if person.confirm_limit is not None else server.confirm_limit
    return Terms(
        may_generate=not server.generate_roles or bool(server.generate_roles & held),
        subscriber=bool(server.subscriber_roles & held),
        priority=int(bool(server.priority_roles & held)),
        confirm_limit=agreed or 0,
        results_channel=server.results_channel,
        defaults=person.defaults,
        limits=tuple(Limit(scope, limits[scope]) for scope in sorted(limits)),
    )


def _limits(requester: Requester, roles: Collection[int], server: ServerChoices, caps: CapSettings) -> Iterator[Limit]:
    """Yield every limit that applies. A role's limit counts for each person who has the role."""
    for credits_a_day in (caps.person, server.person_cap):
        if credits_a_day is not None:
            yield Limit(f"person:{requester.server}:{requester.person}", credits_a_day)
    for credits_a_day in (caps.server, server.server_cap):
        if credits_a_day is not None:
            yield Limit(f"server:{requester.server}", credits_a_day)
    for role in roles:
        for cap in (caps.role.get(str(role)), server.role_caps.get(role)):
            if cap is not None:
                yield Limit(f"role:{requester.server}:{role}:{requester.person}", cap)
