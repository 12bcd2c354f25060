"""Building blocks of synthesis: shaped noise, slow curves, filters. Samples are float32 at `RATE`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable

RATE = 48_000
"""Samples per second of everything that is heard."""

Mono: TypeAlias = npt.NDArray[np.float32]
"""One channel, shape (samples,)."""
Stereo: TypeAlias = npt.NDArray[np.float32]
"""Two channels, shape (2, samples)."""
Curve: TypeAlias = npt.NDArray[np.floating]
"""A value per sample, or per frequency."""

_PINK = -0.5


def silence(count: int) -> Stereo:
    """Return `count` samples of stereo silence."""
    return np.zeros((2, count), np.float32)


def noise(count: int, low: float, high: float, generator: np.random.Generator, tilt: float = _PINK) -> Mono:
    """Return noise of unit power between two frequencies in Hz; a tilt of -0.5 is pink, 0 white."""
    length = _fast_length(max(count, 16))
    frequency = np.fft.rfftfreq(length, 1 / RATE).astype(np.float32)
    frequency[0] = 1
    gain = frequency**tilt / (1 + (low / frequency) ** 4) / (1 + (frequency / high) ** 4)
    phase = generator.random(len(frequency), np.float32) * np.float32(2 * np.pi)
    wave = np.fft.irfft(gain * np.exp(1j * phase))[:count]
    return np.asarray(wave / (wave.std() + 1e-9), np.float32)


def wide_noise(count: int, low: float, high: float, generator: np.random.Generator, tilt: float = _PINK) -> Stereo:
    """Return noise that differs between the channels."""
    return np.stack([noise(count, low, high, generator, tilt), noise(count, low, high, generator, tilt)])


def wander(count: int, rate: float, generator: np.random.Generator, low: float = 0.0, high: float = 1.0) -> Mono:
    """Return a smooth random curve between two values that turns about `rate` times a second."""
    points = generator.random(max(4, int(count / RATE * rate) + 4))
    place = np.linspace(0, len(points) - 1.001, count)
    index = place.astype(int)
    share = (1 - np.cos(np.pi * (place - index))) / 2
    curve = points[index] * (1 - share) + points[index + 1] * share
    return np.asarray(low + (high - low) * curve, np.float32)


def decay(count: int, seconds: float, attack: float = 0.002) -> Mono:
    """Return an envelope that rises within `attack` seconds and falls to a third every `seconds`."""
    time = np.arange(count, dtype=np.float32) / RATE
    return np.asarray(np.minimum(1, time / attack) * np.exp(-time / seconds), np.float32)


def tone(count: int, frequency: float, partials: tuple[float, ...] = (1.0,)) -> Mono:
    """Return a tone with harmonics of the given strengths."""
    phase = 2 * np.pi * frequency * np.arange(count) / RATE
    wave = np.zeros(count)
    for number, strength in enumerate(partials, start=1):
        if number * frequency < RATE / 2:
            wave += strength * np.sin(number * phase)
    return wave.astype(np.float32)


def place(track: Stereo, seconds: float, sound: Mono, gain: float = 1.0, pan: float = 0.0) -> None:
    """Add a sound to a track at a time; pan is -1 for left to 1 for right, at equal power. What hangs over is cut."""
    start = int(seconds * RATE)
    if start < 0 or start >= track.shape[1]:
        return
    fitting = sound[: track.shape[1] - start]
    angle = (pan + 1) * np.pi / 4
    track[0, start : start + len(fitting)] += fitting * np.float32(gain * np.cos(angle) * np.sqrt(2))
    track[1, start : start + len(fitting)] += fitting * np.float32(gain * np.sin(angle) * np.sqrt(2))


def filtered(sound: npt.NDArray[np.float32], response: Callable[[Curve], Curve]) -> npt.NDArray[np.float32]:
    """Return the sound with each frequency in Hz multiplied by `response`, without a phase shift."""
    count = sound.shape[-1]
    length = _fast_length(count + 4096)
    frequency = np.fft.rfftfreq(length, 1 / RATE)
    frequency[0] = 1e-3
    result: npt.NDArray[np.float32] = np.fft.irfft(np.fft.rfft(sound, length) * response(frequency), length)[
        ..., :count
    ].astype(np.float32)
    return result


def resampled(sound: Mono, source: int, target: int) -> Mono:
    """Return the sound at another sample rate, band-limited."""
    if source == target or not len(sound):
        return sound
    padded = np.concatenate([sound, np.zeros(512, np.float32)])
    length = len(padded)
    wanted = round(length * target / source)
    spectrum = np.fft.rfft(padded)
    resized = np.zeros(wanted // 2 + 1, complex)
    shared = min(len(spectrum), len(resized))
    resized[:shared] = spectrum[:shared]
    wave = np.fft.irfft(resized, wanted) * (wanted / length)
    return wave[: round(len(sound) * target / source)].astype(np.float32)


def smoothed(curve: Mono, seconds: float) -> Mono:
    """Return the curve averaged over a window, the same length."""
    window = max(1, int(seconds * RATE)) | 1
    if window >= len(curve):
        return np.full_like(curve, curve.mean() if len(curve) else 0)
    padded = np.pad(curve.astype(np.float64), (window // 2 + 1, window // 2), mode="edge")
    total = np.cumsum(padded)
    return ((total[window:] - total[:-window]) / window).astype(np.float32)


def _fast_length(count: int) -> int:
    return 1 << (count - 1).bit_length()
