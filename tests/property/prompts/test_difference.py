"""A difference is made of both texts and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.prompts.difference import Piece, difference

WORDS = st.lists(st.sampled_from(["rain", "Rain", " ", "\n", '"', "[Cook]", "雨", "'", "é"]), max_size=60).map("".join)


@given(WORDS, WORDS)
def test_the_pieces_make_both_texts(before: str, after: str) -> None:
    pieces = difference(before, after)

    assert "".join(one.text for one in pieces if one.piece is not Piece.ADDED) == before
    assert "".join(one.text for one in pieces if one.piece is not Piece.REMOVED) == after


@given(st.text(max_size=200))
def test_nothing_changes_between_a_text_and_itself(text: str) -> None:
    assert all(one.piece is Piece.KEPT for one in difference(text, text))
