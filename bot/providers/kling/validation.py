"""What Kling would refuse beyond the model card's own limits: the form of images, and voices that are not there.

| rule | what it says |
|---|---|
| K001 | the model is one of Kling's |
| K002 | images are JPEG or PNG |
| K003 | an image file is not too large |
| K004 | images have enough pixels |
| K005 | images are neither too wide nor too tall |
| K006 | every voice that the prompt names is there |
| K007 | an image with text input is left out (a warning) |
| K008 | the input is one that can be sent to Kling |

Source: the vendor's rules for image inputs and for voices in prompts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.findings import Finding, Severity
from bot.jobs.request import InputKind
from bot.texts import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.jobs.request import Request, StoredFile
    from bot.texts import Value

IMAGE_TYPES = frozenset({"image/jpeg", "image/png"})
MOST_IMAGE_BYTES = 10 * 1024 * 1024
SMALLEST_SIDE_PIXELS = 300
WIDEST_RATIO = 2.5
"""The greatest ratio of the longer side to the shorter one."""

SENDABLE = frozenset({InputKind.TEXT, InputKind.IMAGE})
_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_IMAGE = Sentence("kling.image")
_END_IMAGE = Sentence("kling.end-image")
_MARKER = re.compile(r"<<<voice_(\d{1,4})>>>", re.IGNORECASE)


def check(request: Request) -> Iterator[Finding]:
    """Yield what stands in the way of a request at Kling, in the order of the rules."""
    if request.input is InputKind.IMAGE:
        for name, image in ((_IMAGE, request.image), (_END_IMAGE, request.end_image)):
            if image is not None:
                yield from _check_image(name, image)
    yield from _check_markers(request)
    if request.input is InputKind.TEXT and (request.image or request.end_image):
        yield Finding(rule="K007", severity=Severity.WARNING, message=Sentence("kling.K007"))
    if request.input not in SENDABLE:
        yield error("K008", Sentence("kling.K008", input=Sentence(f"catalogue.input.{request.input}")))


def error(rule: str, message: Sentence) -> Finding:
    """Make a finding that stops the request."""
    return Finding(rule=rule, severity=Severity.ERROR, message=message)


def is_sendable_image(content: bytes) -> bool:
    """Say whether bytes look like an image that Kling takes."""
    return content.startswith(_SIGNATURES) and len(content) <= MOST_IMAGE_BYTES


def _check_image(name: Sentence, image: StoredFile) -> Iterator[Finding]:
    if image.media_type not in IMAGE_TYPES:
        yield error("K002", Sentence("kling.K002", name=name, type=image.media_type))
    if image.size > MOST_IMAGE_BYTES:
        yield error("K003", Sentence("kling.K003", name=name))
    if not image.width or not image.height:
        return
    shorter, longer = sorted((image.width, image.height))
    measured: dict[str, Value] = {"name": name, "width": image.width, "height": image.height}
    if shorter < SMALLEST_SIDE_PIXELS:
        yield error("K004", Sentence("kling.K004", least=SMALLEST_SIDE_PIXELS, **measured))
    if longer > WIDEST_RATIO * shorter:
        yield error("K005", Sentence("kling.K005", ratio=f"{WIDEST_RATIO}", **measured))


def _check_markers(request: Request) -> Iterator[Finding]:
    for marker in _MARKER.finditer(request.prompt):
        if not 1 <= int(marker[1]) <= len(request.voices):
            yield Finding(
                rule="K006",
                severity=Severity.ERROR,
                message=Sentence("kling.K006", number=int(marker[1]), count=len(request.voices)),
                start=marker.start(),
                end=marker.end(),
            )
