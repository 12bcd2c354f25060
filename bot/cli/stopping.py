"""Stopping on request: Ctrl-C and SIGTERM end a command in an orderly way."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator


async def run_until_stopped(work: Coroutine[None, None, None]) -> None:
    """Run until the work ends by itself, or cancel it at the first SIGINT or SIGTERM and let it tidy up.

    A second signal ends the process at once, as it would without this.
    """
    loop = asyncio.get_running_loop()
    task = loop.create_task(work)
    signals = (signal.SIGINT, signal.SIGTERM)
    asked = False

    def stop() -> None:
        nonlocal asked
        asked = True
        for number in signals:
            loop.remove_signal_handler(number)
        task.cancel()

    with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers; Ctrl-C cancels there by itself
        for number in signals:
            loop.add_signal_handler(number, stop)
    try:
        await task
    except asyncio.CancelledError:
        if not asked:
            raise
    finally:
        with contextlib.suppress(NotImplementedError):
            for number in signals:
                loop.remove_signal_handler(number)


@contextlib.contextmanager
def terminated_like_interrupted() -> Iterator[None]:
    """Let SIGTERM do what Ctrl-C does while the block runs.

    A command that a script starts in the background begins with Ctrl-C ignored, and could be stopped by neither.
    """
    interrupted = signal.getsignal(signal.SIGINT)
    if interrupted is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    previous = signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)
        signal.signal(signal.SIGINT, interrupted)


@contextlib.contextmanager
def interruptible_question() -> Iterator[None]:
    """Let Ctrl-C end a question that the event loop waits for; its own handler would act only after the answer."""
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
