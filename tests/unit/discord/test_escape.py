"""What people wrote is shown as they wrote it and does nothing, however hostile it is."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.escape import label, one_line, shown, visible

LIVE = re.compile(r"(?<!\\)[*_~`|<>\[\]()#]|@(?!\u200b)|://")
"""Anything that Discord would still act upon."""

ANYTHING = st.text() | st.text(alphabet="*_~`|<>[]()#@:/\\-+1. \n\u202e\u200b\u200da\u0301", max_size=60)


@pytest.mark.parametrize(
    ("hostile", "seen"),
    [
        ("@everyone <@123> <#4>", "@\u200beveryone \\<@\u200b123\\> \\<\\#4\\>"),
        ("**loud** [here](https://x.y)", "\\*\\*loud\\*\\* \\[here\\]\\(https:\\//x.y\\)"),
        ("# Title\n> quote\n- item\n1. first", "\\# Title\n\\> quote\n\\- item\n1\\. first"),
        ("```py\ncode\n```", "\\`\\`\\`py\ncode\n\\`\\`\\`"),
        ("abc\u202edcb\u200b\ufeff", "abcdcb"),
        ("plain words, 3.5 s - and more", "plain words, 3.5 s - and more"),
    ],
)
def test_hostile_text_is_shown_word_for_word(hostile: str, seen: str) -> None:
    assert shown(hostile, 1000) == seen


@given(ANYTHING, st.integers(0, 80))
def test_nothing_live_is_left_and_the_limit_holds(text: str, limit: int) -> None:
    result = shown(text, limit)

    assert len(result) <= limit
    assert not LIVE.search(result.replace("\\\\", ""))
    assert not any(unicodedata.bidirectional(one) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI"} for one in result)
    assert not re.search(r"(?<!\\)(?:\\\\)*\\$", result.removesuffix("…")), "an escape is cut in two"


@given(ANYTHING)
def test_text_that_fits_keeps_every_visible_letter(text: str) -> None:
    unescaped = re.sub(r"\\([^0-9A-Za-z\s])", r"\1", shown(text, 10**6)).replace("@\u200b", "@")

    assert unescaped == visible(text)


@given(ANYTHING, st.integers(1, 40))
def test_labels_are_short_and_on_one_line(text: str, limit: int) -> None:
    assert len(label(text, limit)) <= limit
    assert "\n" not in label(text, limit)
    assert "\n" not in one_line(text, limit)


def test_scripts_and_emoji_keep_their_joiners() -> None:
    family = "👩\u200d👩\u200d👧"
    persian = "می\u200cخواهم"  # noqa: RUF001 - the letters are meant

    assert visible(f"{family} {persian}") == f"{family} {persian}"
    assert visible("a\u200d\u200d\u200db \u200d c") == "ab  c"


def test_towers_of_marks_are_cut_down() -> None:
    assert visible("a" + "\u0301" * 50) == "a" + "\u0301" * 3
