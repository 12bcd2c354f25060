"""The record of attempts: nonces, what stays open, what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import store
from bot.delivery.card import Detour, Form
from bot.delivery.destination import Posted
from bot.delivery.parts import Kind
from tests.support.clip_rows import delivering
from tests.support.jobs import MIA, NOW

if TYPE_CHECKING:
    from bot.delivery.store import Attempt
    from bot.storage.database import Database, Transaction

GENERATIONS = st.integers(0, 9_999)


@given(
    one=st.tuples(st.text(min_size=1), st.sampled_from(Kind), GENERATIONS),
    other=st.tuples(st.text(min_size=1), st.sampled_from(Kind), GENERATIONS),
)
def test_nonces_fit_and_differ(one: tuple[str, Kind, int], other: tuple[str, Kind, int]) -> None:
    first, second = store.nonce_for(*one), store.nonce_for(*other)
    assert len(first) <= 25
    assert (first == second) == (one == other)


async def test_an_open_attempt_is_taken_up_in_the_same_place_and_form_alone(database: Database) -> None:
    def scenario(tx: Transaction) -> list[Attempt]:
        job = delivering(tx, "q")

        def intend(channel: int, form: Form) -> Attempt:
            return store.intend(tx, job.id, Kind.CLIP, channel=channel, form=form, at=NOW)

        return [intend(5, Form.VIDEO), intend(5, Form.VIDEO), intend(5, Form.POSTER), intend(7, Form.POSTER)]

    first, again, as_poster, elsewhere = await database.run(scenario)
    assert first == again
    assert len({first.nonce, as_poster.nonce, elsewhere.nonce}) == 3
    states = await database.read(lambda tx: tx.rows("SELECT state FROM delivery ORDER BY generation"))
    assert [row["state"] for row in states] == ["refused", "refused", "intended"]


async def test_what_is_settled_stays_settled(database: Database) -> None:
    def scenario(tx: Transaction) -> Attempt | None:
        job = delivering(tx, "q")
        attempt = store.intend(tx, job.id, Kind.CLIP, channel=5, form=Form.VIDEO, at=NOW)
        store.settle(tx, attempt.nonce, Posted(5, 6), at=NOW)
        store.refuse(tx, attempt.nonce, at=NOW)
        store.settle_deleted(tx, attempt.nonce, at=NOW)
        store.settle(tx, attempt.nonce, Posted(8, 9), at=NOW)
        return store.latest(tx, job.id, Kind.CLIP)

    attempt = await database.run(scenario)
    assert attempt is not None
    assert attempt.receipt == "channel:5/message:6"


async def test_a_notice_goes_when_the_message_came_after_all(database: Database) -> None:
    def scenario(tx: Transaction) -> tuple[int, int]:
        job = delivering(tx, "q")
        store.leave_notice(tx, job, Kind.CLIP, Detour.OUTAGE, at=NOW)
        store.leave_notice(tx, job, Kind.NOTICE, Detour.OUTAGE, at=NOW)
        before = len(store.unseen_notices(tx, MIA.person))
        attempt = store.intend(tx, job.id, Kind.CLIP, channel=5, form=Form.VIDEO, at=NOW)
        store.settle(tx, attempt.nonce, Posted(5, 6), at=NOW)
        return before, len(store.unseen_notices(tx, MIA.person))

    assert await database.run(scenario) == (2, 1)
