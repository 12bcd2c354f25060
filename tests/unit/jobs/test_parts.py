from __future__ import annotations

from bot.jobs.parts import DrivePolicy

POLICY = DrivePolicy(retry_pause=2.0, slot_pause=5.0, longest_pause=60.0)


def test_pauses_grow_by_half_up_to_the_longest() -> None:
    assert [POLICY.pause(repetition) for repetition in (0, 1, 2)] == [2.0, 3.0, 4.5]
    assert [POLICY.step_back(attempt) for attempt in (1, 2)] == [5.0, 7.5]


def test_an_endless_outage_has_a_pause_too() -> None:
    assert POLICY.pause(1_000_000) == 60.0
    assert POLICY.step_back(1_000_000) == 60.0
