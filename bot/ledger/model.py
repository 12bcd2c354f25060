"""What the ledger speaks of. Amounts are whole credits, times Unix milliseconds, owners opaque strings."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

LARGEST_AMOUNT = 1_000_000_000
"""Credits that one posting may move; keeps every sum far away from 64 bits."""

MINT = "mint"
REVENUE = "revenue"
EXPIRED = "expired"
SYSTEM_ACCOUNTS = frozenset({MINT, REVENUE, EXPIRED})
"""Accounts without a cached balance, so that no row is written by everybody."""


class PostingKind(StrEnum):
    """What happened."""

    GRANT = "grant"
    GIFT = "gift"
    ALLOWANCE = "allowance"
    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"
    EXPIRY = "expiry"


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit on spending: at most `limit` credits in `scope` (`person:…`, `role:…`, `server:…`) on `day`.

    Holds count on the day they are made and stop counting where they are given back. The limit comes from the
    configuration at the time of the hold, so it can change at any time.
    """

    scope: str
    day: str
    limit: int


@dataclass(frozen=True, slots=True)
class Hold:
    """Credits set aside for a job. `repeated` says that this hold had been made before."""

    job: str
    owner: str
    amount: int
    at: int
    repeated: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Settlement:
    """The end of a hold: `captured` credits were spent and `released` given back, at least one of them zero or more.

    `kind` is `CAPTURE` or `RELEASE`. `repeated` says that this settlement had been made before.
    """

    job: str
    owner: str
    kind: PostingKind
    captured: int
    released: int
    at: int
    repeated: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Movement:
    """A grant, gift or allowance that reached `owner`. `repeated` says that it had been made before."""

    key: str
    kind: PostingKind
    owner: str
    amount: int
    at: int
    repeated: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Expiry:
    """What a sweep took: `credits` out of `lots` lots. `more` says that there is more to sweep."""

    lots: int
    credits: int
    more: bool


@dataclass(frozen=True, slots=True)
class Lot:
    """What is left of one period's allowance, to be spent before `expires_at`."""

    period: str
    amount: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class Balance:
    """What somebody has: permanent credits, lots (soonest expiring first) and credits held for jobs."""

    permanent: int
    lots: tuple[Lot, ...]
    held: int

    @property
    def available(self) -> int:
        """Credits that can be spent now."""
        return self.permanent + sum(lot.amount for lot in self.lots)
