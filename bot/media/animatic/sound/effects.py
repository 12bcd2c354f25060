"""Single sounds, placed at the moments where they can be heard: steps, doors, thunder, laughter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.sound.dsp import RATE, Mono, Stereo, decay, noise, place, silence, tone, wander

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Generator = np.random.Generator
_CRUMBLES = 0.7
"""The share of silence within a bite."""
_BELL_PARTIALS = ((1.0, 1.0), (2.0, 0.6), (2.76, 0.45), (5.4, 0.25), (8.9, 0.12))


def footsteps(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make somebody walking at an easy pace, all through the clip."""
    del moments  # walking does not wait for pauses
    track = silence(count)
    length = int(0.16 * RATE)
    after = np.arange(length) / RATE - 0.055
    for number, start in enumerate(np.arange(0.35, count / RATE, 0.56)):
        heel = noise(length, 90, 900, generator, -0.6) * decay(length, 0.024)
        sole = 0.6 * noise(length, 1500, 5000, generator, -0.2) * np.exp(-((after / 0.012) ** 2))
        place(track, float(start), (heel + sole).astype(np.float32), 0.9, -0.2 + 0.3 * (number % 2))
    return track


def thunder(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make a crack and a long roll."""
    length = int(min(3.6, count / RATE * 0.7) * RATE)
    roll = noise(length, 24, 170, generator, -0.8) * decay(length, 0.9, 0.02) * wander(length, 5, generator, 0.35, 1)
    crack = 0.35 * noise(length, 200, 2500, generator, -0.7) * decay(length, 0.11, 0.005)
    return _at(count, moments[:1], lambda: roll + crack)


def knocking(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make three knocks on wood."""
    track = silence(count)
    for moment in moments[:2]:
        for number in range(3):
            length = int(0.14 * RATE)
            knock = noise(length, 150, 900, generator) * decay(length, 0.018) + tone(length, 190) * decay(length, 0.03)
            place(track, moment + number * 0.19, knock, 0.8, -0.3)
    return track


def door(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make a creak, then a door falls shut."""
    creak_length, slam_length = int(0.5 * RATE), int(0.4 * RATE)
    time = np.arange(creak_length) / RATE
    pitch = 240 + 120 * time + 30 * np.sin(2 * np.pi * 9 * time)
    creak = np.sign(np.sin(2 * np.pi * np.cumsum(pitch) / RATE)) * np.hanning(creak_length) * 0.18
    slam = noise(slam_length, 50, 700, generator, -0.7) * decay(slam_length, 0.05)
    gap = np.zeros(int(0.05 * RATE))
    return _at(count, moments[:1], lambda: np.concatenate([creak, gap, slam]).astype(np.float32), pan=-0.4)


def bell(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make a bell or a chime with its inharmonic partials."""
    length = int(2.2 * RATE)
    pitch = generator.uniform(620, 760)
    ring = sum(
        strength * tone(length, pitch * ratio) * decay(length, 0.9 / ratio**0.6) for ratio, strength in _BELL_PARTIALS
    )
    return _at(count, moments[:2], lambda: np.asarray(ring, np.float32) * 0.4, pan=0.2)


def telephone(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make two rings of a telephone."""
    del generator
    length = int(0.4 * RATE)
    warble = np.where(np.sin(2 * np.pi * 22 * np.arange(length) / RATE) > 0, tone(length, 950), tone(length, 1180))
    ring = (warble * np.hanning(length) ** 0.2).astype(np.float32)
    return _at(
        count,
        moments[:1],
        lambda: np.concatenate([ring, np.zeros(int(0.2 * RATE), np.float32), ring]) * np.float32(0.3),
        0.3,
    )


def glass(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make something of glass breaks and its pieces fall."""
    length = int(0.9 * RATE)
    burst = 0.8 * noise(length, 2500, 12000, generator, 0) * decay(length, 0.05)
    for _ in range(26):
        piece = tone(length, generator.uniform(2200, 9000)) * decay(length, generator.uniform(0.02, 0.09))
        start = int(generator.exponential(0.14) * RATE)
        if start < length:
            burst[start:] += 0.35 * piece[: length - start]
    return _at(count, moments[:1], lambda: burst, pan=0.25)


def metal(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make metal struck hard: swords, pans, gates."""
    length = int(1.1 * RATE)
    clang = 0.3 * noise(length, 1500, 7000, generator) * decay(length, 0.02)
    for ratio in (1.0, 1.51, 2.36, 3.17, 4.42):
        clang += 0.3 / ratio * tone(length, 430 * ratio) * decay(length, 0.35 / ratio)
    return _at(count, moments[:3], lambda: clang, pan=-0.2)


def siren(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make a siren that rises and falls, far off."""
    del generator, moments
    time = np.arange(count) / RATE
    phase = 2 * np.pi * np.cumsum(720 + 260 * np.sin(2 * np.pi * 0.42 * time - np.pi / 2)) / RATE
    wail = (np.sin(phase) + 0.3 * np.sin(2 * phase)).astype(np.float32) * 0.3
    return np.stack([wail, np.roll(wail, 700)])


def brakes(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make tyres that squeal to a halt."""
    length = int(0.9 * RATE)
    time = np.arange(length) / RATE
    squeal = np.sin(2 * np.pi * np.cumsum(1350 - 380 * time + 40 * wander(length, 60, generator)) / RATE)
    rubber = noise(length, 900, 3500, generator) * 0.4
    shape = np.minimum(1, time / 0.06) * np.clip((0.9 - time) / 0.2, 0, 1)
    return _at(count, moments[:1], lambda: ((0.5 * squeal + rubber) * shape).astype(np.float32), pan=-0.3)


def clapping(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make one person clapping."""
    track = silence(count)
    for moment in moments[:2]:
        for number in range(5):
            length = int(0.09 * RATE)
            clap = noise(length, 700, 3200, generator, -0.2) * decay(length, 0.013, 0.0006)
            place(track, moment + number * 0.24, clap, 0.9, 0.1)
    return track


def laughter(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make a row of voiced bursts that falls in pitch."""
    track = silence(count)
    for moment in moments[:2]:
        pitch = generator.uniform(170, 260)
        for number in range(6):
            length = int(0.12 * RATE)
            burst = tone(length, pitch * (1 - 0.035 * number), (1, 0.8, 0.7, 0.35, 0.3, 0.1))
            breath = 0.25 * noise(length, 900, 3500, generator)
            place(
                track, moment + number * 0.17, (burst * 0.4 + breath) * np.hanning(length).astype(np.float32), 0.7, 0.15
            )
    return track


def whoosh(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make something passes quickly."""
    length = int(0.8 * RATE)
    swell = (np.hanning(length) ** 2).astype(np.float32)
    return _at(count, moments[:2], lambda: noise(length, 250, 2600, generator) * swell)


def chewing(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make crisp bites."""
    track = silence(count)
    for moment in moments[:2]:
        for number in range(5):
            length = int(0.1 * RATE)
            crunch = (
                noise(length, 1200, 6500, generator, -0.1)
                * decay(length, 0.02)
                * (generator.random(length) > _CRUMBLES)
            )
            place(track, moment + number * 0.3, crunch.astype(np.float32), 0.7)
    return track


def friction(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make cloth or paper rubbed back and forth."""
    track = silence(count)
    for moment in moments[:3]:
        for number in range(3):
            length = int(0.22 * RATE)
            stroke = noise(length, 1800, 8000, generator, -0.1) * np.hanning(length).astype(np.float32)
            place(track, moment + number * 0.26, stroke, 0.5, 0.1)
    return track


def clock(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make a clock ticks, two beats to the second."""
    del moments
    track = silence(count)
    for number, start in enumerate(np.arange(0.25, count / RATE, 0.5)):
        length = int(0.05 * RATE)
        tick = tone(length, 2400 if number % 2 else 1900) * decay(length, 0.006, 0.0004)
        place(track, float(start), tick + 0.3 * noise(length, 2000, 8000, generator) * decay(length, 0.004), 0.6)
    return track


def splash(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make something falls into water."""
    length = int(0.9 * RATE)
    plunge = noise(length, 300, 6000, generator) * decay(length, 0.16, 0.01)
    return _at(count, moments[:2], lambda: plunge)


def explosion(count: int, generator: Generator, moments: Sequence[float]) -> Stereo:
    """Make a deep boom."""
    length = int(2.0 * RATE)
    boom = noise(length, 25, 300, generator, -0.8) * decay(length, 0.4, 0.004)
    return _at(count, moments[:1], lambda: boom + 0.4 * noise(length, 300, 4000, generator) * decay(length, 0.08))


def _at(count: int, moments: Sequence[float], make: Callable[[], Mono], pan: float = 0.0) -> Stereo:
    track = silence(count)
    for moment in moments:
        place(track, moment, make(), 1.0, pan)
    return track
