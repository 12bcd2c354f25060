"""One press mends the words or changes a setting, and only where that helps."""

from __future__ import annotations

from bot.findings import Finding, Severity
from bot.jobs.improve import improvements, in_language, mended
from bot.jobs.request import Mode, Request

SPEECH = 'A man says: "Hello."'


def test_words_without_a_fault_are_left_alone() -> None:
    assert mended(Request(prompt="Rain on neon, a tram passes.")) is None


def test_safe_fixes_mend_the_words() -> None:
    request = Request(prompt="A man with a sign says: “Hello there.")

    after = mended(request)

    assert after is not None
    assert after.prompt != request.prompt
    assert mended(after) is None


def test_speech_without_sound_can_be_given_sound() -> None:
    request = Request(prompt=SPEECH, mode=Mode.STANDARD, audio=False)

    changes = improvements(request, "en-US")

    assert any(one.request.audio and one.request.mode is Mode.PROFESSIONAL for one in changes)
    assert all(one.label and one.request != request for one in changes)
    assert len({one.request.model_dump_json() for one in changes}) == len(changes)


def test_findings_speak_the_language_of_the_reader_where_they_can() -> None:
    request = Request(prompt=SPEECH, mode=Mode.STANDARD, audio=False)
    foreign = Finding("C999", Severity.ERROR, "Only in English.")
    english = in_language([foreign], request, "en-US")

    assert english == (foreign,)
    assert improvements(request, "zh-CN")[0].label != improvements(request, "en-US")[0].label
