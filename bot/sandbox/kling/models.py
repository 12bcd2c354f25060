"""What the simulated models can do and cost: the vendor's capability map and price list as data.

Source: sections 13 and 14 of the API reference, as of September 2026. Units are video units.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bot.sandbox.kling.answers import VendorError, invalid


class Product(StrEnum):
    """An asynchronous product of the vendor; the value is its path under `/v1/`."""

    TEXT_TO_VIDEO = "videos/text2video"
    IMAGE_TO_VIDEO = "videos/image2video"
    MOTION_CONTROL = "videos/motion-control"
    CUSTOM_VOICES = "general/custom-voices"


_GENERATION = frozenset({Product.TEXT_TO_VIDEO, Product.IMAGE_TO_VIDEO})


@dataclass(frozen=True, slots=True)
class Model:
    """One model: where it is offered, which combinations it takes, and its prices in units per second."""

    name: str
    products: frozenset[Product]
    modes: tuple[str, ...] = ("std", "pro")
    durations: tuple[str, ...] = ("5", "10")
    sound_modes: frozenset[str] = frozenset()
    tail_modes: frozenset[str] = frozenset({"pro"})
    voices: bool = False
    silent_units: dict[str, Decimal] = field(default_factory=dict)
    sound_units: dict[str, Decimal] = field(default_factory=dict)
    voice_units: dict[str, Decimal] = field(default_factory=dict)
    motion_units: dict[str, Decimal] = field(default_factory=dict)

    def units(self, *, mode: str, seconds: int, sound: bool, voices: bool) -> Decimal:
        """Return the price of a generated clip of nominal `seconds`, in units."""
        prices = self.voice_units if voices else self.sound_units if sound else self.silent_units
        return prices[mode] * seconds


_MODELS = (
    Model(
        name="kling-v2-5-turbo",
        products=_GENERATION,
        silent_units={"std": Decimal("0.3"), "pro": Decimal("0.5")},
    ),
    Model(
        name="kling-v2-6",
        products=_GENERATION | {Product.MOTION_CONTROL},
        sound_modes=frozenset({"pro"}),
        voices=True,
        silent_units={"std": Decimal("0.3"), "pro": Decimal("0.5")},
        sound_units={"pro": Decimal("1.0")},
        voice_units={"pro": Decimal("1.2")},
        motion_units={"std": Decimal("0.5"), "pro": Decimal("0.8")},
    ),
    Model(
        name="kling-v3",
        products=frozenset({Product.MOTION_CONTROL}),
        motion_units={"std": Decimal("0.9"), "pro": Decimal("1.2")},
    ),
)
MODELS = {model.name: model for model in _MODELS}

_RETIRED = frozenset({"kling-v1", "kling-v1-5", "kling-v1-6", "kling-v2-master", "kling-v2-1", "kling-v2-1-master"})
_OTHER_ENDPOINTS = frozenset({"kling-v3-omni", "kling-video-o1"})
_NOT_SIMULATED = frozenset({("kling-v3", Product.TEXT_TO_VIDEO), ("kling-v3", Product.IMAGE_TO_VIDEO)})
VOICE_UNITS = Decimal("0.05")


def find_model(name: str, product: Product, discontinued: tuple[str, ...]) -> Model:
    """Return the model for a product or raise the vendor's refusal.

    A model that the vendor has but the stand-in does not simulate is refused as one that the account has no right to.
    """
    if name in _RETIRED or name in discontinued:
        raise invalid(f"The model '{name}' has been discontinued and is no longer available.")
    if (name, product) in _NOT_SIMULATED:
        raise VendorError(1103)
    model = MODELS.get(name)
    if model is None and name not in _OTHER_ENDPOINTS:
        raise invalid(f"model_name value '{name}' is invalid")
    if model is None or product not in model.products:
        raise invalid("model is not supported")
    return model


_PIXELS = {"std": 1280 * 720, "pro": 1920 * 1080}
_SIDE_STEP = 4


def frame_size(mode: str, ratio_width: int, ratio_height: int) -> tuple[int, int]:
    """Return width and height in pixels: the mode's number of pixels in the asked ratio.

    Sides are rounded down to a multiple of four. This gives the sizes that were measured: 1280x720 and 960x960 for
    std, and 1108x828 for a 4:3 image.
    """
    pixels = _PIXELS[mode]
    width = int((pixels * ratio_width / ratio_height) ** 0.5 + 1e-6)
    height = int((pixels * ratio_height / ratio_width) ** 0.5 + 1e-6)
    return width - width % _SIDE_STEP, height - height % _SIDE_STEP
