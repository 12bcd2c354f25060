"""How quick the Kling stand-in is on this machine, where drawing a clip can take longer than the time it plays."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.jobs.request import Mode
from bot.sandbox.kling.settings import Settings

if TYPE_CHECKING:
    from bot.jobs.job import Profile
    from bot.sandbox.kling.settings import Span

_DRAWING: Final = {Mode.STANDARD: 1.2, Mode.PROFESSIONAL: 2.3}
"""Seconds that drawing one second of a clip takes on two processors, measured: 6 s for 5 s at 720p, 11.5 at 1080p."""

_AROUND: Final = 1.5
"""Seconds that go by around the drawing, until the clip is noticed; measured with the page open beside it."""

_LONGEST_CLIP: Final = 10
"""Seconds of the longest clip that is drawn from words or a picture."""

_PROCESSORS_FOR_A_CLIP: Final = 2
"""Drawing one clip keeps so many busy: one more clip at the same time would only make both take longer."""


@dataclass(frozen=True, slots=True)
class StandInPace:
    """What to expect of a stand-in that simulates time `speed` times as fast, on a machine with `processors`."""

    speed: float
    processors: int

    @property
    def drawers(self) -> int:
        """How many clips should be drawn at a time."""
        return max(1, self.processors // _PROCESSORS_FOR_A_CLIP)

    def seconds(self, profile: Profile) -> float:
        """Return how long a clip with sound takes: as long as is simulated, or as drawing it takes if that is more."""
        mode = Mode(profile.mode)
        return max(profile.seconds * _DRAWING[mode] + _AROUND, self._simulated(mode))

    def slots(self, most: int) -> int:
        """Return how many clips may be in the making at a time, at least 1 and at most `most`.

        While one slot plays its simulated time, the drawing of others can go on; more than that would wait unseen for
        their drawing, and neither their place in the queue nor the expected wait would be true.
        """
        slowest = _LONGEST_CLIP * _DRAWING[Mode.PROFESSIONAL]
        meanwhile = int(self.drawers * self._simulated(Mode.PROFESSIONAL) / slowest)
        return min(most, max(self.drawers, meanwhile))

    def _simulated(self, mode: Mode) -> float:
        settings = Settings()
        span = settings.processing_standard if mode is Mode.STANDARD else settings.processing_professional
        return (_middle(settings.submitted) + settings.audio_factor * _middle(span)) / self.speed


def _middle(span: Span) -> float:
    """Return the seconds that half of what is drawn from a span stay below."""
    return math.sqrt(span.low * span.high)


def pace_here(speed: float) -> StandInPace:
    """Return the pace of a stand-in on this machine."""
    return StandInPace(speed=speed, processors=os.cpu_count() or 1)
