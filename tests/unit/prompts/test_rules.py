"""Each rule of the catalogue on both sides: what it reports and what it leaves alone."""

# The table reads best with one case per row; Chinese punctuation is data here.
# ruff: noqa: E501, RUF001

from __future__ import annotations

from typing import Any

import pytest

from bot.findings import Severity
from bot.prompts import LintContext, lint
from bot.prompts.rules import RULES

IMAGE = {"input": "image"}
LONG = " ".join(["word"] * 50)
Case = tuple[str, str, dict[str, Any] | None, str, dict[str, Any] | None]

#: Rule, text it reports with its context, text it leaves alone with its context.
CASES: tuple[Case, ...] = (
    ("V001", '@Deep Bass: "Hello there."', IMAGE, '[Miner@Deep Bass] waves: "Hello there."', IMAGE),
    ("V002", '[A@V] waves: "Hi." Then, [B@v] nods: "Ho."', IMAGE, '[A@V] waves: "Hi." Then, [B@W] nods: "Ho."', IMAGE),
    ("V003", '[Miner] digs: "Gold!" @Deep Bass', IMAGE, '[Miner] @Deep Bass: "Gold!"', IMAGE),
    ("V004", '[Miner] digs: "Gold @Deep Bass here!"', IMAGE, '[Miner, low voice] digs: "Mail me at a@b.org!"', IMAGE),
    ("V005", '[Rock@Deep Bass] falls. [Miner, low voice] runs: "Out!"', IMAGE, '[Rock@Deep Bass] falls and says: "Ouch."', IMAGE),
    ("V006", '[Grandfather@Young Girl] nods: "Yes."', IMAGE, '[Grandfather@My Voice] nods: "Yes."', IMAGE),
    ("V007", '[A@V]: "1." Then, [B@W]: "2." Then, [C@X]: "3."', IMAGE, '[A@V]: "1." Then, [B@W]: "2." [C] listens.', IMAGE),
    ("V008", '[Miner@Bass] digs: "Gold!"', None, '[Miner@Bass] digs: "Gold!"', IMAGE),
    ("V009", '[Miner@Bass] digs: "Gold!"', {**IMAGE, "native_audio": False}, '[Miner@Bass] digs: "Gold!"', IMAGE),
    ("V010", '[Miner@Boss] digs: "Gold!"', {**IMAGE, "voices": ["Bass"]}, '[Miner@bass] digs: "Gold!"', {**IMAGE, "voices": ["Bass"]}),
    ("V011", '[Miner@Bass] sings: "Gold!"', IMAGE, '[Miner@Bass] says: "Gold!"', IMAGE),
    ("V012", '[Miner@Bass]: "1." [Miner@Alto]: "2."', IMAGE, '[Miner@Bass]: "1." [Miner@bass]: "2."', IMAGE),
    ("D001", '[A, low] sits. [B, high] stands: "Hi." Then, he says: "Ho."', None, 'A man sits down. He says: "Ho."', None),
    ("D002", '[night guard, low voice] sits. [Night Guard, low voice]: "Hm."', None, '[Guard, low voice] sits. [Guard, low voice]: "Hm."', None),
    ("D003", '[A, low] sits: "Hi." [B, high] stands: "Ho."', None, '[A, low] sits: "Hi." (Speaker switches) [B, high]: "Ho."', None),
    ("D004", '[Man] says: "Hi." Then, [Woman] says: "Ho."', None, '[Man] whispers: "Hi." Then, [Woman, high] says: "Ho."', None),
    ("D005", '[Guard, low voice]: "Hm."', None, '[Guard, low voice] stretches. [Guard, low voice]: "Hm."', None),
    ("D006", 'A man says: "Hi." Then a woman says: "Ho."', None, 'A man in a busy café says: "Hi."', None),
    ("D007", "[Vet, kind voice] explains that it will heal.", None, '[Vet, kind voice] explains: "It will heal."', None),
    ("D008", '[A, low] sits: "Hi. Then, [B, high]: "Ho."', None, '[A, low] sits: "It\'s 5 o\'clock." A 10" pipe.', None),
    ("D009", '[A, low]: "1." Then, [B, high]: "2." Then, [C, dry]: "3."', None, '[A, low]: "1." Then, [B, high]: "2." Then, [A, low]: "3."', None),
    ("D010", '[A] and [B] shout: "Now!"', None, '[A] and [B] sing together: "Now!"', None),
    ("L001", '[A, low] nods: "Guten Morgen, wie geht es dir?"', None, '[A, low] nods: "Voilà, bon appétit!"', None),
    ("L002", '[A, low] nods: "Now DANCE with me!"', None, '[A, low] nods: "NASA sent a TV to the USA."', None),
    ("A001", "Rain, church bells, barking dogs, a siren, a drum beat and thunder.", None, "Rain, church bells and a distant dog bark.", None),
    ("A002", "A blue chair in a garden.", None, "A blue chair in a garden, birds chirp.", None),
    ("A003", "A strange noise is heard.", None, "The noise of a falling tree is heard from the valley.", None),
    ("A004", '[A] sings: "Now."', None, '[A, tender voice] sings: "Now" in a folk style over a guitar.', None),
    ("A005", '[A] raps: "Good day."', None, '[A, bold voice] raps over a trap beat: "I see, I flee."', None),
    ("A006", "Some music.", None, "A wistful solo cello, romantic.", None),
    ("A007", "A piano waltz in C minor at 90 BPM.", None, "A slow, sad piano waltz in the minor theatre.", None),
    ("A008", '[A, low] nods: "Yes."', {"native_audio": False}, "Rain on a window, waves behind it.", {"native_audio": False}),
    ("T001", '[A] sings: "Now."', {"duration": 5}, '[A, low] says: "Now."', {"duration": 5}),
    ("T002", f'[A, low] says: "{LONG}."', None, '[A, low] says: "Just a few words."', None),
    ("P001", "A chef cooks.", None, "A chef cooks quickly in a tiny steamy kitchen.", None),
    ("P002", "A hot desert at noon.", {**IMAGE, "image": {"scene": "snow"}}, "A hot desert.", {**IMAGE, "image": {"scene": "dunes"}}),
    ("P003", "A heist, a chase, a trial and a wedding.", None, "A wedding in a small garden.", None),
    ("P004", "Jazz, sad.", None, "A red fox walks slowly through a snowy forest, crunching snow.", None),
    ("P005", "Ten quick cuts between ten cities.", None, "One slow push-in on a lighthouse.", None),
    ("P006", '[A, giggling voice] weeps: "Oh."', None, '[A, giggling voice] weeps with relief: "Oh."', None),
    ("C001", "Rain.", {"duration": 8}, "Rain.", {"duration": 5}),
    ("C002", "Rain.", {"aspect_ratio": "4:3"}, "Rain.", {"aspect_ratio": "9:16"}),
    ("C003", "Rain.", {"outputs": 6}, "Rain.", {"outputs": 4}),
    ("C004", "Rain.", {"mode": "standard"}, "Rain.", {"mode": "standard", "native_audio": False}),
    ("C005", "Rain.", {**IMAGE, "mode": "standard", "end_frame": True}, "Rain.", {**IMAGE, "end_frame": True}),
    ("C006", "Rain.", {"input": "image", "image": None}, "Rain.", {"input": "image"}),
    ("S001", "", {"voice_sample": {"seconds": 31}}, "", {"voice_sample": {"seconds": 14}}),
    ("S002", "", {"voice_sample": {"format": "ogg"}}, "", {"voice_sample": {"format": "audio/wav"}}),
    ("S003", "", {"voice_sample": {"speakers": 2}}, "", {"voice_sample": {"speakers": 1}}),
    ("S004", "", {"voice_sample": {"noisy": True}}, "", {"voice_sample": {"noisy": False, "emotion": "neutral"}}),
    ("S005", "", {"voice_sample": {"voice_number": 201}}, "", {"voice_sample": {"voice_number": 200}}),
    ("S006", "", {"voice_sample": {"source": {"model": "2.6", "native_audio": False}}}, "", {"voice_sample": {"source": {"model": "kling-v2-6", "native_audio": True}}}),
    ("S007", "", {"voice_sample": {"language": "German"}}, "", {"voice_sample": {"language": "en-GB"}}),
    ("S008", "", {"voice_sample": {"rights_confirmed": False}}, "", {"voice_sample": {"rights_confirmed": True}}),
    ("M001", "", {"motion_reference": {"seconds": 45}}, "", {"motion_reference": {"seconds": 12}}),
    ("M002", "", {"motion_reference": {"width": 240, "height": 426}}, "", {"motion_reference": {"width": 1080, "height": 1920}}),
    ("M003", "", {"motion_reference": {"cuts": 1}}, "", {"motion_reference": {"cuts": 0, "camera": "static"}}),
    ("M004", "", {"image": {"framing": "portrait"}, "motion_reference": {"framing": "full body"}}, "", {"image": {"framing": "full-body"}, "motion_reference": {"framing": "full body"}}),
    ("M005", "", {"motion_reference": {"motion": "parkour"}}, "", {"motion_reference": {"motion": "slow waltz"}}),
    ("M006", "", {"motion_reference": {"persons": 2}}, "", {"motion_reference": {"persons": 1}}),
    ("M007", "", {"input": "motion", "image": {"obstructed": True}}, "", {"input": "motion", "image": {"obstructed": False}}),
    ("I001", "Rain.", {**IMAGE, "image": {"width": 300, "height": 200}}, "Rain.", {**IMAGE, "image": {"width": 1920, "height": 1080}}),
    ("W001", "", {"workflow": {"storyboard_reviewed": False}}, "", {"workflow": {"storyboard_reviewed": True}}),
    ("W002", "", {"workflow": {"shots": [{"mode": "studio", "kind": "transition"}] * 2}}, "", {"workflow": {"shots": [{"mode": "studio", "kind": "performance"}, {"mode": "lite", "kind": "transition"}]}}),
)  # fmt: skip


