"""Custom ids can be read back, stay short, and never match another action."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import RandomIds, SystemClock
from bot.discord.identifiers import MOST_CHARACTERS, CustomId, read, template

WORDS = st.from_regex(r"[a-z][a-z-]{0,23}", fullmatch=True)
SUBJECTS = st.from_regex(r"[0-9a-z_-]{1,40}", fullmatch=True)
REVISIONS = st.none() | st.integers(0, 999_999)


@given(WORDS, WORDS, SUBJECTS, REVISIONS)
def test_a_custom_id_is_read_back_and_short(area: str, action: str, subject: str, revision: int | None) -> None:
    written = CustomId(area, action, subject, revision)
    match = template(area, action).fullmatch(str(written))

    assert match is not None
    assert read(area, action, match) == written
    assert len(str(written)) <= MOST_CHARACTERS


@given(WORDS, WORDS, WORDS, WORDS, SUBJECTS, REVISIONS)
def test_actions_are_disjoint(  # noqa: PLR0917 - hypothesis fills them
    area: str, action: str, other_area: str, other: str, subject: str, revision: int | None
) -> None:
    matches = template(other_area, other).fullmatch(str(CustomId(area, action, subject, revision)))

    assert (matches is not None) == ((area, action) == (other_area, other))


def test_the_ids_of_jobs_fit() -> None:
    assert str(CustomId("generate", "confirm", RandomIds(SystemClock()).new() + "4", 12)).startswith("v1:generate:")


@pytest.mark.parametrize(
    "wrong",
    [
        CustomId("generate", "confirm", ""),
        CustomId("generate", "confirm", "a b"),
        CustomId("generate", "confirm", "x" * 41),
        CustomId("generate", "confirm", "x", -1),
        CustomId("Generate", "confirm", "x"),
        CustomId("generate", "con:firm", "x"),
    ],
)
def test_what_could_not_be_read_back_is_refused(wrong: CustomId) -> None:
    with pytest.raises(ValueError, match="custom id"):
        str(wrong)
