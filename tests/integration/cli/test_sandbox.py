"""`soundstage sandbox` as a process: what it says is true, and it ends when asked to."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.clock import SystemClock
from bot.jobs.quote import Requester
from bot.ledger import balance
from bot.sandbox.discord.seed import GUILD_ID, MIA_ID
from bot.storage.open import open_database

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


async def start(directory: Path, *options: str) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "bot", "sandbox", "--headless", "--data", str(directory / "kept"), *options]
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*command, cwd=directory, stdout=pipe, stderr=pipe)


async def address_of(process: asyncio.subprocess.Process) -> str:
    """Read until the address is told."""
    assert process.stdout is not None
    async with asyncio.timeout(40):
        while line := await process.stdout.readline():
            if found := re.search(rb"http://127\.0\.0\.1:\d+/", line):
                return found[0].decode()
    raise AssertionError(await process.communicate())


async def balance_of_mia(directory: Path) -> int:
    requester = Requester(int(GUILD_ID), int(MIA_ID))
    async with open_database(f"sqlite:///{directory / 'kept' / 'soundstage.db'}", clock=SystemClock()) as database:
        found = await database.read(lambda tx: balance(tx, owner=requester.owner, at=1))
    return found.available


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
async def test_it_serves_its_page_until_it_is_stopped(tmp_path: Path, how: signal.Signals) -> None:
    process = await start(tmp_path, "--port", "0")
    address = await address_of(process)
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        page = await answer.text()
    assert answer.status == 200
    assert "<html" in page
    second = await start(tmp_path, "--port", address.rstrip("/").rpartition(":")[2])
    _, complaint = await second.communicate()
    assert second.returncode == 1
    assert b"choose another one with --port" in complaint

    process.send_signal(how)
    _, errors = await process.communicate()

    assert process.returncode == 0, errors
    assert errors == b""
    assert await balance_of_mia(tmp_path) == 500


async def test_credits_are_given_once(tmp_path: Path) -> None:
    for _ in range(2):
        process = await start(tmp_path, "--port", "0")
        await address_of(process)
        process.terminate()
        await process.communicate()

    assert await balance_of_mia(tmp_path) == 500
