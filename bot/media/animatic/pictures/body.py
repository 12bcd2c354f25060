"""What a figure looks like: a flat, friendly bust with hair, clothes and a face; robots and animals too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.pictures import hair
from bot.media.animatic.pictures.drawing import (
    Colour,
    Gradient,
    Layer,
    Mask,
    Point,
    curve,
    dimmed,
    ellipse,
    line,
    mix,
    smooth_line,
)
from bot.media.animatic.script import Being

if TYPE_CHECKING:
    from bot.media.animatic.pictures.composition import Seat
    from bot.media.animatic.pictures.looks import Look

MOUTHS = 4
"""How many stages of an opening mouth are drawn."""


class Body:
    """Draws one figure in its own coordinates: the unit is the height of the head, the origin its centre."""

    def __init__(self, look: Look, seat: Seat, size: tuple[int, int]) -> None:
        self.look, self.size = look, size
        self.head, self.turn = seat.head, seat.facing * 0.07

    def at(self, x: float, y: float) -> Point:
        """Return the pixel of a point given in heads from the centre of the head."""
        return self.size[0] / 2 + x * self.head, (1.1 + y) * self.head

    def points(self, *pairs: Point) -> list[Point]:
        """Return pixels of points."""
        return [self.at(x, y) for x, y in pairs]

    def mirrored(self, *pairs: Point) -> list[Point]:
        """Return a symmetric outline from its right half, given from top to bottom."""
        return self.points(*pairs, *((-x, y) for x, y in reversed(pairs)))

    def oval(self, x: float, y: float, across: float, up: float) -> Mask:
        """Return an ellipse."""
        return ellipse(*self.at(x, y), across * self.head, up * self.head)

    def drawn(self) -> Layer:
        """Return the whole figure but mouth and closed eyes."""
        layer = Layer(*self.size)
        if self.look.being is Being.ROBOT:
            self._robot(layer)
        else:
            self._person(layer)
        return layer

    def _person(self, layer: Layer) -> None:
        look, turn = self.look, self.turn
        hair.behind(self, layer)
        self._torso(layer)
        neck = curve(self.mirrored((0.15, 0.2), (0.16, 0.42), (0.2, 0.62), (0.1, 0.76)), 6)
        layer.paint(neck, dimmed(look.skin, 0.88))
        layer.paint(self.oval(turn, 0.5, 0.24, 0.16).both(neck), dimmed(look.skin, 0.7), 0.8)
        ears = [self.oval(-0.355 + turn * 0.4, 0.06, 0.06, 0.1), self.oval(0.355 + turn * 0.4, 0.06, 0.06, 0.1)]
        head = curve(
            [
                (x + turn * self.head * 0.5, y)
                for x, y in self.mirrored(
                    (0.12, -0.5), (0.3, -0.4), (0.37, -0.12), (0.35, 0.14), (0.27, 0.35), (0.13, 0.48), (0.03, 0.505)
                )
            ]
        )
        for ear in () if look.animal else ears:
            layer.paint(ear, dimmed(look.skin, 0.9))
        top, bottom = self.at(0, -0.5), self.at(0, 0.52)
        layer.paint(head, Gradient(mix(look.skin, (255, 244, 226), 0.16), dimmed(look.skin, 0.9), top, bottom))
        cheek = mix(look.skin, (226, 96, 84), 0.35)
        for side in (-0.21, 0.21):
            layer.paint(
                self.oval(side + turn * 1.4, 0.17, 0.075, 0.05).blurred(self.head * 0.03).both(head), cheek, 0.5
            )
        self._face(layer)
        hair.in_front(self, layer, head)
        if look.headphones:
            self._headphones(layer)

    def _face(self, layer: Layer) -> None:
        look, turn = self.look, self.turn
        ink = mix((36, 24, 30), look.skin, 0.08)
        for side in (-0.145, 0.145):
            x = side + turn * 1.5
            layer.paint(self.oval(x, 0.035, 0.03, 0.043), ink)
            layer.paint(self.oval(x + 0.01, 0.02, 0.009, 0.011), (255, 255, 255), 0.85)
            brow = self.points((x - 0.065, -0.072), (x - 0.02, -0.096), (x + 0.03, -0.096), (x + 0.065, -0.074))
            layer.paint(line(smooth_line(brow), self.head * 0.024), mix(look.hair, ink, 0.4), 0.9)
        if look.animal:
            self._muzzle(layer)
            return
        nose = self.points((turn * 2.1, 0.1), (turn * 2.55, 0.15), (turn * 2.5, 0.178), (turn * 1.9, 0.182))
        layer.paint(line(smooth_line(nose), self.head * 0.018), dimmed(look.skin, 0.68), 0.8)

    def _muzzle(self, layer: Layer) -> None:
        """Draw a light muzzle with a dark nose, and whiskers on a cat."""
        x = self.turn * 1.6
        layer.paint(self.oval(x, 0.28, 0.19, 0.14), mix(self.look.skin, (255, 250, 240), 0.6))
        nose = curve(self.points((x - 0.06, 0.165), (x, 0.15), (x + 0.06, 0.165), (x, 0.225)), 6)
        layer.paint(nose, (58, 40, 44))
        if self.look.being is Being.CAT:
            for side in (-1, 1):
                for drop in (-0.03, 0.0, 0.03):
                    whisker = self.points((x + side * 0.14, 0.26 + drop), (x + side * 0.42, 0.24 + drop * 3))
                    layer.paint(line(whisker, self.head * 0.008), (250, 246, 240), 0.8)

    def _torso(self, layer: Layer) -> None:
        look, width = self.look, self.look.shoulders
        bottom = (self.size[1] / self.head) - 0.9
        torso = curve(
            self.mirrored(
                (0.15, 0.55),
                (0.28, 0.66),
                (0.62 * width, 0.77),
                (0.93 * width, 0.98),
                (1.08 * width, 1.5),
                (1.16 * width, 2.3),
                (1.18 * width, bottom),
            ),
            8,
        )
        start, end = self.at(-0.9 * width, 0.7), self.at(0.6 * width, 2.4)
        layer.paint(torso, Gradient(mix(look.clothes, (255, 255, 255), 0.1), dimmed(look.clothes, 0.62), start, end))
        collar = curve(self.mirrored((0.19, 0.56), (0.235, 0.67), (0.12, 0.87), (0.02, 0.93)), 6).both(torso)
        layer.paint(collar, mix(look.clothes, (255, 250, 240), 0.55))
        if look.being is Being.ROBOT:
            return
        skin = curve(self.mirrored((0.14, 0.55), (0.165, 0.63), (0.08, 0.79), (0.01, 0.84)), 6)
        layer.paint(skin, dimmed(look.skin, 0.84))
        for side in (-1, 1):
            fold = self.points((0.62 * width * side, 1.5), (0.68 * width * side, 2.0), (0.7 * width * side, bottom))
            layer.paint(line(fold, self.head * 0.022), dimmed(look.clothes, 0.5), 0.55)

    def _headphones(self, layer: Layer) -> None:
        shift = self.turn * 0.4
        band = line(
            [
                (x + shift * self.head, y)
                for x, y in self.points(
                    *[
                        (0.44 * float(np.cos(a)), -0.06 - 0.56 * float(np.sin(a)))
                        for a in np.linspace(0.05, np.pi - 0.05, 24)
                    ]
                )
            ],
            self.head * 0.055,
        )
        layer.paint(band, (38, 36, 44))
        for side in (-0.42, 0.42):
            layer.paint(self.oval(side + shift, 0.05, 0.1, 0.17), (30, 28, 36))
            layer.paint(self.oval(side * 1.03 + shift, 0.05, 0.055, 0.11), (74, 70, 84))

    def _robot(self, layer: Layer) -> None:
        metal: Colour = (176, 190, 204)
        self._torso(layer)
        neck = curve(self.mirrored((0.1, 0.3), (0.1, 0.6), (0.12, 0.8)), 4)
        layer.paint(neck, (84, 92, 104))
        head = curve(self.mirrored((0.2, -0.46), (0.4, -0.4), (0.44, -0.1), (0.43, 0.26), (0.34, 0.42), (0.1, 0.46)), 8)
        layer.paint(
            head, Gradient(mix(metal, (255, 255, 255), 0.4), dimmed(metal, 0.7), self.at(-0.3, -0.5), self.at(0.3, 0.5))
        )
        visor = curve(self.mirrored((0.2, -0.22), (0.34, -0.18), (0.36, 0.05), (0.3, 0.16), (0.1, 0.18)), 8)
        layer.paint(visor, (24, 28, 40))
        for side in (-0.15, 0.15):
            layer.paint(self.oval(side + self.turn, -0.02, 0.05, 0.065), (126, 232, 255))
            layer.light(*self.at(side + self.turn, -0.02), self.head * 0.2, (90, 210, 255), 0.6)
        antenna = line(self.points((0, -0.45), (0, -0.68)), self.head * 0.03)
        layer.paint(antenna, (84, 92, 104))
        bulb = self.oval(0, -0.72, 0.055, 0.055)
        layer.paint(bulb, (255, 126, 96))
        ears = [self.oval(side, 0.0, 0.07, 0.14) for side in (-0.46, 0.46)]
        for ear in ears:
            layer.paint(ear, (104, 114, 128))

    def mouths(self) -> list[Layer]:
        """Return the mouth closed and in three stages of opening."""
        x, y = self.turn * 1.6, 0.31
        result = []
        for stage in range(MOUTHS):
            layer = Layer(*self.size)
            if self.look.being is Being.ROBOT:
                width = 0.06 + 0.07 * stage
                layer.paint(
                    line(self.points((-width, 0.31), (width, 0.31)), self.head * (0.025 + 0.012 * stage)),
                    (90, 220, 250),
                )
            elif stage == 0:
                smile = self.points(
                    (x - 0.08, y - 0.012), (x - 0.03, y + 0.012), (x + 0.03, y + 0.012), (x + 0.08, y - 0.012)
                )
                layer.paint(line(smooth_line(smile), self.head * 0.022), dimmed(self.look.skin, 0.5))
            else:
                mouth = self.oval(x, y, 0.085 - 0.008 * stage, 0.022 + 0.026 * stage)
                layer.paint(mouth, (92, 30, 38))
                teeth = self.oval(x, y - 0.022 - 0.018 * stage, 0.06, 0.018 + 0.008 * stage).both(mouth)
                layer.paint(teeth, (248, 240, 232), 0.9)
            result.append(layer)
        return result

    def lids(self) -> Layer:
        """Return closed eyes that cover the open ones."""
        layer = Layer(*self.size)
        if self.look.being is not Being.ROBOT:
            for side in (-0.145, 0.145):
                x = side + self.turn * 1.5
                layer.paint(self.oval(x, 0.035, 0.045, 0.055), self.look.skin)
                lash = self.points((x - 0.04, 0.045), (x - 0.015, 0.06), (x + 0.015, 0.06), (x + 0.04, 0.045))
                layer.paint(line(smooth_line(lash), self.head * 0.018), (48, 32, 36))
        return layer
