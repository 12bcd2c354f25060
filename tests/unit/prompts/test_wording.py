"""How findings are worded, and what their fixes write into a prompt."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.prompts import LintContext, lint
from bot.texts import Texts

if TYPE_CHECKING:
    from bot.findings import Finding

TEXTS = Texts.load()
IMAGE = LintContext.from_mapping({"input": "image"})


def findings(text: str, rule: str) -> list[Finding]:
    return [finding for finding in lint(text, IMAGE).findings if finding.rule == rule]


def test_speakers_together_are_joined_in_the_language_of_the_reader() -> None:
    [finding] = findings("[爸爸，低沉]和[妈妈，温柔]一起说：“回家！”", "D010")

    assert "爸爸和妈妈" in TEXTS.tell("zh-CN", finding.message)
    assert "爸爸 and 妈妈" in str(finding.message)


def test_sounds_are_listed_in_the_language_of_the_reader() -> None:
    [finding] = findings("雨声，钟声，狗叫，警报，鼓声，掌声。", "A001")

    assert "雨声、钟声、狗叫、警报、鼓声、掌声" in TEXTS.tell("zh-CN", finding.message)


def test_the_placeholder_for_a_character_is_in_the_language_of_the_prompt() -> None:
    [chinese], [english] = findings("@温柔女声：“你好。”", "V001"), findings('@Deep Bass: "Hello there."', "V001")

    assert chinese.fix is not None
    assert chinese.fix.text.startswith("[角色@温柔女声]")
    assert english.fix is not None
    assert english.fix.text.startswith("[Character@Deep Bass]")


def test_only_the_words_in_capitals_are_marked() -> None:
    text = '[A, low] nods: "We NEVER give up, PUSH HARDER now!"'
    found = findings(text, "L002")

    assert [text[one.start : one.end] for one in found] == ["NEVER", "PUSH HARDER"]
    assert ["NEVER" in str(one.message) for one in found] == [True, False]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("D010", '[Teacher, low] speaks over the noise, all at once: "Now!"'),
        ("D007", "[Guests, merry] tell each other a story."),
        ("V005", '[Guests@Deep Bass] stand. [Host, merry] waves: "In!"'),
        ("V011", '[Guests@Deep Bass] sing: "La."'),
    ],
)
def test_no_message_depends_on_the_number_of_a_label(rule: str, text: str) -> None:
    [finding] = findings(text, rule)
    said = str(finding.message)

    assert not any(f"{label} {verb}" in said for label in ("Teacher", "Guests") for verb in ("speak", "sing", "ha"))
