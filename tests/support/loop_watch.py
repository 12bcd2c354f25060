"""How long the event loop was kept busy by one step: the time in which nobody else is answered."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class LoopWatch:
    """The longest steps so far, in milliseconds of this thread's own processor time, with what they did."""

    steps: int = 0
    longest: float = 0.0
    slow: list[tuple[float, str]] = field(default_factory=list)


@contextmanager
def watch_loop(*, slow: float = 20.0) -> Iterator[LoopWatch]:
    """Measure every step of every loop of this process while the block runs; steps over `slow` ms are written down.

    Processor time is what a step itself takes: other programs on the machine do not count.
    """
    watch = LoopWatch()
    run = asyncio.Handle._run

    def measured(handle: asyncio.Handle) -> Any:
        begun = time.thread_time()
        try:
            return run(handle)
        finally:
            taken = (time.thread_time() - begun) * 1000
            watch.steps += 1
            watch.longest = max(watch.longest, taken)
            if taken > slow:
                watch.slow.append((taken, _name(handle)))

    asyncio.Handle._run = measured  # type: ignore[assignment,method-assign]  # asyncio offers no other way
    try:
        yield watch
    finally:
        asyncio.Handle._run = run  # type: ignore[method-assign]


def _name(handle: asyncio.Handle) -> str:
    """Say what a step belonged to: the task, or the callback."""
    task = getattr(getattr(handle, "_callback", None), "__self__", None)
    return repr(task.get_coro()) if isinstance(task, asyncio.Task) else repr(handle)
