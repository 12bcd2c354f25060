"""Where tasks are accepted: unique ids, moderation, balance, slots and files, in the vendor's order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.kling.answers import VendorError
from bot.sandbox.kling.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from decimal import Decimal

    from bot.clock import Clock
    from bot.sandbox.kling.account import Account
    from bot.sandbox.kling.counters import Counters
    from bot.sandbox.kling.faults import FaultBook
    from bot.sandbox.kling.ids import VendorIds
    from bot.sandbox.kling.models import Product
    from bot.sandbox.kling.production import Production, Work
    from bot.sandbox.kling.settings import LiveSettings, Span
    from bot.sandbox.kling.tasks import TaskBook


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
    ) -> None:
        self._clock = clock
        self._ids = ids
        self._settings = settings
        self._tasks = tasks
        self._account = account
        self._production = production
        self._faults = faults
        self._counters = counters

    async def accept(self, application: Application, prepare: Callable[[], Awaitable[Prepared]]) -> Task:
        """Make a task and start it, or raise `VendorError` and leave nothing behind.

        `prepare` fetches and checks the files; it comes last, with the slots taken already.
        """
        self._tasks.reserve(application.external_task_id)
        try:
            self._check_words(application.prompt)
            self._account.check_balance(application.price)
            self._account.take_slots(application.model_name, application.slots)
            try:
                prepared = await prepare()
                self._account.check_balance(prepared.price)
            except BaseException:
                self._account.free_slots(application.model_name, application.slots)
                raise
            task = self._record(application, prepared.price)
        finally:
            self._tasks.release(application.external_task_id)
        self._production.start(task, prepared.work, processing=application.processing, slots=application.slots)
        return task

    def _check_words(self, prompt: str) -> None:
        folded = prompt.casefold()
        if any(word.casefold() in folded for word in self._settings.current.refused_words):
            raise VendorError(1301)

    def _record(self, application: Application, price: Decimal) -> Task:
        now = self._clock.now()
        task = Task(
            task_id=self._ids.number(),
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
        task.faults = tuple(self._faults.tasks(task.subject))
        for _ in task.faults:
            self._counters.count("faults")
        self._account.promise(price)
        self._tasks.add(task)
        self._counters.count("tasks_made")
        return task
