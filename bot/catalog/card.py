"""A model card: what one model of a vendor can do, under which limits, at what price. Data, not code."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.jobs.request import InputKind, Mode, Orientation

Credits = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(gt=0)]


class Feature(StrEnum):
    """Something a request may ask for beyond the plain picture."""

    AUDIO = "audio"
    VOICES = "voices"
    END_IMAGE = "end_image"


class FileRole(StrEnum):
    """What a file of a request is for."""

    IMAGE = "image"
    END_IMAGE = "end_image"
    REFERENCE = "reference"


class Setting(StrEnum):
    """A setting that some inputs do not know; it is left out there instead of refused."""

    ASPECT_RATIO = "aspect_ratio"
    AUDIO = "audio"
    NEGATIVE_PROMPT = "negative_prompt"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PromptLimits(_Part):
    """How many characters the vendor takes."""

    characters: Positive
    negative_characters: Positive


class ReferenceLimits(_Part):
    """What a motion reference must be like: lengths in seconds, sides in pixels."""

    shortest: Positive
    longest: Positive
    longest_by_orientation: dict[Orientation, Positive] = Field(default_factory=dict)
    smallest_side: Positive
    largest_side: Positive

    def longest_for(self, orientation: Orientation | None) -> int:
        """Return the greatest length in seconds with this orientation (None: with any)."""
        return self.longest if orientation is None else self.longest_by_orientation.get(orientation, self.longest)


class InputCard(_Part):
    """What a model does with one kind of input.

    `vendor_model` is the vendor's own id. `seconds` are the lengths to choose from, empty where the clip is as long
    as its `reference`. `features` says in which modes a feature is offered; a feature that is missing is not offered
    with this input at all. `voices` is the greatest number of bound voices. `ignores` lists settings that do not
    apply here.
    """

    vendor_model: str
    modes: tuple[Mode, ...]
    seconds: tuple[Positive, ...] = ()
    aspect_ratios: tuple[str, ...] = ()
    files: tuple[FileRole, ...] = ()
    features: dict[Feature, tuple[Mode, ...]] = Field(default_factory=dict)
    voices: Annotated[int, Field(ge=0)] = 0
    ignores: frozenset[Setting] = frozenset()
    prompt_required: bool = True
    reference: ReferenceLimits | None = None

    @model_validator(mode="after")
    def _has_one_measure_of_length(self) -> Self:
        if bool(self.seconds) == (self.reference is not None):
            raise ValueError("an input has either lengths to choose from (seconds) or a reference")
        if bool(self.voices) != (Feature.VOICES in self.features):
            raise ValueError("a number of voices and the feature 'voices' go together")
        return self


class Requirement(_Part):
    """A feature that works only together with another one."""

    feature: Feature
    needs: Feature


class Exclusion(_Part):
    """Features that cannot be had together."""

    features: frozenset[Feature]


class ModePrices(_Part):
    """Credits per second of one clip in one mode; None where the mode has no such clips.

    `voice_surcharge` is added to `audio` once, however many voices are bound.
    """

    silent: Credits | None = None
    audio: Credits | None = None
    voice_surcharge: Credits | None = None
    motion: Credits | None = None


class ModelCard(_Part):
    """Everything the program knows about one model; `checked` is the date of the facts."""

    id: str
    name: str
    provider: str
    checked: date
    outputs: Positive
    prompt: PromptLimits
    inputs: dict[InputKind, InputCard]
    requirements: tuple[Requirement, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    prices: dict[Mode, ModePrices]

    @model_validator(mode="after")
    def _every_mode_has_a_price(self) -> Self:
        for kind, card in self.inputs.items():
            for mode in card.modes:
                prices = self.prices.get(mode, ModePrices())
                wanted = ["motion"] if card.reference else ["silent"]
                wanted += ["audio"] if mode in card.features.get(Feature.AUDIO, ()) else []
                wanted += ["voice_surcharge"] if mode in card.features.get(Feature.VOICES, ()) else []
                missing = [name for name in wanted if getattr(prices, name) is None]
                if missing:
                    raise ValueError(f"{kind} input in {mode} mode has no price for {' and '.join(missing)}")
        return self
