"""How people write in a chat and in screenplays: dots, no capitals, cues on lines of their own, requests for a clip."""

# Chinese punctuation and curly quotes are data here.

from __future__ import annotations

import pytest

from bot.prompts import lint, parse
from bot.prompts.model import LineKind, Shape


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('CAPTAIN\n(hushed)\n"Hush."\n\nCOOK\n(loud)\n"Soup!"', ["CAPTAIN", "COOK"]),
        ('INT. LIGHTHOUSE - NIGHT\n\nWaves crash.\n\nKEEPER (70s, raspy)\n"Forty years."', ["KEEPER"]),
        ('FADE IN\n"Forty years."', []),
        ('*Keeper:* "Forty years."', ["Keeper"]),
        ('Keeper - "Forty years."', ["Keeper"]),
        ("“I was not asleep,” the night guard yawns, “I was resting.”", ["Night guard", "Night guard"]),
        ('"Come in," says Anna. The door opens.', ["Anna"]),
        ('"Come in," whispers Captain Ruiz, and the crew obeys.', ["Captain Ruiz"]),
        ('"Run!" the boy yells, and the dogs bark.', ["Boy"]),
        ('the talking cake says "eat me"', ["Talking cake"]),
        ('"Not now," Anna shrugs. Rain falls.', ["Anna"]),
        ('A goose waddles on stage, bows… waits… and declares: "Good evening."', ["Goose"]),
        ('the goose looks up... and says: "good evening."', ["Goose"]),
        ('The goose looks up... The duck says: "Good evening."', ["Duck"]),
        ('two brothers argue. "left." "no, right!" oars splashing', ["Brothers", "Brothers"]),
        ('pumpkin on a porch slowly opens its eyes and growls "who did this?"', ["Pumpkin"]),
        ('can you make a video where a vending machine begs "please" in a sad voice', ["Vending machine"]),
        ('make a short clip of an old toaster that whispers "one more"', ["Old toaster"]),
        ('A 6\'2" wrestler in a tutu tiptoes and whispers: "Hi."', ["Wrestler"]),
        ('both kids shout: "snow day!"', ["Kids"]),
        ('the whole class yells "snow day!"', ["Whole class"]),
    ],
)
def test_the_speaker_is_found(text: str, speakers: list[str]) -> None:
    assert [line.speaker for line in parse(text).lines] == speakers


def test_the_remark_of_a_cue_says_how_the_line_is_spoken() -> None:
    text = 'EXT. PIER\n\nWOMAN (V.O.)\n"The plums are ripe."\n\nKEEPER\n(dry, tired)\n"So they are."'
    one, other = parse(text).lines
    assert one.kind is LineKind.NARRATION
    assert other.voice_style == "dry, tired"


def test_lines_of_two_who_are_named_as_one_are_a_conversation() -> None:
    assert parse('Two brothers argue. "Left." "No, right!"').shape is Shape.MULTI


@pytest.mark.parametrize("who", ["brothers", "fishermen", "policewomen", "men"])
def test_each_of_several_who_are_named_as_one_needs_a_label(who: str) -> None:
    report = lint(f'Two {who} sit on the pier, arguing. "Worms." "Bread." "Worms, I tell you!"')

    assert "D006" in [finding.rule for finding in report.findings]


@pytest.mark.parametrize("text", ['both kids shout at once: "snow day!"', 'the class yells together "snow day!"'])
def test_a_group_that_speaks_at_once_is_found(text: str) -> None:
    assert "D010" in [finding.rule for finding in lint(text).findings]


def test_a_pronoun_that_means_nobody_is_no_advice_for_a_label() -> None:
    (finding,) = [one for one in lint('everyone yells "snow day!"').findings if one.rule == "D001"]
    assert "[" not in str(finding.message)


@pytest.mark.parametrize(
    "text",
    [
        "真夜中の踏切。貨物列車が轟音を立てて通り過ぎ、静けさが戻る。",
        "겨울 바다. 파도 소리와 갈매기 울음소리, 바람이 낮게 분다.",
        "Plaza vacía de noche, farolas amarillas. Un guitarrista solitario toca la guitarra española, melancólico.",
    ],
)
def test_nothing_is_said_to_be_missing_in_a_language_that_is_not_read(text: str) -> None:
    assert lint(text).findings == ()
