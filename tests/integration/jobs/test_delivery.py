"""Deliveries that go wrong: impossible places, errors that pass, errors that nobody knows."""

from __future__ import annotations

import asyncio
import errno
import filecmp
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.delivery.folder import FolderDelivery
from bot.jobs import store
from bot.jobs.parts import NotDeliverable
from bot.jobs.state import JobState
from tests.support.live import policies

if TYPE_CHECKING:
    from bot.jobs.job import Clip, Job
    from tests.support.live import House


class Stumbling:
    """Fails so many times before it delivers into the folder, or after it did."""

    def __init__(self, error: Exception, times: int, *, after: bool = False) -> None:
        self.error = error
        self.times = times
        self.after = after
        self.calls = 0

    async def deliver(self, job: Job, clip: Clip, path: Path) -> str:
        self.calls += 1
        fails = self.calls <= self.times
        if fails and not self.after:
            raise self.error
        receipt = await FolderDelivery().deliver(job, clip, path)
        if fails:
            raise self.error
        return receipt


async def test_an_error_that_nobody_knows_kills_the_job_and_gives_the_credits_back(house: House) -> None:
    deliverer = house.deliverer = Stumbling(RuntimeError("the wires are crossed"), times=1000)
    house.policies = policies(drive={"recovery_limit": 3})
    await house.start()
    job = await house.make()
    says = f"^Something on our side failed repeatedly while this clip was being delivered.*Reference: {job.id}.$"
    await house.check_end(job, JobState.DEAD, says, fetched=True)
    assert deliverer.calls == 4


class Hanging:
    """Never answers the first time, nor the second although it delivered, and answers the third time."""

    def __init__(self) -> None:
        self.calls = 0

    async def deliver(self, job: Job, clip: Clip, path: Path) -> str:
        self.calls += 1
        if self.calls == 1:
            await asyncio.Event().wait()
        receipt = await FolderDelivery().deliver(job, clip, path)
        if self.calls == 2:
            await asyncio.Event().wait()
        return receipt


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    "error",
    [RuntimeError("once only"), OSError(errno.ENOSPC, "No space left on device"), TimeoutError()],
    ids=["unknown", "full disk", "timeout"],
)
async def test_an_error_that_passes_delays_only(house: House, error: Exception, *, after: bool) -> None:
    house.deliverer = Stumbling(error, times=2, after=after)
    await house.start()
    job = await house.make()
    await house.check_end(job, JobState.DELIVERED)


async def test_a_destination_that_stays_unreachable_ends_the_job(house: House) -> None:
    house.deliverer = Stumbling(OSError(errno.EIO, "I/O error"), times=1000)
    house.policies = policies(drive={"patience": 0.3})
    await house.start()
    job = await house.make()
    await house.check_end(job, JobState.EXPIRED, "^The clip could not be delivered for too long", fetched=True)


async def test_a_place_that_will_never_take_the_clip_is_told_at_once(house: House) -> None:
    deliverer = house.deliverer = Stumbling(NotDeliverable("The channel was deleted."), times=1000)
    await house.start()
    job = await house.make()
    await house.check_end(job, JobState.FAILED, "^The channel was deleted. Your credits are back.$", fetched=True)
    assert deliverer.calls == 1


async def test_a_delivery_that_hangs_is_begun_again(house: House) -> None:
    house.deliverer = Hanging()
    house.policies = policies(drive={"deliver_limit": 0.1})
    await house.start()
    job = await house.make()
    await house.check_end(job, JobState.DELIVERED)


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (("file",), "file exists|not a directory"),
        (("file", "below"), "not a directory"),
        (("long" * 100,), "file name too long"),
    ],
    ids=["a file", "below a file", "an impossible name"],
)
async def test_a_folder_that_cannot_be_is_told_at_once(house: House, place: tuple[str, ...], reason: str) -> None:
    await house.start()
    file = house.directory / "file"
    file.write_text("not a folder")
    folder = house.directory.joinpath(*place)
    job = await house.make(out=folder)
    says = f"^The clip cannot be put into the folder {re.escape(str(folder))}: ({reason})"
    await house.check_end(job, JobState.FAILED, says, fetched=True)
    assert file.read_text() == "not a folder"


async def test_a_clip_that_vanished_from_the_store_is_not_waited_for(house: House) -> None:
    house.deliverer = Stumbling(RuntimeError("once"), times=1)
    house.policies = policies(drive={"retry_pause": 0.4})
    await house.start()
    [job] = await house.order()
    await house.reaches(job, JobState.DELIVERING)
    for path in house.kept():
        path.unlink()
    [ended] = await house.end(job)
    await house.check_end(ended, JobState.FAILED, "^The finished clip was lost on our side")


async def test_half_a_copy_of_an_earlier_life_does_not_hinder(house: House) -> None:
    await house.start()
    job = await house.make()
    clip = await house.app.database.read(lambda tx: store.load_clip(tx, job.id))
    assert clip is not None
    stored = house.app.files.path(clip.digest)
    cut_short(house.files()[0])
    for _ in range(2):
        leave_half_a_copy(house.files()[0])
        assert await FolderDelivery().deliver(job, clip, stored) == job.receipt
        assert house.files() == [job.receipt]
        assert same(house.files()[0], stored)


def leave_half_a_copy(file: str) -> None:
    """What a process leaves that is killed while it copies."""
    Path(file).with_suffix(".0123abcd.part").write_bytes(b"half")


def cut_short(file: str) -> None:
    os.truncate(file, 100)


def same(file: str, other: Path) -> bool:
    return filecmp.cmp(file, other, shallow=False)
