"""An uploaded picture as scenery: cropped to the frame, in slow motion, dissolving into an end picture."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from PIL import Image, ImageOps

from bot.errors import MediaRefused
from bot.media.animatic.pictures.drawing import Layer
from bot.media.animatic.pictures.planes import Planes, to_planes
from bot.media.animatic.pictures.scenery import FAR, Sprite, vignette
from bot.texts import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from bot.media.animatic.pictures.scenery import Element

_FORMATS = ("PNG", "JPEG", "WEBP")
_MOST_PIXELS = 50_000_000
_DISSOLVE = (0.45, 0.85)
"""When the end picture begins to show and when it has replaced the first, in shares of the clip."""
_ABOVE_CENTRE = 0.38
"""Faces are usually above the middle, so more is cut off below than above."""


def photo_elements(
    first: Path | bytes | None, last: Path | bytes | None, drawing: tuple[int, int], seconds: float
) -> list[Element]:
    """Return the pictures as elements of the film. Raises MediaRefused for a file that is no usable picture."""
    given = [source for source in (first, last) if source is not None]
    planes = [_scenery(load_image(source), drawing) for source in given]
    start, end = seconds * _DISSOLVE[0], seconds * _DISSOLVE[1]
    elements: list[Element] = [Sprite(planes[0], FAR)]
    if len(planes) > 1:
        elements.append(Sprite(planes[1], FAR, opacity=lambda t: max(0.0, min(1.0, (t - start) / (end - start)))))
    return elements


def load_image(source: Path | bytes) -> Image.Image:
    """Decode a picture, upright. Raises MediaRefused for what is no PNG, JPEG or WebP, or is too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(source) if isinstance(source, bytes) else source, formats=_FORMATS)
            if opened.width * opened.height > _MOST_PIXELS:
                raise MediaRefused(Sentence("media.preview-large", most=_MOST_PIXELS // 1_000_000))
            upright = ImageOps.exif_transpose(opened)
            return _on_black(upright)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise MediaRefused(Sentence("media.preview-unreadable")) from error


def _scenery(image: Image.Image, drawing: tuple[int, int]) -> Planes:
    layer = Layer(*drawing)
    layer.colour = covering(image, drawing)
    layer.coverage = Image.new("L", drawing, 255)
    vignette(layer)
    return to_planes(layer, opaque=True)


def covering(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return the picture scaled and cut so that it fills a size."""
    return ImageOps.fit(image, size, Image.Resampling.LANCZOS, centering=(0.5, _ABOVE_CENTRE))


def _on_black(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        ground = Image.new("RGB", image.size)
        ground.paste(layered, (0, 0), layered)
        return ground
    return image.convert("RGB")
