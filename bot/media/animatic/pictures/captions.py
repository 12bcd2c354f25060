"""Captions: who speaks and what, word by word in time with the voice. Drawn once per page, not once per frame."""

# Full-width punctuation belongs to Chinese lines.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from bot.media.animatic.fonts import Typeface
from bot.media.animatic.pictures.drawing import Colour, Layer, Mask, rounded
from bot.media.animatic.pictures.planes import Planes, colour_values, to_planes
from bot.media.animatic.script import FRAME_RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.media.animatic.dialogue import SpokenLine
    from bot.media.animatic.pictures.camera import Camera
    from bot.media.animatic.pictures.levels import Levels
    from bot.media.animatic.pictures.planes import Frame, Plane
    from bot.media.animatic.pictures.scenery import Moment

_TOKEN = re.compile(r"[\u2e80-\u9fff\uff00-\uffef][，。！？、；：）」”…]*|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+")
_MOST_ROWS = 2
_MOST_ROWS_PORTRAIT = 3
_FADE = 0.14
_LINGER = 0.8
_BARS = 5
_SAID: Colour = (255, 255, 255)
_NOTE = "♪ "


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    position: int
    """Index of the first character in the line, to find when it is said."""


@dataclass(frozen=True, slots=True)
class _Page:
    """As much of a line as is shown at once."""

    rows: tuple[tuple[_Token, ...], ...]
    name: str
    accent: Colour
    start: float
    end: float
    times: tuple[float, ...]
    """When each token of the page is said, in seconds of the clip."""

    @property
    def tokens(self) -> list[_Token]:
        return [token for row in self.rows for token in row]


