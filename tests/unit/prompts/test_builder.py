"""The builder makes prompts that the linter likes."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import pytest

from bot.findings import Severity
from bot.prompts import lint, parse
from bot.prompts.builder import Draft, Speaker, Turn, draft_from
from bot.prompts.coverage import Complexity, complexity_of, coverage_of
from bot.prompts.menus import MENUS, Menu
from bot.prompts.model import LineKind
from bot.prompts.templates import TEMPLATES

GUARD = Speaker("Guard", quality="deep voice", emotion="calm")


def test_there_is_a_template_for_every_kind_of_scene() -> None:
    assert set(TEMPLATES) == {
        "product", "vlog", "news", "speech", "asmr", "ad", "narration-product", "narration-event", "narration-story",
        "interview", "short-play", "conversation", "comedy", "song", "rap", "chorus",
        "instrumental", "effects", "atmosphere",
    }  # fmt: skip


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda template: template.id)
def test_a_template_is_a_good_prompt(template: object) -> None:
    draft: Draft = getattr(template, "draft")  # noqa: B009  # the parameter is typed loosely for pytest
    report = draft.check()
    assert [finding for finding in report.lint.findings if finding.severity is not Severity.HINT] == []
    assert report.coverage.missing == ()
    assert report.timetable.fits(10)
    assert [(line.speaker, line.text) for line in report.lint.prompt.lines] == [
        (turn.speaker, turn.words) for turn in draft.turns
    ]


def test_a_draft_grows_step_by_step() -> None:
    draft = Draft(scene="a dark gate").with_speaker(GUARD).with_turn(Turn("Guard", "Who goes there?", "raises a lamp"))
    draft = draft.with_speaker(Speaker("Thief", quality="high voice")).with_turn(Turn("Thief", "Nobody.", "freezes"))
    assert draft.text == (
        'A dark gate. [Guard, calm, deep voice] raises a lamp and says: "Who goes there?" '
        'Immediately, [Thief, high voice] freezes and says: "Nobody."'
    )
    assert lint(draft.text).findings == ()
    assert draft.without_speaker("Thief").turns == draft.turns[:1]
    assert draft.renamed("Guard", "Sentry").turns[0].speaker == "Sentry"
    assert draft.with_turn(Turn("Thief", "Me."), 1).turns[1].words == "Me."
    assert draft.without_turn(0).turns == draft.turns[1:]


def test_a_bound_voice_stands_in_the_bracket() -> None:
    assert Speaker("A", voice="Nora").bracket == "[A@Nora]"
    assert Speaker("A", emotion="sad", voice="Nora").bracket == "[A, sad @Nora]"


def test_chinese_turns_are_written_in_chinese() -> None:
    draft = Draft(speakers=(Speaker("老师", quality="温柔的声音"),), turns=(Turn("老师", "开始吧。", "打开书"),))
    assert draft.text == "[老师, 温柔的声音]打开书，说：“开始吧。”"
    assert [line.speaker for line in parse(draft.text).lines] == ["老师"]


def test_a_finished_prompt_becomes_a_draft_again() -> None:
    draft = draft_from('A dark gate. [Guard, deep voice @Bass] raises a lamp and sings: "Who goes there?"')
    assert draft.scene == "A dark gate."
    assert draft.speakers == (Speaker("Guard", quality="deep voice", voice="Bass"),)
    assert draft.turns == (Turn("Guard", "Who goes there?", kind=LineKind.SINGING),)


@pytest.mark.parametrize("menu", [Menu.EFFECTS, Menu.AMBIENCE, Menu.MUSIC])
def test_every_sound_of_the_menus_is_heard(menu: Menu) -> None:
    for choice in MENUS[menu]:
        if not choice.words.startswith("no "):
            assert parse(f"A small room. {choice.words}.").sounds, choice.words


def test_coverage_and_complexity() -> None:
    assert [part.value for part in coverage_of(parse("Jazz, sad.")).missing] == ["scene", "subject", "movement"]
    ladder = (
        '[A, low] says: "Hi."',
        '[A, low] says: "Hi." Rain outside.',
        '[A, low] says: "Hi." Rain outside, footsteps, thunder.',
        '[A, low] says: "Hi." Then, [B, dry] says: "Ho." Rain outside, footsteps.',
    )
    assert [complexity_of(parse(text)) for text in ladder] == list(Complexity)
