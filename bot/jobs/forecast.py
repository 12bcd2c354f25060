"""How long a clip takes, from the bot's own history."""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from bot.jobs.job import Profile, profile_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.storage.database import Transaction

_SAMPLES: Final = 50
_ENOUGH: Final = 5
_ENOUGH_FOR_DECILES: Final = 20
"""The next of five is below the least of them one time in six, and would be noticed late."""
_DECILES: Final = 10
_CAUTION: Final = 0.9


@dataclass(frozen=True, slots=True)
class Assumption:
    """What to expect of the vendor while there is no history: seconds to the first and to a usual finish."""

    earliest: float
    typical: float


class Forecast:
    """Remembers how long the newest clips of each profile took at the vendor, in seconds."""

    def __init__(self, assumption: Assumption) -> None:
        self._assumption = assumption
        self._samples: defaultdict[Profile, deque[float]] = defaultdict(lambda: deque(maxlen=_SAMPLES))

    def record(self, profile: Profile, seconds: float) -> None:
        """Add how long one clip took."""
        self._samples[profile].append(seconds)

    def typical(self, profile: Profile) -> float:
        """Return the seconds after which half of such clips are ready."""
        samples = self._samples.get(profile)
        return median(samples) if samples and len(samples) >= _ENOUGH else self._assumption.typical

    def earliest(self, profile: Profile) -> float:
        """Return the seconds before which such a clip is hardly ever ready."""
        samples = self._samples.get(profile)
        if not samples or len(samples) < _ENOUGH_FOR_DECILES:
            return self._assumption.earliest
        return _CAUTION * quantiles(samples, n=_DECILES, method="inclusive")[0]


def load_forecast(tx: Transaction, assumption: Assumption) -> Forecast:
    """Build the forecast from the newest delivered clips."""
    forecast = Forecast(assumption)
    rows = tx.rows(
        """
        SELECT job.model, job.mode, job.seconds, clip.generation FROM clip JOIN job ON job.id = clip.job
        WHERE job.ended_at IS NOT NULL ORDER BY job.ended_at DESC LIMIT 1000
        """,
    )
    for row in reversed(rows):
        forecast.record(profile_of(row["model"], row["mode"], row["seconds"]), row["generation"])
    return forecast


def expected_wait(*, running: Iterable[float], ahead: Iterable[float], slots: int, own: float) -> float:
    """Return the seconds until a waiting clip is probably ready.

    `running` are the seconds that the clips with the vendor still need, `ahead` the usual seconds of those that go
    first, `own` the usual seconds of this one; `slots` of them run at a time.
    """
    free_at = sorted(max(0.0, seconds) for seconds in running)[-slots:] if slots > 0 else []
    free_at = [0.0] * (slots - len(free_at)) + free_at
    heapq.heapify(free_at)
    for seconds in ahead:
        heapq.heapreplace(free_at, free_at[0] + seconds)
    return (free_at[0] if free_at else 0.0) + own
