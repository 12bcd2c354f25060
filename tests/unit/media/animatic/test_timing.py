"""When lines are heard: order, gaps, speed and what does not fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.media.animatic.timing import FASTEST, HASTIEST, SHORTEST_LEAD_IN, TAIL, gaps, lay_out, plan_lines

ROOM = 5.0 - SHORTEST_LEAD_IN - TAIL


def test_a_marker_shortens_the_gap_before_a_line() -> None:
    assert gaps([False, True, False]) == [0.0, 0.1, 0.4]


def test_voices_keep_their_own_pace_where_there_is_time() -> None:
    plan = plan_lines([1.4, 2.0], [1.0, 1.5], [0.0, 0.1], 5.0)

    assert plan.durations == (1.4, 2.0)
    assert plan.silences == (0.0, 0.1)
    assert plan.speed == pytest.approx(2.5 / 3.4)


def test_voices_hurry_just_as_much_as_the_clip_needs() -> None:
    plan = plan_lines([ROOM * 1.2], [ROOM * 0.9], [0.0], 5.0)

    assert plan.durations == pytest.approx([ROOM])


def test_silences_give_way_before_a_voice_goes_beyond_what_is_expected() -> None:
    plan = plan_lines([3.0, 3.0], [2.2, 2.2], [0.0, 0.4], 5.0)

    assert plan.durations == pytest.approx([2.2, 2.2])
    assert plan.silences == pytest.approx([0.0, ROOM - 4.4])


def test_what_does_not_fit_is_spoken_a_quarter_faster_than_expected_and_no_more() -> None:
    plan = plan_lines([80.0], [60.0], [0.0], 5.0)

    assert plan.durations == pytest.approx([60.0 / 1.25])
    assert plan.speed == pytest.approx(FASTEST)


def test_no_voice_speaks_more_than_twice_as_fast_as_by_itself() -> None:
    plan = plan_lines([8.0], [1.0], [0.0], 2.0)

    assert plan.durations == pytest.approx([8.0 / HASTIEST])


def test_a_line_without_words_keeps_the_time_of_its_voice() -> None:
    assert plan_lines([0.5], [0.0], [0.0], 5.0).durations == (0.5,)


@given(
    lines=st.lists(st.tuples(st.floats(0.1, 4), st.floats(1, 1.75)), min_size=1, max_size=8),
    marks=st.lists(st.booleans(), min_size=8, max_size=8),
    seconds=st.sampled_from([5.0, 10.0]),
)
def test_what_the_prompt_language_says_fits_does_fit(
    lines: list[tuple[float, float]], marks: list[bool], seconds: float
) -> None:
    expected = [usual for usual, _ in lines]
    plan = plan_lines([usual * slower for usual, slower in lines], expected, gaps(marks[: len(lines)]), seconds)

    end = lay_out(plan.durations, plan.silences, seconds)[-1].end

    assert (end <= seconds - TAIL + 1e-9) or sum(expected) > seconds


@given(
    durations=st.lists(st.floats(0.05, 4), min_size=1, max_size=8),
    marks=st.lists(st.booleans(), min_size=8, max_size=8),
    seconds=st.floats(1, 15),
)
def test_lines_follow_each_other_at_their_gaps(durations: list[float], marks: list[bool], seconds: float) -> None:
    silences = gaps(marks[: len(durations)])

    spans = lay_out(durations, silences, seconds)

    assert spans[0].start >= SHORTEST_LEAD_IN - 1e-9
    for span, duration in zip(spans, durations, strict=True):
        assert span.end - span.start == pytest.approx(duration)
    for before, after, silence in zip(spans, spans[1:], silences[1:], strict=False):
        assert after.start - before.end == pytest.approx(silence)
    fits = SHORTEST_LEAD_IN + sum(durations) + sum(silences) + TAIL <= seconds
    assert fits == (spans[-1].end <= seconds - TAIL + 1e-9)


def test_a_clip_without_lines_has_no_times() -> None:
    assert lay_out([], [], 0.2) == ()
