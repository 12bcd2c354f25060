"""The catalogue: all model cards, and the questions they answer."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any, Self

from pydantic import ValidationError

from bot.catalog.card import ModelCard
from bot.catalog.checks import check_combination, check_words
from bot.catalog.combination import Combination
from bot.catalog.price import Price, billed_seconds, credits_per_second
from bot.errors import ConfigurationError, RequestRefused, UnknownModel
from bot.findings import Finding, Severity
from bot.texts import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from bot.jobs.request import Request

_CARDS = resources.files("bot.catalog") / "cards"


class Catalogue:
    """Answers what is possible and what it costs. It knows no model by name: it asks the model's card."""

    def __init__(self, cards: Iterable[ModelCard]) -> None:
        self._cards = {card.id: card for card in cards}

    @classmethod
    def load(cls, overrides: Mapping[str, Mapping[str, Any]] | None = None) -> Self:
        """Read the cards that come with the program, with `overrides` by model id laid over them.

        An override has the shape of a card and replaces single figures: `{"kling-2.6": {"prices": {"professional":
        {"audio": 12}}}}`. Raises `ConfigurationError` where it does not fit.
        """
        data = {card["id"]: card for card in _read_cards()}
        for model, override in (overrides or {}).items():
            if model not in data:
                raise ConfigurationError(f"models.{model}: {UnknownModel(model, sorted(data))}")
            data[model] = _overlaid(data[model], override)
        return cls(_validated(card) for card in data.values())

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """All cards."""
        return tuple(self._cards.values())

    def card(self, model: str) -> ModelCard:
        """Return the card of a model; raises `UnknownModel`."""
        if model not in self._cards:
            raise UnknownModel(model, sorted(self._cards))
        return self._cards[model]

    def check(self, request: Request) -> list[Finding]:
        """Return what stands in the way of a request, in the order of the rules; raises `UnknownModel`."""
        card = self.card(request.model)
        return [*check_combination(card, Combination.of(request)), *check_words(card, request)]

    def check_combination(self, model: str, combination: Combination) -> list[Finding]:
        """Return what stands in the way of settings that are known only in part; raises `UnknownModel`."""
        return check_combination(self.card(model), combination)

    def price(self, request: Request, *, subscriber: bool = False, delivered: Decimal | None = None) -> Price:
        """Return what a request costs: to quote it, or to settle it once `delivered` seconds are known.

        When settling, a clip as long as its reference costs its own length, at most the quoted one; every other clip
        costs its nominal length. `subscriber` waives the voice surcharge. Raises `UnknownModel`, and `RequestRefused`
        where no such clip is for sale.
        """
        combination = Combination.of(request)
        return self.price_combination(request.model, combination, subscriber=subscriber, delivered=delivered)

    def price_combination(
        self, model: str, combination: Combination, *, subscriber: bool = False, delivered: Decimal | None = None
    ) -> Price:
        """Return what settings cost whose `seconds` are known; raises as `price` does."""
        card = self.card(model)
        input_card = card.inputs.get(combination.input)
        per_second = credits_per_second(card, combination, subscriber=subscriber)
        ordered = combination.seconds
        if input_card is None or per_second is None or ordered is None or ordered <= 0 or combination.outputs < 1:
            findings = check_combination(card, combination)
            errors = [finding for finding in findings if finding.severity is Severity.ERROR]
            raise RequestRefused(errors or [_not_for_sale(card)])
        seconds = billed_seconds(input_card, ordered, delivered)
        return Price(
            credits=per_second * seconds * combination.outputs,
            per_second=per_second,
            billed_seconds=seconds,
            outputs=combination.outputs,
        )


def _not_for_sale(card: ModelCard) -> Finding:
    message = Sentence("catalogue.C007-price", model=card.name)
    return Finding(rule="C007", severity=Severity.ERROR, message=message)


def _read_cards() -> Iterable[dict[str, Any]]:
    for file in sorted(_CARDS.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield tomllib.loads(file.read_text(encoding="utf-8"))


def _overlaid(base: Mapping[str, Any], override: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in override.items():
        below = result.get(key)
        result[key] = _overlaid(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result


def _validated(card: Mapping[str, Any]) -> ModelCard:
    try:
        return ModelCard.model_validate(card)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in ("models", card["id"], *first["loc"]))
        raise ConfigurationError(f"{place}: {first['msg']}.") from None
