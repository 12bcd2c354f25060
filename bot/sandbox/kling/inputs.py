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
import av
from PIL import Image

from bot.sandbox.kling.answers import VendorError, invalid

IMAGE_LIMIT = 10 * 1024 * 1024
_SMALLEST_SIDE = 300
_WIDEST_RATIO = 2.5
_REFERENCE_LIMIT = 100 * 1024 * 1024
_REFERENCE_SIDES = (340, 3850)
_SHORTEST_REFERENCE = 3
_LONGEST_REFERENCE = {"image": 10, "video": 30}
_SAMPLE_SECONDS = (5, 30)
_SLACK = 0.1
"""Seconds by which a file may exceed its limit, because the last frame or sound packet reaches beyond it."""
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


@dataclass(frozen=True, slots=True)
class _MediaFacts:
    seconds: float
    width: int
    height: int
    has_sound: bool


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


async def load_reference(address: str, *, orientation: str) -> int:
    """Fetch and check a motion reference; return its length in seconds, rounded to the nearest whole one.

    `orientation` is that of the character, `image` or `video`; it decides how long the reference may be. The texts of
    the refusals are assumed, except the one for a short reference.
    """
    content = await fetch(address, _REFERENCE_LIMIT)
    if len(content) > _REFERENCE_LIMIT:
        raise invalid("File size can not exceed 100MB")
    facts = await asyncio.to_thread(_measure, content)
    if facts is None or facts.width == 0:
        raise invalid(_NOT_FETCHED)
    smallest, largest = _REFERENCE_SIDES
    if not (smallest <= min(facts.width, facts.height) and max(facts.width, facts.height) <= largest):
        raise invalid("Video pixel is invalid")
    if facts.seconds < _SHORTEST_REFERENCE:
        raise invalid(f"Video duration can not less than {_SHORTEST_REFERENCE}s")
    longest = _LONGEST_REFERENCE[orientation]
    if facts.seconds > longest + _SLACK:
        raise invalid(f"Video duration can not greater than {longest}s")
    return int(facts.seconds + 0.5)


async def check_voice_sample(address: str) -> None:
    """Fetch and check the sample of a voice; the texts of the refusals are assumed."""
    content = await fetch(address, _REFERENCE_LIMIT)
    facts = await asyncio.to_thread(_measure, content)
    if facts is None or not facts.has_sound:
        raise invalid(_NOT_FETCHED)
    shortest, longest = _SAMPLE_SECONDS
    if not shortest <= facts.seconds <= longest + _SLACK:
        raise invalid(f"Audio duration must be between {shortest}s and {longest}s")


def is_loopback(address: str) -> bool:
    """Say whether a URL names this machine by a loopback address or as `localhost`."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _measure(content: bytes) -> _MediaFacts | None:
    """Read the facts of a file of a kind that the vendor takes; None for anything else."""
    kind = _kind(content)
    if kind is None:
        return None
    try:
        with av.open(BytesIO(content), "r", format=kind) as container:
            video = next(iter(container.streams.video), None)
            return _MediaFacts(
                seconds=(container.duration or 0) / av.time_base,
                width=video.width if video else 0,
                height=video.height if video else 0,
                has_sound=bool(container.streams.audio),
            )
    except (av.FFmpegError, ValueError):
        return None


def _kind(content: bytes) -> str | None:
    """Tell MP4 and MOV, WAV and MP3 by their first bytes."""
    if content[4:8] == b"ftyp":
        return "mov"
    if content[:4] == b"RIFF":
        return "wav"
    return "mp3" if content[:3] == b"ID3" or content[:1] == b"\xff" else None


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
