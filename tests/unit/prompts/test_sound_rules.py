"""What the rules take for song, rap, a musical demand or a language, and what for something else."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

from typing import Any

import pytest

from bot.prompts import LintContext, lint


def found(text: str, context: dict[str, Any] | None = None) -> list[str]:
    return [finding.rule for finding in lint(text, LintContext.from_mapping(context)).findings]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("L001", '[Baby, babbling voice] points at the dog: "Da da!"'),
        ("L001", '[Toddler, happy voice] claps: "Ba, ba, ba!"'),
        ("A005", '[Teacher, stern voice] raps her knuckles on the door: "Open up."'),
        ("A005", '[Judge, stern voice] raps his gavel and says: "Order."'),
        ("A004", '[Fridge, humming monotone]: "Your milk is old."'),
        ("A004", '[Robot, low humming voice] turns: "Ready."'),
        ("A007", 'A vending machine speaks in a flat voice: "Take your drink."'),
        ("A007", "Church bells in a minor village. A major storm comes."),
        ("A007", "A minor accident on the road, cars honk."),
    ],
)
def test_what_only_looks_like_it_is_left_alone(rule: str, text: str) -> None:
    assert rule not in found(text)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("L001", '[Girl, happy voice] claps: "Ja, das ist gut!"'),
        ("A005", '[Teacher, stern voice] raps beside the stage, at the door: "Sit down."'),
        ("A005", '[Teacher, stern voice] raps her story: "Sit down."'),
        ("A004", '[Girl, soft voice] hums softly: "La la la."'),
        ("A007", "A waltz in A flat."),
        ("A007", "A waltz in c minor."),
        ("A007", "A slow waltz, A minor, sad."),
    ],
)
def test_the_real_thing_is_still_found(rule: str, text: str) -> None:
    assert rule in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wind howls through the pines.",
        "Birds chirp in the garden.",
        "Waves break on a pier, gulls scream overhead.",
        "Rain patters on a tin roof.",
        "Church bells ring.",
    ],
)
def test_ambience_for_the_ear_is_not_heard_with_audio_off(text: str) -> None:
    assert "A008" in found(text, {"native_audio": False})


@pytest.mark.parametrize(
    "text",
    ["Rain on a window, waves behind it.", "Waves crash against a pier.", "Wind in the trees, birds on a branch."],
)
def test_ambience_for_the_eye_needs_no_audio(text: str) -> None:
    assert "A008" not in found(text, {"native_audio": False})


@pytest.mark.parametrize(
    "text",
    [
        "工地上，电钻声、锤击声、卡车倒车声、警报声、狗叫声和直升机轰鸣声同时响起。",
        "集市上，锣鼓声、汽车喇叭声、婴儿哭声、狗叫声、哨声和鞭炮声。",
        "A street with a drum band, car horns, a crying baby, a barking dog, a whistle and fireworks.",
    ],
)
def test_a_list_of_many_sounds_is_too_much(text: str) -> None:
    assert "A001" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "他大声、清楚地说话，然后轻声和朋友道别。",
        "雨声和远处的钟声。",
        "厨房里，切菜声、锅铲声和笑声。",
        "A crying baby and a barking dog.",
    ],
)
def test_a_few_sounds_are_fine(text: str) -> None:
    assert "A001" not in found(text)


def test_a_band_with_its_instruments_and_players_is_one_layer() -> None:
    text = (
        "Jazz trio in a smoky club: brushed drums, walking bass, a lazy piano. The pianist nods, the mood is wistful."
    )
    assert "A001" not in found(text)
    assert "A001" in found("Rain, a siren, a dog barking, church bells, a crying baby and a brass band.")


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Thunder is heard in the distance.", False),
        ("A soft breeze in the leaves can be heard.", False),
        ("A clatter is heard somewhere.", True),
    ],
)
def test_a_sound_that_names_its_source_needs_no_other(text: str, *, flagged: bool) -> None:
    assert ("A003" in found(text)) is flagged


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Solo kalimba, a melancholic folk melody.", False),
        ("A wistful, jazzy piano tune.", False),
        ("A slow, sad cello piece in late-Romantic style.", False),
        ("钢琴独奏，悠扬的华尔兹。", False),
        ("Music plays.", True),
    ],
)
def test_adjectives_of_genres_and_moods_say_them_too(text: str, *, missing: bool) -> None:
    assert ("A006" in found(text)) is missing
