"""From an accepted plan to a running task: unique ids, moderation, balance, slots and files, in the vendor's order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.kling.answers import VendorError
from bot.sandbox.kling.inputs import load_image
from bot.sandbox.kling.models import frame_size
from bot.sandbox.kling.rendering import RenderOrder
from bot.sandbox.kling.tasks import Task

if TYPE_CHECKING:
    from pathlib import Path

    from bot.clock import Clock
    from bot.sandbox.kling.account import Account
    from bot.sandbox.kling.counters import Counters
    from bot.sandbox.kling.faults import FaultBook
    from bot.sandbox.kling.ids import VendorIds
    from bot.sandbox.kling.production import Production, Work
    from bot.sandbox.kling.rendering import Renderer
    from bot.sandbox.kling.results import ResultFiles
    from bot.sandbox.kling.settings import LiveSettings, Span
    from bot.sandbox.kling.tasks import TaskBook
    from bot.sandbox.kling.validation import Plan


class Intake:
    """Accepts plans of video tasks."""

    def __init__(
        self,
        *,
        clock: Clock,
        ids: VendorIds,
        settings: LiveSettings,
        tasks: TaskBook,
        account: Account,
        production: Production,
        faults: FaultBook,
        counters: Counters,
        renderer: Renderer,
        results: ResultFiles,
    ) -> None:
        self._clock = clock
        self._ids = ids
        self._settings = settings
        self._tasks = tasks
        self._account = account
        self._production = production
        self._faults = faults
        self._counters = counters
        self._renderer = renderer
        self._results = results
        self.base_url = ""

    async def accept(self, plan: Plan) -> Task:
        """Make a task from a plan, or raise `VendorError` and leave nothing behind."""
        self._tasks.reserve(plan.external_task_id)
        try:
            self._check_words(plan.prompt)
            self._account.check_balance(plan.price)
            self._account.take_slots(plan.model_name)
            try:
                order = await self._order(plan)
            except BaseException:
                self._account.free_slots(plan.model_name)
                raise
            task = self._record(plan)
        finally:
            self._tasks.release(plan.external_task_id)
        processing = self._processing(plan)
        self._production.start(task, self._rendering(order), processing=processing, slots=1)
        return task

    def _check_words(self, prompt: str) -> None:
        folded = prompt.casefold()
        if any(word.casefold() in folded for word in self._settings.current.refused_words):
            raise VendorError(1301)

    async def _order(self, plan: Plan) -> RenderOrder:
        image = await load_image(plan.image) if plan.image else None
        end_image = await load_image(plan.end_image) if plan.end_image else None
        ratio = (image.width, image.height) if image else plan.ratio
        width, height = frame_size(plan.mode, *ratio)
        return RenderOrder(
            prompt=plan.prompt,
            negative_prompt=plan.negative_prompt,
            seconds=plan.seconds,
            width=width,
            height=height,
            audio=plan.sound,
            image=image.content if image else None,
            end_image=end_image.content if end_image else None,
            voices=plan.voices,
        )

    def _record(self, plan: Plan) -> Task:
        now = self._clock.now()
        task = Task(
            task_id=self._ids.number(),
            product=plan.product,
            model_name=plan.model_name,
            prompt=plan.prompt,
            price=plan.price,
            created_at=now,
            updated_at=now,
            external_task_id=plan.external_task_id,
            callback_url=plan.callback_url,
            watermark=plan.watermark,
        )
        task.faults = tuple(self._faults.tasks(task.subject))
        for _ in task.faults:
            self._counters.count("faults")
        self._account.promise(plan.price)
        self._tasks.add(task)
        self._counters.count("tasks_made")
        return task

    def _processing(self, plan: Plan) -> Span:
        settings = self._settings.current
        span = settings.processing_standard if plan.mode == "std" else settings.processing_professional
        if not plan.sound:
            return span
        factor = settings.audio_factor
        return span.model_copy(update={"low": span.low * factor, "high": span.high * factor})

    def _rendering(self, order: RenderOrder) -> Work:
        async def render(task: Task) -> dict[str, Any]:
            path = self._results.directory / f"{task.task_id}.mp4"
            await self._renderer.render(order, path)
            return {"videos": [self._video(task, path, order.duration)]}

        return render

    def _video(self, task: Task, path: Path, duration: str) -> dict[str, str]:
        video = {"id": self._ids.number(), "url": self.base_url + self._results.publish(path, task)}
        if task.watermark:
            video["watermark_url"] = self.base_url + self._results.publish(path, task)
        return video | {"duration": duration}
