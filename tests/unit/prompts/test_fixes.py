"""Fixes mend what they promise and nothing else."""

# Chinese punctuation and curly quotes are data here.
# The table reads best with one case per row.
# ruff: noqa: RUF001, E501

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.prompts import LintContext, apply_safe_fixes, lint, parse
from tests.support.prompt_corpus import prompts
from tests.support.prompt_mutations import check_lint

IMAGE = {"input": "image"}


@pytest.mark.parametrize(
    ("text", "context", "fixed"),
    [
        ('[Miner] nods. @Bass: "Gold!"', IMAGE, '[Miner] nods. [Miner@Bass]: "Gold!"'),
        ('[Miner] digs: "Gold!" @Bass', IMAGE, '[Miner@Bass] digs: "Gold!"'),
        ('[Miner, happy] digs: "Gold!" @Bass', IMAGE, '[Miner, happy @Bass] digs: "Gold!"'),
        ('@Bass [Miner] digs: "Gold!"', IMAGE, '[Miner@Bass] digs: "Gold!"'),
        ('[Miner] digs: "Gold!" [Miner] is voiced by @Bass.', IMAGE, '[Miner@Bass] digs: "Gold!"'),
        ('[Miner] digs: "Gold @Bass here!"', IMAGE, '[Miner@Bass] digs: "Gold here!"'),
        ('[Miner] digs: "Gold!" Use @Bass for the miner.', IMAGE, '[Miner@Bass] digs: "Gold!"'),
        ('[Miner] digs: "Gold, @Bass, here!"', IMAGE, '[Miner@Bass] digs: "Gold, here!"'),
        ('[Miner@Bass] digs: "Gold!" Then, [Cook, dry voice] nods: "Yes, @Bass."', IMAGE, '[Miner@Bass] digs: "Gold!" Then, [Cook, dry voice] nods: "Yes, @Bass."'),
        ('[Rock@Bass] falls. [Miner, low voice] runs: "Out!"', IMAGE, '[Rock] falls. [Miner, low voice] runs: "Out!"'),
        ('[Miner@OldSalt] digs: "Gold!"', {**IMAGE, "voices": ["Old Salt"]}, '[Miner@Old Salt] digs: "Gold!"'),
        ('[A, low] sits: "Hi." The camera moves to [B, high]: "Ho."', None, '[A, low] sits: "Hi." Immediately, the camera moves to [B, high]: "Ho."'),
        ("[甲，低沉]坐下：“你好。”[乙，清脆]起身：“再见。”", None, "[甲，低沉]坐下：“你好。”随后，[乙，清脆]起身：“再见。”"),
        ("[甲，低沉]坐下：“你好。”[乙，清脆]起身說：“再見。”", None, "[甲，低沉]坐下：“你好。”隨後，[乙，清脆]起身說：“再見。”"),
        ("[Vet, kind voice] nods. [Vet, kind voice]: It will heal.", None, '[Vet, kind voice] nods. [Vet, kind voice]: "It will heal."'),
        ("[A, low] sits: “Hi. Then, [B, high]: “Ho.”", None, "[A, low] sits: “Hi.” Then, [B, high]: “Ho.”"),
        ('[A, low] sits: "DANCE now. DANCE!"', None, '[A, low] sits: "Dance now. Dance!"'),
        ('[guard, low voice] sits. [Guard, low voice] says: "Hm."', None, '[guard, low voice] sits. [guard, low voice] says: "Hm."'),
    ],
)  # fmt: skip
def test_safe_fixes(text: str, context: dict[str, Any] | None, fixed: str) -> None:
    assert apply_safe_fixes(text, LintContext.from_mapping(context)) == fixed


def fixed_for(text: str, rule: str) -> list[str | None]:
    return [finding.fix.text if finding.fix else None for finding in lint(text).findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (
            '[Diver, low voice] checks a hose. [Skipper, warm voice] leans over: "Clear?" Then, he grunts: "Clear."',
            '[Diver, low voice] checks a hose. [Skipper, warm voice] leans over: "Clear?" Then, [Diver, low voice] grunts: "Clear."',
        ),
        (
            '[Waitress, soft voice] pours tea. [Guest, dry voice] sips: "Cold." Then, she sighs: "Again."',
            '[Waitress, soft voice] pours tea. [Guest, dry voice] sips: "Cold." Then, [Waitress, soft voice] sighs: "Again."',
        ),
    ],
)
def test_the_label_in_place_of_a_pronoun_is_the_speaker_of_the_line(text: str, fixed: str) -> None:
    speaker = parse(text).lines[-1].speaker
    (finding,) = [finding for finding in lint(text).findings if finding.rule == "D001"]
    assert f"for example [{speaker}]." in str(finding.message)
    assert fixed_for(text, "D001") == [fixed]
    assert parse(fixed).lines[-1].speaker == speaker


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (
            '[Cook, low voice] and [Maid, high voice] drop the tray and shout together: "Oh no!"',
            '[Cook, low voice] and [Maid, high voice] drop the tray. [Cook, low voice]: "Oh no!"',
        ),
        ('[Cook, low voice] and [Maid, high voice] shout: "Oh no!"', None),
        ('[Cook, low voice] and [Maid, high voice] shout, each with a spoon: "Oh no!"', None),
        ("[厨师，低沉]和[女仆，清脆]放下盘子，异口同声地说：“糟了！”", None),
    ],
)
def test_a_line_of_two_is_given_to_one_only_where_nothing_else_is_lost(text: str, fixed: str | None) -> None:
    assert fixed_for(text, "D010") == [fixed]


