"""When each line is heard: pure arithmetic, in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP_AFTER_MARKER = 0.1
"""Silence before a line whose change of speaker the prompt marks."""
GAP = 0.4
"""Silence before any other line."""
LEAD_IN = 0.5
"""Silence before the first line, where there is room for it."""
SHORTEST_LEAD_IN = 0.15
TAIL = 0.35
"""Silence after the last line."""
FASTEST = 1.25
"""How much faster than normal lines may be spoken before they are said not to fit."""


@dataclass(frozen=True, slots=True)
class Span:
    """When something is heard, in seconds from the start of the clip."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """When each line is heard, and by how many seconds the last one runs past the room there is for it."""

    spans: tuple[Span, ...]
    overflow: float


def gaps(follows_marker: Sequence[bool]) -> list[float]:
    """Return the silence before each line; the first has none beyond the lead-in."""
    return [0.0 if index == 0 else _gap(marked=marked) for index, marked in enumerate(follows_marker)]


def needed_speed(durations: Sequence[float], silences: Sequence[float], seconds: float) -> float:
    """Return how fast the lines must be spoken to fit, from 1 to `FASTEST`; durations are at normal speed."""
    room = seconds - SHORTEST_LEAD_IN - TAIL - sum(silences)
    if room <= 0:
        return FASTEST if durations else 1.0
    return min(FASTEST, max(1.0, sum(durations) / room))


def lay_out(durations: Sequence[float], silences: Sequence[float], seconds: float) -> Schedule:
    """Place lines of these durations one after the other.

    Spare time is given to a longer lead-in first; the rest stays at the end, so that nothing hurries.
    """
    spoken = sum(durations) + sum(silences)
    spare = seconds - SHORTEST_LEAD_IN - TAIL - spoken
    position = SHORTEST_LEAD_IN + min(LEAD_IN - SHORTEST_LEAD_IN + max(0.0, spare) * 0.15, max(0.0, spare))
    spans = []
    for duration, silence in zip(durations, silences, strict=True):
        start = position + silence
        position = start + duration
        spans.append(Span(start, position))
    return Schedule(tuple(spans), max(0.0, -spare) if durations else 0.0)


def _gap(*, marked: bool) -> float:
    return GAP_AFTER_MARKER if marked else GAP
