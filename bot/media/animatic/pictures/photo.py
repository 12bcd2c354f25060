"""An uploaded picture as scenery: cropped to the frame, in slow motion, dissolving into the end picture if there is one."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageOps

from bot.errors import MediaRefused
from bot.media.animatic.pictures.drawing import Layer
from bot.media.animatic.pictures.planes import converted
from bot.media.animatic.pictures.scenery import FAR, Sprite, vignette

if TYPE_CHECKING:
    from bot.media.animatic.pictures.scenery import Element

_FORMATS = ("PNG", "JPEG", "WEBP")
_MOST_PIXELS = 50_000_000
_ABOVE_CENTRE = 0.38
"""Faces are usually above the middle, so more is cut off below than above."""


def photo_elements(
    first: Path | bytes | None, last: Path | bytes | None, drawing: tuple[int, int], seconds: float
) -> list[Element]:
    """Return the pictures as elements of the film. Raises MediaRefused for a file that is no usable picture."""
    given = [source for source in (first, last) if source is not None]
    sprites: list[Element] = []
    for number, source in enumerate(given):
        layer = Layer(*drawing)
        layer.colour = covering(load_image(source), drawing)
        layer.coverage = Image.new("L", drawing, 255)
        vignette(layer)
        if number == 0:
            sprites.append(Sprite(converted(layer.colour, None), FAR))
        else:
            start, end = seconds * 0.45, seconds * 0.85
            sprites.append(
                Sprite(
                    converted(layer.colour, None),
                    FAR,
                    opacity=lambda t: max(0.0, min(1.0, (t - start) / (end - start))),
                )
            )
    return sprites


def load_image(source: Path | bytes) -> Image.Image:
    """Decode a picture, upright. Raises MediaRefused for what is no PNG, JPEG or WebP, or is too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(source) if isinstance(source, bytes) else source, formats=_FORMATS)
            if opened.width * opened.height > _MOST_PIXELS:
                raise MediaRefused("The image is too large to preview. Use one of at most 50 megapixels.")
            upright = ImageOps.exif_transpose(opened)
            return _on_black(upright)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise MediaRefused("The image cannot be read. Use a PNG, JPEG or WebP file that opens in a viewer.") from error


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
