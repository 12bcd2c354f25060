"""The bot as a process of its own, between stand-ins that live on, so that it can be killed at any moment."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import RandomIds, SystemClock
from bot.jobs.quote import Requester
from bot.ledger import grant
from bot.sandbox.discord import DiscordStandIn
from bot.sandbox.kling import KlingStandIn
from bot.sandbox.kling.plain_clips import PlainClips
from bot.storage.open import open_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.sandbox.discord import Person
    from bot.sandbox.kling.settings import Settings as VendorSettings
    from bot.storage.database import Database

ROOT = Path(__file__).parents[2]


@dataclass
class Tour:
    """Both stand-ins, and the bot that comes and goes."""

    directory: Path
    discord: DiscordStandIn
    kling: KlingStandIn
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def mia(self) -> Person:
        """The member who asks for clips."""
        return self.discord.person("Mia")

    @property
    def requester(self) -> Requester:
        """Mia in the demo server."""
        return Requester(int(self.discord.stagehand.guild("Soundstage Demo").id), int(self.mia.id))

    @property
    def database_url(self) -> str:
        """Where the bot's database is."""
        return f"sqlite:///{self.directory / 'soundstage.db'}"

    async def start(self) -> None:
        """Start the bot and wait until it is connected."""
        with (self.directory / "bot.log").open("ab") as log:
            self._process = await asyncio.to_thread(
                subprocess.Popen,
                [sys.executable, "-m", "bot", "run"],
                cwd=self.directory,
                env={**os.environ, "PYTHONPATH": str(ROOT), **self._environment()},
                stdout=log,
                stderr=log,
            )
        await self.until(lambda: self.discord.gateway.connected, seconds=30)

    async def kill(self) -> None:
        """End the bot without warning and wait until Discord has noticed."""
        await self._end(signal.SIGKILL)
        self.discord.gateway.forget_sessions()

    async def stop(self) -> int:
        """Stop the bot in good order and return its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        self._process.send_signal(how)
        code = await asyncio.to_thread(self._process.wait)
        self._process = None
        return code

    async def until(self, true: Callable[[], object], *, seconds: float = 30.0) -> None:
        """Wait until something is true that happens in another process."""
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110 - the other process tells nobody
                await asyncio.sleep(0.002)

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """Open the database while the bot does not run."""
        async with open_database(self.database_url, clock=SystemClock()) as database:
            yield database

    def stored(self, question: str) -> bool:
        """Say whether a query finds something in the database while the bot runs."""
        with closing(sqlite3.connect(f"file:{self.directory / 'soundstage.db'}?mode=ro", uri=True)) as connection:
            return connection.execute(question).fetchone() is not None

    async def give(self, amount: int) -> None:
        """Give Mia credits."""
        owner = self.requester.owner
        async with self.database() as database:
            await database.run(
                lambda tx: grant(tx, command="tour", owner=owner, amount=amount, actor="test", note="", at=1)
            )

    def _environment(self) -> dict[str, str]:
        keys = self.kling.credentials
        settings = {
            "DISCORD__TOKEN": self.discord.token,
            "DISCORD__API_BASE": self.discord.base_url,
            "KLING__BASE_URL": self.kling.base_url,
            "KLING__ACCESS_KEY": keys.access_key,
            "KLING__SECRET_KEY": keys.secret_key,
            "DATABASE__URL": self.database_url,
            "DATA__DIR": str(self.directory / "data"),
            "WEB__PORT": "0",
            "JOBS__ASSUMED_CLIP_SECONDS": "0.5",
            "JOBS__QUESTION_SECONDS": "0.1",
            "JOBS__LONGEST_QUESTION_SECONDS": "0.3",
        }
        return {f"SOUNDSTAGE_{name}": value for name, value in settings.items()}


@asynccontextmanager
async def on_tour(directory: Path, vendor: VendorSettings) -> AsyncIterator[Tour]:
    """Start both stand-ins, and end whatever bot is left."""
    clock = SystemClock()
    (directory / "bot").mkdir()
    kling = KlingStandIn(
        renderer=PlainClips(directory / "prepared"), directory=directory / "vendor", settings=vendor, slots=5
    )
    async with DiscordStandIn(clock=clock, ids=RandomIds(clock), directory=directory / "discord") as stand_in:
        await kling.start()
        tour = Tour(directory / "bot", stand_in, kling)
        try:
            yield tour
        finally:
            await tour._end(signal.SIGKILL)
            await kling.stop()
