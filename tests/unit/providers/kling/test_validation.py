"""The vendor's combination tables, every row of them, and its rules for images and voices."""

import itertools
from decimal import Decimal
from typing import Any

import httpx
import pytest

from bot.catalog import Catalogue
from bot.findings import Severity
from bot.jobs.request import InputKind, Mode, Request
from bot.media.download import Downloader
from bot.providers.kling import ApiKey, KlingProvider
from bot.providers.kling.validation import MOST_IMAGE_BYTES
from tests.support.kling import StillClock, image_request, stored, text_request


@pytest.fixture(scope="module")
def provider() -> KlingProvider:
    return KlingProvider(
        base_url="https://api.example.org",
        credentials=ApiKey("key-1"),
        catalogue=Catalogue.load(),
        downloader=Downloader(transport=httpx.MockTransport(lambda _: httpx.Response(404))),
        clock=StillClock(),
    )


def errors(provider: KlingProvider, request: Request) -> set[str]:
    return {finding.rule for finding in provider.validate(request) if finding.severity is Severity.ERROR}


STD, PRO = Mode.STANDARD, Mode.PROFESSIONAL
# Mode, sound: what the vendor makes from text, with 5 and with 10 seconds.
TEXT_ROWS = {(STD, False), (PRO, False), (PRO, True)}
# Mode, end image, sound, voices: what the vendor makes from an image, with 5 and with 10 seconds.
IMAGE_ROWS = {
    (STD, False, False, 0),
    (PRO, False, False, 0),
    (PRO, False, True, 0),
    (PRO, False, True, 1),
    (PRO, False, True, 2),
    (PRO, True, False, 0),
}
SECONDS = [0, 3, 4.9, 5, 6, 10, 10.5, 15]


@pytest.mark.parametrize(("mode", "audio", "seconds"), list(itertools.product(Mode, [False, True], SECONDS)))
def test_from_text_exactly_the_rows_of_the_table_are_possible(
    *, provider: KlingProvider, mode: Mode, audio: bool, seconds: float
) -> None:
    allowed = (mode, audio) in TEXT_ROWS and seconds in {5, 10}
    assert (not errors(provider, text_request(mode=mode, audio=audio, seconds=seconds))) is allowed


@pytest.mark.parametrize(
    ("mode", "tail", "audio", "voices", "seconds"),
    list(itertools.product(Mode, [False, True], [False, True], [0, 1, 2, 3], [5, 7, 10])),
)
def test_from_an_image_exactly_the_rows_of_the_table_are_possible(
    *, provider: KlingProvider, mode: Mode, tail: bool, audio: bool, voices: int, seconds: float
) -> None:
    request = image_request(
        mode=mode,
        end_image=stored() if tail else None,
        audio=audio,
        voices=tuple(f"89149544002066843{n}" for n in range(voices)),
        seconds=seconds,
    )
    allowed = (mode, tail, audio, voices) in IMAGE_ROWS and seconds in {5, 10}
    assert (not errors(provider, request)) is allowed


@pytest.mark.parametrize(
    ("request_", "rule"),
    [
        (text_request(seconds=7), "C001"),
        (text_request(aspect_ratio="4:3"), "C002"),
        (text_request(outputs=5), "C003"),
        (text_request(outputs=0), "C003"),
        (text_request(mode=STD), "C004"),
        (image_request(mode=STD, end_image=stored()), "C005"),
        (image_request(image=None), "C006"),
        (image_request(image=None, end_image=stored()), "C006"),
        (image_request(audio=True, voices=("1", "2", "3")), "V007"),
        (text_request(voices=("1",)), "V008"),
        (image_request(voices=("1",)), "V009"),
        (Request(prompt=" "), "C009"),
        (Request(prompt="x" * 2501), "C009"),
        (text_request(negative_prompt="x" * 2501), "C009"),
        (text_request(model="kling-9"), "K001"),
        (image_request(image=stored(media_type="image/webp")), "K002"),
        (image_request(end_image=stored(media_type="image/gif")), "K002"),
        (image_request(image=stored(size=MOST_IMAGE_BYTES + 1)), "K003"),
        (image_request(image=stored(width=299)), "K004"),
        (image_request(image=stored(width=400, height=1001)), "K005"),
        (image_request(image=stored(width=1001, height=400)), "K005"),
        (Request(prompt="[Ann] <<<voice_1>>> says hello", input=InputKind.TEXT), "K006"),
        (Request(prompt="motion", input=InputKind.MOTION), "K008"),
    ],
)
def test_what_the_vendor_would_refuse_has_its_rule(provider: KlingProvider, request_: Request, rule: str) -> None:
    assert rule in errors(provider, request_)


@pytest.mark.parametrize(
    "request_",
    [
        text_request(aspect_ratio="1:1", seconds=Decimal(10)),
        text_request(aspect_ratio=None),
        Request(prompt="x" * 2500, negative_prompt="y" * 2500),
        image_request(image=stored(media_type="image/jpeg", size=MOST_IMAGE_BYTES)),
        image_request(image=stored(width=300, height=750)),
        image_request(image=stored(width=0, height=0)),
        image_request(aspect_ratio="4:3"),
    ],
)
def test_what_lies_on_the_limit_is_possible(provider: KlingProvider, request_: Request) -> None:
    assert errors(provider, request_) == set()


def test_a_voice_marker_is_found_where_it_stands(provider: KlingProvider) -> None:
    changes: dict[str, Any] = {"prompt": "Ann <<<voice_1>>> and Bo <<<voice_2>>> talk.", "audio": True}
    request = image_request(voices=("1",)).model_copy(update=changes)
    (finding,) = [finding for finding in provider.validate(request) if finding.rule == "K006"]
    assert request.prompt[finding.start : finding.end] == "<<<voice_2>>>"
    assert not errors(provider, request.model_copy(update={"voices": ("1", "2")}))


def test_an_image_that_would_be_left_out_is_a_warning(provider: KlingProvider) -> None:
    findings = provider.validate(text_request(image=stored()))
    assert [(finding.rule, finding.severity) for finding in findings] == [("K007", Severity.WARNING)]


def test_the_model_of_another_vendor_is_not_ours() -> None:
    card = Catalogue.load().card("kling-2.6")
    provider = KlingProvider(
        base_url="https://api.example.org",
        credentials=ApiKey("key-1"),
        catalogue=Catalogue([card.model_copy(update={"provider": "other"})]),
        downloader=Downloader(transport=httpx.MockTransport(lambda _: httpx.Response(404))),
        clock=StillClock(),
    )
    assert errors(provider, text_request()) == {"K001"}