class Captions:
    """All captions of a clip, for a frame of a given size. `levels` drives the meter."""

    def __init__(
        self,
        lines: Sequence[SpokenLine],
        accents: Sequence[Colour],
        *,
        size: tuple[int, int],
        seconds: float,
        levels: Levels,
    ) -> None:
        self._width, self._height = size
        self._levels = levels
        self._unit = min(self._height * 1.0, self._width * 1.25)
        scale = 0.05 if self._width > self._height else 0.045
        self._text = Typeface(max(9, round(self._unit * scale)), 600)
        self._label = Typeface(max(7, round(self._unit * 0.026)), 700)
        self._pages = self._paged(lines, accents, seconds)
        self._drawn = lru_cache(maxsize=8)(self._draw_page)

    def draw(self, frame: Frame, moment: Moment, camera: Camera) -> None:
        """Lay the caption of this moment over the frame."""
        del camera  # captions do not move with the picture
        for index, page in enumerate(self._pages):
            opacity = min(1.0, (moment.seconds - page.start + _FADE) / _FADE, (page.end - moment.seconds) / _FADE)
            if opacity <= 0:
                continue
            said = sum(time <= moment.seconds + 0.02 for time in page.times)
            planes, left, top, bars = self._drawn(index, said)
            _stamp(frame, planes, left, top, opacity)
            if bars is not None and opacity > 0.9:  # noqa: PLR2004 - the meter appears when the caption stands
                self._meter(frame, bars, page, moment.seconds)

    def _paged(self, lines: Sequence[SpokenLine], accents: Sequence[Colour], seconds: float) -> list[_Page]:
        pages: list[_Page] = []
        for index, line in enumerate(lines):
            until = lines[index + 1].span.start - _FADE if index + 1 < len(lines) else seconds + 1
            rows = self._wrapped(line)
            most = _MOST_ROWS if self._width > self._height else _MOST_ROWS_PORTRAIT
            groups = [rows[start : start + most] for start in range(0, len(rows), most)]
            starts = [self._time_of(line, group[0][0].position) for group in groups]
            for number, group in enumerate(groups):
                last = number + 1 == len(groups)
                end = min(line.span.end + _LINGER, max(until, line.span.start + _FADE)) if last else starts[number + 1]
                times = tuple(self._time_of(line, token.position) for row in group for token in row)
                start = line.span.start if number == 0 else starts[number]
                pages.append(_Page(tuple(group), line.line.speaker, accents[index], start, end, times))
        return [page for page in pages if page.start < seconds]

    def _wrapped(self, line: SpokenLine) -> list[tuple[_Token, ...]]:
        """Break a line into rows at words; a word wider than a row is broken too."""
        width = self._width * 0.8
        sings = line.line.kind.is_sung
        rows: list[list[_Token]] = [[_Token(_NOTE, 0)] if sings else []]
        used = self._text.width(_NOTE) if sings else 0.0
        for token in self._tokens(line.line.text, width):
            wide = self._text.width(token.text.rstrip())
            if rows[-1] and used + wide > width:
                rows.append([])
                used = 0.0
            rows[-1].append(token)
            used += self._text.width(token.text)
        if not any(rows):
            rows = [[_Token("…", 0)]]
        return [tuple(row) for row in _balanced(rows, self._text)]

    def _tokens(self, text: str, width: float) -> list[_Token]:
        result = []
        for match in _TOKEN.finditer(text):
            shown = self._text.shown(match[0]) + (" " if match[0].endswith(" ") else "")
            position = match.start()
            while shown.strip() and self._text.width(shown) > width:
                fitting = max(1, int(len(shown) * width / self._text.width(shown)) - 1)
                result.append(_Token(shown[:fitting], position))
                shown, position = shown[fitting:], position + fitting
            if shown.strip():
                result.append(_Token(shown, position))
        return result

    @staticmethod
    def _time_of(line: SpokenLine, position: int) -> float:
        started = [word.start for word in line.words if word.position <= position]
        return line.span.start + (started[-1] if started else 0.0)

    def _draw_page(self, index: int, said: int) -> tuple[Planes, int, int, tuple[int, int] | None]:
        """Return a page with its first tokens said, where it lies, and where its level meter stands."""
        page = self._pages[index]
        row_height = round(self._text.size * 1.34)
        pad_x, pad_y = round(self._unit * 0.032), round(self._unit * 0.02)
        label_height = round(self._label.size * 1.75)
        widths = [self._text.width("".join(token.text for token in row).rstrip()) for row in page.rows]
        name = self._label.shortened(page.name.upper(), self._width * 0.5)
        meter = round(self._unit * 0.07)
        label_width = round(self._label.size * 0.8) + self._label.width(name) + meter + pad_x
        width = _even(min(self._width - 4, max(*widths, label_width) + 2 * pad_x))
        height = _even(label_height + row_height * len(page.rows) + 2 * pad_y)
        layer = Layer(width, height)
        layer.paint(rounded(0, 0, width, height, self._unit * 0.024), (10, 9, 16), 0.74)
        dot = self._label.size * 0.3
        middle = pad_y + label_height * 0.42
        layer.paint(rounded(pad_x, middle - dot, pad_x + 2 * dot, middle + dot, dot), page.accent)
        self._write(
            layer,
            self._label,
            (pad_x + self._label.size * 0.95, middle + self._label.size * 0.34),
            name,
            colour=page.accent,
        )
        number = 0
        for row_index, row in enumerate(page.rows):
            x = float(pad_x) if len(page.rows) == 1 and widths[0] < label_width else (width - widths[row_index]) / 2
            baseline = pad_y + label_height + row_height * (row_index + 0.76)
            for token in row:
                self._write(
                    layer, self._text, (x, baseline), token.text, colour=_SAID, opacity=1.0 if number < said else 0.46
                )
                x += self._text.width(token.text)
                number += 1
        left = (self._width - width) // 4 * 2
        top = _even(self._height * (0.945 if self._width > self._height else 0.86) - height)
        bars = (left + width - pad_x - meter, round(top + middle))
        return to_planes(layer), left, max(0, top), bars

    def _write(
        self,
        layer: Layer,
        typeface: Typeface,
        position: tuple[float, float],
        text: str,
        *,
        colour: Colour,
        opacity: float = 1.0,
    ) -> None:
        mask = Image.new("L", (layer.width, layer.height))
        typeface.draw(ImageDraw.Draw(mask), position, text, 255)
        layer.paint(Mask(mask, 0, 0), colour, opacity)

    def _meter(self, frame: Frame, place: tuple[int, int], page: _Page, seconds: float) -> None:
        """Draw five bars that follow the voice."""
        luma, blue, red = colour_values(page.accent)
        step, bar = max(4, round(self._unit * 0.014) // 2 * 2), max(2, round(self._unit * 0.007) // 2 * 2)
        for number, weight in enumerate((0.55, 0.85, 1.0, 0.8, 0.5)):
            past = self._levels.at(seconds - abs(number - _BARS // 2) / FRAME_RATE)
            half = max(1, round(self._unit * (0.0035 + 0.0095 * weight * past) / 2)) * 2
            x, y = (place[0] + number * step) // 2 * 2, place[1] // 2 * 2
            frame.luma[y - half : y + half, x : x + bar] = luma
            rows, columns = slice((y - half) // 2, (y + half) // 2), slice(x // 2, (x + bar) // 2)
            frame.blue[rows, columns], frame.red[rows, columns] = blue, red


class Slug:
    """The title of the scene in the upper corner, for the first seconds."""

    def __init__(self, title: str, detail: str, size: tuple[int, int], seconds: float) -> None:
        width, height = size
        unit = min(height, width * 1.25)
        heading, small = Typeface(max(8, round(unit * 0.028)), 700), Typeface(max(7, round(unit * 0.022)), 400)
        room = width * 0.8
        self._until = min(2.8, seconds * 0.6)
        self._left, self._top = _even(width * 0.05), _even(height * 0.055)
        title_text, detail_text = heading.shortened(title.upper(), room), small.shortened(detail, room)
        text_width = max(heading.width(title_text), small.width(detail_text), 1)
        indent = round(unit * 0.018)
        layer = Layer(_even(text_width + indent * 3), _even(unit * (0.085 if detail_text else 0.052)))
        layer.paint(rounded(0, 0, layer.width, layer.height, unit * 0.012), (8, 8, 14), 0.42)
        layer.paint(rounded(0, 0, max(2, unit * 0.005), layer.height), (255, 214, 150))
        for typeface, text, baseline, strength in (
            (heading, title_text, unit * 0.037, 1.0),
            (small, detail_text, unit * 0.069, 0.75),
        ):
            mask = Image.new("L", (layer.width, layer.height))
            typeface.draw(ImageDraw.Draw(mask), (indent, baseline), text, 255)
            layer.paint(Mask(mask, 0, 0), (255, 255, 255), strength)
        self._planes = to_planes(layer) if title_text else None

    def draw(self, frame: Frame, moment: Moment, camera: Camera) -> None:
        """Lay the title over the frame while it is shown."""
        del camera
        opacity = min(1.0, (moment.seconds - 0.2) / 0.35, (self._until - moment.seconds) / 0.4)
        if self._planes is not None and opacity > 0:
            _stamp(frame, self._planes, self._left, self._top, opacity)


def _stamp(frame: Frame, planes: Planes, left: int, top: int, opacity: float) -> None:
    """Lay a picture over the frame at an even pixel, unscaled."""
    coverage, half = planes.coverage, planes.half_coverage
    for target, image, mask, factor in (
        (frame.luma, planes.luma, coverage, 1),
        (frame.blue, planes.blue, half, 2),
        (frame.red, planes.red, half, 2),
    ):
        if mask is None:
            continue
        y, x = top // factor, left // factor
        area = target[y : y + image.height, x : x + image.width]
        drawn = np.asarray(image, np.float32)[: area.shape[0], : area.shape[1]] * opacity
        cover = np.asarray(mask, np.float32)[: area.shape[0], : area.shape[1]] * (opacity / 255)
        area[:] = _whole(area * (1 - cover) + drawn)


def _whole(values: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Plane:
    return (values + 0.5).astype(np.uint8)


def _balanced(rows: list[list[_Token]], typeface: Typeface) -> list[list[_Token]]:
    """Move words from a long first row to a short second one, so that neither looks left over."""
    if len(rows) != 2:  # noqa: PLR2004 - only pairs of rows look unbalanced
        return rows
    first, second = list(rows[0]), list(rows[1])

    def width(row: list[_Token]) -> float:
        return typeface.width("".join(token.text for token in row).rstrip())

    while len(first) > 1 and width([first[-1], *second]) <= width(first[:-1]) + typeface.size:
        second.insert(0, first.pop())
    return [first, second]


def _even(value: float) -> int:
    return max(2, round(value / 2) * 2)
