"""Run a program on untrusted input with limits on memory, time, files and what it may know.

Every media tool runs through `run`: an argument list (never a shell), an empty environment, no standard input,
resource limits, a wall-clock limit, and death of the whole process group on timeout or cancellation.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import MediaError
from bot.texts import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

MEBIBYTE = 1 << 20
GIBIBYTE = 1 << 30

_CHILDREN = Path(__file__).with_name("children")
_STANDARD_OUTPUT, _STANDARD_ERROR = 1, 2
_TAIL_BYTES = 8 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use. `written_bytes` bounds every file it writes, `output_bytes` what it prints."""

    memory_bytes: int = GIBIBYTE
    cpu_seconds: int = 5
    wall_seconds: float = 15
    written_bytes: int = 0
    output_bytes: int = MEBIBYTE
    open_files: int = 16
    nice: int = 10

    def writing(self, most_bytes: int) -> Limits:
        """Return the same limits with another cap on written files."""
        return replace(self, written_bytes=most_bytes)


@dataclass(frozen=True, slots=True)
class Finished:
    """How a child ended: exit code (negative: the signal that killed it), output, end of its error text."""

    code: int
    output: bytes
    errors: str


class ChildStopped(MediaError):
    """A child was stopped because it took too long or printed too much."""


def child_program(name: str) -> list[str]:
    """Return the argument list that starts one of our own child programs under the same interpreter."""
    return [sys.executable, "-I", "-X", "utf8", str(_CHILDREN / f"{name}.py")]


async def run(argv: Sequence[str], limits: Limits) -> Finished:
    """Run `argv` (its first element an absolute path) within `limits` and wait for its end.

    Raises `ChildStopped` when the wall clock or the output limit is reached. A child that hits a resource limit
    ends by itself and is reported by its exit code. When the caller is cancelled the whole group is killed.
    """
    specification = json.dumps(
        {
            "nice": limits.nice,
            "resources": {
                "AS": limits.memory_bytes,
                "CPU": limits.cpu_seconds,
                "FSIZE": limits.written_bytes,
                "NOFILE": limits.open_files,
                "CORE": 0,
            },
        }
    )
    loop = asyncio.get_running_loop()
    transport, child = await loop.subprocess_exec(
        lambda: _Child(limits.output_bytes),
        sys.executable,
        "-I",
        "-S",
        str(_CHILDREN / "launch.py"),
        specification,
        *argv,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={},
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(limits.wall_seconds):
            await child.over
    except TimeoutError:
        raise ChildStopped(Sentence("media.child-slow")) from None
    finally:
        if not child.gone.is_set():
            _kill(transport)
            await child.gone.wait()
        transport.close()
    code = transport.get_returncode()
    if code is None:
        raise AssertionError("a child that is gone has an exit code")
    return Finished(code, bytes(child.output), child.errors.decode("utf-8", "replace"))


class _Child(asyncio.SubprocessProtocol):
    """Keeps what a child prints: its output up to a cap, of its error text the end.

    A protocol and not asyncio's streams: these stop reading when nobody takes what they hold, and the end of a child
    is told only once its pipes are closed, so that waiting for one that was stopped could last for ever.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self.output = bytearray()
        self.errors = b""
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when the child has ended, or with `ChildStopped` when it has printed too much."""
        self.gone = asyncio.Event()
        """Set when the child has ended and its pipes are closed."""

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd == _STANDARD_ERROR:
            self.errors = (self.errors + data)[-_TAIL_BYTES:]
        elif not self.over.done():
            self.output += data
            if len(self.output) > self._most_bytes:
                self.over.set_exception(ChildStopped(Sentence("media.child-loud")))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the exit code says how it ended
        self.gone.set()
        if not self.over.done():
            self.over.set_result(None)


def _kill(transport: asyncio.SubprocessTransport) -> None:
    """Kill the whole process group, of which the first process may have ended already, and close its pipes.

    Whoever has left the group may hold the other ends open for as long as it likes.
    """
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(transport.get_pid(), signal.SIGKILL)
    for descriptor in (_STANDARD_OUTPUT, _STANDARD_ERROR):
        pipe = transport.get_pipe_transport(descriptor)
        if pipe is not None:
            pipe.close()
