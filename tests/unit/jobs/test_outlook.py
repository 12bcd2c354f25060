from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.jobs import store
from bot.jobs.admission import RunningLimits, admit
from bot.jobs.forecast import Forecast
from bot.jobs.outlook import Outlook, Standing
from bot.jobs.quote import Requester
from bot.jobs.request import Request
from tests.support.jobs import MIA, NOW, PROMPT, give, placed, quoted

if TYPE_CHECKING:
    from bot.storage.database import Database, Transaction

TOM = Requester(server=1, person=2)


def outlook(*, slots: int = 5, per_person: int = 2, at: int = NOW) -> Outlook:
    """A vendor that takes ten seconds for each second of a clip."""
    limits = RunningLimits(slots=slots, per_person=per_person, per_server=5)
    return Outlook("kling", Forecast(lambda profile: 10.0 * profile.seconds), limits, at)


def order(tx: Transaction, quote_id: str, requester: Requester, outputs: int) -> str:
    """Queue some clips of five seconds and return their batch."""
    give(tx, requester, 500, command=quote_id)
    return placed(tx, quoted(tx, quote_id, requester=requester, outputs=outputs))[0].batch


@pytest.mark.parametrize(
    ("outputs", "slots", "per_person", "expected"),
    [(1, 5, 2, 100), (4, 5, 4, 100), (4, 5, 2, 200), (4, 1, 2, 400)],
)
async def test_several_clips_take_longer_than_one(
    database: Database, outputs: int, slots: int, per_person: int, expected: float
) -> None:
    request = Request(prompt=PROMPT, seconds=10, outputs=outputs)
    look = outlook(slots=slots, per_person=per_person)
    assert await database.run(lambda tx: look.of_request(tx, request, MIA, priority=0)) == expected


async def test_a_first_clip_goes_before_the_second_ones_of_others(database: Database) -> None:
    request = Request(prompt=PROMPT, seconds=5)

    def scenario(tx: Transaction) -> list[float]:
        order(tx, "q1", TOM, 3)
        look = outlook(slots=1)
        return [look.of_request(tx, request, MIA, priority=priority) for priority in (0, 1)]

    assert await database.run(scenario) == [100, 50]


async def test_everybody_waits_for_what_is_running(database: Database) -> None:
    request = Request(prompt=PROMPT, seconds=5, outputs=2)

    def scenario(tx: Transaction) -> float:
        order(tx, "q1", TOM, 1)
        admit(tx, "kling", limits=RunningLimits(slots=1, per_person=1, per_server=1), owner="me", at=NOW)
        return outlook(slots=1, at=NOW + 20_000).of_request(tx, request, MIA, priority=0)

    assert await database.run(scenario) == 30 + 50 + 50


async def test_the_clips_of_a_batch_stand_one_behind_the_other(database: Database) -> None:
    def scenario(tx: Transaction) -> list[Standing]:
        batch = order(tx, "q1", MIA, 4)
        admit(tx, "kling", limits=RunningLimits(slots=1, per_person=1, per_server=1), owner="me", at=NOW)
        jobs = store.load_batch(tx, batch)
        standings = outlook(per_person=2, at=NOW + 20_000).standings(tx, jobs)
        return [standings[job.id] for job in jobs]

    assert await database.run(scenario) == [Standing(None, 30), Standing(None, 50), Standing(2, 80), Standing(3, 100)]


@pytest.mark.parametrize(
    ("slots", "per_person", "places"), [(5, 5, [None, None, None]), (2, 5, [None, None, 3]), (5, 1, [None, 2, 3])]
)
async def test_a_place_in_the_queue_is_told_only_to_those_who_really_wait(
    database: Database, slots: int, per_person: int, places: list[int | None]
) -> None:
    def scenario(tx: Transaction) -> list[int | None]:
        jobs = store.load_batch(tx, order(tx, "q1", MIA, 3))
        standings = outlook(slots=slots, per_person=per_person).standings(tx, jobs)
        return [standings[job.id].position for job in jobs]

    assert await database.run(scenario) == places


async def test_whoever_waits_for_the_only_slot_is_first_in_the_queue(database: Database) -> None:
    def scenario(tx: Transaction) -> Standing:
        order(tx, "q1", TOM, 1)
        admit(tx, "kling", limits=RunningLimits(slots=1, per_person=1, per_server=1), owner="me", at=NOW)
        [job] = store.load_batch(tx, order(tx, "q2", MIA, 1))
        return outlook(slots=1, at=NOW + 60_000).standings(tx, [job])[job.id]

    assert await database.run(scenario) == Standing(1, 50)
