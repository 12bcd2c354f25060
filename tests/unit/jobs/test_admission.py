from __future__ import annotations

from typing import TYPE_CHECKING

from bot.jobs import store
from bot.jobs.admission import Room, RunningLimits, admit, next_retry, waiting_line
from bot.jobs.quote import Requester
from bot.jobs.state import JobState
from tests.support.jobs import NOW, give, placed, quoted

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.storage.database import Database, Transaction

WIDE = RunningLimits(slots=100, per_person=100, per_server=100)


def queue(tx: Transaction, *entries: tuple[int, int, int]) -> list[Job]:
    """Queue one job for each (server, person, priority), a second apart."""
    jobs: list[Job] = []
    for number, (server, person, priority) in enumerate(entries):
        requester = Requester(server=server, person=person)
        give(tx, requester, 50, command=f"g{number}")
        at = NOW + number * 1000
        agreement = quoted(tx, f"q{number}", requester=requester, at=at)
        jobs += placed(tx, agreement, priority=priority, at=at)
    return jobs


async def order(database: Database, limits: RunningLimits, *entries: tuple[int, int, int]) -> list[int]:
    """Return which of the queued jobs are admitted, in their order."""

    def scenario(tx: Transaction) -> list[int]:
        numbers = {job.id: number for number, job in enumerate(queue(tx, *entries))}
        return [numbers[job.id] for job in admit(tx, "kling", limits=limits, owner="me", at=NOW + 60_000)]

    return await database.run(scenario)


async def test_first_come_first_served(database: Database) -> None:
    assert await order(database, WIDE, (1, 1, 0), (1, 2, 0), (2, 3, 0)) == [0, 1, 2]


async def test_no_more_than_the_slots(database: Database) -> None:
    limits = RunningLimits(slots=2, per_person=100, per_server=100)
    assert await order(database, limits, (1, 1, 0), (1, 2, 0), (2, 3, 0)) == [0, 1]


async def test_a_second_clip_waits_behind_everybodys_first(database: Database) -> None:
    entries = [(1, 1, 0), (1, 1, 0), (1, 1, 0), (1, 2, 0), (2, 3, 0)]
    assert await order(database, WIDE, *entries) == [0, 3, 4, 1, 2]


async def test_priority_goes_first(database: Database) -> None:
    assert await order(database, WIDE, (1, 1, 0), (1, 2, 5), (2, 3, 1)) == [1, 2, 0]


async def test_limits_per_person_and_per_server(database: Database) -> None:
    limits = RunningLimits(slots=100, per_person=2, per_server=3)
    entries = [(1, 1, 0), (1, 1, 0), (1, 1, 0), (1, 2, 0), (1, 2, 0), (2, 1, 0)]
    assert sorted(await order(database, limits, *entries)) == [0, 1, 3, 5]


async def test_what_runs_already_counts(database: Database) -> None:
    limits = RunningLimits(slots=3, per_person=2, per_server=100)

    def scenario(tx: Transaction) -> tuple[int, int, int]:
        queue(tx, (1, 1, 0), (1, 1, 0), (1, 1, 0), (1, 2, 0), (1, 2, 0))
        first = admit(tx, "kling", limits=limits, owner="me", at=NOW + 60_000)
        second = admit(tx, "kling", limits=limits, owner="me", at=NOW + 60_000)
        store.move(tx, first[0], JobState.FAILED, at=NOW + 61_000)
        third = admit(tx, "kling", limits=limits, owner="me", at=NOW + 62_000)
        return len(first), len(second), len(third)

    assert await database.run(scenario) == (3, 0, 1)


async def test_an_admitted_job_is_ours_and_a_new_attempt(database: Database) -> None:
    def scenario(tx: Transaction) -> Job:
        queue(tx, (1, 1, 0))
        return admit(tx, "kling", limits=WIDE, owner="me", at=NOW + 5000)[0]

    job = await database.run(scenario)
    assert (job.state, job.owner, job.attempt, job.client_key) == (JobState.SUBMITTING, "me", 1, "q01-1")


