from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from bot.media import bounded
from bot.media.bounded import ChildStopped, Limits

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO


def python(source: str) -> list[str]:
    return [sys.executable, "-I", "-c", source]


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    """A pipe that children hold open while they live."""
    path = tmp_path / "alive"
    os.mkfifo(path)
    return path


async def test_output_error_text_and_exit_code_come_back() -> None:
    finished = await bounded.run(
        python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"), Limits()
    )
    assert (finished.code, finished.output, finished.errors) == (3, b"out\n", "err\n")


async def test_a_child_sees_no_environment_and_no_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOUNDSTAGE_DISCORD__TOKEN", "secret")
    source = "import os, sys, json; print(json.dumps([sorted(os.environ), sys.stdin.read()]))"
    names, given = json.loads((await bounded.run(python(source), Limits())).output)
    # Python itself adds LC_CTYPE when it finds no locale.
    assert set(names) <= {"LC_CTYPE"}
    assert given == ""


async def test_a_child_leads_its_own_group_and_is_nice() -> None:
    source = "import os; print(os.getpgrp() == os.getpid(), os.nice(0))"
    assert (await bounded.run(python(source), Limits(nice=7))).output == f"True {os.nice(0) + 7}\n".encode()


async def test_memory_is_limited() -> None:
    finished = await bounded.run(python("print(len(bytearray(2 << 30)))"), Limits(memory_bytes=bounded.GIBIBYTE))
    assert finished.code == 1
    assert "MemoryError" in finished.errors


async def test_processor_time_is_limited() -> None:
    finished = await bounded.run(python("while True: pass"), Limits(cpu_seconds=1))
    assert finished.code == -signal.SIGXCPU


async def test_written_files_are_limited(tmp_path: Path) -> None:
    target = tmp_path / "large"
    source = f"open({str(target)!r}, 'wb').write(bytes(100_000))"
    finished = await bounded.run(python(source), Limits(written_bytes=50_000))
    assert finished.code != 0
    assert target.stat().st_size <= 50_000


async def test_open_files_are_limited() -> None:
    finished = await bounded.run(python("files = [open('/dev/null') for _ in range(40)]"), Limits(open_files=20))
    assert finished.code == 1
    assert "Too many open files" in finished.errors


async def test_printing_without_end_is_stopped() -> None:
    with pytest.raises(ChildStopped):
        await bounded.run(python("while True: print('x' * 1000)"), Limits(output_bytes=10_000))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no pipes of other sizes")
async def test_a_child_that_prints_more_than_is_read_at_once_is_stopped() -> None:
    source = "import fcntl, os; fcntl.fcntl(1, fcntl.F_SETPIPE_SZ, 1 << 20); os.write(1, bytes(1 << 20))"
    async with asyncio.timeout(10):
        with pytest.raises(ChildStopped):
            await bounded.run(python(source), Limits(output_bytes=10_000))


async def test_only_the_end_of_long_error_text_is_kept() -> None:
    source = "import sys; sys.stderr.write('a' * 1_000_000 + 'the end')"
    finished = await bounded.run(python(source), Limits())
    assert finished.errors.endswith("the end")
    assert len(finished.errors) < 20_000


async def test_waiting_without_end_is_stopped() -> None:
    started = time.monotonic()
    with pytest.raises(ChildStopped):
        await bounded.run(python("import signal; signal.pause()"), Limits(wall_seconds=0.3))
    assert time.monotonic() - started < 5


async def is_gone(pipe: BinaryIO, pid: int) -> bool:
    """Wait until nobody holds the other end of the pipe; after ten seconds end the holder and say so."""
    reading = asyncio.create_task(asyncio.to_thread(pipe.read))
    ended, _ = await asyncio.wait([reading], timeout=10)
    if not ended:
        os.kill(pid, signal.SIGKILL)
    await reading
    return bool(ended)


HOLD = "import os, signal; pipe = open({fifo!r}, 'wb'); {fork}; pipe.write(b'%9d' % os.getpid()); pipe.flush(); "


async def test_a_grandchild_that_stays_behind_is_killed(fifo: Path) -> None:
    source = HOLD.format(fifo=str(fifo), fork="os.fork() and os._exit(0)") + "signal.pause()"
    caller = asyncio.create_task(bounded.run(python(source), Limits(wall_seconds=1, written_bytes=100)))
    with await asyncio.to_thread(fifo.open, "rb") as pipe:
        pid = int(await asyncio.to_thread(pipe.read, 9))
        with pytest.raises(ChildStopped):
            await caller
        assert await is_gone(pipe, pid)


async def test_a_grandchild_that_leaves_the_group_holds_nothing_up(fifo: Path) -> None:
    source = HOLD.format(fifo=str(fifo), fork="os.fork() and signal.pause(); os.setsid()") + "signal.pause()"
    caller = asyncio.create_task(bounded.run(python(source), Limits(wall_seconds=1, written_bytes=100)))
    with await asyncio.to_thread(fifo.open, "rb") as pipe:
        pid = int(await asyncio.to_thread(pipe.read, 9))
        try:
            async with asyncio.timeout(10):
                with pytest.raises(ChildStopped):
                    await caller
        finally:
            os.kill(pid, signal.SIGKILL)


async def test_cancelling_the_caller_kills_the_whole_group(fifo: Path) -> None:
    source = HOLD.format(fifo=str(fifo), fork="os.fork() and signal.pause()") + "signal.pause()"
    caller = asyncio.create_task(bounded.run(python(source), Limits(written_bytes=100)))
    with await asyncio.to_thread(fifo.open, "rb") as pipe:
        pid = int(await asyncio.to_thread(pipe.read, 9))
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        assert await is_gone(pipe, pid)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot tie a child to its parent")
async def test_a_child_dies_with_the_bot(fifo: Path) -> None:
    child = HOLD.format(fifo=str(fifo), fork="None") + "signal.pause()"
    bot = (
        "import asyncio, sys\n"
        "from bot.media.bounded import Limits, run\n"
        f"asyncio.run(run([sys.executable, '-I', '-c', {child!r}], Limits(written_bytes=100)))\n"
    )
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", bot)
    with await asyncio.to_thread(fifo.open, "rb") as pipe:
        pid = int(await asyncio.to_thread(pipe.read, 9))
        parent.kill()
        await parent.wait()
        assert await is_gone(pipe, pid)
