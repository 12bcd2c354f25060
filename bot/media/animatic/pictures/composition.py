"""Where people are in the picture: by their number and the shape of the frame, clear of title and captions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.media.animatic.script import Register

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PEOPLE = 4
"""How many of the speakers are shown."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a figure is: centre of the head and its height in pixels of the drawing; `facing` is -1 left, 1 right."""

    x: float
    y: float
    head: float
    facing: float


_LANDSCAPE = {
    1: (((0.5, 0.44), 0.3),),
    2: (((0.27, 0.45), 0.28), ((0.73, 0.45), 0.28)),
    3: (((0.19, 0.45), 0.26), ((0.81, 0.45), 0.26), ((0.5, 0.41), 0.25)),
    4: (((0.14, 0.46), 0.23), ((0.86, 0.46), 0.23), ((0.38, 0.42), 0.23), ((0.62, 0.42), 0.23)),
}
_PORTRAIT = {
    1: (((0.5, 0.44), 0.38),),
    2: (((0.28, 0.44), 0.28), ((0.72, 0.47), 0.28)),
    3: (((0.24, 0.49), 0.27), ((0.76, 0.49), 0.27), ((0.5, 0.4), 0.25)),
    4: (((0.24, 0.52), 0.25), ((0.76, 0.52), 0.25), ((0.3, 0.38), 0.22), ((0.7, 0.38), 0.22)),
}
_SQUARE = {
    1: (((0.5, 0.42), 0.34),),
    2: (((0.27, 0.43), 0.28), ((0.73, 0.43), 0.28)),
    3: (((0.22, 0.48), 0.25), ((0.78, 0.48), 0.25), ((0.5, 0.4), 0.24)),
    4: (((0.2, 0.51), 0.22), ((0.8, 0.51), 0.22), ((0.38, 0.4), 0.21), ((0.63, 0.4), 0.21)),
}
_WIDE, _HIGH = 1.2, 0.83
_ALONE = 0.4
"""Somebody alone looks a little to the side, not into the lens."""
_MIDDLE = 0.05
_CHILD_DROP, _CHILD_SIZE = 0.34, 0.84


def seats(voices: Sequence[Register], width: int, height: int) -> list[Seat]:
    """Return a place for each of the people, at most `MOST_PEOPLE`; everybody looks towards the middle."""
    ratio = width / height
    table = _LANDSCAPE if ratio > _WIDE else _PORTRAIT if ratio < _HIGH else _SQUARE
    unit = min(width, height)
    shown = voices[:MOST_PEOPLE]
    places = table[len(shown)] if shown else ()
    result = []
    for ((x, y), head), voice in zip(places, shown, strict=True):
        seat = Seat(x * width, y * height, head * unit, _facing(x, len(shown)))
        result.append(_smaller(seat) if voice is Register.CHILD else seat)
    return result


def _facing(x: float, count: int) -> float:
    if count == 1:
        return _ALONE
    return 0.0 if abs(x - 0.5) < _MIDDLE else 1.0 if x < 0.5 else -1.0  # noqa: PLR2004 - the middle of the picture


def _smaller(seat: Seat) -> Seat:
    """Return the seat of a child: lower, with a smaller head."""
    return replace(seat, y=seat.y + seat.head * _CHILD_DROP, head=seat.head * _CHILD_SIZE)
