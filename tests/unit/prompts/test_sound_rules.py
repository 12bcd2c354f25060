"""What the rules take for song, rap, a musical demand or a language, and what for something else."""

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
