"""The scores on the corpus may not fall."""

from __future__ import annotations

import pytest

from tests.support.prompt_corpus import score


def test_the_known_part_comes_out_without_a_mistake() -> None:
    result = score("known")
    assert (result.missed, result.false_alarms, result.wrong_parses, result.wrong_sounds) == ([], [], [], [])


def test_hints_stay_rare_on_good_prompts() -> None:
    result = score("known")
    assert result.hints <= result.good // 4


@pytest.mark.parametrize("part", ["held_back"])
def test_the_part_held_back_keeps_its_scores(part: str) -> None:
    result = score(part)
    assert result.recall >= 0.9
    assert len(result.false_alarms) <= result.good // 25
    assert len(result.wrong_parses) <= result.good // 10
