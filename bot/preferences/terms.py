"""The terms under which one person asks for clips in one server: what the server and the person chose, put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Protocol

from bot.ledger import Cap

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.jobs.quote import Requester
    from bot.jobs.request import Mode
    from bot.settings import CapSettings


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a person gets where a command leaves an option open; None for the choice of the bot."""

    model: str | None = None
    mode: Mode | None = None
    audio: bool | None = None
    seconds: int | None = None
    ratio: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What counts for one request.

    A price up to `confirm_limit` credits is agreed to in advance; 0 always asks. `results_channel` is where clips
    go instead of the channel of the command. `may_generate` and `subscriber` follow from the person's roles.
    """

    may_generate: bool = True
    subscriber: bool = False
    confirm_limit: int = 0
    results_channel: int | None = None
    defaults: Defaults = field(default_factory=Defaults)


NO_CHOICES: Final = Terms()
"""The terms where neither the server nor the person chose anything."""


class Preferences(Protocol):
    """Where choices are kept."""

    async def terms(self, requester: Requester, roles: Collection[int]) -> Terms:
        """Return the terms for somebody with these roles."""
        ...


class PlainPreferences:
    """Preferences where nobody chooses anything."""

    async def terms(self, requester: Requester, roles: Collection[int]) -> Terms:  # noqa: ARG002 - see the protocol
        """Return the terms without choices."""
        return NO_CHOICES


def caps_of(settings: CapSettings, requester: Requester, roles: Collection[int], *, at: int) -> tuple[Cap, ...]:
    """Return the limits on what somebody with these roles may spend on the day of `at`, in Unix milliseconds."""
    day = datetime.fromtimestamp(at / 1000, UTC).date().isoformat()
    limits = {
        f"person:{requester.server}:{requester.person}": settings.person,
        f"server:{requester.server}": settings.server,
    }
    limits |= {f"role:{role}:{requester.person}": settings.role.get(str(role)) for role in roles}
    return tuple(Cap(scope, day, limit) for scope, limit in limits.items() if limit is not None)
