"""What a request costs, in whole credits. Lengths are decimal, because half a second must round up everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from bot.catalog.card import Feature, ModePrices

if TYPE_CHECKING:
    from bot.catalog.card import InputCard, ModelCard
    from bot.catalog.combination import Combination


@dataclass(frozen=True, slots=True)
class Price:
    """`credits` is for all outputs together: `per_second` times `billed_seconds` times `outputs`."""

    credits: int
    per_second: int
    billed_seconds: int
    outputs: int


def whole_seconds(seconds: Decimal) -> int:
    """Round a length to whole seconds, half a second up (7.5 gives 8)."""
    return int(seconds.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def credits_per_second(card: ModelCard, combination: Combination, *, subscriber: bool) -> int | None:
    """Return the price of one second of one clip; None where the model has no price for such a clip."""
    input_card = card.inputs.get(combination.input)
    prices = card.prices.get(combination.mode, ModePrices())
    if input_card is None:
        return None
    if input_card.reference is not None:
        return prices.motion
    features = combination.features(input_card)
    if Feature.AUDIO not in features:
        return prices.silent
    if Feature.VOICES not in features or subscriber or prices.audio is None:
        return prices.audio
    return None if prices.voice_surcharge is None else prices.audio + prices.voice_surcharge


def billed_seconds(input_card: InputCard, ordered: Decimal, delivered: Decimal | None) -> int:
    """Return the seconds to pay for.

    A clip with a nominal length costs that length. A clip as long as its reference costs what was delivered once
    that is known, and never more than the reference, which was the quote.
    """
    if input_card.reference is None or delivered is None:
        return whole_seconds(ordered)
    return whole_seconds(min(ordered, delivered))
