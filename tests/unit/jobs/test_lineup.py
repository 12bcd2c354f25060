from __future__ import annotations

import pytest

from bot.jobs.admission import RunningLimits
from bot.jobs.lineup import Work, ready_in
from bot.jobs.quote import Requester

MIA, TOM, EVA = (Requester(server=1, person=person) for person in (1, 2, 3))
FAR = Requester(server=2, person=1)


def limits(slots: int, *, per_person: int = 100, per_server: int = 100) -> RunningLimits:
    return RunningLimits(slots=slots, per_person=per_person, per_server=per_server)


@pytest.mark.parametrize(
    ("running", "ahead", "slots", "expected"),
    [
        ([], [], 1, 100),
        ([40], [], 1, 140),
        ([40], [], 2, 100),
        ([40, 90], [100], 2, 190),
        ([40, 90], [100, 100], 2, 240),
        ([-5, 10], [], 2, 100),
        ([10, 20, 30], [], 2, 120),
    ],
)
def test_the_wait_follows_the_slots(running: list[float], ahead: list[float], slots: int, expected: float) -> None:
    busy = [Work(TOM, seconds) for seconds in running]
    line = [*(Work(EVA, seconds) for seconds in ahead), Work(MIA, 100)]
    assert ready_in(busy, line, limits(slots))[-1] == expected


def test_several_clips_of_one_person_take_their_turns() -> None:
    four = [Work(MIA, 60)] * 4
    assert ready_in([], four, limits(1)) == [60, 120, 180, 240]
    assert ready_in([], four, limits(5)) == [60, 60, 60, 60]
    assert ready_in([], four, limits(5, per_person=2)) == [60, 60, 120, 120]


def test_who_has_enough_running_lets_others_pass() -> None:
    line = [Work(MIA, 10), Work(MIA, 10), Work(TOM, 10)]
    assert ready_in([Work(MIA, 30)], line, limits(2, per_person=1)) == [40, 50, 10]


def test_one_server_leaves_room_for_another() -> None:
    line = [Work(MIA, 10), Work(TOM, 10), Work(EVA, 10), Work(FAR, 10)]
    assert ready_in([], line, limits(3, per_server=2)) == [10, 10, 20, 10]


def test_nobody_waits_where_nothing_was_asked() -> None:
    assert ready_in([Work(MIA, 30)], [], limits(1)) == []
