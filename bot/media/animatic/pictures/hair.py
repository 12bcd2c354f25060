"""Hair styles: what falls behind the head and what lies over it. Animals get their ears here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.pictures.drawing import Gradient, Layer, Mask, curve, dimmed, ellipses, mix, polygons
from bot.media.animatic.script import Being

if TYPE_CHECKING:
    from bot.media.animatic.pictures.body import Body
    from bot.media.animatic.pictures.drawing import Point

_CAP: tuple[Point, ...] = (
    (-0.39, 0.0),
    (-0.42, -0.22),
    (-0.32, -0.5),
    (0.0, -0.62),
    (0.32, -0.5),
    (0.42, -0.22),
    (0.39, 0.0),
)
_HAIRLINES: dict[str, tuple[Point, ...]] = {
    "short": ((0.35, -0.08), (0.3, -0.24), (0.05, -0.28), (-0.2, -0.25), (-0.34, -0.08)),
    "swept": ((0.35, -0.1), (0.31, -0.2), (0.1, -0.2), (-0.22, -0.34), (-0.34, -0.1)),
    "crop": ((0.36, -0.16), (0.3, -0.34), (0.0, -0.4), (-0.3, -0.34), (-0.36, -0.16)),
    "tousled": ((0.35, -0.05), (0.27, -0.14), (0.12, -0.22), (-0.05, -0.12), (-0.2, -0.22), (-0.34, -0.05)),
    "long": ((0.37, 0.1), (0.32, -0.16), (0.08, -0.36), (-0.1, -0.36), (-0.32, -0.14), (-0.37, 0.1)),
    "bob": ((0.37, 0.12), (0.33, -0.12), (0.2, -0.17), (-0.2, -0.17), (-0.33, -0.12), (-0.37, 0.12)),
    "bun": ((0.36, -0.06), (0.28, -0.28), (0.0, -0.36), (-0.28, -0.28), (-0.36, -0.06)),
}
_LONG_BACK: tuple[Point, ...] = (
    (0.0, -0.6),
    (0.36, -0.48),
    (0.48, -0.1),
    (0.5, 0.4),
    (0.58, 0.9),
    (0.4, 1.12),
    (0.0, 1.0),
    (-0.4, 1.12),
    (-0.58, 0.9),
    (-0.5, 0.4),
    (-0.48, -0.1),
    (-0.36, -0.48),
)
_BOB_BACK: tuple[Point, ...] = (
    (0.0, -0.6),
    (0.36, -0.48),
    (0.48, -0.1),
    (0.5, 0.3),
    (0.4, 0.5),
    (0.0, 0.46),
    (-0.4, 0.5),
    (-0.5, 0.3),
    (-0.48, -0.1),
    (-0.36, -0.48),
)


def behind(body: Body, layer: Layer) -> None:
    """Draw what lies behind the head."""
    style, colour = body.look.style, dimmed(body.look.hair, 0.72)
    if style == "long":
        shape = curve(body.points(*_LONG_BACK))
    elif style == "bob":
        shape = curve(body.points(*_BOB_BACK))
    elif style == "bun":
        shape = body.oval(0, -0.64, 0.2, 0.19)
        layer.paint(
            shape, Gradient(mix(body.look.hair, (255, 240, 220), 0.18), colour, body.at(-0.1, -0.8), body.at(0.1, -0.4))
        )
        return
    elif style == "curly":
        shape = _curls(body, 0.5, 0.18, 17)
    else:
        return
    layer.paint(shape, colour)


def in_front(body: Body, layer: Layer, head: Mask) -> None:
    """Draw what lies over the head."""
    look = body.look
    shine = Gradient(
        mix(look.hair, (255, 240, 220), 0.2), dimmed(look.hair, 0.8), body.at(-0.3, -0.6), body.at(0.3, 0.1)
    )
    if look.style == "curly":
        top = _curls(body, 0.36, 0.17, 11, rising=True)
    else:
        shift = body.turn * 0.5
        top = curve(body.points(*((x + shift, y) for x, y in (*_CAP, *_HAIRLINES[look.style]))))
    layer.paint(top, shine)
    if look.beard:
        beard = _beard(body, head)
        layer.paint(beard, Gradient(look.hair, dimmed(look.hair, 0.8), body.at(0, 0.2), body.at(0, 0.55)))
    if look.being is Being.CAT:
        _pointed_ears(body, layer)
    elif look.being is Being.DOG:
        _hanging_ears(body, layer)


def _curls(body: Body, radius: float, size: float, count: int, *, rising: bool = False) -> Mask:
    span = (0.12, np.pi - 0.12) if rising else (-0.55, np.pi + 0.55)
    lift = -0.18 if rising else -0.1
    circles = []
    for angle in np.linspace(*span, count):
        x, y = body.at(radius * float(np.cos(angle)) + body.turn * 0.4, lift - radius * 0.92 * float(np.sin(angle)))
        circles.append((x, y, size * body.head, size * body.head))
    return ellipses(circles)


def _beard(body: Body, head: Mask) -> Mask:
    turn = body.turn
    outline = (
        (-0.4, 0.05),
        (-0.3, 0.2),
        (-0.14 + turn, 0.24),
        (turn, 0.22),
        (0.14 + turn, 0.24),
        (0.3, 0.2),
        (0.4, 0.05),
        (0.4, 0.4),
        (0.0, 0.62),
        (-0.4, 0.4),
    )
    opening = body.oval(turn * 1.6, 0.31, 0.12, 0.05)
    return curve(body.points(*outline)).both(head).without(opening)


def _pointed_ears(body: Body, layer: Layer) -> None:
    outer = [body.points((side * 0.1, -0.5), (side * 0.36, -0.95), (side * 0.42, -0.3)) for side in (-1, 1)]
    inner = [body.points((side * 0.18, -0.5), (side * 0.34, -0.83), (side * 0.37, -0.38)) for side in (-1, 1)]
    layer.paint(polygons(outer), body.look.hair)
    layer.paint(polygons(inner), (232, 150, 150), 0.7)


def _hanging_ears(body: Body, layer: Layer) -> None:
    for side in (-1, 1):
        ear = curve(
            body.points(
                (side * 0.24, -0.5), (side * 0.44, -0.42), (side * 0.58, 0.0), (side * 0.5, 0.3), (side * 0.4, 0.1)
            )
        )
        layer.paint(ear, Gradient(body.look.hair, dimmed(body.look.hair, 0.7), body.at(0, -0.5), body.at(0, 0.3)))
