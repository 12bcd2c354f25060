"""What the stand-in's account and models are like; every value can be changed while it runs."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

DAY = 86_400.0
_QUANTILE_95 = 1.645
"""How many standard deviations above the centre one in twenty of a normal distribution lies."""


class Span(BaseModel):
    """A log-normal span in simulated seconds: never below `low`, one in twenty above `high`, none above `longest`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    low: Annotated[float, Field(gt=0)]
    high: Annotated[float, Field(gt=0)]
    longest: Annotated[float, Field(gt=0)]

    def draw(self, random: Random) -> float:
        """Return a random span."""
        centre = (math.log(self.low) + math.log(self.high)) / 2
        spread = (math.log(self.high) - math.log(self.low)) / 2 / _QUANTILE_95
        drawn = math.exp(random.gauss(centre, spread))
        return min(max(drawn, self.low), self.longest)

    def stretched(self, factor: float) -> Span:
        """Return the same span, longer by `factor`; the upper bound stays."""
        return self.model_copy(update={"low": self.low * factor, "high": self.high * factor})


class Settings(BaseModel):
    """The behaviour of the stand-in apart from faults.

    `speed` divides every simulated span: with 60, a simulated minute takes a second. Times reported in answers are
    those of the real clock, so that a client sees tasks that are quick, not a clock that runs ahead.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    speed: Annotated[float, Field(gt=0)] = 1.0
    slots: Annotated[int, Field(ge=0)] = 5
    slots_per_model: bool = False
    """Count slots for each model on its own, as the vendor's newest text says, instead of for the account."""
    units: Annotated[Decimal, Field(ge=0)] = Decimal(10_000)
    costs_lag: Annotated[float, Field(ge=0)] = 12 * 3600.0
    """Simulated seconds by which the account's cost page lags behind."""
    webhook_secret: str | None = None
    """`whsec_` and base64; with it every callback is signed by the Standard Webhooks scheme."""
    callback_on_submitted: bool = False
    callback_attempts: Annotated[int, Field(ge=1)] = 3
    callback_timeout: Annotated[float, Field(gt=0)] = 5.0
    """Seconds that the receiver of a callback has for its answer."""
    submitted: Span = Span(low=1, high=5, longest=5)
    processing_standard: Span = Span(low=40, high=150, longest=600)
    processing_professional: Span = Span(low=60, high=240, longest=600)
    processing_voice: Span = Span(low=9, high=15, longest=30)
    audio_factor: Annotated[float, Field(gt=0)] = 1.2
    fixed_submitted: Annotated[float, Field(ge=0)] | None = None
    """Simulated seconds that every task waits, instead of a random span."""
    fixed_processing: Annotated[float, Field(ge=0)] | None = None
    """Simulated seconds that every task is processed, instead of a random span."""
    result_lifetime: Annotated[float, Field(gt=0)] = 30 * DAY
    """Simulated seconds after which a finished clip is gone."""
    discontinued_models: tuple[str, ...] = ()
    """Models that are refused as switched off, besides those that the vendor has retired."""
    refuse_cfg_scale: bool = False
    """Refuse `cfg_scale` for models that do not have it, instead of ignoring it; the vendor's choice is unknown."""
    refused_words: tuple[str, ...] = ("bloodbath",)
    """A prompt with one of these is refused at once with 1301."""
    failed_words: tuple[str, ...] = ("nudity",)
    """A task whose prompt has one of these fails in the risk control system."""


class LiveSettings:
    """The settings in force, shared by all parts; what has begun keeps the values that it began with."""

    def __init__(self, current: Settings) -> None:
        self.current = current

    def change(self, changes: Mapping[str, object]) -> None:
        """Replace some values; raises `ValidationError` and changes nothing if one is wrong."""
        self.current = Settings.model_validate({**self.current.model_dump(), **changes})
