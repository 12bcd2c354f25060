"""The states of a job and the only moves between them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    SUBMITTING = "submitting"
    RUNNING = "running"
    FETCHING = "fetching"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DEAD = "dead"

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to a job in this state."""
        return self in ENDS

    @property
    def occupies_slot(self) -> bool:
        """Whether the vendor may be working on the job, so that it takes one of the account's slots."""
        return self in SLOT_STATES


ENDS: Final = frozenset(
    {JobState.DELIVERED, JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED, JobState.DEAD},
)
SLOT_STATES: Final = frozenset({JobState.SUBMITTING, JobState.RUNNING})

_GIVE_UP: Final = frozenset({JobState.FAILED, JobState.EXPIRED, JobState.DEAD})

MOVES: Final[dict[JobState, frozenset[JobState]]] = {
    JobState.QUEUED: frozenset({JobState.SUBMITTING, JobState.CANCELLED}) | _GIVE_UP,
    JobState.SUBMITTING: frozenset({JobState.RUNNING, JobState.QUEUED}) | _GIVE_UP,
    JobState.RUNNING: frozenset({JobState.FETCHING}) | _GIVE_UP,
    JobState.FETCHING: frozenset({JobState.DELIVERING}) | _GIVE_UP,
    JobState.DELIVERING: frozenset({JobState.DELIVERED}) | _GIVE_UP,
    **{end: frozenset() for end in ENDS},
}
