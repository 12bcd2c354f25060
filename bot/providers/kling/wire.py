"""The shapes that Kling sends and expects. What we read tolerates unknown, missing and mistyped parts."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

MOST_IDENTIFIER_CHARACTERS = 128


def _decimal_or_none(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None


def _number_or_none(value: object) -> object:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text_or_empty(value: object) -> object:
    """Take a string, with whatever cannot be encoded replaced; anything else becomes the empty string."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _identifier_or_empty(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or len(value) > MOST_IDENTIFIER_CHARACTERS:
        return ""
    return value if value.isascii() and value.isprintable() else ""


def _items(value: object) -> object:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _object(value: object) -> object:
    return value if isinstance(value, dict | BaseModel) else {}


Amount = Annotated[Decimal | None, BeforeValidator(_decimal_or_none)]
"""A decimal that the vendor writes as a string; None where it is missing or no amount."""
Milliseconds = Annotated[int | None, BeforeValidator(_number_or_none)]
Text = Annotated[str, BeforeValidator(_text_or_empty)]
Identifier = Annotated[str, BeforeValidator(_identifier_or_empty)]
"""An id as a string, also where it came as a number; whatever cannot be an id is the empty string."""


class _Answer(BaseModel):
    """Something the vendor sent."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Video(_Answer):
    """One made clip. The addresses are signed and stay out of the repr."""

    id: Identifier = ""
    url: Text = Field(default="", repr=False)
    watermark_url: Text = Field(default="", repr=False)
    duration: Amount = None


class TaskResult(_Answer):
    """What a finished task made."""

    videos: Annotated[tuple[Video, ...], BeforeValidator(_items)] = ()


class TaskInfo(_Answer):
    """What a task repeats of its create call."""

    external_task_id: Identifier = ""


class Task(_Answer):
    """A task as create, query, list and callback show it."""

    task_id: Identifier = ""
    task_status: Text = ""
    task_status_msg: Text = ""
    task_info: Annotated[TaskInfo, BeforeValidator(_object)] = TaskInfo()
    task_result: Annotated[TaskResult, BeforeValidator(_object)] = TaskResult()
    final_unit_deduction: Amount = None
    updated_at: Milliseconds = None


class CalledTask(_Answer):
    """What a callback says of a task; the vendor's newer form calls the ids `id` and `external_id`."""

    task_id: Identifier = ""
    id: Identifier = ""
    external_id: Identifier = ""
    task_info: Annotated[TaskInfo, BeforeValidator(_object)] = TaskInfo()


class ResourcePack(_Answer):
    """Prepaid units. `remaining_quantity` lags by up to twelve hours; times are Unix milliseconds."""

    resource_pack_name: Text = ""
    resource_pack_type: Text = ""
    total_quantity: Amount = None
    remaining_quantity: Amount = None
    effective_time: Milliseconds = None
    invalid_time: Milliseconds = None
    status: Text = ""


class AccountCosts(_Answer):
    """The answer of the account endpoint, which nests a second code in its data."""

    code: Annotated[int | None, BeforeValidator(_number_or_none)] = None
    msg: Text = ""
    resource_pack_subscribe_infos: Annotated[tuple[ResourcePack, ...], BeforeValidator(_items)] = ()


_Shape = TypeVar("_Shape", bound=_Answer)


def read(shape: type[_Shape], data: object) -> _Shape | None:
    """Read an object of the vendor's; None where it is not an object at all."""
    if not isinstance(data, dict):
        return None
    try:
        return shape.model_validate(data)
    except ValidationError:
        return None


class _Body(BaseModel):
    """Something we send; fields without a value are left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def encoded(self) -> bytes:
        """Return the body as JSON; with images this is slow enough to belong into a thread."""
        return self.model_dump_json(exclude_none=True).encode()


class Watermark(_Body):
    """Whether a second, watermarked file is made."""

    enabled: bool


class Voice(_Body):
    """A voice by the vendor's id; the prompt names the first one `<<<voice_1>>>`."""

    voice_id: str


class _Generation(_Body):
    """The parameters that both ways of making a clip share."""

    model_name: str
    prompt: str = Field(repr=False)
    negative_prompt: str | None = Field(default=None, repr=False)
    mode: Literal["std", "pro"]
    sound: Literal["on", "off"]
    duration: str
    watermark_info: Watermark | None = None
    callback_url: str | None = Field(default=None, repr=False)
    external_task_id: str


class TextToVideo(_Generation):
    """The body of a create call for a clip from text."""

    aspect_ratio: str | None = None


class ImageToVideo(_Generation):
    """The body of a create call for a clip from images, which are base64 without any prefix."""

    image: str = Field(repr=False)
    image_tail: str | None = Field(default=None, repr=False)
    voice_list: tuple[Voice, ...] | None = None
