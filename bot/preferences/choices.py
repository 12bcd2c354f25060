"""What servers and people can choose, and what a choice may be."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from bot.errors import SoundstageError
from bot.texts import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.catalog import Catalogue
    from bot.jobs.request import Mode

LARGEST_LIMIT: Final = 1_000_000
"""Credits that a limit may have at most; without a limit it is left empty."""

MOST_ROLES: Final = 25
"""Roles that one menu of Discord can hold."""


class ChoiceRefused(SoundstageError):
    """A choice that cannot be; nothing was changed."""


class NotANumberOfCredits(ChoiceRefused):
    """A limit is not a whole number from 0 to `largest`; `given` is what was written."""

    def __init__(self, given: str, largest: int = LARGEST_LIMIT) -> None:
        self.given = given
        self.largest = largest
        super().__init__(Sentence("errors.NotANumberOfCredits", largest=largest))


class TooManyRoles(ChoiceRefused):
    """More roles have limits than one server may have."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.TooManyRoles", most=MOST_ROLES))


class NotOffered(ChoiceRefused):
    """No model has what was chosen as a default."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.NotOffered"))


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a person gets where a command leaves an option open; None for the choice of the bot."""

    model: str | None = None
    mode: Mode | None = None
    audio: bool | None = None
    seconds: int | None = None
    ratio: str | None = None


@dataclass(frozen=True, slots=True)
class PersonChoices:
    """What a person chose. Up to `confirm_limit` credits nobody asks them first; None follows the server."""

    confirm_limit: int | None = None
    defaults: Defaults = field(default_factory=Defaults)


@dataclass(frozen=True, slots=True)
class ServerChoices:
    """What a server chose; roles and channels are Discord ids, limits are credits, caps are per day.

    Clips go to `results_channel` instead of where they were asked for. Reports of clips go to `report_channel`, grants
    of credits are logged in `log_channel`. Where `generate_roles` is empty everybody may generate. Those with one of
    `priority_roles` go first in the queue, those with one of `subscriber_roles` pay no surcharge for voices.
    """

    results_channel: int | None = None
    report_channel: int | None = None
    log_channel: int | None = None
    confirm_limit: int | None = None
    person_cap: int | None = None
    server_cap: int | None = None
    generate_roles: frozenset[int] = frozenset()
    subscriber_roles: frozenset[int] = frozenset()
    priority_roles: frozenset[int] = frozenset()
    role_caps: Mapping[int, int] = field(default_factory=dict)


def read_limit(text: str) -> int | None:
    """Return the number of credits that somebody wrote, None for nothing; raises `NotANumberOfCredits`."""
    written = text.strip()
    if not written:
        return None
    if not written.isdecimal() or len(written) > len(str(LARGEST_LIMIT)) or int(written) > LARGEST_LIMIT:
        raise NotANumberOfCredits(written)
    return int(written)


def with_role_cap(choices: ServerChoices, role: int, cap: int | None) -> ServerChoices:
    """Return what a server chose with another daily limit for a role, None for none; raises `TooManyRoles`."""
    caps = {other: limit for other, limit in choices.role_caps.items() if other != role}
    if cap is not None:
        caps[role] = cap
    if len(caps) > MOST_ROLES:
        raise TooManyRoles
    return replace(choices, role_caps=caps)


def check_defaults(defaults: Defaults, catalogue: Catalogue) -> None:
    """Refuse defaults that no model of the catalogue offers for any input; raises `NotOffered`."""
    offers = [offer for card in catalogue.cards for offer in card.inputs.values()]
    possible = (
        defaults.model in {None, *(card.id for card in catalogue.cards)}
        and defaults.mode in {None, *(mode for offer in offers for mode in offer.modes)}
        and defaults.seconds in {None, *(seconds for offer in offers for seconds in offer.seconds)}
        and defaults.ratio in {None, *(ratio for offer in offers for ratio in offer.aspect_ratios)}
    )
    if not possible:
        raise NotOffered
