"""Kill -9 while clips are posted, again and again: every clip is posted, and none twice."""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.clock import RandomIds, SystemClock
from bot.delivery.destination import Channel
from bot.jobs.audit import audit_jobs
from bot.jobs.quote import Requester
from bot.ledger import audit
from bot.sandbox.discord import DiscordStandIn, Fault
from bot.storage.files import FileStore
from bot.storage.open import open_database
from tests.support.clip_rows import delivering
from tests.support.post_office import SEND, SERVER

if TYPE_CHECKING:
    from bot.storage.database import Transaction

JOBS = 60
KILLS = 8
SEED = 20261122
ROOT = Path(__file__).parents[2]
CONTENT = random.Random(SEED).randbytes(200_000)


async def fill(directory: Path, stand_in: DiscordStandIn) -> None:
    """Make jobs that are about to be delivered."""
    mia = Requester(server=int(stand_in.stagehand.guild(SERVER).id), person=int(stand_in.person("mia").id))
    destination = str(Channel(int(stand_in.stagehand.channel("stage").id)))
    stored = await FileStore(directory / "data", SystemClock()).put_bytes(CONTENT, "video/mp4")

    def make(tx: Transaction) -> None:
        for number in range(JOBS):
            delivering(tx, f"q{number:02}", requester=mia, digest=stored.digest, destination=destination)

    async with open_database(f"sqlite:///{directory / 'test.db'}") as database:
        await database.run(make)


async def run_worker(directory: Path, stand_in: DiscordStandIn, *, kill_after: float | None) -> str:
    """Start a worker, kill it so many seconds after it began to post, and return what it printed."""
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.crash.posting_worker",
        str(directory),
        stand_in.base_url,
        stand_in.token,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert worker.stdout is not None
    begun = (await worker.stdout.readline()).decode()
    if kill_after is not None:
        await asyncio.sleep(kill_after)  # the moment of death is the point of this test
        if worker.returncode is None:
            worker.kill()
    rest, _ = await worker.communicate()
    return begun + rest.decode()


@pytest.mark.slow
async def test_every_clip_is_posted_once_although_the_process_is_killed(tmp_path: Path) -> None:
    clock = SystemClock()
    async with DiscordStandIn(clock=clock, ids=RandomIds(clock), directory=tmp_path / "discord") as stand_in:
        await fill(tmp_path, stand_in)
        moments, unfinished = random.Random(SEED), 0
        for _ in range(KILLS):
            stand_in.faults.add(Fault(SEND, status=502, when="after"))
            output = await run_worker(tmp_path, stand_in, kill_after=moments.uniform(0.02, 0.25))
            unfinished += "done" not in output
            stand_in.parts.posts._nonces.clear()  # as if the minutes had passed in which they count
        stand_in.faults.clear()
        assert unfinished >= KILLS // 2
        assert (await run_worker(tmp_path, stand_in, kill_after=None)).endswith("done\n")

        ours = [one for one in stand_in.person("mia").messages("stage") if one.by_application]
        files = [stand_in.files.path(attachment.id) for one in ours for attachment in one.attachments]
        async with open_database(f"sqlite:///{tmp_path / 'test.db'}") as database:
            receipts = await database.read(lambda tx: [row["receipt"] for row in tx.rows("SELECT receipt FROM job")])
            assert (await database.read(audit)).clean
            assert await database.read(audit_jobs) == []
        assert sorted(receipts) == sorted(f"channel:{one.channel_id}/message:{one.id}" for one in ours)
        assert len(ours) == JOBS
        assert await asyncio.to_thread(lambda: {path.read_bytes() == CONTENT for path in files}) == {True}
