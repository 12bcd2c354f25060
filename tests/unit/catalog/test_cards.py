"""The cards that come with the program, and what happens when they are overridden."""

from datetime import date
from typing import Any

import pytest

from bot.catalog import Catalogue
from bot.errors import ConfigurationError, RequestRefused
from bot.jobs.request import InputKind, Mode, Request


def test_the_cards_that_come_with_the_program() -> None:
    catalogue = Catalogue.load()

    assert {card.id: set(card.inputs) for card in catalogue.cards} == {
        "kling-2.6": {InputKind.TEXT, InputKind.IMAGE, InputKind.MOTION},
        "kling-3.0": {InputKind.MOTION},
    }
    assert all(card.checked > date(2026, 1, 1) for card in catalogue.cards)
    assert catalogue.card("kling-3.0").inputs[InputKind.MOTION].vendor_model == "kling-v3"


def test_a_price_can_be_overridden_alone() -> None:
    catalogue = Catalogue.load({"kling-2.6": {"prices": {"professional": {"audio": 12}}}})

    assert catalogue.price(Request(prompt="x")).per_second == 12
    assert catalogue.price(Request(prompt="x", audio=False)).per_second == 5
    assert catalogue.card("kling-2.6").prices[Mode.STANDARD] == Catalogue.load().card("kling-2.6").prices[Mode.STANDARD]


def test_limits_and_vendor_models_can_be_overridden() -> None:
    catalogue = Catalogue.load({"kling-2.6": {"inputs": {"text": {"seconds": [5, 10, 15], "vendor_model": "k-next"}}}})

    assert catalogue.check(Request(prompt="x", seconds=15)) == []
    assert catalogue.card("kling-2.6").inputs[InputKind.TEXT].vendor_model == "k-next"


@pytest.mark.parametrize(
    ("override", "names"),
    [
        ({"kling-9": {}}, "kling-9"),
        ({"kling-2.6": {"prices": {"professional": {"audio": -1}}}}, "professional.audio"),
        ({"kling-2.6": {"prices": {"professional": {"audio": 1.5}}}}, "professional.audio"),
        ({"kling-2.6": {"prices": {"professional": {"sound": 1}}}}, "professional.sound"),
        ({"kling-2.6": {"prices": {"pro": {"audio": 1}}}}, "prices.pro"),
        ({"kling-2.6": {"prices": 3}}, "prices"),
        ({"kling-2.6": {"inputs": {"text": {"seconds": []}}}}, "inputs.text"),
        ({"kling-2.6": {"inputs": {"image": {"voices": 0}}}}, "inputs.image"),
        ({"kling-3.0": {"inputs": {"motion": {"features": {"audio": ["standard"]}}}}}, "no price for audio"),
    ],
)
def test_an_override_that_does_not_fit_is_refused_by_name(override: dict[str, Any], names: str) -> None:
    with pytest.raises(ConfigurationError, match="models") as refusal:
        Catalogue.load(override)

    assert names in str(refusal.value)


@pytest.mark.parametrize("change", [{"outputs": -1}, {"outputs": 0}, {"seconds": 0}, {"seconds": -5}])
def test_nonsense_has_no_price(change: dict[str, Any]) -> None:
    with pytest.raises(RequestRefused):
        Catalogue.load().price(Request(prompt="x").model_copy(update=change))


def test_what_is_not_for_sale_has_no_price() -> None:
    with pytest.raises(RequestRefused, match="C004"):
        Catalogue.load().price(Request(prompt="x", mode=Mode.STANDARD))
