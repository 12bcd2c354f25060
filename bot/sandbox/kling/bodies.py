"""The bodies of create requests, read as tolerantly as the vendor reads them.

Unknown fields are ignored. A string is accepted for a number or a truth value, because the vendor's own samples send
such; nothing but a string is accepted for a string.
"""

from __future__ import annotations

import json
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.sandbox.kling.answers import BODY_UNREADABLE, invalid

Body = TypeVar("Body", bound=BaseModel)


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class WatermarkInfo(_Part):
    """Whether a second, watermarked file is wanted."""

    enabled: bool | None = None


class VoiceReference(_Part):
    """One voice that the prompt may refer to."""

    voice_id: str | None = None


class TaskBody(_Part):
    """What every create request may carry."""

    model_name: str | None = None
    prompt: str | None = None
    mode: str | None = None
    watermark_info: WatermarkInfo | None = None
    callback_url: str | None = None
    external_task_id: str | None = None


class GenerationBody(TaskBody):
    """What text to video and image to video have in common."""

    negative_prompt: str | None = None
    sound: str | None = None
    cfg_scale: float | None = None
    duration: str | None = None
    camera_control: dict[str, object] | None = None
    element_list: list[dict[str, object]] | None = None
    multi_shot: bool | None = None


class TextToVideoBody(GenerationBody):
    """The body of `POST /v1/videos/text2video`; a `voice_list` is ignored there (assumed)."""

    aspect_ratio: str | None = None


class ImageToVideoBody(GenerationBody):
    """The body of `POST /v1/videos/image2video`; an `aspect_ratio` is ignored there."""

    image: str | None = None
    image_tail: str | None = None
    voice_list: list[VoiceReference] | None = None
    static_mask: str | None = None
    dynamic_masks: list[dict[str, object]] | None = None


class MotionControlBody(TaskBody):
    """The body of `POST /v1/videos/motion-control`."""

    image_url: str | None = None
    video_url: str | None = None
    character_orientation: str | None = None
    keep_original_sound: str | None = None
    element_list: list[dict[str, object]] | None = None


class VoiceBody(_Part):
    """The body of `POST /v1/general/custom-voices`."""

    voice_name: str | None = None
    voice_url: str | None = None
    video_id: str | None = None
    callback_url: str | None = None
    external_task_id: str | None = None


class VoiceDeletionBody(_Part):
    """The body of `POST /v1/general/delete-voices`."""

    voice_id: str | None = None


def read_body(model: type[Body], raw: bytes) -> Body:
    """Read a request body; raise the vendor's refusal if it is not JSON or has wrong types."""
    try:
        return model.model_validate(json.loads(raw))
    except (ValidationError, ValueError, RecursionError) as error:
        raise invalid(BODY_UNREADABLE) from error
