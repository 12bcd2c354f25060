"""Type: Source Sans for Latin, Noto Sans CJK SC for Chinese, both under the Open Font License, from their packages.

Nothing is ever drawn as a box: a character that no font knows is left out.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import ImageFont

from bot.media.animatic.script import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import ImageDraw

_LATIN = ("fontpkg_source_sans_3", "files/SourceSans3[wght].ttf", 0)
_CHINESE = ("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc", 2)
_UNASSIGNED = "\U0010fffd"
_SPACES = " \u3000"

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class Typeface:
    """One size and weight in every script that can be shown."""

    size: int
    weight: int = 400

    def _fonts(self) -> tuple[Font, ...]:
        return _fonts(self.size, self.weight)

    def shown(self, text: str) -> str:
        """Return the text without the characters that no font can show."""
        return plain_text("".join(run for _, run in self._runs(plain_text(text))))

    def width(self, text: str) -> float:
        """Return the width of a text in pixels."""
        return sum(font.getlength(run) for font, run in self._runs(text))

    def draw(self, canvas: ImageDraw.ImageDraw, position: tuple[float, float], text: str, fill: int) -> None:
        """Write a text with its baseline starting at a position."""
        x, baseline = position
        for font, run in self._runs(text):
            canvas.text((x, baseline), run, font=font, fill=fill, anchor="ls")
            x += font.getlength(run)

    def shortened(self, text: str, width: float) -> str:
        """Return the text, cut and ended with an ellipsis where it is wider than `width` pixels."""
        visible = self.shown(text)
        if self.width(visible) <= width:
            return visible
        low, high = 0, len(visible)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.width(visible[:middle].rstrip() + "…") <= width else (low, middle - 1)
        return visible[:low].rstrip() + "…"

    def _runs(self, text: str) -> Iterator[tuple[Font, str]]:
        """Yield stretches of text with the first font that knows their characters."""
        run, current = "", None
        for character in text:
            font = self._font_for(character)
            if font is None:
                continue
            if font is not current and run and current is not None:
                yield current, run
                run = ""
            current = font
            run += character
        if run and current is not None:
            yield current, run

    def _font_for(self, character: str) -> Font | None:
        fonts = self._fonts()
        if character in _SPACES:
            return fonts[0]
        return next((font for font in fonts if _has_glyph(font, character)), None)


@lru_cache(maxsize=64)
def _fonts(size: int, weight: int) -> tuple[Font, ...]:
    """Return the fonts in order of preference; without the packages, the plain one that Pillow brings along."""
    found = [font for source in (_LATIN, _CHINESE) if (font := _load(source, size, weight)) is not None]
    if not found:
        default = ImageFont.load_default(size)
        return (default,) if isinstance(default, ImageFont.FreeTypeFont) else ()
    return tuple(found)


def _load(source: tuple[str, str, int], size: int, weight: int) -> Font | None:
    package, name, index = source
    specification = importlib.util.find_spec(package)
    if specification is None or specification.origin is None:
        return None
    path = Path(specification.origin).parent / name
    font = ImageFont.truetype(str(path), size, index=index, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=8192)
def _has_glyph(font: Font, character: str) -> bool:
    """Say whether a font has its own picture for a character, not the one for missing characters."""
    drawn, missing = font.getmask(character), font.getmask(_UNASSIGNED)
    return drawn.size != missing.size or bytes(drawn) != bytes(missing)
