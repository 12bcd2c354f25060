"""`soundstage generate` as a process that is stopped while a clip is being made, and what the next one does."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import FAILURE

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

LIMIT_SECONDS = 60.0


async def start(directory: Path, *options: str) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "bot", "generate", "--local", "--out", "out", "--mode", "std", *options]
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*command, cwd=directory, stdout=pipe, stderr=pipe)


async def stopped_while_it_makes(directory: Path, how: signal.Signals) -> tuple[int | None, str]:
    """Order a clip, stop the process once the clip is being made, and return its code and what it said at the end."""
    process = await start(directory, "--prompt", "Rain on a tin roof")
    assert process.stderr is not None
    async with asyncio.timeout(LIMIT_SECONDS):
        while b"being made" not in (line := await process.stderr.readline()):
            assert line, "it ended before it made anything"
        process.send_signal(how)
        _, told = await process.communicate()
    return process.returncode, told.decode()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
async def test_whoever_stops_it_hears_that_the_clip_stays_ordered(tmp_path: Path, how: signal.Signals) -> None:
    code, told = await stopped_while_it_makes(tmp_path, how)
    assert code == FAILURE
    said = [line for line in told.splitlines() if line]
    assert said[-2:] == ["1 clip stays ordered. The next command carries on.", "Stopped."]
