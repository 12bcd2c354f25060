"""Where tasks are accepted: unique ids, moderation, balance, slots and files, in the vendor's order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.kling.answers import VendorError
from bot.sandbox.kling.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from decimal import Decimal

    from bot.sandbox.kling.models import Product
    from bot.sandbox.kling.production import Production, Work
    from bot.sandbox.kling.settings import Span
    from bot.sandbox.kling.state import State


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody wants done, as far as the acceptance of any task looks at it. `price` is in units."""

    product: Product
    model_name: str
    prompt: str
    price: Decimal
    processing: Span
    slots: int = 1
    external_task_id: str | None = None
    callback_url: str | None = None
    watermark: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """Work whose files were fetched and checked. `price` is in units, where it depends on the files."""

    work: Work
    price: Decimal


class Desk:
    """Accepts tasks."""

    def __init__(self, state: State, production: Production) -> None:
        self._state = state
        self._production = production

    async def accept(self, application: Application, prepare: Callable[[], Awaitable[Prepared]]) -> Task:
        """Make a task and start it, or raise `VendorError` and leave nothing behind.

        `prepare` fetches and checks the files; it comes last, with the slots taken already.
        """
        self._state.tasks.reserve(application.external_task_id)
        try:
            self._check_words(application.prompt)
            self._state.account.check_balance(application.price)
            self._state.account.take_slots(application.model_name, application.slots)
            try:
                prepared = await prepare()
                self._state.account.check_balance(prepared.price)
            except BaseException:
                self._state.account.free_slots(application.model_name, application.slots)
                raise
            task = self._record(application, prepared.price)
        finally:
            self._state.tasks.release(application.external_task_id)
        self._production.start(task, prepared.work, processing=application.processing, slots=application.slots)
        return task

    def _check_words(self, prompt: str) -> None:
        folded = prompt.casefold()
        if any(word.casefold() in folded for word in self._state.settings.current.refused_words):
            raise VendorError(1301)

    def _record(self, application: Application, price: Decimal) -> Task:
        now = self._state.clock.now()
        task = Task(
            task_id=self._state.ids.number(),
            product=application.product,
            model_name=application.model_name,
            prompt=application.prompt,
            price=price,
            created_at=now,
            updated_at=now,
            external_task_id=application.external_task_id,
            callback_url=application.callback_url,
            watermark=application.watermark,
        )
        task.faults = tuple(self._state.faults.tasks(task.subject))
        for _ in task.faults:
            self._state.counters.count("faults")
        self._state.account.promise(price)
        self._state.tasks.add(task)
        self._state.counters.count("tasks_made")
        return task
