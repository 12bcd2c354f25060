"""A person at the terminal: what is refused before anything is spent, and clips that an earlier command left."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest

from bot.cli.terminal import OPERATOR, Terminal, report
from bot.errors import ConfigurationError, SoundstageError, TooManyJobs
from bot.jobs.state import JobState
from bot.sandbox.kling.faults import TaskAction, TaskFault
from tests.support.live import LIMIT_SECONDS
from tests.support.stage import PRICE, cheap_request

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.sandbox.kling import KlingStandIn
    from tests.support.live import House


@pytest.mark.parametrize(
    ("folder", "says"),
    [("taken", "it is not a folder"), ("taken/below", "not a directory"), ("/proc/soundstage", "no such file")],
)
async def test_a_folder_that_takes_no_files_is_refused_before_anything_is_spent(
    house: House, vendor: KlingStandIn, folder: str, says: str
) -> None:
    (house.directory / "taken").touch()
    app = await house.start()
    with pytest.raises(ConfigurationError, match=rf"{folder}: {says}.*Nothing was charged"):
        await Terminal(app).make(cheap_request(), house.directory / folder, agreed=True)
    sums = await house.sums()
    assert (sums.minted, sums.held) == (0, 0)
    assert len(vendor.tasks) == 0


async def test_a_refused_request_makes_no_folder_and_costs_nothing(house: House) -> None:
    app = await house.start()
    request = cheap_request().model_copy(update={"seconds": 7})
    with pytest.raises(SoundstageError, match=r"choose 10 seconds\. \(C001\) Nothing was charged\.$"):
        await Terminal(app).make(request, house.out, agreed=True)
    assert not house.out.exists()
    assert (await house.sums()).minted == 0


async def test_a_clip_that_is_stuck_holds_up_no_later_command(
    house: House, vendor: KlingStandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    vendor.faults.add(TaskFault(action=TaskAction.STICK, times=1))
    app = await house.start()
    [stuck] = await house.order("first", requester=OPERATOR)
    await house.reaches(stuck, JobState.RUNNING)
    terminal = Terminal(app)
    earlier = await terminal.unfinished()
    made = await terminal.make(cheap_request(), house.out, agreed=True)
    left = await terminal.now(earlier)
    assert ([job.id for job in left], left[0].state) == ([stuck.id], JobState.RUNNING)
    capsys.readouterr()
    assert not report(left)
    assert report(made)
    told = capsys.readouterr()
    assert told.out.split() == house.files()
    assert "Not ready yet: 1 clip of an earlier command." in told.err


async def test_a_clip_of_an_earlier_command_is_brought_as_well(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    app = await house.start()
    [earlier] = await house.order("first", requester=OPERATOR)
    await house.stop()
    app = await house.start()
    terminal = Terminal(app)
    left = await terminal.unfinished()
    assert [job.id for job in left] == [earlier.id]
    await terminal.make(cheap_request(), house.out, agreed=True)
    await house.end(*left)
    capsys.readouterr()
    assert report(await terminal.now(left))
    assert capsys.readouterr().out.strip() in house.files()


async def test_a_vendor_that_cannot_be_reached_is_told_of_once_and_logged(
    house: House, vendor: KlingStandIn, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    port = int(vendor.base_url.rpartition(":")[2])
    app = await house.start()
    await vendor.stop()
    refusals = [asyncio.Event(), asyncio.Event()]

    def count(job: Job) -> None:
        if "cannot be reached" in str(job.message):
            next((one for one in refusals if not one.is_set()), refusals[-1]).set()

    app.engine.listeners.append(count)
    with caplog.at_level(logging.WARNING, "bot.jobs.drive"):
        making = asyncio.create_task(Terminal(app).make(cheap_request(), house.out, agreed=True))
        await asyncio.wait_for(refusals[-1].wait(), LIMIT_SECONDS)
    await vendor.start(port=port)
    assert report(await asyncio.wait_for(making, LIMIT_SECONDS))

    told = " ".join(capsys.readouterr().err.split())
    assert told.count("clip 1: The video service cannot be reached at the moment; the clip waits until it can.") == 1
    assert "waiting for a free slot" not in told
    assert "goes back to the queue" in caplog.text


async def test_no_credits_are_made_for_what_is_refused(house: House) -> None:
    house.changes["jobs"] = {"waiting_per_person": 1}
    app = await house.start()
    request = cheap_request().model_copy(update={"outputs": 3})
    with pytest.raises(TooManyJobs, match="At most 1 clip can be asked for at once"):
        await Terminal(app).make(request, house.out, agreed=True)
    assert (await house.sums()).minted == 0


async def test_credits_that_came_back_pay_for_the_next_clip(house: House, vendor: KlingStandIn) -> None:
    vendor.faults.add(TaskFault(action=TaskAction.FAIL, times=1))
    app = await house.start()
    terminal = Terminal(app)
    ends = [(await terminal.make(cheap_request(), house.out, agreed=True))[0].state for _ in range(2)]
    assert ends == [JobState.FAILED, JobState.DELIVERED]
    sums = await house.sums()
    assert (sums.minted, sums.captured, sums.permanent) == (PRICE, PRICE, 0)


async def test_whoever_stops_hears_what_is_ordered_and_what_waits(
    house: House, vendor: KlingStandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    vendor.faults.add(TaskFault(action=TaskAction.STICK, times=1))
    house.slots = 1
    app = await house.start()
    [ordered, _] = await house.order(request=cheap_request().model_copy(update={"outputs": 2}), requester=OPERATOR)
    await house.reaches(ordered, JobState.RUNNING)
    await Terminal(app).say_what_stays()
    told = capsys.readouterr().err
    assert told == "1 clip stays ordered and 1 clip waits to be ordered. The next command carries on.\n"
