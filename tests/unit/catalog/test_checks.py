"""Every rule of the catalogue from both sides: what it refuses and what it lets pass."""

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from bot.catalog import Catalogue, Combination, FileRole
from bot.errors import UnknownModel
from bot.findings import Severity
from bot.jobs.request import InputKind, Mode, Orientation, Request, StoredFile

CATALOGUE = Catalogue.load()
IMAGE = StoredFile(digest="a" * 64, media_type="image/png", size=1000, width=1920, height=1080)
DANCE = StoredFile(digest="b" * 64, media_type="video/mp4", size=1000, width=1080, height=1920)
TEXT = Request(prompt="Rain on a tin roof.")
ANIMATED = Request(prompt="She turns.", input=InputKind.IMAGE, image=IMAGE, aspect_ratio=None)
MOTION = Request(
    prompt="", input=InputKind.MOTION, image=IMAGE, reference=DANCE, seconds=12, aspect_ratio=None, audio=False
)


def rules(request: Request, **changes: Any) -> list[str]:
    return [finding.rule for finding in CATALOGUE.check(request.model_copy(update=changes))]


@pytest.mark.parametrize(
    ("request_", "changes", "expected"),
    [
        pytest.param(TEXT, {}, [], id="text as it is by default"),
        pytest.param(TEXT, {"seconds": 10}, [], id="10 s"),
        pytest.param(TEXT, {"seconds": 8}, ["C001"], id="8 s"),
        pytest.param(TEXT, {"seconds": 0}, ["C001"], id="0 s"),
        pytest.param(TEXT, {"seconds": 5.4}, ["C001"], id="5.4 s"),
        pytest.param(ANIMATED, {"seconds": 15}, ["C001"], id="15 s from an image"),
        pytest.param(TEXT, {"aspect_ratio": "9:16"}, [], id="9:16"),
        pytest.param(TEXT, {"aspect_ratio": None}, [], id="no ratio"),
        pytest.param(TEXT, {"aspect_ratio": "4:3"}, ["C002"], id="4:3"),
        pytest.param(ANIMATED, {"aspect_ratio": "1:1"}, ["C002"], id="ratio with an image"),
        pytest.param(TEXT, {"outputs": 4}, [], id="4 outputs"),
        pytest.param(TEXT, {"outputs": 6}, ["C003"], id="6 outputs"),
        pytest.param(TEXT, {"outputs": 0}, ["C003"], id="no output"),
        pytest.param(TEXT, {"mode": Mode.STANDARD}, ["C004"], id="sound in Standard"),
        pytest.param(TEXT, {"mode": Mode.STANDARD, "audio": False}, [], id="silent Standard"),
        pytest.param(ANIMATED, {"voices": ("v",)}, [], id="a voice"),
        pytest.param(
            ANIMATED, {"mode": Mode.STANDARD, "voices": ("v",)}, ["C004", "C005"], id="a voice with sound in Standard"
        ),
        pytest.param(ANIMATED, {"end_image": IMAGE, "audio": False}, [], id="an end frame"),
        pytest.param(
            ANIMATED, {"end_image": IMAGE, "audio": False, "mode": Mode.STANDARD}, ["C005"], id="end frame in Standard"
        ),
        pytest.param(ANIMATED, {"image": None}, ["C006"], id="no image"),
        pytest.param(MOTION, {"reference": None}, ["C006"], id="no reference"),
        pytest.param(MOTION, {"reference": None, "image": None}, ["C006", "C006"], id="neither image nor reference"),
        pytest.param(TEXT, {"model": "kling-3.0"}, ["C007"], id="text on a model for motion"),
        pytest.param(TEXT, {"end_image": IMAGE, "audio": False}, ["C007"], id="end frame with text"),
        pytest.param(ANIMATED, {"end_image": IMAGE}, ["C008"], id="end frame with sound"),
        pytest.param(TEXT, {"prompt": "x" * 2500}, [], id="2500 characters"),
        pytest.param(TEXT, {"prompt": "x" * 2501}, ["C009"], id="2501 characters"),
        pytest.param(TEXT, {"prompt": " \n"}, ["C009"], id="an empty prompt"),
        pytest.param(TEXT, {"prompt": " \u200b\u202e\ufeff "}, ["C009"], id="a prompt of controls"),
        pytest.param(TEXT, {"prompt": "\u2800\u3164\u00ad"}, ["C009"], id="a prompt of blanks"),
        pytest.param(TEXT, {"prompt": "雨"}, [], id="one character"),
        pytest.param(TEXT, {"prompt": "🌧"}, [], id="one picture"),
        pytest.param(TEXT, {"negative_prompt": "x" * 2501}, ["C009"], id="a long negative prompt"),
        pytest.param(MOTION, {"negative_prompt": "x" * 2501}, [], id="a negative prompt that is not sent"),
        pytest.param(ANIMATED, {"voices": ("a", "b")}, [], id="two voices"),
        pytest.param(ANIMATED, {"voices": ("a", "b", "c")}, ["V007"], id="three voices"),
        pytest.param(TEXT, {"voices": ("v",)}, ["V008"], id="a voice with text"),
        pytest.param(MOTION, {"voices": ("v",)}, ["V008"], id="a voice with motion"),
        pytest.param(ANIMATED, {"voices": ("v",), "audio": False}, ["V009"], id="a voice without sound"),
        pytest.param(MOTION, {}, [], id="motion"),
        pytest.param(MOTION, {"mode": Mode.STANDARD, "audio": True}, [], id="motion in Standard, sound ignored"),
        pytest.param(MOTION, {"model": "kling-3.0", "seconds": 30}, [], id="30 s of reference"),
        pytest.param(MOTION, {"seconds": 2.9}, ["M001"], id="a short reference"),
        pytest.param(MOTION, {"seconds": 45}, ["M001"], id="a long reference"),
        pytest.param(MOTION, {"orientation": Orientation.IMAGE}, ["M001"], id="12 s facing as in the image"),
        pytest.param(MOTION, {"orientation": Orientation.IMAGE, "seconds": 10}, [], id="10 s facing as in the image"),
        pytest.param(
            MOTION, {"reference": DANCE.model_copy(update={"width": 240, "height": 426})}, ["M002"], id="tiny"
        ),
        pytest.param(
            MOTION, {"reference": DANCE.model_copy(update={"width": 4000, "height": 2000})}, ["M002"], id="huge"
        ),
        pytest.param(MOTION, {"reference": DANCE.model_copy(update={"width": 0, "height": 0})}, [], id="size unknown"),
    ],
)
def test_a_request_breaks_these_rules(request_: Request, changes: dict[str, Any], expected: list[str]) -> None:
    assert rules(request_, **changes) == expected


