"""How long tasks take."""

from random import Random

import pytest

from bot.sandbox.kling.settings import Settings, Span

DRAWS = 5_000


@pytest.mark.parametrize("name", ["submitted", "processing_standard", "processing_professional", "processing_voice"])
def test_spans_stay_in_their_bounds_and_have_a_tail(name: str) -> None:
    span: Span = getattr(Settings(), name)
    random = Random(1)
    drawn = [span.draw(random) for _ in range(DRAWS)]
    assert min(drawn) == span.low
    assert max(drawn) <= span.longest
    above = sum(seconds > span.high for seconds in drawn) / DRAWS
    assert above == pytest.approx(0.05 if span.longest > span.high else 0, abs=0.015)


def test_sound_makes_them_longer() -> None:
    span = Settings().processing_professional
    assert span.stretched(1.2) == Span(low=72, high=288, longest=600)
