"""Check a still picture and write it anew: upright, in sRGB, without metadata, within limits.

Usage: `picture.py '{"source": …, "destination": …, "most_pixels": …, "shortest_side": …, "longest_side": …,
"widest_ratio": …, "largest_bytes": …}'`. Prints one JSON object: `{"made": {"width", "height", "size", "format"}}` or
`{"refused": REASON, "width": …, "height": …}` with a reason that `bot.media.images` has a sentence for.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

_FORMATS = ("PNG", "JPEG", "WEBP")
_QUALITIES = (95, 90, 82, 74)
_LARGEST_PNG_BYTES = 4 << 20
"""Above this a PNG holds a photograph, and a JPEG of a third of the size looks the same."""

_SIXTEEN_TO_EIGHT_BITS = 1 / 257


class Refused(Exception):
    """The picture is not accepted; the arguments are the reason and the size in pixels."""


def main() -> None:
    """Read the order from the first argument, print the answer."""
    order = json.loads(sys.argv[1])
    Image.MAX_IMAGE_PIXELS = order["most_pixels"]
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        answer: dict[str, Any] = {"made": convert(order)}
    except Refused as refusal:
        reason, (width, height) = refusal.args
        answer = {"refused": reason, "width": width, "height": height}
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        answer = {"refused": "too_many_pixels", "width": 0, "height": 0}
    except MemoryError:
        answer = {"refused": "too_complex", "width": 0, "height": 0}
    json.dump(answer, sys.stdout)


def convert(order: dict[str, Any]) -> dict[str, Any]:
    """Check the picture from its header, decode it, and write it to the destination."""
    with open(order["source"], "rb") as file:  # noqa: PTH123 - pathlib would only make the child's start slower
        image, photograph = _load(file, order)
        _check_shape(image.size, order)
        image = _shrunk(image, order["longest_side"])
        content, kind = _encode(image, order["largest_bytes"], photograph=photograph)
    width, height = image.size
    with open(order["destination"], "wb") as destination:  # noqa: PTH123
        destination.write(content)
    return {"width": width, "height": height, "size": len(content), "format": kind}


def _load(file: io.BufferedReader, order: dict[str, Any]) -> tuple[Image.Image, bool]:
    """Return the decoded picture, upright in sRGB, and whether its format is one for photographs."""
    try:
        image: Image.Image = Image.open(file, formats=_FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Refused("not_a_picture", (0, 0)) from None
    if image.width * image.height > order["most_pixels"]:
        raise Refused("too_many_pixels", image.size)
    # A JPEG from a telephone may carry further views of the same moment; its first is the picture.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise Refused("animated", image.size)
    photograph = image.format != "PNG"
    try:
        image.load()
        return _plain(ImageOps.exif_transpose(image)), photograph
    except (OSError, ValueError, SyntaxError, EOFError):
        raise Refused("damaged", image.size) from None


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture as sRGB on white, without transparency and metadata."""
    if image.mode.startswith("I"):
        image = image.convert("F").point(lambda value: value * _SIXTEEN_TO_EIGHT_BITS).convert("L")
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image)
        image = ground.convert("RGB")
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            image = converted or image
    plain = image.convert("RGB")
    plain.info.clear()
    return plain


def _check_shape(size: tuple[int, int], order: dict[str, Any]) -> None:
    shorter, longer = sorted(size)
    if longer > shorter * order["widest_ratio"]:
        raise Refused("too_narrow", size)
    scale = min(1.0, order["longest_side"] / longer)
    if shorter * scale < order["shortest_side"]:
        raise Refused("too_small", size)


def _shrunk(image: Image.Image, longest_side: int) -> Image.Image:
    longer = max(image.size)
    if longer <= longest_side:
        return image
    width, height = (max(1, round(side * longest_side / longer)) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _encode(image: Image.Image, largest_bytes: int, *, photograph: bool) -> tuple[bytes, str]:
    if not photograph:
        content = _saved(image, "PNG")
        if len(content) <= min(largest_bytes, _LARGEST_PNG_BYTES):
            return content, "PNG"
    for quality in _QUALITIES:
        content = _saved(image, "JPEG", quality=quality, subsampling=0)
        if len(content) <= largest_bytes:
            return content, "JPEG"
    raise Refused("too_complex", image.size)


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
