"""What servers cost in memory: the bot connected to 1 and to 1,000 servers of five channels each.

The bot is a process as it is deployed; the baseline is a bare discord.py bot with the same intents, which keeps
discord.py's own picture of the servers and nothing else.

Run it as `python -m tests.benchmarks servers`.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import SystemClock
from tests.benchmarks.bots import bare, discord_stand_in, product
from tests.benchmarks.crowd import crowd, leave_running
from tests.benchmarks.processes import server

if TYPE_CHECKING:
    from tests.benchmarks.targets import Target

NUMBERS = (1, 1_000)
SETTLED_SECONDS = 3.0
"""Long enough for all servers to arrive after the connection stands."""


async def measure(way: str, servers: int) -> tuple[float, float]:
    """Return the memory of a bot in so many servers, now and at most, in MiB."""
    now = SystemClock().now()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        leave_running(directory / "soundstage.db", crowd(0, now))
        async with (
            server("tests.benchmarks.crowd_vendor", directory, 0, now) as vendor,
            discord_stand_in(directory / "discord", more_servers=servers - 1) as discord,
            bare(discord, directory) if way == "bare" else product(discord, vendor, directory) as bot,
        ):
            await asyncio.sleep(SETTLED_SECONDS)
            return bot.megabytes, bot.peak_megabytes


def run() -> list[Target]:
    """Measure everything and print the table; nothing was promised about it."""
    print(f"{'':30}{'memory':>12}{'peak':>12}{'a server':>14}")
    added: dict[str, float] = {}
    for way in ("bare", "product"):
        first = 0.0
        for servers in NUMBERS:
            now, peak = asyncio.run(measure(way, servers))
            first = first or now
            each = (now - first) * 1024 / max(1, servers - NUMBERS[0])
            added[way] = each
            print(f"{f'{way}, {servers:,} servers':30}{now:9.1f} MB{peak:9.1f} MB{each:11.1f} KB")
    print(f"ratio to bare for each server: {added['product'] / added['bare']:.2f}")
    return []
