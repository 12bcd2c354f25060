"""Rate limits per route and channel, told in headers and enforced with 429."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.clock import Clock


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many requests within how many seconds."""

    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class RateLimits:
    """The limits in force. Discord never publishes route limits; the like-Discord ones were observed."""

    default: Allowance
    routes: dict[str, Allowance]

    @classmethod
    def generous(cls) -> RateLimits:
        """Return limits that tests do not run into, with all headers still sent."""
        return cls(default=Allowance(1000, 1.0), routes={})

    @classmethod
    def like_discord(cls) -> RateLimits:
        """Return limits as they are commonly observed on the real service."""
        return cls(
            default=Allowance(50, 1.0),
            routes={
                "POST /channels/{channel_id}/messages": Allowance(5, 5.0),
                "PATCH /channels/{channel_id}/messages/{message_id}": Allowance(5, 5.0),
                "DELETE /channels/{channel_id}/messages/{message_id}": Allowance(5, 1.0),
                "POST /webhooks/{application_id}/{token}": Allowance(5, 2.0),
                "PATCH /webhooks/{application_id}/{token}/messages/{message_id}": Allowance(5, 2.0),
            },
        )


@dataclass(slots=True)
class _Bucket:
    allowance: Allowance
    opened_at: float
    used: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass, and the headers that tell the client where it stands."""

    allowed: bool
    retry_after: float
    headers: dict[str, str]


class RateLimiter:
    """Counts requests per route and major parameter in fixed windows."""

    def __init__(self, limits: RateLimits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def use(self, route: str, major: str) -> Verdict:
        """Count one request to a route with its channel, server or token."""
        now = self._clock.monotonic()
        allowance = self._limits.routes.get(route, self._limits.default)
        bucket = self._buckets.get((route, major))
        if bucket is None or now - bucket.opened_at >= allowance.seconds:
            self._forget_closed(now)
            bucket = self._buckets[route, major] = _Bucket(allowance, now)
        left = max(0.0, bucket.opened_at + allowance.seconds - now)
        allowed = bucket.used < allowance.requests
        bucket.used += allowed
        headers = {
            "X-RateLimit-Limit": str(allowance.requests),
            "X-RateLimit-Remaining": str(allowance.requests - bucket.used),
            "X-RateLimit-Reset": f"{self._clock.now() / 1000 + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": f"{hash_of(route):08x}",
        }
        return Verdict(allowed, left, headers)

    def _forget_closed(self, now: float) -> None:
        if len(self._buckets) > _BUCKETS_KEPT:
            self._buckets = {
                key: one for key, one in self._buckets.items() if now - one.opened_at < one.allowance.seconds
            }


_BUCKETS_KEPT = 512
_HASH_BITS = 32


def hash_of(route: str) -> int:
    """Return a number for a route that is the same in every process."""
    number = 0
    for character in route:
        number = (number * 31 + ord(character)) % (1 << _HASH_BITS)
    return number
