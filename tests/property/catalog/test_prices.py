"""The arithmetic of prices against an independent reading of the price list, in exact fractions."""

from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.catalog import Catalogue
from bot.catalog.price import whole_seconds
from bot.jobs.request import InputKind, Mode, Request

CATALOGUE = Catalogue.load()

MOTION_RATES = {
    ("kling-2.6", Mode.STANDARD): 5,
    ("kling-2.6", Mode.PROFESSIONAL): 8,
    ("kling-3.0", Mode.STANDARD): 9,
    ("kling-3.0", Mode.PROFESSIONAL): 12,
}

lengths = st.decimals(min_value="0.001", max_value=60, places=3)
outputs = st.integers(1, 4)


def half_up(seconds: Decimal | float) -> int:
    return floor(Fraction(str(seconds)) + Fraction(1, 2))


def rate(mode: Mode, *, audio: bool, voices: int, subscriber: bool) -> int:
    if mode is Mode.STANDARD:
        return 3
    if not audio:
        return 5
    return 12 if voices and not subscriber else 10


@st.composite
def nominal_requests(draw: st.DrawFn) -> Request:
    mode = draw(st.sampled_from(Mode))
    audio = mode is Mode.PROFESSIONAL and draw(st.booleans())
    kind = draw(st.sampled_from([InputKind.TEXT, InputKind.IMAGE]))
    voices = draw(st.integers(0, 2)) if audio and kind is InputKind.IMAGE else 0
    return Request(
        prompt="x",
        input=kind,
        mode=mode,
        audio=audio,
        voices=tuple("ab"[:voices]),
        seconds=draw(st.sampled_from([5, 10])),
        outputs=draw(outputs),
    )


@st.composite
def motion_requests(draw: st.DrawFn) -> Request:
    model, mode = draw(st.sampled_from(sorted(MOTION_RATES)))
    seconds = draw(st.decimals(min_value=3, max_value=30, places=3))
    return Request(
        prompt="", model=model, mode=mode, input=InputKind.MOTION, seconds=float(seconds), outputs=draw(outputs)
    )


@given(request=nominal_requests(), subscriber=st.booleans(), delivered=st.none() | lengths)
def test_a_nominal_length_is_paid_whatever_was_delivered(
    *, request: Request, subscriber: bool, delivered: Decimal | None
) -> None:
    price = CATALOGUE.price(request, subscriber=subscriber, delivered=delivered)
    per_second = rate(request.mode, audio=request.audio, voices=len(request.voices), subscriber=subscriber)

    assert (price.per_second, price.billed_seconds, price.outputs) == (per_second, request.seconds, request.outputs)
    assert price.credits == per_second * request.seconds * request.outputs


@given(request=motion_requests(), delivered=lengths)
def test_motion_is_quoted_on_the_reference_and_settled_on_the_clip(request: Request, delivered: Decimal) -> None:
    quoted = CATALOGUE.price(request)
    settled = CATALOGUE.price(request, delivered=delivered)

    per_second = MOTION_RATES[request.model, request.mode]
    assert quoted.credits == per_second * half_up(request.seconds) * request.outputs
    assert settled.credits == per_second * min(half_up(delivered), half_up(request.seconds)) * request.outputs
    assert settled.credits <= quoted.credits


@given(request=motion_requests() | nominal_requests(), subscriber=st.booleans(), delivered=st.none() | lengths)
def test_a_batch_costs_as_much_as_its_clips(*, request: Request, subscriber: bool, delivered: Decimal | None) -> None:
    options: dict[str, Any] = {"subscriber": subscriber, "delivered": delivered}
    one = CATALOGUE.price(request.model_copy(update={"outputs": 1}), **options)

    assert CATALOGUE.price(request, **options).credits == one.credits * request.outputs


@given(st.decimals(min_value=0, max_value=100_000, places=6))
def test_half_a_second_rounds_up(seconds: Decimal) -> None:
    assert whole_seconds(seconds) == half_up(seconds)


@given(st.integers(0, 100_000))
def test_exactly_half_a_second_rounds_up(seconds: int) -> None:
    assert whole_seconds(Decimal(seconds) + Decimal("0.5")) == seconds + 1
    assert whole_seconds(Decimal(seconds) + Decimal("0.499999")) == seconds
