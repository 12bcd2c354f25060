"""The stand-in as a process of its own."""

import asyncio
import json
import signal
import ssl
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import jwt
import pytest

from tests.support.kling_stand_in import TEXT, accepted, text_body


class Process:
    """A running stand-in and what it said about itself."""

    def __init__(self, process: asyncio.subprocess.Process, facts: dict[str, str]) -> None:
        self.process = process
        self.facts = facts


@pytest.fixture
async def process(tmp_path: Path) -> AsyncIterator[Process]:
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.sandbox.kling", "--port", "0", "--speed", "600", "--clips", "plain"),
        *("--slots", "2", "--directory", str(tmp_path)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert running.stdout is not None
    async with asyncio.timeout(20):
        yield Process(running, json.loads(await running.stdout.readline()))
    if running.returncode is None:
        running.kill()
    await running.communicate()


async def test_it_tells_where_it_listens_serves_and_ends(process: Process) -> None:
    facts = process.facts
    assert facts["base_url"].startswith("http://127.0.0.1:")
    async with httpx.AsyncClient(base_url=facts["base_url"], verify=ssl.create_default_context()) as http:
        now = int(time.time())
        token = jwt.encode(
            {"iss": facts["access_key"], "exp": now + 1800, "nbf": now - 5}, facts["secret_key"], "HS256"
        )
        http.headers["Authorization"] = f"Bearer {token}"
        task_id = accepted(await http.post(TEXT, json=text_body()))["task_id"]
        async with asyncio.timeout(15):
            while (task := accepted(await http.get(f"{TEXT}/{task_id}")))["task_status"] != "succeed":
                assert task["task_status"] in {"submitted", "processing"}
        clip = await http.get(task["task_result"]["videos"][0]["url"])
        assert clip.content[4:8] == b"ftyp"
        assert (await http.get("/sandbox/settings")).json()["slots"] == 2
    process.process.send_signal(signal.SIGTERM)
    assert await process.process.wait() == 0


async def test_it_needs_a_directory() -> None:
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox.kling", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    _, complaint = await running.communicate()
    assert running.returncode == 2
    assert b"--directory" in complaint