def test_an_answer_is_not_given_to_whoever_spoke_before() -> None:
    text = 'Two climbers wait. [First climber, hoarse voice] looks down: "Cut it!" Then he shouts back: "Never!"'
    assert fixed_for(text, "D001") == [None]


@pytest.mark.parametrize("entry", prompts("known_good") + prompts("known_bad"), ids=lambda entry: entry["id"])
def test_fixes_converge_and_leave_nothing_to_fix(entry: dict[str, Any]) -> None:
    check_lint(entry["text"], LintContext.from_mapping(entry["context"]))


#: Rules whose fixes are about the words of a line.
ABOUT_WORDS = {"V001", "V004", "L002", "D008", "D007"}


@pytest.mark.parametrize("entry", prompts("known_bad"), ids=lambda entry: entry["id"])
def test_fixes_do_not_change_what_is_said(entry: dict[str, Any]) -> None:
    if ABOUT_WORDS & set(entry["rules"]):
        pytest.skip("the fix is meant to change the words")
    context = LintContext.from_mapping(entry["context"])
    before = [line.text for line in parse(entry["text"]).lines]
    after = [line.text for line in parse(apply_safe_fixes(entry["text"], context)).lines]
    assert after == before


def test_good_prompts_stay_as_they_are() -> None:
    for entry in prompts("known_good"):
        assert lint(entry["text"], LintContext.from_mapping(entry["context"])).fixed_text is None


def test_fixes_of_settings_say_what_they_change() -> None:
    report = lint('[A] sings: "Now."', LintContext(seconds=5))
    (fix,) = [fix for fix in report.settings_fixes if fix.rule == "T001"]
    assert fix.changes == (("seconds", 10),)
    assert not any(finding.fix.safe for finding in report.findings if finding.rule == "T001" and finding.fix)


def test_a_long_text_full_of_mistakes_is_checked_in_bounded_time() -> None:
    started = time.process_time()
    report = lint('Rain. [Cook@Nora says: "hello ' * 200)

    assert len(report.findings) > 100
    assert time.process_time() - started < 8


@pytest.mark.parametrize(
    ("text", "voices", "safe"),
    [
        ('[Coach, loud] waves: "One more lap @Loud Tom and then we rest!"', None, False),
        ('[Coach, loud] waves: "One more lap @Loud Tom and then we rest!"', ("Loud Tom",), True),
        ('[Coach, loud] waves: "One more lap. @Loud Tom"', None, True),
        ("[医生，沉稳]说：“手术很成功。@沉稳男声”", None, True),
        ("[医生，沉稳]说：“手术@沉稳男声很成功。”", None, False),
    ],
)
def test_a_voice_among_spoken_words_is_moved_unasked_only_where_its_name_surely_ends(
    text: str, voices: tuple[str, ...] | None, *, safe: bool
) -> None:
    (finding,) = [one for one in lint(text, LintContext(voices=voices)).findings if one.rule == "V004"]

    assert finding.fix is not None
    assert finding.fix.safe is safe


@pytest.mark.parametrize(
    "remark",
    [
        "@Gentle Sir bound to [Professor]",
        "(@Gentle Sir is the voice of [Professor])",
        "@Gentle Sir is for [Professor].",
    ],
)
def test_a_remark_behind_a_line_goes_with_its_voice(remark: str) -> None:
    assert (
        lint(f'[Professor] says: "Read." {remark}', LintContext()).fixed_text == '[Professor@Gentle Sir] says: "Read."'
    )


@pytest.mark.parametrize("remark", ["@儒雅先生 绑定给[老教授]。", "@儒雅先生绑定[老教授]。"])
def test_a_chinese_remark_behind_a_line_goes_with_its_voice(remark: str) -> None:
    assert lint(f"[老教授]说：“好。”{remark}", LintContext()).fixed_text == "[老教授@儒雅先生]说：“好。”"
