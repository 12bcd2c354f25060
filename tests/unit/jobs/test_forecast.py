from __future__ import annotations

import pytest

from bot.jobs.forecast import Forecast
from bot.jobs.job import Profile, profile_of

PROFILE = Profile(model="kling-2.6", mode="professional", seconds=5)
LONGER = Profile(model="kling-2.6", mode="professional", seconds=10)


def assume(profile: Profile) -> float:
    return 24.0 * profile.seconds


def test_without_history_the_assumption_holds() -> None:
    forecast = Forecast(assume)
    assert (forecast.earliest(PROFILE), forecast.typical(PROFILE)) == (48, 120)
    assert (forecast.earliest(LONGER), forecast.typical(LONGER)) == (96, 240)


def test_history_soon_replaces_the_assumption() -> None:
    forecast = Forecast(assume)
    seen = []
    for seconds in (60, 60, 60):
        forecast.record(PROFILE, seconds)
        seen.append(forecast.typical(PROFILE))
    assert seen == [75, 60, 60]


def test_what_one_profile_teaches_is_expected_of_the_others() -> None:
    forecast = Forecast(assume)
    for _ in range(3):
        forecast.record(PROFILE, 60)
    assert forecast.typical(LONGER) == 120
    forecast.record(LONGER, 200)
    forecast.record(LONGER, 200)
    assert forecast.typical(LONGER) == 200


def test_a_vendor_that_proved_quick_is_asked_early() -> None:
    forecast = Forecast(assume)
    for _ in range(3):
        forecast.record(PROFILE, 10)
    assert forecast.earliest(PROFILE) == 4


def test_a_short_history_says_little_about_the_quickest_clip() -> None:
    forecast = Forecast(assume)
    for seconds in range(100, 290, 10):
        forecast.record(PROFILE, seconds)
    assert forecast.earliest(PROFILE) == 48
    forecast.record(PROFILE, 290)
    assert forecast.earliest(PROFILE) == pytest.approx(0.9 * 119)


def test_old_samples_are_forgotten() -> None:
    forecast = Forecast(assume)
    for _ in range(50):
        forecast.record(PROFILE, 500)
    for _ in range(50):
        forecast.record(PROFILE, 60)
    assert forecast.typical(PROFILE) == 60


def test_references_of_any_length_share_a_few_profiles() -> None:
    profiles = {profile_of("kling-2.6", "professional", hundredth / 100) for hundredth in range(300, 3001)}
    assert len(profiles) == 28
