from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.errors import CapReached, InsufficientCredits, QuoteNotValid, TooManyJobs
from bot.jobs import store
from bot.jobs.audit import audit_jobs
from bot.jobs.place import Agreement, WaitingLimits
from bot.jobs.quote import Requester, drop_expired_quotes
from bot.jobs.state import JobState
from bot.ledger import Cap, balance
from tests.support.jobs import MIA, NOW, give, placed, quoted

if TYPE_CHECKING:
    from bot.storage.database import Database, Transaction


async def available(database: Database, requester: Requester = MIA) -> tuple[int, int]:
    have = await database.read(lambda tx: balance(tx, owner=requester.owner, at=NOW))
    return have.available, have.held


async def test_placing_holds_the_credits_and_queues_one_job_per_output(database: Database) -> None:
    def scenario(tx: Transaction) -> list[JobState]:
        give(tx, MIA, 200)
        return [job.state for job in placed(tx, quoted(tx, "q", outputs=3))]

    assert await database.run(scenario) == [JobState.QUEUED] * 3
    assert await available(database) == (50, 150)
    assert await database.read(audit_jobs) == []


async def test_placing_twice_is_placing_once(database: Database) -> None:
    def scenario(tx: Transaction) -> tuple[list[str], list[str]]:
        give(tx, MIA, 200)
        agreement = quoted(tx, "q", outputs=2)
        return [job.id for job in placed(tx, agreement)], [job.id for job in placed(tx, agreement)]

    first, second = await database.run(scenario)
    assert first == second
    assert await available(database) == (100, 100)


async def test_a_batch_that_cannot_be_paid_leaves_nothing_behind(database: Database) -> None:
    await database.run(lambda tx: give(tx, MIA, 149))
    agreement = await database.run(lambda tx: quoted(tx, "q", outputs=3))
    with pytest.raises(InsufficientCredits):
        await database.run(lambda tx: placed(tx, agreement))
    assert await available(database) == (149, 0)
    assert await database.read(lambda tx: store.jobs_of(tx, MIA)) == []


async def test_a_cap_that_would_be_exceeded_leaves_nothing_behind(database: Database) -> None:
    await database.run(lambda tx: give(tx, MIA, 500))
    agreement = await database.run(lambda tx: quoted(tx, "q", outputs=3))
    cap = Cap(scope="server:1", day="2026-01-01", limit=149)
    with pytest.raises(CapReached, match="Nothing was charged"):
        await database.run(lambda tx: placed(tx, agreement, caps=[cap]))
    assert await available(database) == (500, 0)


async def test_what_was_shown_is_what_is_agreed_to(database: Database) -> None:
    await database.run(lambda tx: give(tx, MIA, 500))
    shown = await database.run(lambda tx: quoted(tx, "q"))
    await database.run(lambda tx: quoted(tx, "q", revision=2, credits_each=90))
    dearer = Agreement(quote_id="q", revision=2, credits=50, requester=MIA)
    for agreement in (shown, dearer):
        with pytest.raises(QuoteNotValid, match="changed after this price was shown"):
            await database.run(partial(placed, agreement=agreement))
    assert await available(database) == (500, 0)


async def test_only_the_asker_can_confirm(database: Database) -> None:
    await database.run(lambda tx: quoted(tx, "q"))
    stranger = Agreement(quote_id="q", revision=1, credits=50, requester=Requester(server=1, person=2))
    with pytest.raises(QuoteNotValid, match="Only the person"):
        await database.run(lambda tx: placed(tx, stranger))


async def test_an_expired_quote_is_not_placed(database: Database) -> None:
    await database.run(lambda tx: give(tx, MIA, 500))
    agreement = await database.run(lambda tx: quoted(tx, "q"))
    with pytest.raises(QuoteNotValid, match="too long ago"):
        await database.run(lambda tx: placed(tx, agreement, at=NOW + 600_000))
    assert await database.run(lambda tx: drop_expired_quotes(tx, NOW + 600_001)) == 1
    with pytest.raises(QuoteNotValid, match="no longer known"):
        await database.run(lambda tx: placed(tx, agreement))


async def test_a_placed_quote_cannot_be_changed(database: Database) -> None:
    await database.run(lambda tx: give(tx, MIA, 500))
    agreement = await database.run(lambda tx: quoted(tx, "q"))
    await database.run(lambda tx: placed(tx, agreement))
    with pytest.raises(QuoteNotValid, match="already confirmed"):
        await database.run(lambda tx: quoted(tx, "q", revision=2))


@pytest.mark.parametrize(
    ("limits", "whose"),
    [
        (WaitingLimits(per_person=2, per_server=9), "You have"),
        (WaitingLimits(per_person=9, per_server=2), "server has"),
    ],
)
async def test_no_more_may_wait_than_the_limits_allow(database: Database, limits: WaitingLimits, whose: str) -> None:
    await database.run(lambda tx: give(tx, MIA, 500))
    first = await database.run(lambda tx: quoted(tx, "one", outputs=2))
    await database.run(lambda tx: placed(tx, first, limits=limits))
    second = await database.run(lambda tx: quoted(tx, "two"))
    with pytest.raises(TooManyJobs, match=f"{whose}.* 2 clips waiting"):
        await database.run(lambda tx: placed(tx, second, limits=limits))


@pytest.mark.parametrize("limits", [WaitingLimits(2, 9), WaitingLimits(9, 2), WaitingLimits(2, 1)])
async def test_what_can_never_fit_is_not_told_to_try_again(database: Database, limits: WaitingLimits) -> None:
    await database.run(lambda tx: give(tx, MIA, 500))
    asked = await database.run(lambda tx: quoted(tx, "q", outputs=3))
    most = min(limits.per_person, limits.per_server)
    with pytest.raises(TooManyJobs, match=f"At most {most} clips? can be asked for at once") as refusal:
        await database.run(lambda tx: placed(tx, asked, limits=limits))
    assert "again" not in str(refusal.value)
    assert await available(database) == (500, 0)
