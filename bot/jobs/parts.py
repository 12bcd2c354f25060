"""What the state machine needs from outside, as protocols, and the policies that bound it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.jobs.job import Clip, Job
    from bot.jobs.request import Request, StoredFile

    Fetch: TypeAlias = Callable[[Path], Awaitable[int]]

_GROWTH: Final = 1.5
_MOST_GROWTHS: Final = 32
"""By then every pause is at its longest; without a bound the power would overflow."""


class NotDeliverable(Exception):
    """The destination will never take this clip; the sentence says why."""


class Deliverer(Protocol):
    """Brings a clip to its destination."""

    async def deliver(self, job: Job, clip: Clip, path: Path) -> str:
        """Bring the clip to the job's destination and return a receipt.

        Delivering the same job again leads to the same single copy. Raises `NotDeliverable` where no repetition can
        help; any other exception means that it may be tried again.
        """
        ...


class Workshop(Protocol):
    """Checks, mends and keeps files."""

    async def load(self, file: StoredFile) -> bytes:
        """Return the content of a stored input file; raises `MediaError` where it is gone."""
        ...

    async def receive(self, job: Job, fetch: Fetch, *, generation: float) -> Clip:
        """Fetch the clip of a job, check it against what was ordered, mend what can be mended, and keep it.

        `fetch` downloads to a path and returns the size in bytes; `generation` is how many seconds the vendor took.
        Raises `DownloadFailed` where another try later may help and `MediaRefused` where the clip is not what was
        ordered.
        """
        ...

    def path(self, clip: Clip) -> Path:
        """Return where a kept clip lies."""
        ...


class Settlement(Protocol):
    """Says what a delivered clip costs."""

    def __call__(self, request: Request, *, subscriber: bool, quoted: int, seconds: float) -> int:
        """Return the credits for one delivered clip of `seconds`, never more than `quoted`."""
        ...


@dataclass(frozen=True, slots=True)
class DrivePolicy:
    """Limits of the state machine; times in seconds.

    `submit_limit`, `fetch_limit` and `deliver_limit` bound one attempt of each outside effect. `look_up_pauses` are
    waited through between the look-ups after an unclear submission. `retry_pause` grows by half with each repetition
    up to `longest_pause`; an outage is waited out for `patience`. After `recovery_limit` interruptions of one state
    the job is dead. Where a link to a finished clip leads nowhere, the vendor is asked for another one after each of
    the `fresh_link_pauses`. `slot_pause` is how long nobody is sent when the vendor has no slot; it grows in the same
    way with each refusal of the same job.
    """

    submit_limit: float = 120.0
    fetch_limit: float = 330.0
    deliver_limit: float = 600.0
    look_up_pauses: tuple[float, ...] = (3.0, 6.0)
    retry_pause: float = 2.0
    longest_pause: float = 60.0
    patience: float = 6 * 3600.0
    recovery_limit: int = 8
    fresh_link_pauses: tuple[float, ...] = (5.0, 60.0)
    slot_pause: float = 5.0

    def pause(self, repetition: int) -> float:
        """Return the seconds to wait before repetition number `repetition` (from 0)."""
        return self._grown(self.retry_pause, repetition)

    def step_back(self, attempt: int) -> float:
        """Return the seconds to wait after attempt number `attempt` (from 1) found no room at the vendor."""
        return self._grown(self.slot_pause, attempt - 1)

    def _grown(self, pause: float, times: int) -> float:
        return min(self.longest_pause, pause * _GROWTH ** min(times, _MOST_GROWTHS))
