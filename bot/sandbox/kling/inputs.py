"""Files that a request brings along: base64 in the body, or an address to fetch them from."""

from __future__ import annotations

import asyncio
import base64
import binascii
import ipaddress
import warnings
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit

import aiohttp
from PIL import Image

from bot.sandbox.kling.answers import VendorError, invalid

IMAGE_LIMIT = 10 * 1024 * 1024
_SMALLEST_SIDE = 300
_WIDEST_RATIO = 2.5
_FETCH_SECONDS = 10
_NOT_BASE64 = "File is not in a valid base64 format"
_NOT_FETCHED = "Something went wrong when we tried to get the contents of the file."
_BAD_RATIO = (
    "The resolution or aspect ratio of the input image is invalid. Please ensure it meets the required specifications."
)


@dataclass(frozen=True, slots=True)
class InputImage:
    """An image that passed the vendor's checks; sides in pixels."""

    content: bytes
    width: int
    height: int


async def load_image(source: str) -> InputImage:
    """Decode or fetch an image and check it; raise the vendor's refusal."""
    if source.startswith(("http://", "https://")):
        content = await fetch(source, IMAGE_LIMIT)
    else:
        content = await asyncio.to_thread(_decode, source)
    if len(content) > IMAGE_LIMIT:
        raise invalid("File size can not exceed 10MB")
    return await asyncio.to_thread(_check_image, content)


async def fetch(address: str, limit: int) -> bytes:
    """Read a file from a loopback address; every other address counts as unreachable.

    The stand-in never leaves the machine. One byte more than `limit` is read at most.
    """
    if not is_loopback(address):
        raise invalid(_NOT_FETCHED)
    timeout = aiohttp.ClientTimeout(total=_FETCH_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(address, allow_redirects=False, raise_for_status=True) as response,
        ):
            content = bytearray()
            async for piece in response.content.iter_chunked(65536):
                content += piece
                if len(content) > limit:
                    break
            return bytes(content[: limit + 1])
    except (aiohttp.ClientError, TimeoutError) as error:
        raise invalid(_NOT_FETCHED) from error


def is_loopback(address: str) -> bool:
    """Say whether a URL names this machine by a loopback address or as `localhost`."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _decode(source: str) -> bytes:
    try:
        return base64.b64decode(source, validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid(_NOT_BASE64) from error


def _check_image(content: bytes) -> InputImage:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as image:
                width, height = image.size
                _check_size(width, height)
                image.load()
    except VendorError:
        raise
    except Exception as error:
        # Pillow raises many kinds of exceptions for broken files; each means the same here.
        raise invalid(_NOT_BASE64) from error
    return InputImage(content, width, height)


def _check_size(width: int, height: int) -> None:
    if min(width, height) < _SMALLEST_SIDE:
        raise invalid("Image pixel is invalid")
    if max(width, height) > _WIDEST_RATIO * min(width, height):
        raise invalid(_BAD_RATIO)
