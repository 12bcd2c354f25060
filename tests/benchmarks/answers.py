"""How soon a command is answered while 100 jobs are open: one after the other, and 200 a second.

The stand-in for Discord and the people are in this process; the bot under test is another, with the vendor's stand-in
in a third. Measured is the time from a person's command to the bot's first answer. The baseline is a bare discord.py
bot that answers the same commands with a constant card. `/video text` is what members type; each of them parses,
checks and prices a prompt, stores a quote and draws its card. Two hundred a second ask for their balance.

Run it as `python -m tests.benchmarks answers`.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from bot.clock import SystemClock
from bot.sandbox.discord.model import MessageFlag
from tests.benchmarks.bots import bare, discord_stand_in, product
from tests.benchmarks.crowd import crowd, leave_running
from tests.benchmarks.processes import server
from tests.benchmarks.targets import Target

if TYPE_CHECKING:
    from bot.sandbox.discord import DiscordStandIn, Interaction, Person
    from tests.benchmarks.bots import BotProcess

OPEN_JOBS = 100
IN_A_ROW = 1_000
PER_SECOND = 200
SECONDS = 20
ROUNDS = 2
WARM_UP = 50
BREATH = 0.01
"""Seconds between two commands in a row; nobody types faster, and the bot is then done with the last one."""
MOST_AT_P50 = 1.2
MOST_AT_P99 = 1.5
CHANNEL = "stage"
VIDEO = ("video text", {"prompt": 'Night market in the rain. [Cook, warm tired voice]: "We close late tonight."'})
BALANCE: tuple[str, dict[str, Any]] = ("credits balance", {})


@dataclass(frozen=True, slots=True)
class Spans:
    """Seconds from command to first answer, and processor seconds of the bot for each command."""

    seconds: list[float]
    processor: float

    @property
    def p50(self) -> float:
        return median(self.seconds)

    @property
    def p99(self) -> float:
        return quantiles(self.seconds, n=100, method="inclusive")[-1]


@dataclass(frozen=True, slots=True)
class Round:
    """What one bot did in one round."""

    video_in_a_row: Spans
    balance_in_a_row: Spans
    balance_crowd: Spans


async def ask(person: Person, command: tuple[str, dict[str, Any]]) -> tuple[float, Interaction]:
    """Run a command and return how long its first answer took; SystemExit where there was none."""
    begun = time.perf_counter()
    answer = await person.slash(command[0], command[1], channel=CHANNEL)
    span = time.perf_counter() - begun
    if answer.failure is not None:
        raise SystemExit(f"/{command[0]} was not answered: {answer.failure}")
    return span, answer


async def in_a_row(discord: DiscordStandIn, bot: BotProcess, command: tuple[str, dict[str, Any]], count: int) -> Spans:
    """Run a command again and again; each begins a breath after the one before was answered completely."""
    person, spans, used = discord.person("Mia"), [], bot.processor_seconds
    for _ in range(count):
        span, answer = await ask(person, command)
        spans.append(span)
        await discord.until(partial(_complete, answer), seconds=10)
        await asyncio.sleep(BREATH)
    return Spans(spans, (bot.processor_seconds - used) / count)


def _complete(answer: Interaction) -> bool:
    return answer.message is not None and not answer.message.flags & MessageFlag.LOADING


async def at_a_rate(discord: DiscordStandIn, bot: BotProcess, command: tuple[str, dict[str, Any]]) -> Spans:
    """Run a command at fixed times, whether or not those before are answered."""
    person, loop, used = discord.person("Mia"), asyncio.get_running_loop(), bot.processor_seconds
    begun = loop.time() + 0.1

    async def at(number: int) -> float:
        await asyncio.sleep(begun + number / PER_SECOND - loop.time())
        return (await ask(person, command))[0]

    spans = await asyncio.gather(*(at(number) for number in range(PER_SECOND * SECONDS)))
    return Spans(spans, (bot.processor_seconds - used) / len(spans))


async def measure(way: str) -> Round:
    """Run everything once with one bot."""
    now = SystemClock().now()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        leave_running(directory / "soundstage.db", crowd(OPEN_JOBS, now))
        async with (
            server("tests.benchmarks.crowd_vendor", directory, OPEN_JOBS, now) as vendor,
            discord_stand_in(directory / "discord") as discord,
            bare(discord, directory) if way == "bare" else product(discord, vendor, directory) as bot,
        ):
            for command in (VIDEO, BALANCE):
                await in_a_row(discord, bot, command, WARM_UP)
            gc.collect()
            gc.freeze()
            return Round(
                await in_a_row(discord, bot, VIDEO, IN_A_ROW),
                await in_a_row(discord, bot, BALANCE, IN_A_ROW),
                await at_a_rate(discord, bot, BALANCE),
            )


def run() -> list[Target]:
    """Measure both bots in turns, print the table, and return the targets."""
    rounds: dict[str, list[Round]] = {"bare": [], "product": []}
    for _ in range(ROUNDS):
        for way, done in rounds.items():
            done.append(asyncio.run(measure(way)))
    print(f"milliseconds; of {ROUNDS} rounds the least disturbed{'p50':>40}{'p99':>9}{'CPU of the bot':>17}")
    targets = []
    for label, field in (
        (f"/video text, {IN_A_ROW:,} in a row", "video_in_a_row"),
        (f"/credits balance, {IN_A_ROW:,} in a row", "balance_in_a_row"),
        (f"/credits balance, {PER_SECOND} a second for {SECONDS} s", "balance_crowd"),
    ):
        best: dict[str, Spans] = {
            way: min((getattr(one, field) for one in done), key=lambda spans: spans.p99) for way, done in rounds.items()
        }
        for way, spans in best.items():
            print(
                f"{way + ': ' + label:70}{spans.p50 * 1000:12.2f}{spans.p99 * 1000:9.2f}{spans.processor * 1000:17.2f}"
            )
        p50, p99 = (getattr(best["product"], name) / getattr(best["bare"], name) for name in ("p50", "p99"))
        print(f"ratio to bare: {p50:.2f} at p50, {p99:.2f} at p99")
        targets += [
            Target(f"{label}: first answer against bare, p50", p50, MOST_AT_P50),
            Target(f"{label}: first answer against bare, p99", p99, MOST_AT_P99),
        ]
    return targets
