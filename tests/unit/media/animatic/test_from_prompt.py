"""From a parsed prompt to a script."""

# Full-width punctuation belongs to Chinese prompts.
# ruff: noqa: RUF001

import pytest

from bot.media.animatic import Hour, Language, Setting, Weather, script_from_prompt
from bot.media.animatic.from_prompt import describe_speaker
from bot.media.animatic.place import read_place
from bot.media.animatic.script import Being, Register, Tone
from bot.prompts.model import LineKind
from bot.prompts.parser import parse

DIALOGUE = (
    'A modern radio studio at night, rain on the window. [Host, warm male voice]: "Welcome back." '
    'Immediately, [Guest, bright female voice]: "Glad to be here."'
)


def test_lines_speakers_and_markers_come_from_the_prompt() -> None:
    script = script_from_prompt(parse(DIALOGUE))

    assert [(line.speaker, line.text, line.follows_marker) for line in script.lines] == [
        ("Host", "Welcome back.", False),
        ("Guest", "Glad to be here.", True),
    ]
    host, guest = script.speakers
    assert (host.voice, host.tone) == (Register.MALE, Tone.WARM)
    assert (guest.voice, guest.tone) == (Register.FEMALE, Tone.BRIGHT)


def test_the_scene_keeps_the_description_and_drops_what_is_said() -> None:
    script = script_from_prompt(parse(DIALOGUE))

    assert "radio studio" in script.scene
    for dropped in ("Welcome", "Host", "[", "Immediately", '"'):
        assert dropped not in script.scene
    assert script.title == "modern radio studio at night"


@pytest.mark.parametrize(
    ("text", "setting", "hour", "weather"),
    [
        ("A radio studio at night, rain outside", Setting.STUDIO, Hour.NIGHT, Weather.RAIN),
        ("雨夜的街道，霓虹灯", Setting.STREET, Hour.NIGHT, Weather.RAIN),
        ("Misty forest at dawn", Setting.FOREST, Hour.DAWN, Weather.FOG),
        ("A perfume ad on a pedestal", Setting.PRODUCT, Hour.DAY, Weather.CLEAR),
        ("Concert stage", Setting.STAGE, Hour.NIGHT, Weather.CLEAR),
        ("An astronaut in orbit around a planet", Setting.SPACE, Hour.NIGHT, Weather.CLEAR),
        ("Snowy peaks, mountain summit at sunset", Setting.MOUNTAIN, Hour.SUNSET, Weather.SNOW),
        ("Something without a place", Setting.MEADOW, Hour.DAY, Weather.CLEAR),
    ],
)
def test_the_place_is_read_from_the_words(text: str, setting: Setting, hour: Hour, weather: Weather) -> None:
    place = read_place(text)

    assert (place.setting, place.hour, place.weather) == (setting, hour, weather)


@pytest.mark.parametrize(
    ("name", "hint", "voice", "being"),
    [
        ("Grandma", "raspy voice", Register.FEMALE, Being.PERSON),
        ("King", "deep voice", Register.MALE, Being.PERSON),
        ("Tom", "little boy", Register.CHILD, Being.PERSON),
        ("Robot", "flat voice", Register.MALE, Being.ROBOT),
        ("小红", "明亮的女声", Register.FEMALE, Being.PERSON),
    ],
)
def test_voice_and_being_follow_the_words(name: str, hint: str, voice: Register, being: Being) -> None:
    speaker = describe_speaker(name, hint, position=0)

    assert (speaker.voice, speaker.being) == (voice, being)


def test_speakers_without_a_description_alternate() -> None:
    assert describe_speaker("A", "", position=0).voice is not describe_speaker("B", "", position=1).voice


def test_a_narrator_is_heard_and_not_seen() -> None:
    script = script_from_prompt(parse('A mountain range. [Narrator, deep male voice]: "Nobody came back."'))

    assert script.speakers[0].being is Being.NOBODY


def test_chinese_lines_are_spoken_in_mandarin() -> None:
    script = script_from_prompt(parse('[小明，温暖的男声]: "你好。" [Guest]: "Hello."'))

    assert [line.language for line in script.lines] == [Language.MANDARIN, Language.ENGLISH]


def test_a_sung_line_without_a_place_is_on_a_stage() -> None:
    script = script_from_prompt(parse('[Mara, soft female voice] sings: "Hold on to the light"'))

    assert script.lines[0].kind is LineKind.SINGING
    assert script.place.setting is Setting.STAGE


def test_sizes_become_even_and_frames_can_be_exact() -> None:
    script = script_from_prompt(parse("A beach."), width=405, height=719, frames=121)

    assert script.size == (404, 718)
    assert script.frame_count == 121
    assert script.duration == pytest.approx(121 / 24)
