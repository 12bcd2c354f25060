from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from bot.jobs.request import InputKind
from bot.jobs.watcher import TaskLost, TaskOverdue, VendorSilent, Watcher, WatchPolicy
from bot.providers.base import Advice, CallbackHint, ProviderFailure, TaskObservation, TaskReference, TaskState
from tests.support.clock import ManualClock, settle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

POLICY = WatchPolicy(shortest=5, longest=30, lost_after=60, give_up_after=600, patience=900)


class ScriptedVendor:
    """Knows the tasks it is told about and counts the questions."""

    name = "kling"

    def __init__(self) -> None:
        self.states: dict[str, TaskState] = {}
        self.failure: Exception | None = None
        self.observed: list[list[str]] = []
        self.found: list[str] = []
        self.shown: set[str] = set()
        self.unblocked = asyncio.Event()
        self.unblocked.set()

    async def find(self, reference: TaskReference) -> TaskObservation | None:
        self.found.append(reference.client_key)
        return self._answer(reference)

    async def observe(
        self, references: Sequence[TaskReference], *, along: Sequence[TaskReference] = ()
    ) -> Mapping[str, TaskObservation]:
        self.observed.append([reference.client_key for reference in references])
        if self.failure:
            raise self.failure
        await self.unblocked.wait()
        shown = [reference for reference in along if reference.client_key in self.shown]
        answers = [self._answer(reference) for reference in (*references, *shown)]
        return {answer.reference.client_key: answer for answer in answers if answer}

    def _answer(self, reference: TaskReference) -> TaskObservation | None:
        state = self.states.get(reference.client_key)
        return None if state is None else TaskObservation(reference=reference, state=state)


class Bench:
    """A watcher at work on a clock that stands still."""

    def __init__(self) -> None:
        self.vendor = ScriptedVendor()
        self.clock = ManualClock()
        self.watcher = Watcher(provider=self.vendor, clock=self.clock, policy=POLICY)  # type: ignore[arg-type]

    def watch(self, key: str, *, age: float = 0, earliest: float = 20) -> asyncio.Task[TaskObservation]:
        self.vendor.states.setdefault(key, TaskState.RUNNING)
        reference = TaskReference(input=InputKind.TEXT, client_key=key, task_id=f"task-{key}")
        return asyncio.create_task(self.watcher.wait(reference, age=age, earliest=earliest))


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    bench = Bench()
    running = asyncio.create_task(bench.watcher.run())
    yield bench
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_nothing_is_asked_before_a_clip_can_be_ready(bench: Bench) -> None:
    waiting = bench.watch("a", earliest=20)
    await bench.clock.advance(19)
    assert bench.vendor.observed == []
    bench.vendor.states["a"] = TaskState.SUCCEEDED
    await bench.clock.advance(1)
    assert (await waiting).state is TaskState.SUCCEEDED
    assert bench.vendor.observed == [["a"]]
    assert bench.watcher.watched == 0


async def test_tasks_that_are_due_at_about_the_same_time_are_asked_in_one_go(bench: Bench) -> None:
    waiting = [bench.watch(f"{number}", earliest=20 + number) for number in range(5)]
    await bench.clock.advance(20)
    assert bench.vendor.observed == [["0", "1", "2", "3", "4"]]
    for task in waiting:
        task.cancel()


async def test_the_questions_become_rarer_with_age(bench: Bench) -> None:
    waiting = bench.watch("a", earliest=20)
    await bench.clock.advance(300)
    young = len(bench.vendor.observed)
    await bench.clock.advance(250)
    assert young > len(bench.vendor.observed) - young > 5
    waiting.cancel()


async def test_a_task_taken_up_after_a_restart_is_asked_about_at_once(bench: Bench) -> None:
    bench.vendor.states["a"] = TaskState.FAILED
    waiting = bench.watch("a", age=90, earliest=20)
    await settle()
    assert (await waiting).state is TaskState.FAILED


async def test_a_callback_is_only_a_reason_to_ask(bench: Bench) -> None:
    waiting = bench.watch("a", earliest=100)
    await settle()
    assert bench.watcher.wake(CallbackHint(client_key=None, task_id="task-a"))
    await settle()
    assert not waiting.done()
    bench.vendor.states["a"] = TaskState.SUCCEEDED
    assert bench.watcher.wake(CallbackHint(client_key="a", task_id=None))
    assert (await waiting).state is TaskState.SUCCEEDED
    assert bench.vendor.found == ["a", "a"]
    assert bench.vendor.observed == []


