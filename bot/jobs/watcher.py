"""The watcher: asks the vendor about all running tasks together, as seldom as it can.

A task is first asked about when it could plausibly be ready, then at intervals that grow with its age. Whatever is due
at about the same time is asked in one go; the provider answers that with a list call for many tasks and single calls
for those a list does not show. What the list says about tasks that are not due yet is welcome too. A callback wakes one
task, which is then asked about singly and at once, because a callback may lie, and a list may be slow.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.providers.base import Advice, ProviderFailure, TaskState

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping, Sequence

    from bot.clock import Clock
    from bot.providers.base import CallbackHint, Provider, TaskObservation, TaskReference

_log = logging.getLogger(__name__)

_TERMINAL: Final = frozenset({TaskState.SUCCEEDED, TaskState.FAILED})
_AGE_SHARE: Final = 0.06
_OPERATOR_PAUSE: Final = 12
_UNCLAIMED_HINTS: Final = 100


@dataclass(frozen=True, slots=True)
class WatchPolicy:
    """All in seconds of the clock in use.

    `shortest` and `longest` bound the interval between two questions about one task, `lost_after` is how long the
    vendor may not know a task before it is given up, `give_up_after` the longest a task may take at all, `patience`
    how long a vendor that answers no question is borne with, `call_limit` the longest one question may take.
    """

    shortest: float = 5.0
    longest: float = 30.0
    lost_after: float = 180.0
    give_up_after: float = 3600.0
    patience: float = 6 * 3600.0
    call_limit: float = 60.0


class TaskLost(Exception):  # control flow between watcher and driver, never shown
    """The vendor has not known the task for so long that it does not exist."""


class TaskOverdue(Exception):  # control flow between watcher and driver, never shown
    """The task has taken longer than any task may."""


class VendorSilent(Exception):  # control flow between watcher and driver, never shown
    """No question about the task was answered for so long that it is given up."""


@dataclass(slots=True)
class _Watch:
    reference: TaskReference
    answer: asyncio.Future[TaskObservation]
    started: float
    earliest: float
    due: float
    seen: float
    heard: float
    woken: bool = False


@dataclass(slots=True)
class Watcher:
    """Watches the tasks of one provider. `run()` does the asking, `wait()` is where a driver waits for its task."""

    provider: Provider
    clock: Clock
    policy: WatchPolicy
    _watches: dict[str, _Watch] = field(default_factory=dict)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _unclaimed: deque[CallbackHint] = field(default_factory=lambda: deque(maxlen=_UNCLAIMED_HINTS))
    _called: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def watched(self) -> int:
        """How many tasks are being watched."""
        return len(self._watches)

    async def wait(self, reference: TaskReference, *, age: float, earliest: float) -> TaskObservation:
        """Wait until a task has succeeded or failed and return what the vendor said.

        `age` is how many seconds ago it was submitted, `earliest` after how many seconds it can be ready at the
        earliest. Raises `TaskLost`, `TaskOverdue` or `VendorSilent`.
        """
        now = self.clock.monotonic()
        watch = _Watch(
            reference=reference,
            answer=asyncio.get_running_loop().create_future(),
            started=now - age,
            earliest=now - age + earliest,
            due=now + max(0.0, earliest - age),
            seen=now,
            heard=now,
        )
        early = [hint for hint in self._unclaimed if _names(hint, reference)]
        for hint in early:
            self._unclaimed.remove(hint)
        self._watches[reference.client_key] = watch
        if early:
            watch.woken = True
            self._called.set()
        self._changed.set()
        try:
            return await watch.answer
        finally:
            self._watches.pop(reference.client_key, None)

    def wake(self, hint: CallbackHint) -> bool:
        """Ask about one task at once, because a callback named it; say whether it is watched.

        A hint may come before its task is watched, since the vendor is quicker than our own disk: the newest that
        nobody claimed are remembered.
        """
        for watch in self._watches.values():
            if _names(hint, watch.reference):
                watch.woken = True
                self._called.set()
                return True
        self._unclaimed.append(hint)
        return False

    async def run(self) -> None:
        """Ask until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._ask_in_time())
            group.create_task(self._ask_when_called())

    async def _ask_in_time(self) -> None:
        while True:
            self._changed.clear()
            due = min((watch.due for watch in self._watches.values()), default=None)
            now = self.clock.monotonic()
            if due is None:
                await self._changed.wait()
            elif due > now:
                await self.clock.wait(self._changed, due - now)
            else:
                await self._ask_together(now + self.policy.shortest)

    async def _ask_when_called(self) -> None:
        while True:
            await self._called.wait()
            self._called.clear()
            woken = [watch for watch in self._watches.values() if watch.woken]
            for watch in woken:
                watch.woken = False
            await self._ask(woken, self._find(woken))

    async def _ask_together(self, horizon: float) -> None:
        """Ask about all tasks that are due until `horizon`, and hear what there is to hear about the others."""
        due = [watch for watch in self._watches.values() if watch.due <= horizon]
        others = [watch for watch in self._watches.values() if watch.due > horizon]
        question = self.provider.observe(
            [watch.reference for watch in due],
            along=[watch.reference for watch in others],
        )
        await self._ask(due, question, along=others)

    async def _find(self, watches: Sequence[_Watch]) -> dict[str, TaskObservation]:
        found = await asyncio.gather(*(self.provider.find(watch.reference) for watch in watches))
        return {answer.reference.client_key: answer for answer in found if answer is not None}

    async def _ask(
        self,
        watches: Sequence[_Watch],
        question: Awaitable[Mapping[str, TaskObservation]],
        *,
        along: Sequence[_Watch] = (),
    ) -> None:
        try:
            async with asyncio.timeout(self.policy.call_limit):
                answers = await question
        except Exception as failure:  # noqa: BLE001 - whatever it is, the tasks must be asked about again
            self._postpone(watches, failure)
            return
        now = self.clock.monotonic()
        for watch in watches:
            self._settle(watch, answers.get(watch.reference.client_key), now)
        for watch in along:
            answer = answers.get(watch.reference.client_key)
            if answer is not None:
                self._settle(watch, answer, now)

    def _settle(self, watch: _Watch, answer: TaskObservation | None, now: float) -> None:
        if answer is not None and answer.state is TaskState.NOT_ASKED:
            self._put_off(watch, now, self.policy.shortest)
            return
        watch.heard = now
        if answer is not None:
            watch.seen = now
        age = now - watch.started
        if answer is not None and answer.state in _TERMINAL:
            self._end(watch, answer)
        elif now - watch.seen >= self.policy.lost_after:
            self._end(watch, TaskLost())
        elif answer is not None and age >= self.policy.give_up_after:
            self._end(watch, TaskOverdue())
        else:
            interval = min(self.policy.longest, max(self.policy.shortest, age * _AGE_SHARE))
            watch.due = max(watch.earliest, now + interval)

    def _end(self, watch: _Watch, outcome: TaskObservation | Exception) -> None:
        self._watches.pop(watch.reference.client_key, None)
        if watch.answer.done():
            return
        if isinstance(outcome, Exception):
            watch.answer.set_exception(outcome)
        else:
            watch.answer.set_result(outcome)

    def _postpone(self, watches: Sequence[_Watch], failure: Exception) -> None:
        pause = self._pause_after(failure)
        _log.warning("could not ask about %d tasks, next try in %.1f s: %s", len(watches), pause, failure)
        now = self.clock.monotonic()
        for watch in watches:
            self._put_off(watch, now, pause)

    def _put_off(self, watch: _Watch, now: float, pause: float) -> None:
        """Ask about a task later, since nothing was heard of it now; that it is lost cannot be concluded."""
        watch.due = now + pause
        watch.seen = now
        if now - watch.heard >= self.policy.patience:
            self._end(watch, VendorSilent())

    def _pause_after(self, failure: Exception) -> float:
        if not isinstance(failure, ProviderFailure):
            if not isinstance(failure, TimeoutError):
                _log.error("asking about running tasks failed", exc_info=failure)
            return self.policy.longest
        if failure.advice is Advice.TELL_OPERATOR:
            _log.error("the vendor refuses to answer questions about running tasks: %s", failure)
            return self.policy.longest * _OPERATOR_PAUSE
        if failure.retry_after is not None:
            return max(self.policy.shortest, failure.retry_after)
        return self.policy.longest


def _names(hint: CallbackHint, reference: TaskReference) -> bool:
    return hint.client_key == reference.client_key or (hint.task_id is not None and hint.task_id == reference.task_id)
