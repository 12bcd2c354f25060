"""How long a clip takes from ready at the vendor to stored in Discord, when the vendor calls back.

The bot is a process as it is deployed, the vendor's stand-in another, and Discord and the members are in this one.
Members ask with `/video text` and confirm; the vendor's clock runs faster, but the span is measured in real seconds:
callback, the query that verifies it, download, checks of the whole clip, file store, upload, message. The baseline is
the transfer alone: a plain download of the clip and a plain upload of it.

Run it as `python -m tests.benchmarks posting`.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sqlite3
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

import httpx

from bot.clock import SystemClock
from bot.jobs.quote import Requester
from bot.ledger import grant
from bot.sandbox.discord.checks.components import walk
from bot.sandbox.discord.snowflakes import milliseconds_of
from bot.storage.open import open_database
from tests.benchmarks.bots import discord_stand_in, product
from tests.benchmarks.processes import server
from tests.benchmarks.targets import Target

if TYPE_CHECKING:
    from bot.sandbox.discord import DiscordStandIn
    from bot.sandbox.discord.model import Message

CLIPS = 16
SLOTS = 3
SPEED = 15
CREDITS = 5_000
MOST_SECONDS = 0.5
CHANNEL = "stage"
PEOPLE = ("Mia", "Noor", "Sam")
KINDS: tuple[dict[str, Any], ...] = ({"mode": "standard", "audio": False}, {"mode": "professional", "audio": True})
PROMPT = "A paper lantern drifts over a night market."


async def order(discord: DiscordStandIn, number: int) -> None:
    """Ask for a clip and confirm its price, as a member does."""
    person = discord.person(PEOPLE[number % len(PEOPLE)])
    answer = await person.slash("video text", {"prompt": PROMPT, **KINDS[number % len(KINDS)]}, channel=CHANNEL)
    if answer.failure is not None:
        raise SystemExit(f"/video text was not answered: {answer.failure}")
    button = await discord.until(lambda: _confirmation(answer.message), seconds=10)
    assert answer.message is not None
    await person.press(answer.message, button)


def _confirmation(card: Message | None) -> str | None:
    ids = [str(part.get("custom_id", "")) for part in walk(card.components)] if card else []
    return next((custom_id for custom_id in ids if ":confirm" in custom_id), None)


async def measure(directory: Path) -> tuple[list[float], list[float]]:
    """Make all clips; return the seconds from ready to stored, and those of a plain transfer, for each clip."""
    options = ["--speed", SPEED, "--slots", SLOTS, "--seed", 1, "--clips", "plain", "--directory", directory]
    port = _free_port()
    async with (
        server("bot.sandbox.kling", *options) as vendor,
        discord_stand_in(directory / "discord") as discord,
    ):
        await _give_credits(discord, directory)
        settings = {
            "KLING__SLOTS": SLOTS,
            "WEB__PORT": port,
            "WEB__PUBLIC_URL": f"http://127.0.0.1:{port}",
            "JOBS__RUNNING_PER_PERSON": SLOTS,
            "JOBS__QUESTION_SECONDS": 3600,
            "JOBS__LONGEST_QUESTION_SECONDS": 3600,
            "JOBS__ASSUMED_CLIP_SECONDS": 3600,
        }
        async with product(discord, vendor, directory, **settings):
            await asyncio.gather(*(order(discord, number) for number in range(CLIPS)))
            await discord.until(lambda: len(_clips(discord)) == CLIPS, seconds=300)
        async with httpx.AsyncClient() as http:
            tasks: list[dict[str, Any]] = (await http.get(f"{vendor['base_url']}/sandbox/tasks")).json()
            ready = {task["external_task_id"].rpartition("-")[0]: task["updated_at"] for task in tasks}
            transfers = await _transfers(http, vendor, discord)
    return [(milliseconds_of(message) - ready[job]) / 1000 for job, message in _posted(directory)], transfers


async def _give_credits(discord: DiscordStandIn, directory: Path) -> None:
    guild = int(discord.stagehand.guild("Soundstage Demo").id)
    owners = [Requester(guild, int(discord.person(name).id)).owner for name in PEOPLE]
    async with open_database(f"sqlite:///{directory / 'soundstage.db'}", clock=SystemClock()) as database:
        for owner in owners:
            give = partial(grant, command=owner, owner=owner, amount=CREDITS, actor="benchmark", note="", at=1)
            await database.run(give)


def _clips(discord: DiscordStandIn) -> list[Message]:
    return [one for one in discord.person("Mia").messages(CHANNEL) if one.attachments and one.visible_to is None]


def _posted(directory: Path) -> list[tuple[str, str]]:
    """Return each job with the id of its message."""
    with closing(sqlite3.connect(directory / "soundstage.db")) as connection:
        rows = connection.execute("SELECT job, message FROM delivery WHERE kind = 'clip' AND state = 'posted'")
        return [(job, str(message)) for job, message in rows]


async def _transfers(http: httpx.AsyncClient, vendor: dict[str, Any], discord: DiscordStandIn) -> list[float]:
    """Return how many seconds it takes to download each clip and to upload it, and nothing else."""
    listed = await http.get(
        f"{vendor['base_url']}/v1/videos/text2video", headers={"Authorization": f"Bearer {vendor['api_key']}"}
    )
    address = f"{discord.base_url}/channels/{discord.person('Mia').channel(CHANNEL).id}/messages"
    spans = []
    for task in listed.raise_for_status().json()["data"]:
        begun = time.perf_counter()
        clip = (await http.get(task["task_result"]["videos"][0]["url"])).raise_for_status().content
        answer = await http.post(
            address,
            headers={"Authorization": f"Bot {discord.token}"},
            data={"payload_json": json.dumps({"content": "A clip"})},
            files={"files[0]": ("clip.mp4", clip, "video/mp4")},
        )
        answer.raise_for_status()
        spans.append(time.perf_counter() - begun)
    return spans


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def run() -> list[Target]:
    """Measure, print the table, and return the target."""
    with tempfile.TemporaryDirectory() as name:
        spans, transfers = asyncio.run(measure(Path(name)))
    print(f"{CLIPS} clips, {SLOTS} in flight, half of them 1080p with sound; seconds{'p50':>18}{'p95':>8}")
    for label, figures in (("plain download and upload", transfers), ("ready to stored in Discord", spans)):
        p95 = quantiles(figures, n=20, method="inclusive")[-1]
        print(f"{label:68}{median(figures):8.2f}{p95:8.2f}")
    print(f"ratio to the plain transfer: {median(spans) / median(transfers):.0f} at p50")
    beyond = median(spans) - median(transfers)
    return [Target("p50 from ready at the vendor to stored in Discord, beyond the transfer", beyond, MOST_SECONDS, "s")]