def found(text: str, context: dict[str, Any] | None) -> dict[str, Severity]:
    return {finding.rule: finding.severity for finding in lint(text, LintContext.from_mapping(context)).findings}


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_both_sides_of_a_rule(case: Case) -> None:
    rule, bad, bad_context, good, good_context = case
    assert rule in found(bad, bad_context)
    assert rule not in found(good, good_context)


def test_every_rule_of_the_catalogue_is_here_and_tested() -> None:
    counts = {"V": 12, "D": 10, "L": 2, "A": 8, "T": 2, "P": 6, "C": 6, "S": 8, "M": 7, "I": 1, "W": 2}
    expected = [f"{family}{number:03d}" for family, count in counts.items() for number in range(1, count + 1)]
    assert list(RULES) == expected
    assert [case[0] for case in CASES] == expected


def test_rules_explain_themselves() -> None:
    for rule in RULES.values():
        assert rule.statement.endswith(".")
        assert rule.reason.endswith(".")
        assert rule.family.value == rule.id[0]


@pytest.mark.parametrize(
    ("rule", "text", "context", "severity"),
    [
        ("V007", '[A@V]: "1." Then, [B@W]: "2." Then, [C@X]: "3."', IMAGE, Severity.WARNING),
        ("V007", '[A@V]: "1." Then, [B@W]: "2." Then, [C@X]: "3."', {**IMAGE, "through_api": True}, Severity.ERROR),
        ("D004", '[Man] says: "Hi."', None, Severity.HINT),
        ("D004", '[Man] says: "Hi." Then, [Woman] says: "Ho."', None, Severity.WARNING),
        ("D002", '[guard, low voice] sits. [Guard, low voice]: "Hm."', None, Severity.HINT),
        ("D002", '[Doctor, low voice] sits. [Physician, low voice]: "Hm."', None, Severity.WARNING),
    ],
)
def test_severities_that_depend(rule: str, text: str, context: dict[str, Any] | None, severity: Severity) -> None:
    assert found(text, context)[rule] is severity


