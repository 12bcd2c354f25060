from __future__ import annotations

import pytest

from bot.jobs.forecast import Assumption, Forecast, expected_wait
from bot.jobs.job import Profile, profile_of

PROFILE = Profile(model="kling-2.6", mode="professional", seconds=5)
ASSUMPTION = Assumption(earliest=30, typical=120)


def test_without_history_the_assumption_holds() -> None:
    forecast = Forecast(ASSUMPTION)
    for seconds in (10, 20, 30, 40):
        forecast.record(PROFILE, seconds)
    assert (forecast.earliest(PROFILE), forecast.typical(PROFILE)) == (30, 120)


def test_history_replaces_the_assumption_for_its_profile_only() -> None:
    forecast = Forecast(ASSUMPTION)
    for seconds in (100, 110, 120, 130, 140):
        forecast.record(PROFILE, seconds)
    assert forecast.typical(PROFILE) == 120
    longer = Profile(model="kling-2.6", mode="professional", seconds=10)
    assert forecast.typical(longer) == 120
    assert forecast.earliest(longer) == 30


def test_a_short_history_says_little_about_the_quickest_clip() -> None:
    forecast = Forecast(ASSUMPTION)
    for seconds in range(100, 290, 10):
        forecast.record(PROFILE, seconds)
    assert forecast.earliest(PROFILE) == 30
    forecast.record(PROFILE, 290)
    assert forecast.earliest(PROFILE) == pytest.approx(0.9 * 119)


def test_old_samples_are_forgotten() -> None:
    forecast = Forecast(ASSUMPTION)
    for _ in range(50):
        forecast.record(PROFILE, 500)
    for _ in range(50):
        forecast.record(PROFILE, 60)
    assert forecast.typical(PROFILE) == 60


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
def test_the_expected_wait_follows_the_slots(
    running: list[float], ahead: list[float], slots: int, expected: float
) -> None:
    assert expected_wait(running=running, ahead=ahead, slots=slots, own=100) == expected


def test_references_of_any_length_share_a_few_profiles() -> None:
    profiles = {profile_of("kling-2.6", "professional", hundredth / 100) for hundredth in range(300, 3001)}
    assert len(profiles) == 28
