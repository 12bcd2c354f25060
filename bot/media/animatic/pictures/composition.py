"""Where people are in the picture: by their number and the shape of the frame, clear of title and captions."""

from __future__ import annotations

from bot.media.animatic.pictures.body import Seat

MOST_PEOPLE = 4
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


def seats(count: int, width: int, height: int) -> list[Seat]:
    """Return a place for each of `count` people, at most `MOST_PEOPLE`; everybody looks towards the middle."""
    ratio = width / height
    table = _LANDSCAPE if ratio > _WIDE else _PORTRAIT if ratio < _HIGH else _SQUARE
    unit = min(width, height)
    result = []
    for (x, y), head in table.get(min(count, MOST_PEOPLE), ()):
        facing = 0.4 if count == 1 else (1.0 if x < 0.45 else -1.0 if x > 0.55 else 0.0)  # noqa: PLR2004 - left or right of the middle
        result.append(Seat(x * width, y * height, head * unit, facing))
    return result
