"""How long a clip takes at the vendor, from the bot's own history."""

from __future__ import annotations

from collections import defaultdict, deque
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from bot.jobs.job import Profile, profile_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.storage.database import Transaction

_SAMPLES: Final = 50
_ENOUGH_FOR_DECILES: Final = 20
"""The next of five is below the least of them one time in six, and would be noticed late."""
_DECILES: Final = 10
_CAUTION: Final = 0.9
_EARLIEST_SHARE: Final = 0.4
"""The part of the usual time before which a clip is hardly ever ready, while there is too little history."""


class Forecast:
    """Remembers how long the newest clips of each profile took at the vendor, in seconds.

    `assume` says what to expect of a profile without any history. It counts as much as one clip, so that what really
    happened soon prevails; and how far it was off for some profiles is expected of the others as well.
    """

    def __init__(self, assume: Callable[[Profile], float]) -> None:
        self._assume = assume
        self._samples: defaultdict[Profile, deque[float]] = defaultdict(lambda: deque(maxlen=_SAMPLES))
        self._ratios: deque[float] = deque(maxlen=_SAMPLES)
        self._typical: dict[Profile, float] = {}

    def record(self, profile: Profile, seconds: float) -> None:
        """Add how long one clip took."""
        self._samples[profile].append(seconds)
        self._ratios.append(seconds / self._assume(profile))
        self._typical.clear()

    def typical(self, profile: Profile) -> float:
        """Return the seconds after which half of such clips are ready."""
        if profile not in self._typical:
            assumed = self._assume(profile) * median([1.0, *self._ratios])
            self._typical[profile] = median([assumed, *self._samples.get(profile, ())])
        return self._typical[profile]

    def earliest(self, profile: Profile) -> float:
        """Return the seconds before which such a clip is hardly ever ready."""
        samples = self._samples.get(profile)
        if not samples or len(samples) < _ENOUGH_FOR_DECILES:
            return _EARLIEST_SHARE * min(self._assume(profile), self.typical(profile))
        return _CAUTION * quantiles(samples, n=_DECILES, method="inclusive")[0]


def load_forecast(tx: Transaction, assume: Callable[[Profile], float]) -> Forecast:
    """Build the forecast from the newest delivered clips."""
    forecast = Forecast(assume)
    rows = tx.rows(
        """
        SELECT job.model, job.mode, job.seconds, clip.generation FROM clip JOIN job ON job.id = clip.job
        WHERE job.ended_at IS NOT NULL ORDER BY job.ended_at DESC LIMIT 1000
        """,
    )
    for row in reversed(rows):
        forecast.record(profile_of(row["model"], row["mode"], row["seconds"]), row["generation"])
    return forecast
