"""The sky, and what stands in it: sun or moon, stars, clouds, far ridges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from bot.media.animatic.pictures.drawing import (
    Colour,
    Gradient,
    Layer,
    Mask,
    Point,
    dimmed,
    ellipse,
    ellipses,
    fractal,
    mix,
    polygon,
)
from bot.media.animatic.pictures.particles import DISTANT_RAIN, RAIN, SNOW
from bot.media.animatic.place import Hour, Weather

if TYPE_CHECKING:
    from bot.media.animatic.pictures.scenery import Scenery

_OVERCAST = {Weather.RAIN, Weather.STORM, Weather.FOG, Weather.CLOUDY, Weather.SNOW}


def sky(scenery: Scenery, horizon: float, sun_x: float = 0.66) -> None:
    """Cover the far layer with sky down to the horizon (a share of the height), its stars, sun or moon, and clouds."""
    palette, far, unit = scenery.palette, scenery.far, scenery.unit
    bottom = scenery.y(horizon)
    far.fill(Gradient(palette.sky_top, palette.sky_low, (0, 0), (0, bottom), palette.sky_middle))
    if palette.stars > 0:
        stars(scenery, bottom, palette.stars)
    hidden = scenery.place.weather in _OVERCAST
    x = scenery.x(sun_x)
    height = {Hour.DAWN: 0.16, Hour.DAY: 0.6, Hour.SUNSET: 0.12, Hour.NIGHT: 0.62}[scenery.place.hour]
    y = bottom - height * bottom
    far.light(x, y, unit * 0.85, palette.glow, 0.22 if hidden else 0.5)
    far.light(x, y, unit * 0.38, palette.glow, 0.25 if hidden else 0.6)
    if not hidden:
        _disc(scenery, x, y)
    _clouds(scenery, bottom, thick=hidden)


def stars(scenery: Scenery, bottom: float, strength: float, count: int = 260) -> None:
    """Scatter stars over the far layer, most of them small."""
    generator, unit = scenery.generator, scenery.unit
    for size, share in ((0.0009, 1.0), (0.0016, 0.35), (0.0026, 0.08)):
        circles = [
            (x, y, size * unit, size * unit)
            for x, y in zip(
                generator.uniform(0, scenery.width, round(count * share)),
                bottom * generator.random(round(count * share)) ** 1.3,
                strict=True,
            )
        ]
        scenery.far.glow(ellipses(circles), (226, 232, 255), min(1.0, strength * (0.5 + size * 200)))


def ridge(scenery: Scenery, base: float, height: float, roughness: float, waves: float = 2.2) -> list[Point]:
    """Return the outline of a hilly horizon from left to right, at shares of the height."""
    generator = scenery.generator
    across = np.linspace(-0.02, 1.02, 220)
    profile = np.zeros_like(across)
    strength = 1.0
    for octave in range(6):
        phase, frequency = generator.uniform(0, 6.28), waves * 2**octave * generator.uniform(0.85, 1.15)
        profile += strength * np.sin(across * frequency * scenery.width / scenery.unit * 1.7 + phase)
        strength *= 0.3 + 0.3 * roughness
    profile = (profile - profile.min()) / max(float(np.ptp(profile)), 1e-6)
    return [(scenery.x(float(x)), scenery.y(base - height * float(h))) for x, h in zip(across, profile, strict=True)]


def ground(
    scenery: Scenery, layer: Layer, outline: list[Point], top: Colour, bottom: Colour, *, light: Colour | None = None
) -> Mask:
    """Fill everything below an outline; `light` draws a bright edge along it. Return the shape."""
    height = scenery.height + 4
    body = polygon([*outline, (scenery.width + 20, height), (-20, height)])
    highest = min(y for _, y in outline)
    layer.paint(body, Gradient(top, bottom, (0, highest), (0, min(height, highest + 0.4 * scenery.height))))
    if light is not None:
        layer.glow(body.edge(0, max(2, scenery.unit * 0.005), scenery.unit * 0.002), light, 0.5)
    return body


def mist(layer: Layer, top: float, bottom: float, colour: Colour, strength: float) -> None:
    """Lay haze over a layer that grows from one height to another, in pixels."""
    height = max(2, round(bottom - top))
    ramp = np.linspace(0, 255 * strength, height).astype(np.uint8)
    image = Image.fromarray(np.repeat(ramp[:, None], layer.width, axis=1))
    layer.paint(Mask(image, 0, round(top)), colour)


def in_light(scenery: Scenery, colour: Colour) -> Colour:
    """Return a colour as it looks in the light of the scene."""
    red, green, blue = (round(c * a / 255) for c, a in zip(colour, scenery.palette.ambient, strict=True))
    night = scenery.place.hour is Hour.NIGHT
    return dimmed((red, green, blue), 0.5) if night else (red, green, blue)


def _disc(scenery: Scenery, x: float, y: float) -> None:
    unit, palette = scenery.unit, scenery.palette
    radius = unit * 0.055
    disc = ellipse(x, y, radius)
    if scenery.place.hour is Hour.NIGHT:
        scenery.far.paint(
            disc, Gradient((250, 248, 236), (206, 210, 232), (x - radius, y - radius), (x + radius, y + radius))
        )
        craters = ellipses(
            [
                (x + radius * a, y + radius * b, radius * c, radius * c)
                for a, b, c in ((-0.3, -0.2, 0.22), (0.25, 0.3, 0.3), (0.35, -0.4, 0.14))
            ]
        )
        scenery.far.paint(craters.both(disc), (186, 190, 214), 0.55)
        return
    scenery.far.paint(disc.blurred(1.5), mix(palette.glow, (255, 255, 255), 0.6), 0.95)


def _clouds(scenery: Scenery, bottom: float, *, thick: bool) -> None:
    palette = scenery.palette
    width, height = scenery.width, max(16, round(bottom))
    noise = np.asarray(fractal(width, height, scenery.generator, 3.2 if thick else 2.4), np.float32) / 255
    flat = np.linspace(0.5, 1.0, height)[:, None]
    threshold = 0.34 if thick else 0.6
    cover = np.clip((noise * flat**0.3 - threshold) / (1 - threshold), 0, 1) * (0.85 if thick else 0.62)
    mask = Mask(Image.fromarray((cover * 255).astype(np.uint8)), 0, 0)
    light = mix(palette.sky_low, (255, 255, 255), 0.15 if scenery.place.hour is Hour.NIGHT else 0.45)
    shadow = dimmed(mix(palette.sky_middle, palette.sky_low, 0.5), 0.78)
    scenery.far.paint(mask, shadow if thick else light, 0.9)
    lit = Mask(
        Image.fromarray((np.clip(cover - np.roll(cover, height // 40 + 1, axis=0), 0, 1) * 255).astype(np.uint8)), 0, 0
    )
    scenery.far.glow(lit.blurred(2), palette.glow, 0.5)


def falling_weather(scenery: Scenery) -> None:
    """Let rain or snow fall over the scene, before and behind the people; lightning in a storm; fog."""
    weather = scenery.place.weather
    if weather in {Weather.RAIN, Weather.STORM}:
        scenery.behind.append(scenery.swarm(DISTANT_RAIN))
        scenery.before.append(scenery.swarm(RAIN))
    elif weather is Weather.SNOW:
        scenery.behind.append(scenery.swarm(SNOW))
        scenery.before.append(scenery.swarm(SNOW))
    elif weather is Weather.FOG:
        drifting_fog(scenery, scenery.palette.haze, 0.35)
    if weather is Weather.STORM:
        flash = Layer(scenery.width, scenery.height)
        flash.light(scenery.x(0.4), scenery.y(0.1), scenery.unit * 1.2, (206, 220, 255), 0.9)
        scenery.animate(flash, _lightning)


def drifting_fog(scenery: Scenery, colour: Colour, strength: float) -> None:
    """Let a bank of fog drift slowly across the lower half."""
    width, height = round(scenery.width * 1.4), scenery.height
    low = round(height * 0.5)
    noise = np.asarray(fractal(width // 4, low // 4, scenery.generator, 3, 4), np.float32) / 255
    shape = np.sin(np.linspace(0, np.pi, noise.shape[0]))[:, None] ** 1.2 * np.clip((noise - 0.2) / 0.8, 0, 1)
    bank = Image.fromarray((shape * 255 * strength).astype(np.uint8)).resize((width, low), Image.Resampling.BICUBIC)
    fog = Layer(width, height)
    fog.paint(Mask(bank, 0, round(height * 0.42)), colour)
    scenery.animate(fog, drift=scenery.unit * 0.035)


def _lightning(seconds: float) -> float:
    """Return how bright the sky flashes: a double stroke about every two and a half seconds."""
    since = (seconds - 0.8) % 2.6
    return float(max(0.0, 1 - since / 0.09) + max(0.0, 0.7 - abs(since - 0.22) / 0.12))
