"""Parts of a benchmark that run in processes of their own, and what a process costs."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).parents[2]
_LONGEST_LINE = 1024 * 1024


@asynccontextmanager
async def server(module: str, *arguments: object) -> AsyncIterator[dict[str, Any]]:
    """Run a module that prints one line of JSON when it is ready; give that line, and end the process at the end."""
    process = await _start(module, *arguments)
    try:
        yield await _line(process, module)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def result(module: str, *arguments: object) -> dict[str, Any]:
    """Run a module that prints one line of JSON as its result, wait for its end, and return that line."""
    process = await _start(module, *arguments)
    line = await _line(process, module)
    if await process.wait() != 0:
        raise SystemExit(f"{module} failed")
    return line


def memory_megabytes() -> float:
    """Return how much memory this process has now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


def peak_megabytes() -> float:
    """Return the most memory that this process has had; `ru_maxrss` would begin with that of its parent."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    [peak] = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(peak) / 1024


async def _start(module: str, *arguments: object) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *(str(argument) for argument in arguments),
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        limit=_LONGEST_LINE,
    )


async def _line(process: asyncio.subprocess.Process, module: str) -> dict[str, Any]:
    assert process.stdout is not None
    line = await process.stdout.readline()
    if not line:
        raise SystemExit(f"{module} ended before it said anything")
    content: dict[str, Any] = json.loads(line)
    return content
