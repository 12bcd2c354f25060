from __future__ import annotations

import pytest

from bot.jobs.job import Profile
from bot.sandbox.pace import StandInPace


def profile(mode: str, seconds: int) -> Profile:
    return Profile(model="kling-2.6", mode=mode, seconds=seconds)


@pytest.mark.parametrize(
    ("mode", "seconds", "expected"),
    [("standard", 5, 7.5), ("standard", 10, 13.5), ("professional", 5, 13), ("professional", 10, 24.5)],
)
def test_where_time_is_short_drawing_counts(mode: str, seconds: int, expected: float) -> None:
    assert StandInPace(speed=60, processors=2).seconds(profile(mode, seconds)) == pytest.approx(expected)


def test_where_time_is_long_the_simulated_wait_counts() -> None:
    pace = StandInPace(speed=1, processors=2)
    assert 80 < pace.seconds(profile("standard", 5)) < pace.seconds(profile("professional", 5)) < 200


@pytest.mark.parametrize(
    ("speed", "processors", "expected"), [(60, 1, 1), (60, 2, 1), (60, 8, 4), (60, 64, 5), (1, 2, 5), (2, 2, 3)]
)
def test_no_more_clips_are_taken_than_can_be_drawn(speed: float, processors: int, expected: int) -> None:
    assert StandInPace(speed=speed, processors=processors).slots(5) == expected