async def test_a_callback_does_not_wait_for_a_slow_list(bench: Bench) -> None:
    slow, called = bench.watch("slow", earliest=20), bench.watch("called", earliest=100)
    bench.vendor.unblocked.clear()
    await bench.clock.advance(20)
    assert bench.vendor.observed == [["slow"]]
    bench.vendor.states["called"] = TaskState.SUCCEEDED
    assert bench.watcher.wake(CallbackHint(client_key="called", task_id=None))
    assert (await called).state is TaskState.SUCCEEDED
    assert not slow.done()
    slow.cancel()


async def test_what_is_heard_about_a_task_that_is_not_due_counts(bench: Bench) -> None:
    due, early = bench.watch("due", earliest=20), bench.watch("early", earliest=100)
    bench.vendor.shown.add("early")
    bench.vendor.states["early"] = TaskState.SUCCEEDED
    await bench.clock.advance(20)
    assert (await early).state is TaskState.SUCCEEDED
    assert not due.done()
    due.cancel()


async def test_what_is_not_heard_about_a_task_that_is_not_due_means_nothing(bench: Bench) -> None:
    due, quiet = bench.watch("due", earliest=20), bench.watch("quiet", earliest=300)
    bench.vendor.states.pop("quiet", None)
    await bench.clock.advance(200)
    assert not quiet.done()
    assert all("quiet" not in question for question in bench.vendor.observed)
    due.cancel()
    quiet.cancel()


async def test_hearing_that_a_task_still_runs_does_not_bring_its_first_question_forward(bench: Bench) -> None:
    due, later = bench.watch("due", earliest=20), bench.watch("later", earliest=100)
    bench.vendor.shown.add("later")
    await bench.clock.advance(60)
    assert all("later" not in question for question in bench.vendor.observed)
    due.cancel()
    later.cancel()


async def test_a_callback_for_somebody_else_is_ignored(bench: Bench) -> None:
    waiting = bench.watch("a", earliest=100)
    await settle()
    assert not bench.watcher.wake(CallbackHint(client_key="b", task_id="task-b"))
    await settle()
    assert bench.vendor.found == []
    waiting.cancel()


async def test_an_unknown_state_means_asking_again(bench: Bench) -> None:
    bench.vendor.states["a"] = TaskState.UNKNOWN
    waiting = bench.watch("a", earliest=20)
    await bench.clock.advance(100)
    assert not waiting.done()
    bench.vendor.states["a"] = TaskState.SUCCEEDED
    await bench.clock.advance(30)
    assert (await waiting).state is TaskState.SUCCEEDED


async def test_a_task_is_lost_only_after_the_vendor_has_not_known_it_for_long(bench: Bench) -> None:
    waiting = bench.watch("a", earliest=20)
    del bench.vendor.states["a"]
    await bench.clock.advance(55)
    assert not waiting.done()
    await bench.clock.advance(20)
    with pytest.raises(TaskLost):
        await waiting


async def test_an_outage_of_the_vendor_loses_no_task(bench: Bench) -> None:
    bench.vendor.failure = ProviderFailure("down", advice=Advice.RETRY)
    waiting = bench.watch("a", earliest=20)
    await bench.clock.advance(300)
    assert not waiting.done()
    bench.vendor.failure = None
    bench.vendor.states["a"] = TaskState.SUCCEEDED
    await bench.clock.advance(30)
    assert (await waiting).state is TaskState.SUCCEEDED


async def test_a_refused_account_does_not_end_running_tasks(bench: Bench) -> None:
    bench.vendor.failure = ProviderFailure("no", advice=Advice.TELL_OPERATOR)
    waiting = bench.watch("a", earliest=20)
    await bench.clock.advance(200)
    assert not waiting.done()
    assert len(bench.vendor.observed) == 1
    waiting.cancel()


async def test_a_task_that_never_ends_is_given_up(bench: Bench) -> None:
    waiting = bench.watch("a", earliest=20)
    await bench.clock.advance(599)
    assert not waiting.done()
    await bench.clock.advance(31)
    with pytest.raises(TaskOverdue):
        await waiting


async def test_a_driver_that_lets_go_is_forgotten(bench: Bench) -> None:
    waiting = bench.watch("a", earliest=20)
    await settle()
    waiting.cancel()
    await settle()
    assert bench.watcher.watched == 0
    await bench.clock.advance(100)
    assert bench.vendor.observed == []


