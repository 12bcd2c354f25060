"""Take in a still picture: check it before decoding, write it anew in a bounded child, keep it in the file store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import MediaRefused
from bot.media import bounded
from bot.media.probe import check_size
from bot.storage.files import finish_in_thread
from bot.texts import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from bot.jobs.request import StoredFile
    from bot.storage.files import FileStore
    from bot.texts import Value

_LIMITS = bounded.Limits(
    memory_bytes=bounded.GIBIBYTE, cpu_seconds=30, wall_seconds=60, written_bytes=32 * bounded.MEBIBYTE
)
_MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class ImageRules:
    """What a picture must be like and is made into. Sides in pixels, `widest_ratio` is longer to shorter side.

    The figures for the result are the vendor's (JPEG or PNG, at most 10 MB, 300 pixels, 2.5:1); what is accepted is
    wider: WebP is converted, large pictures are made smaller, up to `most_pixels` and `largest_upload_bytes`.
    """

    shortest_side: int = 300
    longest_side: int = 4096
    widest_ratio: float = 2.5
    largest_bytes: int = 10_000_000
    most_pixels: int = 40_000_000
    largest_upload_bytes: int = 30 * bounded.MEBIBYTE


class _Made(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    width: int
    height: int
    size: int
    format: Literal["PNG", "JPEG"]


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    made: _Made | None = None
    refused: str = "damaged"
    width: int = 0
    height: int = 0


async def prepare_image(content: bytes, store: FileStore, rules: ImageRules | None = None) -> StoredFile:
    """Check the bytes of an uploaded picture and keep a clean version of it.

    The kept picture is a JPEG or PNG that stands upright, in sRGB, without metadata (where it was taken, with which
    camera). Raises `MediaRefused` with a sentence that its sender understands.
    """
    async with store.workspace() as workspace:
        source = workspace / "upload"
        await finish_in_thread(source.write_bytes, content)
        return await prepare_image_file(source, store, rules)


async def prepare_image_file(source: Path, store: FileStore, rules: ImageRules | None = None) -> StoredFile:
    """Do the same with a picture that lies in a file; the file is left alone."""
    rules = rules or ImageRules()
    check_size(source, rules.largest_upload_bytes)
    async with store.workspace() as workspace:
        destination = workspace / "picture"
        made = await _convert(source, destination, rules)
        media_type = _MEDIA_TYPES[made.format]
        return await store.put_file(destination, media_type, width=made.width, height=made.height)


async def _convert(source: Path, destination: Path, rules: ImageRules) -> _Made:
    order = {
        "source": str(source),
        "destination": str(destination),
        "most_pixels": rules.most_pixels,
        "shortest_side": rules.shortest_side,
        "longest_side": rules.longest_side,
        "widest_ratio": rules.widest_ratio,
        "largest_bytes": rules.largest_bytes,
    }
    try:
        finished = await bounded.run([*bounded.child_program("picture"), json.dumps(order)], _LIMITS)
        if finished.code != 0:
            raise MediaRefused(_sentence("too_complex", rules))
        answer = _Answer.model_validate_json(finished.output)
    except (bounded.ChildStopped, ValidationError):
        raise MediaRefused(_sentence("too_complex", rules)) from None
    if answer.made is None:
        raise MediaRefused(_sentence(answer.refused, rules, answer.width, answer.height))
    return answer.made


def _sentence(reason: str, rules: ImageRules, width: int = 0, height: int = 0) -> Sentence:
    measured: dict[str, Value] = {"width": width, "height": height}
    sentences = {
        "not_a_picture": Sentence("media.image-not-a-picture"),
        "too_many_pixels": Sentence("media.image-too-many-pixels", millions=rules.most_pixels // 1_000_000),
        "animated": Sentence("media.image-animated"),
        "damaged": Sentence("media.image-damaged"),
        "too_complex": Sentence("media.image-too-complex"),
        "too_small": Sentence("media.image-too-small", least=rules.shortest_side, **measured),
        "too_narrow": Sentence("media.image-too-narrow", ratio=f"{rules.widest_ratio:g}", **measured),
    }
    return sentences.get(reason, sentences["damaged"])
