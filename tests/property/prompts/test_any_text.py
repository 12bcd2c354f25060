"""What holds for every text, however muddled."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.prompts import LintContext, parse
from bot.prompts.builder import draft_from
from bot.prompts.compiler import add_turn_clauses, normalise
from tests.support.prompt_corpus import prompts
from tests.support.prompt_mutations import FRAGMENTS, check_lint, check_parse, mutate

TEXTS = [entry["text"] for part in ("known_good", "known_bad") for entry in prompts(part)]
PIECES = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8), st.sampled_from(TEXTS)), max_size=12)


@given(PIECES)
@settings(max_examples=100, deadline=None)
def test_parser_and_linter_keep_their_promises(pieces: list[str]) -> None:
    text = "".join(pieces)
    check_parse(text)
    check_lint(text, LintContext())


@given(st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_no_text_makes_the_tools_raise(text: str) -> None:
    normalise(text)
    add_turn_clauses(text, switches=True)
    assert isinstance(draft_from(text).text, str)


def test_mutated_prompts() -> None:
    random = Random(5)
    for _ in range(250):
        text = mutate(random, TEXTS)
        check_parse(text)
        check_lint(text, LintContext())


@given(PIECES)
@settings(max_examples=50, deadline=None)
def test_normalising_twice_changes_nothing(pieces: list[str]) -> None:
    once = normalise("".join(pieces))
    if parse(once).voices == parse("".join(pieces)).voices:
        assert normalise(once) == once


@pytest.mark.parametrize(
    "unit", ['"', "[", "[a] ", '[a]: "x ', "\n", "@", "\nScene: ", "no rain, ", "'a ", "（", "说：“"]
)
def test_the_work_grows_with_the_length(unit: str) -> None:
    def spent(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        best = float("inf")
        for _ in range(3):
            started = time.process_time()
            parse(text)
            best = min(best, time.process_time() - started)
        return best

    assert spent(24_000) < 8 * 4 * max(spent(6_000), 0.002)
