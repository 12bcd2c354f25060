"""Bots as processes of their own between stand-ins: the product as it is deployed, and the briefest bot there is."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.clock import RandomIds, SystemClock
from bot.sandbox.discord import DiscordStandIn
from bot.sandbox.discord.seed import seed
from tests.benchmarks.processes import ROOT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_HOUR = 3600.0
_START_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class BotProcess:
    """A bot that is connected to a Discord."""

    pid: int

    @property
    def megabytes(self) -> float:
        """How much memory it has now, in MiB."""
        return self._status("VmRSS")

    @property
    def peak_megabytes(self) -> float:
        """The most memory that it has had, in MiB."""
        return self._status("VmHWM")

    @property
    def processor_seconds(self) -> float:
        """The processor time that it has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _status(self, name: str) -> float:
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        [kilobytes] = (line.split()[1] for line in lines if line.startswith(f"{name}:"))
        return int(kilobytes) / 1024


@asynccontextmanager
async def discord_stand_in(directory: Path, *, more_servers: int = 0) -> AsyncIterator[DiscordStandIn]:
    """Run a Discord in this process that never pauses to write its state down."""
    clock = SystemClock()
    stand_in = DiscordStandIn(
        clock=clock,
        ids=RandomIds(clock),
        directory=directory,
        beginning=seed(more_servers=more_servers),
        save_seconds=_HOUR,
    )
    async with stand_in:
        yield stand_in


@asynccontextmanager
async def product(
    discord: DiscordStandIn, vendor: dict[str, Any], directory: Path, **more: object
) -> AsyncIterator[BotProcess]:
    """Run `soundstage run`; `more` are further settings, as names of environment variables without their prefix."""
    settings = {
        "DISCORD__TOKEN": discord.token,
        "DISCORD__API_BASE": discord.base_url,
        "KLING__BASE_URL": vendor["base_url"],
        "KLING__ACCESS_KEY": vendor["access_key"],
        "KLING__SECRET_KEY": vendor["secret_key"],
        "DATABASE__URL": f"sqlite:///{directory / 'soundstage.db'}",
        "DATA__DIR": str(directory / "data"),
        "WEB__PORT": "0",
    }
    environment = {f"SOUNDSTAGE_{name}": str(value) for name, value in (settings | more).items()}
    async with _running(discord, directory, environment, "bot", "run") as process:
        yield process


@asynccontextmanager
async def bare(discord: DiscordStandIn, directory: Path) -> AsyncIterator[BotProcess]:
    """Run the bot of `tests.benchmarks.bare_bot`."""
    address = json.dumps({"api_base": discord.base_url, "token": discord.token})
    async with _running(discord, directory, {}, "tests.benchmarks.bare_bot", address) as process:
        yield process


@asynccontextmanager
async def _running(
    discord: DiscordStandIn, directory: Path, environment: dict[str, str], module: str, *arguments: str
) -> AsyncIterator[BotProcess]:
    log = directory / "bot.log"
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            *arguments,
            cwd=directory,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=output,
            stderr=output,
        )
    try:
        await _connected(discord, process, log)
        yield BotProcess(process.pid)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _connected(discord: DiscordStandIn, process: asyncio.subprocess.Process, log: Path) -> None:
    """Wait until the bot has made its commands known and is connected."""
    person = discord.person("Mia")
    async with asyncio.timeout(_START_SECONDS):
        while not (discord.gateway.connected and person.commands("stage")):
            if process.returncode is not None:
                said = await asyncio.to_thread(log.read_text, "utf-8")
                raise SystemExit(f"the bot ended: {said[-2000:]}")
            await asyncio.sleep(0.05)
