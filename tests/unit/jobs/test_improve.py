"""One press mends the words or changes a setting, and only where that helps."""

from __future__ import annotations

from bot.findings import Finding, Severity
from bot.jobs.improve import review
from bot.jobs.request import Mode, Request
from bot.prompts import LintContext, lint

SPEECH = 'A man says: "Hello."'


def test_words_without_a_fault_are_left_alone() -> None:
    assert review(Request(prompt="Rain on neon, a tram passes."), "en-US").mended is None


def test_safe_fixes_mend_the_words() -> None:
    request = Request(prompt="A man with a sign says: “Hello there.")

    after = review(request, "en-US").mended

    assert after is not None
    assert after.prompt != request.prompt
    assert review(after, "en-US").mended is None


def test_speech_without_sound_can_be_given_sound() -> None:
    request = Request(prompt=SPEECH, mode=Mode.STANDARD, audio=False)

    changes = review(request, "en-US").improvements

    assert any(one.request.audio and one.request.mode is Mode.PROFESSIONAL for one in changes)
    assert all(one.label and one.request != request for one in changes)
    assert len({one.request.model_dump_json() for one in changes}) == len(changes)


def test_findings_speak_the_language_of_the_reader_where_they_can() -> None:
    request = Request(prompt=SPEECH, mode=Mode.STANDARD, audio=False)
    foreign = Finding("C999", Severity.ERROR, "Only in English.")
    own = lint(SPEECH, LintContext.from_request(request)).findings[0]

    english, chinese = (review(request, locale, [own, foreign]) for locale in ("en-US", "zh-CN"))

    assert english.findings == (own, foreign)
    assert chinese.findings[0].message != own.message
    assert chinese.findings[1] == foreign
    assert chinese.improvements[0].label != english.improvements[0].label
