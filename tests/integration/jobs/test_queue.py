"""Waiting: more jobs than slots, limits for people, a vendor with less room than we think, and too long a wait."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING

import pytest

from bot.errors import InsufficientCredits, TooManyJobs
from bot.jobs.quote import Requester
from bot.jobs.state import JobState
from bot.ledger import grant
from bot.sandbox.kling.faults import AnswerFault, TaskAction, TaskFault
from tests.support.live import MIA, TOM, policies
from tests.support.stage import PRICE, ask, cheap_request

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.jobs.place import Agreement
    from bot.sandbox.kling import KlingStandIn
    from bot.storage.database import Transaction
    from tests.support.live import House

EVA = Requester(server=2, person=3)


async def test_a_vendor_with_less_room_than_we_think_makes_every_clip(house: House, vendor: KlingStandIn) -> None:
    vendor.configure(slots=1, fixed_processing=120)
    await house.start()
    jobs = [job for number in range(6) for job in await house.order(f"q{number}")]
    stepped_back = await house.noted(jobs[-1], "waits for the next free slot")
    assert stepped_back.state is JobState.QUEUED
    assert not stepped_back.state.occupies_slot
    held = await house.sums()
    assert held.held + held.captured == 6 * PRICE
    ended = await house.end(*jobs)
    assert {job.state for job in ended} == {JobState.DELIVERED}
    sums = await house.sums()
    assert (sums.held, sums.captured) == (0, 6 * PRICE)
    assert len(house.files()) == 6
    assert len(vendor.tasks) == 6


async def test_a_full_vendor_is_not_stormed(house: House, vendor: KlingStandIn) -> None:
    vendor.configure(slots=2, fixed_processing=200)
    house.policies = policies(drive={"slot_pause": 60.0, "longest_pause": 60.0})
    await house.start()
    jobs = [job for number in range(12) for job in await house.order(f"q{number:02}")]
    ended = await house.end(*jobs)
    assert {job.state for job in ended} == {JobState.DELIVERED}
    refusals = house.calls()["create"] - 12
    assert 0 < refusals <= 5, "waiting jobs were sent in vain although nothing had changed"


async def test_a_rate_limit_keeps_everybody_back_for_as_long_as_the_vendor_says(
    house: House, vendor: KlingStandIn
) -> None:
    vendor.faults.add(AnswerFault(code=1302, retry_after=1, times=1))
    house.slots = 1
    await house.start()
    began = asyncio.get_running_loop().time()
    jobs = [job for number in range(4) for job in await house.order(f"q{number}")]
    await house.reaches(jobs[0], JobState.RUNNING)
    assert asyncio.get_running_loop().time() - began >= 1
    assert house.calls()["create"] == 2
    assert {job.state for job in await house.end(*jobs)} == {JobState.DELIVERED}


async def test_no_more_run_than_the_slots_and_the_limits_of_each_person_allow(
    house: House, vendor: KlingStandIn
) -> None:
    house.slots = 3
    house.changes = {"jobs": {"running_per_person": 2, "running_per_server": 2}}
    vendor.configure(fixed_processing=150)
    await house.start()
    running: set[str] = set()
    people: dict[str, Requester] = {}
    most: dict[object, int] = {}

    def count(job: Job) -> None:
        (running.add if job.state.occupies_slot else running.discard)(job.id)
        here = [people[one] for one in running if one in people]
        for key, number in [
            ("all", len(running)),
            *((who, here.count(who)) for who in (MIA, TOM, EVA)),
            *((server, sum(who.server == server for who in here)) for server in (1, 2)),
        ]:
            most[key] = max(most.get(key, 0), number)

    house.app.engine.listeners.append(count)
    jobs = []
    for number, requester in enumerate([MIA, MIA, MIA, TOM, TOM, EVA, EVA]):
        people[f"q{number}1"] = requester
        jobs += await house.order(f"q{number}", requester=requester)
    ended = await house.end(*jobs)
    assert {job.state for job in ended} == {JobState.DELIVERED}
    assert most["all"] == 3
    assert most[1] == 2
    assert all(number <= 2 for key, number in most.items() if key != "all")


async def test_the_place_in_the_queue_is_shown_and_true(house: House, vendor: KlingStandIn) -> None:
    vendor.faults.add(TaskFault(action=TaskAction.PACE, seconds=3600, external_task_id="q01-1"))
    house.slots = 1
    await house.start()
    jobs = [job for number in range(4) for job in await house.order(f"q{number}")]
    await house.reaches(jobs[0], JobState.RUNNING)
    standings = [(await house.app.engine.standings(job.batch))[1][job.id] for job in jobs]
    assert [standing.position for standing in standings] == [None, 1, 2, 3]
    waits = [standing.expected_seconds for standing in standings]
    assert all(shorter < longer for shorter, longer in itertools.pairwise(waits))


@pytest.mark.parametrize(
    ("limit", "whose"), [("waiting_per_person", "You have"), ("waiting_per_server", "This server")]
)
async def test_who_has_too_many_waiting_is_told_and_not_charged(
    house: House, vendor: KlingStandIn, limit: str, whose: str
) -> None:
    vendor.configure(fixed_processing=10_000)
    house.slots = 1
    house.changes = {"jobs": {limit: 2}}
    await house.start()
    first = await house.order("q0")
    await house.reaches(first[0], JobState.RUNNING)
    await house.order("q1")
    await house.order("q2")
    with pytest.raises(TooManyJobs, match=f"{whose} .*2 clips waiting.*Nothing was charged"):
        await house.order("q3")
    purse = await house.purse()
    assert (purse.available, purse.held) == (PRICE, 3 * PRICE)


async def test_a_job_that_waits_too_long_expires_with_its_credits_back(house: House, vendor: KlingStandIn) -> None:
    vendor.faults.add(TaskFault(action=TaskAction.PACE, seconds=3600, external_task_id="q01-1"))
    house.slots = 1
    house.policies = policies(housekeeping={"interval": 0.1, "longest_wait": 0.8})
    await house.start()
    [first] = await house.order("q0")
    await house.reaches(first, JobState.RUNNING)
    [second] = await house.order("q1", requester=TOM)
    [ended] = await house.end(second)
    assert ended.state is JobState.EXPIRED
    assert str(ended.message) == (
        "This clip waited too long to be sent to the video service. Your credits are back. Please try again later."
    )
    assert (await house.purse(TOM)).available == PRICE
    assert (await house.purse(MIA)).held == PRICE
    assert (await house.sums()).held == PRICE
    assert house.calls()["create"] == 1


async def test_fifty_placements_at_once_spend_what_is_there_and_no_more(house: House, vendor: KlingStandIn) -> None:
    vendor.configure(slots=0)
    await house.start()
    app = house.app
    at = app.clock.now()

    def ask_for_fifty(tx: Transaction) -> list[Agreement]:
        return [ask(tx, f"q{number:02}", MIA, cheap_request(), out=house.out, at=at) for number in range(50)]

    agreements = await app.database.run(ask_for_fifty)
    await app.database.run(
        lambda tx: grant(
            tx, command="back", owner=MIA.owner, amount=-30 * PRICE, actor="test", note="20 are enough", at=at
        ),
    )

    async def place(agreement: Agreement) -> str:
        try:
            await app.engine.place(agreement, provider="kling", caps=())
        except InsufficientCredits as refusal:
            return str(refusal)
        return ""

    answers = await asyncio.gather(*(place(agreement) for agreement in agreements))
    assert answers.count("") == 20
    assert all("Nothing was charged" in answer for answer in answers if answer)
    row = await app.database.read(lambda tx: tx.row("SELECT COUNT(*) AS jobs FROM job"))
    assert row is not None
    assert row["jobs"] == 20
    purse = await house.purse()
    assert (purse.available, purse.held) == (0, 20 * PRICE)
    await house.sums()
