"""A request: what somebody wants made. Immutable."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class InputKind(StrEnum):
    """What the clip starts from."""

    TEXT = "text"
    IMAGE = "image"
    MOTION = "motion"


class Mode(StrEnum):
    """The quality level of a model."""

    STANDARD = "standard"
    PROFESSIONAL = "professional"


class Orientation(StrEnum):
    """Which way the person of a motion clip faces: as in the reference video, or as in the image."""

    VIDEO = "video"
    IMAGE = "image"


class StoredFile(BaseModel):
    """A file that was checked and kept in the file store.

    `digest` is the SHA-256 of its content in hexadecimal and finds it again; `size` is in bytes, `width` and
    `height` in pixels.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    media_type: str
    size: int
    width: int = 0
    height: int = 0


class Acceptance(BaseModel):
    """A finding that the person accepted: of one rule, at one place (as in `Finding`), in one wording of the prompt.

    `words` is the SHA-256 of the prompt in hexadecimal, so that an acceptance says nothing of any other wording.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    start: int
    end: int
    words: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Request(BaseModel):
    """What somebody wants made, complete and independent of any vendor's wire form.

    `model` is the id of a model card. `seconds` is the nominal length; for motion control it is the length of the
    reference. `aspect_ratio` counts for text input only. `outputs` clips make one batch. `voices` are vendor voice
    ids in the order of the voices in the prompt. `continues` is the job whose clip ends with the image that this one
    starts with. `accepted` are the errors that the person wants to live with. Limits are not checked here: the
    catalogue does that, so that a wrong request can be explained.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = "kling-2.6"
    input: InputKind = InputKind.TEXT
    prompt: str
    negative_prompt: str = ""
    mode: Mode = Mode.PROFESSIONAL
    audio: bool = True
    seconds: Annotated[float, Field(allow_inf_nan=False)] = 5
    aspect_ratio: str | None = "16:9"
    outputs: int = 1
    image: StoredFile | None = None
    end_image: StoredFile | None = None
    reference: StoredFile | None = None
    orientation: Orientation = Orientation.VIDEO
    voices: tuple[str, ...] = ()
    continues: str = ""
    accepted: tuple[Acceptance, ...] = ()
