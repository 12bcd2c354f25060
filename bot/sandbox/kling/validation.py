"""Checks of create requests in the vendor's order: model, mode, duration, other words, prompt, combinations.

What a check needs besides the body (unique ids, balance, slots, files) comes afterwards in `bot.sandbox.kling.intake`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.sandbox.kling.answers import invalid
from bot.sandbox.kling.models import Model, Product, find_model

if TYPE_CHECKING:
    from bot.sandbox.kling.bodies import (
        GenerationBody,
        ImageToVideoBody,
        MotionControlBody,
        TaskBody,
        TextToVideoBody,
    )
    from bot.sandbox.kling.settings import Settings

PROMPT_LIMIT = 2500
_VOICE_LIMIT = 2
_DEFAULT_MODEL = "kling-v1"
_RATIOS = {"16:9": (16, 9), "9:16": (9, 16), "1:1": (1, 1)}
_CAMERA_ONLY_ON_V1 = "camera_control is only supported in std mode with 5s duration and kling-v1"


@dataclass(frozen=True, slots=True)
class Plan:
    """A create request that passed the checks of its body.

    `price` is in units; for motion control it is known only with the reference, and 0 here. `image`, `end_image`
    and `reference` are still URLs or base64.
    """

    product: Product
    model_name: str
    mode: str
    prompt: str
    negative_prompt: str = ""
    seconds: int = 0
    sound: bool = False
    price: Decimal = Decimal(0)
    ratio: tuple[int, int] = (16, 9)
    image: str | None = None
    end_image: str | None = None
    reference: str | None = None
    orientation: str = ""
    voices: tuple[str, ...] = ()
    watermark: bool = False
    callback_url: str | None = None
    external_task_id: str | None = None


def plan_text_to_video(body: TextToVideoBody, settings: Settings) -> Plan:
    """Check a text to video request; raise `VendorError` as the vendor would."""
    product = Product.TEXT_TO_VIDEO
    model, mode, duration, sound = _check_generation(body, product, settings)
    ratio = body.aspect_ratio or "16:9"
    if ratio not in _RATIOS:
        raise invalid(f"aspect_ratio value '{ratio}' is invalid")
    prompt = _check_prompts(body.prompt, body.negative_prompt)
    _check_exclusions(body, model, mode, sound=sound, settings=settings)
    seconds = int(duration)
    return Plan(
        product=product,
        model_name=model.name,
        mode=mode,
        prompt=prompt,
        negative_prompt=body.negative_prompt or "",
        seconds=seconds,
        sound=sound,
        price=model.units(mode=mode, seconds=seconds, sound=sound, voices=False),
        ratio=_RATIOS[ratio],
        watermark=wants_watermark(body),
        callback_url=body.callback_url or None,
        external_task_id=body.external_task_id or None,
    )


def plan_image_to_video(body: ImageToVideoBody, settings: Settings) -> Plan:
    """Check an image to video request, files excepted; raise `VendorError` as the vendor would."""
    product = Product.IMAGE_TO_VIDEO
    model, mode, duration, sound = _check_generation(body, product, settings)
    prompt = _check_prompts(body.prompt, body.negative_prompt)
    _check_exclusions(body, model, mode, sound=sound, settings=settings)
    _check_frames(body, model, mode, duration, sound=sound)
    voices = _check_voices(body, model, sound=sound)
    seconds = int(duration)
    return Plan(
        product=product,
        model_name=model.name,
        mode=mode,
        prompt=prompt,
        negative_prompt=body.negative_prompt or "",
        seconds=seconds,
        sound=sound,
        price=model.units(mode=mode, seconds=seconds, sound=sound, voices=bool(voices) and "<<<voice_" in prompt),
        image=body.image,
        end_image=body.image_tail or None,
        voices=voices,
        watermark=wants_watermark(body),
        callback_url=body.callback_url or None,
        external_task_id=body.external_task_id or None,
    )


def plan_motion_control(body: MotionControlBody, settings: Settings) -> Plan:
    """Check a motion control request, files excepted, in the order seen on the wire."""
    product = Product.MOTION_CONTROL
    model = find_model(body.model_name or "kling-v2-6", product, settings.discontinued_models)
    if not body.image_url:
        raise invalid("imageUrl: must not be blank")
    if not body.video_url:
        raise invalid("videoUrl: must not be blank")
    if not body.mode:
        raise invalid("video mode must be specified")
    mode = _check_mode(body.mode, model)
    if not body.character_orientation:
        raise invalid("character orientation must be specified")
    _check_word("character_orientation", body.character_orientation, ("image", "video"))
    _check_word("keep_original_sound", body.keep_original_sound or "yes", ("yes", "no"))
    if len(body.prompt or "") > PROMPT_LIMIT:
        raise invalid(f"prompt length can not exceed {PROMPT_LIMIT}")
    if body.element_list:
        raise invalid("model is not supported")
    return Plan(
        product=product,
        model_name=model.name,
        mode=mode,
        prompt=body.prompt or "",
        sound=(body.keep_original_sound or "yes") == "yes",
        image=body.image_url,
        reference=body.video_url,
        orientation=body.character_orientation,
        watermark=wants_watermark(body),
        callback_url=body.callback_url or None,
        external_task_id=body.external_task_id or None,
    )


def wants_watermark(body: TaskBody) -> bool:
    """Say whether a watermarked file is wanted beside the plain one."""
    return bool(body.watermark_info and body.watermark_info.enabled)


def _check_generation(body: GenerationBody, product: Product, settings: Settings) -> tuple[Model, str, str, bool]:
    model = find_model(body.model_name or _DEFAULT_MODEL, product, settings.discontinued_models)
    mode = _check_mode(body.mode or "std", model)
    duration = body.duration or "5"
    _check_word("duration", duration, model.durations)
    sound = body.sound or "off"
    _check_word("sound", sound, ("on", "off"))
    return model, mode, duration, sound == "on"


def _check_mode(mode: str, model: Model) -> str:
    _check_word("mode", mode, model.modes)
    return mode


def _check_word(field: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise invalid(f"{field} value '{value}' is invalid")


def _check_prompts(prompt: str | None, negative_prompt: str | None) -> str:
    if not prompt or not prompt.strip():
        raise invalid("prompt can not be empty")
    if len(prompt) > PROMPT_LIMIT:
        raise invalid(f"prompt length can not exceed {PROMPT_LIMIT}")
    if len(negative_prompt or "") > PROMPT_LIMIT:
        raise invalid(f"negative_prompt length can not exceed {PROMPT_LIMIT}")
    return prompt


def _check_exclusions(body: GenerationBody, model: Model, mode: str, *, sound: bool, settings: Settings) -> None:
    if sound and mode not in model.sound_modes:
        raise invalid(f"model/mode({model.name}/{mode}) is not supported with sound on")
    if body.camera_control:
        raise invalid(_CAMERA_ONLY_ON_V1)
    if body.element_list or body.multi_shot:
        raise invalid("model is not supported")
    if body.cfg_scale is not None and settings.refuse_cfg_scale:
        raise invalid("cfg_scale is not supported by the current model")


def _check_frames(body: ImageToVideoBody, model: Model, mode: str, duration: str, *, sound: bool) -> None:
    if not body.image and not body.image_tail:
        raise invalid("image and image_tail can not be empty at the same time")
    if body.static_mask or body.dynamic_masks:
        raise invalid("model is not supported")
    if not body.image_tail:
        return
    combination = f"model/mode/duration({model.name}/{mode}/{duration})"
    if mode not in model.tail_modes or not body.image:
        raise invalid(f"{combination} is not supported with image_tail")
    if sound:
        raise invalid(f"{combination} is not supported with image_tail and sound on")


def _check_voices(body: ImageToVideoBody, model: Model, *, sound: bool) -> tuple[str, ...]:
    voices = tuple(voice.voice_id or "" for voice in body.voice_list or ())
    if not voices:
        return ()
    if not model.voices:
        raise invalid("model is not supported")
    if not sound:
        raise invalid("voice_list is only supported when sound is on")
    if len(voices) > _VOICE_LIMIT:
        raise invalid(f"voice_list size can not exceed {_VOICE_LIMIT}")
    return voices