def test_only_the_ignored_ratio_is_no_error() -> None:
    (ignored,) = CATALOGUE.check(ANIMATED.model_copy(update={"aspect_ratio": "1:1"}))
    (refused,) = CATALOGUE.check(TEXT.model_copy(update={"aspect_ratio": "4:3"}))

    assert ignored.severity is Severity.HINT
    assert refused.severity is Severity.ERROR


@pytest.mark.parametrize(("wanted", "advised"), [(3, 5), (6, 10), (9.99, 10), (11, 10), (1e300, 10)])
def test_the_advised_length_is_the_nearest_that_is_not_shorter(wanted: float, advised: int) -> None:
    (finding,) = CATALOGUE.check(TEXT.model_copy(update={"seconds": wanted}))

    assert f"choose {advised} seconds" in str(finding.message)


def test_a_long_prompt_is_marked_where_it_becomes_too_long() -> None:
    (finding,) = CATALOGUE.check(TEXT.model_copy(update={"prompt": "x" * 2600}))

    assert (finding.start, finding.end) == (2500, 2600)
    assert "100 characters too long" in str(finding.message)


def test_what_is_not_known_is_not_judged() -> None:
    unknown = Combination(input=InputKind.MOTION)

    assert CATALOGUE.check_combination("kling-2.6", unknown) == []
    short = dataclasses.replace(unknown, seconds=Decimal(1), files=frozenset({FileRole.IMAGE}))
    assert [finding.rule for finding in CATALOGUE.check_combination("kling-2.6", short)] == ["C006", "M001"]


def test_an_unknown_model_is_named_with_those_that_exist() -> None:
    with pytest.raises(UnknownModel, match=r"no model kling-9; choose one of kling-2\.6, kling-3\.0"):
        CATALOGUE.check(TEXT.model_copy(update={"model": "kling-9"}))


def test_messages_say_what_to_do_in_one_breath() -> None:
    broken = ANIMATED.model_copy(
        update={"seconds": 8, "outputs": 9, "mode": Mode.STANDARD, "voices": ("a", "b", "c"), "end_image": IMAGE}
    )
    for finding in CATALOGUE.check(broken):
        assert str(finding.message).endswith((".", "instead.")), finding
        assert any(word in str(finding.message) for word in ("choose", "change", "Describe", "1 to 4")), finding
