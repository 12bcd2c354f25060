"""One press mends the words or changes a setting, and only where that helps."""

from __future__ import annotations

from bot.jobs.improve import review
from bot.jobs.request import Mode, Request

SPEECH = 'A man says: "Hello."'


def test_words_without_a_fault_are_left_alone() -> None:
    assert review(Request(prompt="Rain on neon, a tram passes.")).mended is None


def test_safe_fixes_mend_the_words() -> None:
    request = Request(prompt="A man with a sign says: “Hello there.")

    after = review(request).mended

    assert after is not None
    assert after.prompt != request.prompt
    assert review(after).mended is None


def test_speech_without_sound_can_be_given_sound() -> None:
    request = Request(prompt=SPEECH, mode=Mode.STANDARD, audio=False)

    changes = review(request).improvements

    assert any(one.request.audio and one.request.mode is Mode.PROFESSIONAL for one in changes)
    assert all(one.label and one.request != request for one in changes)
    assert len({one.request.model_dump_json() for one in changes}) == len(changes)