@pytest.mark.parametrize(
    "text",
    [
        "[保安，干脆的声音]：“关门了。”",
        "[保安，干脆的声音]说：“关门了。”",
        "[保安，干脆的声音]冷冷地说：“关门了。”",
        "[保安，干脆的声音]大声喊道：“关门了。”",
        "[保安，干脆的声音]用低沉的声音说：“关门了。”",
        "[保安，干脆的声音]（愤怒地）：“关门了。”",
        "[歌手，沉着的声音]深情地唱道：“月光。”",
    ],
)
def test_a_chinese_line_out_of_nowhere_has_no_anchor(text: str) -> None:
    assert "D005" in found(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "[保安，干脆的声音]锁门：“关门了。”",
        "[保安，干脆的声音]锁上大门，冷冷地说：“关门了。”",
        "[保安，干脆的声音]笑着说：“关门了。”",
        "[保安，干脆的声音]关上门。[保安，干脆的声音]：“关门了。”",
        "保安关上门。[保安，干脆的声音]：“关门了。”",
        "[保安，站在门口，干脆的声音]：“关门了。”",
        "[保安，挥着手]说：“关门了。”",
        "[旁白，低沉]：“一千年前。”",
    ],
)
def test_a_chinese_action_anchors_a_line(text: str) -> None:
    assert "D005" not in found(text, None)


