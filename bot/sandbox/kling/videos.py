"""The video products: their create calls, and the work behind an accepted task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.kling.answers import success
from bot.sandbox.kling.bodies import ImageToVideoBody, MotionControlBody, TextToVideoBody, read_body
from bot.sandbox.kling.desk import Application, Prepared
from bot.sandbox.kling.flaws import flawed
from bot.sandbox.kling.inputs import load_image, load_reference
from bot.sandbox.kling.models import MODELS, Product, frame_size
from bot.sandbox.kling.rendering import RenderOrder
from bot.sandbox.kling.validation import Plan, plan_image_to_video, plan_motion_control, plan_text_to_video

if TYPE_CHECKING:
    from pathlib import Path

    from aiohttp import web

    from bot.sandbox.kling.desk import Desk
    from bot.sandbox.kling.gateway import Endpoint
    from bot.sandbox.kling.production import Work
    from bot.sandbox.kling.rendering import Renderer
    from bot.sandbox.kling.results import ResultFiles
    from bot.sandbox.kling.settings import Span
    from bot.sandbox.kling.state import State
    from bot.sandbox.kling.tasks import Task


class VideoEndpoints:
    """Answers the create calls of the video products."""

    def __init__(self, state: State, desk: Desk, renderer: Renderer, results: ResultFiles) -> None:
        self._state = state
        self._desk = desk
        self._renderer = renderer
        self._results = results

    def creators(self) -> dict[Product, Endpoint]:
        """Return the create call of each product."""
        return {
            Product.TEXT_TO_VIDEO: self._text_to_video,
            Product.IMAGE_TO_VIDEO: self._image_to_video,
            Product.MOTION_CONTROL: self._motion_control,
        }

    async def _text_to_video(self, request: web.Request) -> web.Response:
        body = read_body(TextToVideoBody, await request.read())
        return await self._accept(plan_text_to_video(body, self._state.settings.current))

    async def _image_to_video(self, request: web.Request) -> web.Response:
        body = read_body(ImageToVideoBody, await request.read())
        return await self._accept(plan_image_to_video(body, self._state.settings.current))

    async def _motion_control(self, request: web.Request) -> web.Response:
        body = read_body(MotionControlBody, await request.read())
        return await self._accept(plan_motion_control(body, self._state.settings.current))

    async def _accept(self, plan: Plan) -> web.Response:
        voice_names = tuple(self._state.voices.find(voice_id).name for voice_id in plan.voices)
        application = Application(
            product=plan.product,
            model_name=plan.model_name,
            prompt=plan.prompt,
            price=plan.price,
            processing=self._processing(plan),
            external_task_id=plan.external_task_id,
            callback_url=plan.callback_url,
            watermark=plan.watermark,
        )
        task = await self._desk.accept(application, lambda: self._prepare(plan, voice_names))
        return success(self._state.ids, task.creation_view())

    async def _prepare(self, plan: Plan, voice_names: tuple[str, ...]) -> Prepared:
        image = await load_image(plan.image) if plan.image else None
        end_image = await load_image(plan.end_image) if plan.end_image else None
        seconds, price = plan.seconds, plan.price
        if plan.reference:
            seconds = await load_reference(plan.reference, orientation=plan.orientation)
            price = MODELS[plan.model_name].motion_units[plan.mode] * seconds
        ratio = (image.width, image.height) if image else plan.ratio
        width, height = frame_size(plan.mode, *ratio)
        order = RenderOrder(
            prompt=plan.prompt,
            negative_prompt=plan.negative_prompt,
            seconds=seconds,
            width=width,
            height=height,
            audio=plan.sound,
            image=image.content if image else None,
            end_image=end_image.content if end_image else None,
            voices=voice_names,
        )
        return Prepared(self._rendering(order), price)

    def _processing(self, plan: Plan) -> Span:
        settings = self._state.settings.current
        span = settings.processing_standard if plan.mode == "std" else settings.processing_professional
        return span.stretched(settings.audio_factor) if plan.sound else span

    def _rendering(self, order: RenderOrder) -> Work:
        async def render(task: Task) -> dict[str, Any]:
            path = self._results.directory / f"{task.task_id}.mp4"
            renderer, changed = flawed(task, order, self._renderer, self._results.directory / "flawed")
            await renderer.render(changed, path)
            return {"videos": [self._video(task, path, order)]}

        return render

    def _video(self, task: Task, path: Path, order: RenderOrder) -> dict[str, str]:
        video_id = self._state.ids.number()
        if order.audio:
            self._state.voices.record_spoken_video(video_id)
        video = {"id": video_id, "url": self._results.publish(path, task)}
        if task.watermark:
            video["watermark_url"] = self._results.publish(path, task)
        return video | {"duration": order.duration}
