"""Custom and preset voices: making, listing and deleting them."""

from __future__ import annotations

import io
import math
import wave
from array import array
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.kling.answers import invalid, success
from bot.sandbox.kling.bodies import VoiceBody, VoiceDeletionBody, read_body
from bot.sandbox.kling.desk import Application, Prepared
from bot.sandbox.kling.inputs import check_voice_sample
from bot.sandbox.kling.models import VOICE_UNITS, Product
from bot.sandbox.kling.paging import PageRequest
from bot.sandbox.kling.tasks import Status

if TYPE_CHECKING:
    from bot.sandbox.kling.desk import Desk
    from bot.sandbox.kling.state import State
    from bot.sandbox.kling.tasks import Task
    from bot.sandbox.kling.voice_book import Voice

_NAME_LIMIT = 20
_PRESETS_SINCE = 1_765_800_000_000
_TRIAL_RATE = 16_000
_TRIAL_SECONDS = 2
_LOWEST_HERTZ = 120


class VoiceEndpoints:
    """Answers the calls about voices."""

    def __init__(self, state: State, desk: Desk) -> None:
        self._state = state
        self._desk = desk

    async def create(self, request: web.Request) -> web.Response:
        """Answer `POST /v1/general/custom-voices`; the texts of its refusals are assumed."""
        body = read_body(VoiceBody, await request.read())
        name = body.voice_name or ""
        if not name:
            raise invalid("voice_name can not be empty")
        if len(name) > _NAME_LIMIT:
            raise invalid(f"voice_name length can not exceed {_NAME_LIMIT}")
        if bool(body.voice_url) == bool(body.video_id):
            raise invalid("exactly one of voice_url and video_id must be given")
        application = Application(
            product=Product.CUSTOM_VOICES,
            model_name="custom-voices",
            prompt="",
            price=VOICE_UNITS,
            processing=self._state.settings.current.processing_voice,
            slots=0,
            external_task_id=body.external_task_id or None,
            callback_url=body.callback_url or None,
        )
        task = await self._desk.accept(application, lambda: self._prepare(body, name))
        return success(self._state.ids, task.creation_view())

    async def presets(self, request: web.Request) -> web.Response:
        """Answer `GET /v1/general/presets-voices`."""
        page = PageRequest.of(request)
        items = [
            {
                "task_id": str(int(voice.voice_id) - 100),
                "task_status": Status.SUCCEED,
                "task_status_msg": "",
                "created_at": _PRESETS_SINCE,
                "updated_at": _PRESETS_SINCE,
                "task_result": {"voices": [self._view(voice)]},
            }
            for voice in page.cut(self._state.voices.presets())
        ]
        return success(self._state.ids, items)

    async def delete(self, request: web.Request) -> web.Response:
        """Answer `POST /v1/general/delete-voices`."""
        body = read_body(VoiceDeletionBody, await request.read())
        self._state.voices.delete(body.voice_id or "")
        return success(self._state.ids, {"task_id": self._state.ids.number(), "task_status": Status.SUCCEED})

    async def trial(self, request: web.Request) -> web.Response:
        """Answer the link to a sample: a tone whose height is the voice's own."""
        voice_id = request.match_info["voice_id"]
        hertz = _LOWEST_HERTZ + int(voice_id[-6:]) % 200 if voice_id.isdecimal() else _LOWEST_HERTZ
        return web.Response(body=_tone(hertz), content_type="audio/wav")

    async def _prepare(self, body: VoiceBody, name: str) -> Prepared:
        if body.voice_url:
            await check_voice_sample(body.voice_url)
        elif not self._state.voices.has_spoken_video(body.video_id or ""):
            raise invalid(f"video_id value '{body.video_id}' is invalid")

        async def make(_: Task) -> dict[str, Any]:
            return {"voices": [self._view(self._state.voices.add(self._state.ids.number(), name))]}

        return Prepared(make, VOICE_UNITS)

    def _view(self, voice: Voice) -> dict[str, str]:
        return {
            "voice_id": voice.voice_id,
            "voice_name": voice.name,
            "trial_url": f"{self._state.base_url}/trial/{voice.voice_id}.wav",
            "owned_by": voice.owner,
        }


def _tone(hertz: int) -> bytes:
    moments = range(_TRIAL_RATE * _TRIAL_SECONDS)
    samples = array("h", (int(6000 * math.sin(2 * math.pi * hertz * moment / _TRIAL_RATE)) for moment in moments))
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_TRIAL_RATE)
        file.writeframes(samples.tobytes())
    return buffer.getvalue()
