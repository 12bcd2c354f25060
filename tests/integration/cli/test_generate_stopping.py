"""`soundstage generate` as a process that is stopped while a clip is being made, and what the next one does."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import FAILURE, SUCCESS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

LIMIT_SECONDS = 60.0


#: A shell that becomes a command which ignores Ctrl-C, as one does that a script starts in the background.
IN_BACKGROUND = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")


async def start(directory: Path, *options: str, by: tuple[str, ...] = ()) -> asyncio.subprocess.Process:
    command = [*by, sys.executable, "-m", "bot", "generate", "--local", "--out", "out", "--mode", "std", *options]
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*command, cwd=directory, stdout=pipe, stderr=pipe)


async def stopped_while_it_makes(
    directory: Path, how: signal.Signals, *, by: tuple[str, ...] = ()
) -> tuple[int | None, str]:
    """Order a clip, stop the process once the clip is being made, and return its code and what it said at the end."""
    process = await start(directory, "--prompt", "Rain on a tin roof", by=by)
    assert process.stderr is not None
    async with asyncio.timeout(LIMIT_SECONDS):
        while b"being made" not in (line := await process.stderr.readline()):
            assert line, "it ended before it made anything"
        process.send_signal(how)
        _, told = await process.communicate()
    return process.returncode, told.decode()


@pytest.mark.parametrize(("how", "by"), [(signal.SIGINT, ()), (signal.SIGTERM, ()), (signal.SIGTERM, IN_BACKGROUND)])
async def test_whoever_stops_it_hears_what_becomes_of_the_clip(
    tmp_path: Path, how: signal.Signals, by: tuple[str, ...]
) -> None:
    code, told = await stopped_while_it_makes(tmp_path, how, by=by)
    assert code == FAILURE
    said = [line for line in told.splitlines() if line]
    assert said[-2:] == ["1 clip will not come: a preview ends with its command.", "Stopped."]


async def test_a_lost_preview_is_not_carried_on_with_and_fails_no_later_command(tmp_path: Path) -> None:
    await stopped_while_it_makes(tmp_path, signal.SIGTERM)
    process = await start(tmp_path, "--prompt", "Snow on a tin roof")
    async with asyncio.timeout(LIMIT_SECONDS):
        made, told = await process.communicate()
    assert process.returncode == SUCCESS
    assert made.decode().strip().endswith(".mp4")
    assert 'stopped while it was made and is lost: "Rain on a tin roof"' in told.decode()
    assert "Carrying on" not in told.decode()
    assert "video service" not in told.decode()
