"""What people leave open is filled in so that it is possible; what they chose stays, possible or not."""

from __future__ import annotations

import pytest

from bot.catalog import Catalogue
from bot.errors import UnknownModel
from bot.findings import Severity
from bot.jobs.compose import Changes, Look, Wish, compose, continuation, editable, looks, revise
from bot.jobs.request import InputKind, Mode, Request, StoredFile
from bot.preferences import Defaults

CATALOGUE = Catalogue.load()
IMAGE = StoredFile(digest="ab" * 32, media_type="image/png", size=1, width=1000, height=1000)
NONE = Defaults()


def errors(request: Request) -> list[str]:
    return [one.rule for one in CATALOGUE.check(request) if one.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("wish", "mode", "audio"),
    [
        (Wish(), Mode.PROFESSIONAL, True),
        (Wish(mode=Mode.STANDARD), Mode.STANDARD, False),
        (Wish(audio=True), Mode.PROFESSIONAL, True),
        (Wish(audio=False), Mode.PROFESSIONAL, False),
    ],
)
@pytest.mark.parametrize("image", [None, IMAGE])
def test_what_is_left_open_goes_with_the_rest(wish: Wish, mode: Mode, *, audio: bool, image: StoredFile | None) -> None:
    request = compose(CATALOGUE, "rain", wish, NONE, image=image)

    assert (request.mode, request.audio, request.seconds, request.outputs) == (mode, audio, 5, 1)
    assert request.aspect_ratio == (None if image else "16:9")
    assert errors(request) == []


def test_a_contradiction_stays_and_is_explained() -> None:
    request = compose(CATALOGUE, "rain", Wish(mode=Mode.STANDARD, audio=True), NONE)

    assert (request.mode, request.audio) == (Mode.STANDARD, True)
    assert errors(request)


def test_between_two_images_a_clip_is_silent_and_professional() -> None:
    request = compose(CATALOGUE, "rain", Wish(), NONE, image=IMAGE, end_image=IMAGE)

    assert (request.mode, request.audio) == (Mode.PROFESSIONAL, False)
    assert errors(request) == []
    assert looks(CATALOGUE.card(request.model), InputKind.IMAGE, end_image=True) == (
        Look(Mode.PROFESSIONAL, audio=False),
    )


def test_defaults_count_where_nothing_was_chosen() -> None:
    defaults = Defaults(model="kling-2.6", mode=Mode.STANDARD, seconds=10, ratio="9:16")

    usual = compose(CATALOGUE, "rain", Wish(), defaults)
    chosen = compose(CATALOGUE, "rain", Wish(audio=True, seconds=5, ratio="1:1"), defaults)

    assert (usual.mode, usual.audio, usual.seconds, usual.aspect_ratio) == (Mode.STANDARD, False, 10, "9:16")
    assert (chosen.mode, chosen.audio, chosen.seconds, chosen.aspect_ratio) == (Mode.PROFESSIONAL, True, 5, "1:1")


def test_defaults_that_no_longer_exist_are_passed_over() -> None:
    request = compose(CATALOGUE, "rain", Wish(), Defaults(model="gone", seconds=7, ratio="4:3"))

    assert (request.model, request.seconds, request.aspect_ratio) == ("kling-2.6", 5, "16:9")


def test_models_go_by_id_or_name_and_others_are_unknown() -> None:
    assert compose(CATALOGUE, "rain", Wish(model=" Kling 2.6"), NONE).model == "kling-2.6"
    with pytest.raises(UnknownModel):
        compose(CATALOGUE, "rain", Wish(model="kling-9"), NONE)


def test_a_form_changes_what_it_says_and_nothing_else() -> None:
    request = compose(CATALOGUE, "rain", Wish(outputs=2, negative="fog"), NONE)

    kept = revise(request, Changes(prompt="snow", negative=""))
    changed = revise(request, Changes("snow", "", Look(Mode.STANDARD, audio=False), 10, "1:1", 3))

    assert kept == request.model_copy(update={"prompt": "snow", "negative_prompt": ""})
    assert (changed.mode, changed.seconds, changed.aspect_ratio, changed.outputs) == (Mode.STANDARD, 10, "1:1", 3)


def test_a_continuation_begins_with_an_image_and_can_be_made() -> None:
    before = compose(CATALOGUE, "rain", Wish(seconds=10, outputs=4, ratio="9:16"), NONE)

    request = continuation(CATALOGUE, before, "job1", IMAGE)

    assert (request.input, request.image, request.continues) == (InputKind.IMAGE, IMAGE, "job1")
    assert (request.seconds, request.outputs, request.audio) == (10, 1, True)
    assert errors(request) == []


def test_a_request_that_its_model_does_not_take_gets_one_that_does() -> None:
    request = compose(CATALOGUE, "rain", Wish(model="kling-3.0"), NONE)

    assert errors(request)
    assert errors(editable(CATALOGUE, request)) == []
