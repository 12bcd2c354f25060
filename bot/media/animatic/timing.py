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
"""How much faster than the prompt language expects lines may be spoken, where they do not fit."""
HASTIEST = 2.0
"""How much faster than by itself a voice may speak before nobody understands it."""


@dataclass(frozen=True, slots=True)
class Span:
    """When something is heard, in seconds from the start of the clip."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Plan:
    """How many seconds each line may take, and the silence before each.

    `speed` compares the lines with what the prompt language expects of them: 1 is as fast as that.
    """

    durations: tuple[float, ...]
    silences: tuple[float, ...]
    speed: float


def gaps(follows_marker: Sequence[bool]) -> list[float]:
    """Return the silence before each line; the first has none beyond the lead-in."""
    return [0.0 if index == 0 else _gap(marked=marked) for index, marked in enumerate(follows_marker)]


def plan_lines(own: Sequence[float], expected: Sequence[float], silences: Sequence[float], seconds: float) -> Plan:
    """Return how long each line may take, so that they fit the clip wherever the prompt language says that they fit.

    `own` is how long the voices take by themselves, `expected` what the prompt language expects (0 where there is no
    word to count). First the silences give way, then the voices hurry to what is expected, and where even that does
    not fit they go up to `FASTEST` beyond it.
    """
    wanted = [min(alone, usual) if usual else alone for alone, usual in zip(own, expected, strict=True)]
    room = seconds - SHORTEST_LEAD_IN - TAIL
    pauses, spoken = sum(silences), sum(wanted)
    if pauses and sum(own) + pauses > room:
        shrunk = min(1.0, max(0.0, room - spoken) / pauses)
        silences, room = [silence * shrunk for silence in silences], room - pauses * shrunk
    else:
        room -= pauses
    if spoken <= room:
        spare = sum(own) - spoken
        share = min(1.0, (room - spoken) / spare) if spare else 0.0
        planned = [least + (alone - least) * share for alone, least in zip(own, wanted, strict=True)]
    else:
        squeeze = max(1 / FASTEST, room / spoken)
        planned = [least * squeeze for least in wanted]
    durations = tuple(max(one, alone / HASTIEST) for one, alone in zip(planned, own, strict=True))
    return Plan(durations, tuple(silences), spoken / sum(planned))


def lay_out(durations: Sequence[float], silences: Sequence[float], seconds: float) -> tuple[Span, ...]:
    """Place lines of these durations one after the other; what does not fit runs past the end.

    Spare time is given to a longer lead-in first; the rest stays at the end, so that nothing hurries.
    """
    spare = max(0.0, seconds - SHORTEST_LEAD_IN - TAIL - sum(durations) - sum(silences))
    position = SHORTEST_LEAD_IN + min(LEAD_IN - SHORTEST_LEAD_IN + spare * 0.15, spare)
    spans = []
    for duration, silence in zip(durations, silences, strict=True):
        start = position + silence
        position = start + duration
        spans.append(Span(start, position))
    return tuple(spans)


def _gap(*, marked: bool) -> float:
    return GAP_AFTER_MARKER if marked else GAP
