"""Where voices are tied to characters, and whether they fit them."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import pytest

from bot.prompts import LintContext, lint

IMAGE = LintContext.from_mapping({"input": "image"})


def found(text: str) -> list[str]:
    return [finding.rule for finding in lint(text, IMAGE).findings]


@pytest.mark.parametrize(
    ("label", "voice"),
    [
        ("老奶奶", "少年音"),
        ("小男孩", "老爷爷音色"),
        ("老爷爷", "可爱萝莉音"),
        ("壮汉", "温柔女声"),
        ("新娘", "沙哑大叔音"),
        ("婴儿", "苍老的声音"),
        ("老船长", "童声"),
        ("中年厨师", "稚嫩童音"),
        ("小丑，尖细的声音", "低沉音色"),
        ("小女孩", "成熟御姐音"),
    ],
)
def test_a_chinese_voice_that_contradicts_its_character_is_found(label: str, voice: str) -> None:
    assert "V006" in found(f"[{label}@{voice}]推开门：“你好。”")


@pytest.mark.parametrize(
    ("label", "voice"),
    [
        ("老师", "年轻女声"),
        ("老板", "少女音"),
        ("老奶奶", "慈祥奶奶音"),
        ("女孩", "萝莉音"),
        ("老爷爷", "浑厚大叔音"),
        ("少年", "青年男声"),
        ("武汉姑娘", "温柔女声"),
        ("壮汉", "低沉音色"),
        ("小男孩", "我的声音"),
    ],
)
def test_a_chinese_voice_that_may_fit_is_left_alone(label: str, voice: str) -> None:
    assert "V006" not in found(f"[{label}@{voice}]推开门：“你好。”")
