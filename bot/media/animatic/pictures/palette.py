"""The light of a scene: sky, glow, shadow and ink for each hour and weather."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.media.animatic.pictures.drawing import Colour, mix
from bot.media.animatic.place import Hour, Weather

if TYPE_CHECKING:
    from bot.media.animatic.place import Place

ACCENTS: tuple[Colour, ...] = (
    (255, 190, 104),
    (118, 208, 255),
    (178, 236, 140),
    (255, 146, 176),
    (200, 170, 255),
)
"""The colours of the speakers, in order of appearance: rim light, name and level meter."""


def accent(index: int) -> Colour:
    """Return the colour of the n-th speaker."""
    return ACCENTS[index % len(ACCENTS)]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a scene. `ambient` multiplies what stands in it; `ink` is what is close and dark."""

    sky_top: Colour
    sky_middle: Colour
    sky_low: Colour
    glow: Colour
    ambient: Colour
    ink: Colour
    haze: Colour
    stars: float = 0.0


_HOURS = {
    Hour.DAWN: Palette(
        (58, 72, 128),
        (178, 136, 168),
        (255, 204, 164),
        (255, 226, 190),
        (232, 208, 214),
        (34, 30, 56),
        (236, 186, 172),
        0.12,
    ),
    Hour.DAY: Palette(
        (54, 124, 196),
        (122, 182, 226),
        (214, 234, 238),
        (255, 246, 220),
        (246, 244, 238),
        (30, 48, 58),
        (198, 222, 232),
    ),
    Hour.SUNSET: Palette(
        (44, 40, 96),
        (186, 88, 104),
        (255, 178, 104),
        (255, 214, 140),
        (240, 196, 170),
        (30, 20, 42),
        (238, 146, 108),
        0.08,
    ),
    Hour.NIGHT: Palette(
        (8, 12, 34), (24, 32, 72), (66, 70, 122), (196, 208, 255), (142, 150, 196), (8, 9, 22), (52, 58, 108), 1.0
    ),
}
_CLOUDS = {
    Weather.CLEAR: 0.0,
    Weather.CLOUDY: 0.5,
    Weather.RAIN: 0.62,
    Weather.STORM: 0.8,
    Weather.SNOW: 0.45,
    Weather.FOG: 0.55,
}


def palette_for(place: Place) -> Palette:
    """Return the colours of a place; bad weather turns its sky grey and hides the stars."""
    base = _HOURS[place.hour]
    cover = _CLOUDS[place.weather]
    if not cover:
        return base
    dark = place.hour is Hour.NIGHT
    grey: Colour = (40, 46, 66) if dark else (138, 150, 164)
    if place.weather is Weather.STORM:
        grey = (26, 30, 44) if dark else (78, 88, 106)
    if place.weather is Weather.SNOW:
        grey = (70, 80, 112) if dark else (196, 206, 220)
    return replace(
        base,
        sky_top=mix(base.sky_top, grey, cover),
        sky_middle=mix(base.sky_middle, grey, cover),
        sky_low=mix(base.sky_low, mix(grey, (255, 255, 255), 0.12), cover * 0.8),
        glow=mix(base.glow, grey, cover * 0.5),
        ambient=mix(base.ambient, mix(grey, (255, 255, 255), 0.3), cover * 0.5),
        haze=mix(base.haze, grey, cover),
        stars=base.stars * (1 - cover),
    )