async def test_a_callback_that_comes_before_its_task_is_watched_is_not_lost(bench: Bench) -> None:
    bench.vendor.states["a"] = TaskState.SUCCEEDED
    assert not bench.watcher.wake(CallbackHint(client_key="a", task_id=None))
    waiting = bench.watch("a", earliest=100)
    await settle()
    assert (await waiting).state is TaskState.SUCCEEDED
    again = bench.watch("a", earliest=100)
    await settle()
    assert not again.done()
    again.cancel()


async def test_callbacks_that_nobody_claims_do_not_pile_up(bench: Bench) -> None:
    for number in range(1000):
        bench.watcher.wake(CallbackHint(client_key=f"stranger-{number}", task_id=None))
    assert len(bench.watcher._unclaimed) == 100


async def test_a_callback_does_not_begin_the_asking_before_a_clip_can_be_ready(bench: Bench) -> None:
    waiting = [bench.watch("a", earliest=60), bench.watch("b", earliest=10)]
    await bench.clock.advance(5)
    bench.watcher.wake(CallbackHint(client_key="a", task_id=None))
    await bench.clock.advance(45)
    assert bench.vendor.found == ["a"]
    assert {key for keys in bench.vendor.observed for key in keys} == {"b"}
    for task in waiting:
        task.cancel()


async def test_a_vendor_that_allows_asking_again_at_once_is_still_asked_seldom(bench: Bench) -> None:
    bench.vendor.failure = ProviderFailure("slow down", advice=Advice.RETRY, retry_after=0)
    waiting = bench.watch("a", earliest=20)
    await bench.clock.advance(120)
    assert len(bench.vendor.observed) == 21
    waiting.cancel()


async def test_a_fault_of_our_own_does_not_end_the_asking(bench: Bench) -> None:
    bench.vendor.failure = KeyError("a fault in the program")
    waiting = bench.watch("a", earliest=20)
    await bench.clock.advance(100)
    bench.vendor.failure = None
    bench.vendor.states["a"] = TaskState.SUCCEEDED
    await bench.clock.advance(30)
    assert (await waiting).state is TaskState.SUCCEEDED


async def test_silence_is_borne_for_as_long_as_patience_lasts(bench: Bench) -> None:
    bench.vendor.failure = ProviderFailure("down", advice=Advice.RETRY)
    waiting = bench.watch("a", earliest=20)
    await bench.clock.advance(890)
    assert not waiting.done()
    await bench.clock.advance(60)
    with pytest.raises(VendorSilent):
        await waiting


async def test_an_old_task_is_given_up_only_after_the_vendor_was_heard(bench: Bench) -> None:
    bench.vendor.failure = ProviderFailure("down", advice=Advice.RETRY)
    waiting = bench.watch("a", age=5000, earliest=20)
    await bench.clock.advance(100)
    assert not waiting.done()
    bench.vendor.failure = None
    bench.vendor.states["a"] = TaskState.SUCCEEDED
    await bench.clock.advance(30)
    assert (await waiting).state is TaskState.SUCCEEDED


async def test_a_task_that_was_not_asked_about_is_asked_about_later(bench: Bench) -> None:
    bench.vendor.states["a"] = TaskState.NOT_ASKED
    waiting = bench.watch("a", age=700, earliest=20)
    await bench.clock.advance(100)
    assert not waiting.done(), "nobody knows yet whether it is overdue"
    bench.vendor.states["a"] = TaskState.SUCCEEDED
    await bench.clock.advance(30)
    assert (await waiting).state is TaskState.SUCCEEDED


async def test_never_getting_to_ask_about_a_task_is_silence(bench: Bench) -> None:
    bench.vendor.states["a"] = TaskState.NOT_ASKED
    waiting = bench.watch("a", earliest=20)
    await bench.clock.advance(1000)
    with pytest.raises(VendorSilent):
        await waiting


async def test_an_old_task_that_the_vendor_does_not_know_is_lost_and_not_late(bench: Bench) -> None:
    waiting = bench.watch("a", age=700, earliest=20)
    del bench.vendor.states["a"]
    await bench.clock.advance(30)
    assert not waiting.done()
    await bench.clock.advance(60)
    with pytest.raises(TaskLost):
        await waiting