async def test_who_had_to_step_back_waits_out_the_pause_without_blocking_others(database: Database) -> None:
    def scenario(tx: Transaction) -> tuple[list[str], int | None, list[str]]:
        queue(tx, (1, 1, 0), (1, 1, 0))
        one = RunningLimits(slots=1, per_person=1, per_server=1)
        first = admit(tx, "kling", limits=one, owner="me", at=NOW + 2000)[0]
        store.move(tx, first, JobState.QUEUED, at=NOW + 3000, not_before=NOW + 10_000)
        second = admit(tx, "kling", limits=one, owner="me", at=NOW + 4000)
        retry = next_retry(tx, "kling", NOW + 4000)
        store.move(tx, second[0], JobState.FAILED, at=NOW + 5000)
        third = admit(tx, "kling", limits=one, owner="me", at=NOW + 10_000)
        return [job.id for job in second], retry, [job.client_key for job in third]

    assert await database.run(scenario) == (["q11"], NOW + 10_000, ["q01-2"])


async def test_the_line_has_the_order_of_admission(database: Database) -> None:
    def scenario(tx: Transaction) -> list[int]:
        jobs = [job.id for job in queue(tx, (1, 1, 0), (1, 1, 0), (1, 2, 0), (2, 3, 9))]
        return [jobs.index(one.job) for one in waiting_line(tx, "kling", NOW + 60_000)]

    assert await database.run(scenario) == [3, 0, 2, 1]


async def test_a_job_that_left_the_queue_is_not_in_the_line_and_counts_as_a_turn(database: Database) -> None:
    def scenario(tx: Transaction) -> list[int]:
        queue(tx, (1, 1, 0), (1, 1, 0))
        admit(tx, "kling", limits=RunningLimits(slots=1, per_person=1, per_server=1), owner="me", at=NOW)
        return [one.turn for one in waiting_line(tx, "kling", NOW)]

    assert await database.run(scenario) == [2]


def test_without_a_refusal_there_is_room_for_all_slots() -> None:
    room = Room()
    assert (room.slots(5, NOW), room.limited, room.next_trial(NOW)) == (5, False, None)


def test_after_a_refusal_there_is_room_for_as_many_as_were_there_and_later_for_one_more() -> None:
    room = Room()
    room.refused(taken=2, until=NOW + 5000, at=NOW)
    assert (room.slots(5, NOW), room.next_trial(NOW)) == (2, NOW + 5000)
    assert (room.slots(5, NOW + 5000), room.next_trial(NOW + 5000)) == (3, None)


def test_of_several_refusals_at_once_the_strictest_counts() -> None:
    room = Room()
    room.refused(taken=4, until=NOW + 5000, at=NOW)
    room.refused(taken=3, until=NOW + 4000, at=NOW + 10)
    room.refused(taken=4, until=NOW + 4000, at=NOW + 20)
    assert (room.slots(5, NOW + 30), room.next_trial(NOW + 30)) == (3, NOW + 5000)


def test_what_is_accepted_widens_the_room_step_by_step() -> None:
    room = Room()
    room.refused(taken=0, until=NOW + 5000, at=NOW)
    seen = []
    for taken in range(1, 7):
        seen.append(room.slots(4, NOW + 6000))
        room.accepted(taken=taken, at=NOW + 6000)
    assert seen == [1, 2, 3, 4, 4, 4]


def test_what_was_accepted_beside_a_refusal_teaches_nothing() -> None:
    room = Room()
    room.refused(taken=0, until=NOW + 5000, at=NOW)
    room.accepted(taken=4, at=NOW + 100)
    assert room.slots(5, NOW + 200) == 0


def test_a_later_refusal_replaces_what_was_learned_before() -> None:
    room = Room()
    room.refused(taken=1, until=NOW + 5000, at=NOW)
    room.refused(taken=3, until=NOW + 9000, at=NOW + 6000)
    assert room.slots(5, NOW + 7000) == 3