def test_errors_come_first_and_spans_fit() -> None:
    text = '[A] sings: "NOW DANCE" @Deep Bass'
    report = lint(text)
    ranks = [(Severity.ERROR, Severity.WARNING, Severity.HINT).index(finding.severity) for finding in report.findings]
    assert ranks == sorted(ranks)
    assert {text[one.start : one.end] for one in report.findings if one.rule == "V003"} == {"@Deep Bass"}
    assert {text[one.start : one.end] for one in report.findings if one.rule == "L002"} == {"NOW DANCE"}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (
            "P003",
            "A woman wakes up, runs to the airport, flies to Rome, marries a stranger, robs a bank, escapes by boat and lands on an island.",
        ),
        (
            "P003",
            "A knight fights a dragon, then a ship lands, then a chef bakes a cake, then a train explodes, then two lovers marry, then it snows.",
        ),
        (
            "P003",
            "A boy wakes up, brushes his teeth, eats breakfast, runs to school, plays football, swims in a lake and falls asleep.",
        ),
        ("D007", "The coach, in a hoarse voice, explains to the team that they are two points behind."),
        ("D007", "A guard whispers that nobody may enter."),
    ],
)
def test_what_overloads_or_leaves_words_open_is_found(rule: str, text: str) -> None:
    assert rule in found(text, None)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("P003", "A cook opens the oven, takes the bread out, sets it down and smiles."),
        ("P003", "A market with lights, stalls, dogs, cats, drums, flags, kites and lanterns."),
        ("P003", "A door opens, then a dog runs in and barks."),
        ("D007", 'The coach explains to the team that they must run: "Run!"'),
        ("D007", "A woman tells that story with her hands."),
        ("D007", "An old couple talks on a bench."),
    ],
)
def test_a_usual_course_of_events_is_left_alone(rule: str, text: str) -> None:
    assert rule not in found(text, None)


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ('[Ada, soft voice] waves: "Hi." Suddenly, [Bo, low voice] jumps up: "Boo!"', set(), {"D003"}),
        ("[小安，清亮的声音]挥手：“嗨。”突然，[阿波，低沉的声音]闯进来：“你好！”", set(), {"D003"}),
        ("[小安，清亮的声音]挥手：“嗨。”下一秒，[阿波，低沉的声音]转身：“你好！”", set(), {"D003"}),
        ("[小安，清亮的声音]挥手：“嗨。”同时，[阿波，低沉的声音]喊：“你好！”", {"D010"}, {"D003"}),
        (
            '[Ada, soft voice] talks over [Bo, low voice]. [Ada, soft voice]: "Yes!" Then, [Bo, low voice]: "No!"',
            {"D010"},
            {"D003"},
        ),
        ('[Pilot, calm voice] speaks over the radio: "Descending."', set(), {"D010"}),
        ("[兽医，和蔼的声音]摸着小狗，说它很快会好。", {"D007"}, set()),
        ("[兽医，和蔼的声音]摸着小狗，说：“它很快会好。”", set(), {"D007"}),
        ("[寡妇，咯咯笑的声音]在墓前痛哭：“谢谢。”", {"P006"}, set()),
        ("[寡妇，哽咽的声音]在墓前痛哭：“谢谢。”", set(), {"P006"}),
        ("[小丑，欢快的声音]苦笑着流泪：“谢谢。”", set(), {"P006"}),
        ("[面包师，粗哑的声音]揉面：“再来。”随后，[邮递员，粗哑的声音]敲门：“信。”", set(), {"D002"}),
    ],
)
def test_turns_and_feelings_in_both_languages(text: str, wanted: set[str], unwanted: set[str]) -> None:
    rules = {finding.rule for finding in lint(text, LintContext()).findings}

    assert wanted <= rules
    assert rules.isdisjoint(unwanted)


@pytest.mark.parametrize(
    "line", ["Heave ho!", "Na na hey!", "Fa sol la ti do.", "Mi casa is your casa.", "A la carte, monsieur.", "Ja."]
)
def test_calls_syllables_and_borrowed_words_are_no_language(line: str) -> None:
    assert "L001" not in {
        finding.rule for finding in lint(f'[Cook, warm voice] waves: "{line}"', LintContext()).findings
    }


@pytest.mark.parametrize(
    "line",
    ["Guten Tag!", "Yo soy tu amigo.", "Bonjour, je suis ici.", "Oggi non piove mai.", "¡Pase, pastor, de nada!"],
)
def test_a_short_line_in_another_language_is_found(line: str) -> None:
    assert "L001" in {finding.rule for finding in lint(f'[Cook, warm voice] waves: "{line}"', LintContext()).findings}


@pytest.mark.parametrize("text", ["No fast cuts, one continuous take.", "Avoid jump cuts.", "没有快速剪辑，一镜到底。"])
def test_cuts_that_are_not_wanted_are_no_finding(text: str) -> None:
    assert "P005" not in [finding.rule for finding in lint(text, LintContext()).findings]


def test_an_answer_is_a_change_of_turn() -> None:
    text = '[Fox, soft voice] bows: "After you." In reply, [Hedgehog, shy voice] curtsies: "No, you."'
    assert "D003" not in [finding.rule for finding in lint(text, LintContext()).findings]


def test_those_who_speak_one_line_are_named_once() -> None:
    [finding] = [one for one in lint('[Ada] and [Bo] say: "Hi."', LintContext()).findings if one.rule == "D005"]
    assert (str(finding.message).count("Ada"), str(finding.message).count("Bo")) == (1, 1)
