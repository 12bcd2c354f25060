"""What is left of a prompt without the words that are heard in it."""

from __future__ import annotations

import pytest

from bot.prompts import parse
from bot.prompts.unspoken import without_speech


@pytest.mark.parametrize(
    ("prompt", "scene"),
    [
        ("Rain on neon, a tram passes.", "Rain on neon, a tram passes."),
        ('A woman on a pier says: "The tide is turning." Gulls cry.', "Gulls cry."),
        (
            'A kitchen at dawn.\n\n[Anna, softly]: "Did you sleep?"\n[Ben, tired]: "No."\nRain on the window.',
            "A kitchen at dawn.\n\nRain on the window.",
        ),
        ('A pier. "It is late!" she says, smiling. Gulls cry.', "A pier. Gulls cry."),
        ('[Narrator, calm]: "Once upon a time" as the camera glides.', ""),
        ("雨夜的码头。一个女人说：“潮水变了。”海鸥鸣叫。", "雨夜的码头。海鸥鸣叫。"),  # noqa: RUF001 - Chinese
        ('Visual: a pier.\nDialogue: [Anna]: "Hi."\nAmbience: gulls', "Visual: a pier.\n\nAmbience: gulls"),
        ("", ""),
    ],
)
def test_the_scene_stays_and_the_words_go(prompt: str, scene: str) -> None:
    assert without_speech(prompt) == scene
    assert parse(without_speech(prompt)).lines == ()
