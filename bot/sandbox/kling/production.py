"""The life of a task: waiting, processing while its result is made, and its end."""

from __future__ import annotations

import asyncio
import logging
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from bot.sandbox.kling.faults import TaskAction
from bot.sandbox.kling.tasks import Status

if TYPE_CHECKING:
    from bot.sandbox.kling.callbacks import CallbackSender
    from bot.sandbox.kling.settings import Span
    from bot.sandbox.kling.state import State
    from bot.sandbox.kling.tasks import Task

_LOG = logging.getLogger(__name__)
_RISK_CONTROL = "Failure to pass the risk control system"


class Work(Protocol):
    """Makes the result of one task."""

    async def __call__(self, task: Task, /) -> dict[str, Any]:
        """Return `task_result`; any exception fails the task."""
        ...


class Production:
    """Drives every task through its stages, each in a coroutine of its own."""

    def __init__(self, state: State, callbacks: CallbackSender, *, workers: int) -> None:
        self._state = state
        self._callbacks = callbacks
        self._workers = asyncio.Semaphore(workers)
        self._running: set[asyncio.Task[None]] = set()

    def start(self, task: Task, work: Work, *, processing: Span, slots: int) -> None:
        """Let a task begin its life; `slots` are given back at its end."""
        settings = self._state.settings.current
        waiting = settings.fixed_submitted
        if waiting is None:
            waiting = settings.submitted.draw(self._state.random)
        span = settings.fixed_processing
        if span is None:
            span = processing.draw(self._state.random)
        pace = task.fault(TaskAction.PACE)
        processing_seconds = pace.seconds if pace else span / settings.speed
        life = asyncio.create_task(self._live(task, work, waiting / settings.speed, processing_seconds, slots))
        self._running.add(life)
        life.add_done_callback(self._running.discard)

    async def stop(self) -> None:
        """End every life where it stands."""
        for life in self._running:
            life.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _live(self, task: Task, work: Work, waiting: float, processing: float, slots: int) -> None:
        try:
            if self._state.settings.current.callback_on_submitted:
                self._callbacks.announce(task)
            message = await self._stage(task, waiting)
            if message is None:
                await self._move(task, Status.PROCESSING)
                message = await self._produce(task, work, processing)
            charge = task.price if message is None else Decimal(0)
            self._state.account.settle(task, charge)
        finally:
            self._state.account.free_slots(task.model_name, slots)
        task.message = message or ""
        await self._move(task, Status.SUCCEED if message is None else Status.FAILED)

    async def _produce(self, task: Task, work: Work, seconds: float) -> str | None:
        making = asyncio.create_task(self._make(task, work))
        try:
            message = await self._stage(task, seconds)
            if message is not None:
                return message
            result = await making
        finally:
            making.cancel()
            await asyncio.wait([making])
        if isinstance(result, str):
            return result
        task.result = result
        return None

    async def _make(self, task: Task, work: Work) -> dict[str, Any] | str:
        """Return the result of the work, or the message of its failure."""
        async with self._workers:
            try:
                return await work(task)
            except Exception as error:  # noqa: BLE001 - whatever a renderer raises fails its task, not the vendor
                _LOG.exception("the stand-in could not make a clip", extra={"task_id": task.task_id})
                return f"The stand-in could not make the clip: {error}"

    async def _stage(self, task: Task, seconds: float) -> str | None:
        """Let a stage pass; return the message if the task fails in it."""
        stuck = task.fault(TaskAction.STICK)
        forever = stuck is not None and stuck.stage == task.status
        if forever:
            await task.hurry.wait()
        else:
            await self._state.clock.wait(task.hurry, seconds)
        failing = task.fault(TaskAction.FAIL)
        if failing is not None and failing.stage == task.status:
            return failing.message
        if task.status == Status.PROCESSING and _has_word(task.prompt, self._state.settings.current.failed_words):
            return _RISK_CONTROL
        return None

    async def _move(self, task: Task, status: Status) -> None:
        task.status = status
        task.updated_at = self._state.clock.now()
        self._callbacks.announce(task)
        await self._state.tasks.announce()


def _has_word(prompt: str, words: tuple[str, ...]) -> bool:
    folded = prompt.casefold()
    return any(word.casefold() in folded for word in words)
