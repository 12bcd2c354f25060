"""When lines are heard: order, gaps, speed and what does not fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.media.animatic.timing import FASTEST, SHORTEST_LEAD_IN, TAIL, gaps, lay_out, needed_speed


def test_a_marker_shortens_the_gap_before_a_line() -> None:
    assert gaps([False, True, False]) == [0.0, 0.1, 0.4]


def test_lines_that_fit_are_spoken_at_their_own_pace() -> None:
    assert needed_speed([1.0, 1.5], [0.0, 0.1], 5.0) == 1.0


def test_lines_that_nearly_fit_are_spoken_just_fast_enough() -> None:
    room = 5.0 - SHORTEST_LEAD_IN - TAIL

    assert needed_speed([room * 1.2], [0.0], 5.0) == pytest.approx(1.2)


def test_nothing_is_spoken_faster_than_a_quarter_more() -> None:
    assert needed_speed([60.0], [0.0], 5.0) == FASTEST == 1.25


def test_gaps_longer_than_the_clip_ask_for_the_highest_speed() -> None:
    assert needed_speed([1.0] * 20, gaps([False] * 20), 5.0) == FASTEST


def test_what_does_not_fit_is_measured() -> None:
    schedule = lay_out([4.0, 4.0], [0.0, 0.4], 5.0)

    assert schedule.overflow == pytest.approx(SHORTEST_LEAD_IN + 8.4 + TAIL - 5.0)
    assert schedule.spans[0].start == pytest.approx(SHORTEST_LEAD_IN)


def test_a_clip_without_lines_has_no_overflow() -> None:
    assert lay_out([], [], 0.2).overflow == 0.0


@given(
    durations=st.lists(st.floats(0.05, 4), min_size=1, max_size=8),
    marks=st.lists(st.booleans(), min_size=8, max_size=8),
    seconds=st.floats(1, 15),
)
def test_lines_follow_each_other_at_their_gaps(durations: list[float], marks: list[bool], seconds: float) -> None:
    silences = gaps(marks[: len(durations)])

    schedule = lay_out(durations, silences, seconds)

    assert schedule.spans[0].start >= SHORTEST_LEAD_IN - 1e-9
    for span, duration in zip(schedule.spans, durations, strict=True):
        assert span.end - span.start == pytest.approx(duration)
    for before, after, silence in zip(schedule.spans, schedule.spans[1:], silences[1:], strict=False):
        assert after.start - before.end == pytest.approx(silence)
    fits = schedule.spans[-1].end <= seconds - TAIL + 1e-9
    assert fits == (schedule.overflow < 1e-9)
