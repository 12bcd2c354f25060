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
from collections import deque
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
_READ_BYTES = 64 * 1024
_TAIL_CHUNKS = 2


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
    process = await asyncio.create_subprocess_exec(
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
            output, errors = await _collect(process, limits.output_bytes)
            code = await process.wait()
    except TimeoutError:
        await _kill(process)
        raise ChildStopped(Sentence("media.child-slow")) from None
    except BaseException:
        await _kill(process)
        raise
    return Finished(code, output, errors)


async def _collect(process: asyncio.subprocess.Process, most_bytes: int) -> tuple[bytes, str]:
    if process.stdout is None or process.stderr is None:
        raise AssertionError("the child was started without pipes")
    errors = asyncio.create_task(_tail(process.stderr))
    try:
        output = await _read_capped(process.stdout, most_bytes)
        return output, await errors
    finally:
        errors.cancel()


async def _read_capped(stream: asyncio.StreamReader, most_bytes: int) -> bytes:
    output = bytearray()
    while chunk := await stream.read(_READ_BYTES):
        output += chunk
        if len(output) > most_bytes:
            raise ChildStopped(Sentence("media.child-loud"))
    return bytes(output)


async def _tail(stream: asyncio.StreamReader) -> str:
    chunks: deque[bytes] = deque(maxlen=_TAIL_CHUNKS)
    while chunk := await stream.read(_READ_BYTES // 16):
        chunks.append(chunk)
    return b"".join(chunks).decode("utf-8", "replace")


async def _kill(process: asyncio.subprocess.Process) -> None:
    """Kill the whole process group, of which the first process may have ended already, and wait for that one."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
