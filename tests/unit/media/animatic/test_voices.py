"""Voices: no two speakers sound alike."""

from bot.media.animatic.from_prompt import describe_speaker
from bot.media.animatic.script import Register
from bot.media.animatic.voices import cast


def test_the_clear_variants_are_used() -> None:
    man, woman = cast(
        [describe_speaker("A", "male voice", position=0), describe_speaker("B", "female voice", position=1)]
    )

    assert (man.variant, woman.variant) == ("m5", "f2")
    assert man.fundamental < woman.fundamental


def test_six_men_have_six_pitches() -> None:
    voices = cast([describe_speaker(f"Man {number}", "male voice", position=number) for number in range(6)])

    assert len({voice.pitch for voice in voices}) == 6
    assert all(2 <= voice.pitch <= 99 for voice in voices)


def test_words_about_a_voice_move_its_pitch() -> None:
    deep, plain, excited = (
        cast([describe_speaker("A", f"{tone} male voice", position=0)])[0] for tone in ("deep", "", "excited")
    )

    assert deep.pitch < plain.pitch < excited.pitch
    assert deep.rate < plain.rate < excited.rate


def test_children_speak_highest() -> None:
    child = describe_speaker("Tim", "little boy", position=0)

    assert child.voice is Register.CHILD
    assert cast([child])[0].pitch > 80
