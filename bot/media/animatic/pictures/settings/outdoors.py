"""Open country: meadow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.media.animatic.pictures.drawing import dimmed, mix
from bot.media.animatic.pictures.settings.sky import ground, mist, ridge, sky

if TYPE_CHECKING:
    from bot.media.animatic.pictures.scenery import Scenery


def draw_meadow(scenery: Scenery) -> None:
    """Draw rolling hills under a wide sky."""
    palette = scenery.palette
    sky(scenery, 0.62)
    green = (96, 140, 84)
    for number, (base, height) in enumerate(((0.6, 0.12), (0.68, 0.1))):
        tone = mix(mix(green, palette.haze, 0.62 - 0.24 * number), palette.ink, 0.1)
        ground(scenery, scenery.far, ridge(scenery, base, height, 0.3), tone, dimmed(tone, 0.8), palette.glow)
    mist(scenery.far, scenery.y(0.5), scenery.y(0.8), palette.haze, 0.3)
    near = mix(green, palette.ink, 0.45)
    ground(scenery, scenery.middle, ridge(scenery, 0.8, 0.1, 0.3), near, dimmed(near, 0.6), palette.glow)
    close = mix(green, palette.ink, 0.72)
    ground(scenery, scenery.front, ridge(scenery, 0.97, 0.06, 0.8, 5), close, dimmed(close, 0.5))
