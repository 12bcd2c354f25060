"""How loud the speech is over time: mouths and level meters follow it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.media.animatic.script import FRAME_RATE


@dataclass(frozen=True, slots=True)
class Levels:
    """The loudness of the speech in each frame, from 0 to 1."""

    values: tuple[float, ...] = ()

    def at(self, seconds: float) -> float:
        """Return the loudness at a time; before the first and after the last frame, that of the nearest."""
        if not self.values:
            return 0.0
        return self.values[min(len(self.values) - 1, max(0, round(seconds * FRAME_RATE)))]
