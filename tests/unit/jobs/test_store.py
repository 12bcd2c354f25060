from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.jobs import store
from bot.jobs.admission import RunningLimits, admit
from bot.jobs.state import JobState
from tests.support.jobs import MIA, NOW, give, placed, quoted

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.storage.database import Database, Transaction

WIDE = RunningLimits(slots=100, per_person=100, per_server=100)


def admitted(tx: Transaction, *, owner: str = "me") -> Job:
    """A job on its first attempt."""
    give(tx, MIA, 50)
    placed(tx, quoted(tx, "q"))
    return admit(tx, "kling", limits=WIDE, owner=owner, at=NOW)[0]


def again(tx: Transaction, job: Job) -> Job:
    """The same job after it went back to the queue, on its second attempt."""
    store.move(tx, job, JobState.QUEUED, at=NOW)
    return admit(tx, "kling", limits=WIDE, owner="me", at=NOW)[0]


async def test_who_holds_an_earlier_attempt_can_neither_move_nor_count(database: Database) -> None:
    first = await database.run(admitted)
    second = await database.run(lambda tx: again(tx, first))
    assert (second.attempt, second.client_key) == (2, "q1-2")
    with pytest.raises(store.JobTaken):
        await database.run(lambda tx: store.move(tx, first, JobState.RUNNING, at=NOW))
    with pytest.raises(store.JobTaken):
        await database.run(lambda tx: store.stumble(tx, first))
    assert (await database.run(lambda tx: store.stumble(tx, second))).recoveries == 1


async def test_who_lost_a_job_to_another_process_can_neither_move_nor_count(database: Database) -> None:
    mine = await database.run(admitted)
    [theirs] = await database.run(lambda tx: store.take_over(tx, "other", except_for=()))
    with pytest.raises(store.JobTaken):
        await database.run(lambda tx: store.move(tx, mine, JobState.RUNNING, at=NOW))
    with pytest.raises(store.JobTaken):
        await database.run(lambda tx: store.stumble(tx, mine))
    assert (theirs.owner, theirs.recoveries) == ("other", 1)


async def test_a_move_that_does_not_exist_is_refused(database: Database) -> None:
    job = await database.run(admitted)
    with pytest.raises(ValueError, match="no move from submitting to delivered"):
        await database.run(lambda tx: store.move(tx, job, JobState.DELIVERED, at=NOW))
