"""Continuous sounds: weather, water, places full of people or machines. Each fills a whole clip."""

from __future__ import annotations

import numpy as np

from bot.media.animatic.sound.dsp import (
    RATE,
    Stereo,
    decay,
    noise,
    place,
    silence,
    smoothed,
    tone,
    wander,
    wide_noise,
)

Generator = np.random.Generator


def rain(count: int, generator: Generator) -> Stereo:
    """Make a steady hiss, a low patter, and single drops close by."""
    track = 0.5 * wide_noise(count, 500, 7000, generator, -0.35) * wander(count, 0.6, generator, 0.8, 1.1)
    track += 0.3 * wide_noise(count, 120, 500, generator)
    for _ in range(int(count / RATE * 34)):
        length = int(generator.integers(160, 700))
        drop = tone(length, generator.uniform(1400, 5200)) * decay(length, 0.0011, 0.0002)
        place(
            track, generator.uniform(0, count / RATE), drop, generator.uniform(0.2, 1.0), generator.uniform(-0.9, 0.9)
        )
    return track


def wind(count: int, generator: Generator) -> Stereo:
    """Make gusts that swell and whistle a little."""
    gusts = wander(count, 0.5, generator, 0.15, 1.0)
    track = wide_noise(count, 90, 480, generator, -0.6) * gusts
    return track + 0.12 * wide_noise(count, 700, 1300, generator) * gusts**3


def waves(count: int, generator: Generator) -> Stereo:
    """Make surf that comes in about every four seconds and runs out with a hiss."""
    time = np.arange(count, dtype=np.float32) / RATE
    swell = ((np.sin(2 * np.pi * time / 4.2 - 0.6) * 0.5 + 0.5) ** 2).astype(np.float32)
    retreat = ((np.sin(2 * np.pi * time / 4.2 - 1.8) * 0.5 + 0.5) ** 3).astype(np.float32)
    track = wide_noise(count, 120, 1800, generator, -0.7) * (0.18 + swell)
    track += 0.35 * wide_noise(count, 2000, 8000, generator) * retreat
    return track


def stream(count: int, generator: Generator) -> Stereo:
    """Make running water with small bubbles."""
    track = 0.4 * wide_noise(count, 300, 3500, generator) * wander(count, 3, generator, 0.7, 1.1)
    for _ in range(int(count / RATE * 22)):
        length = int(generator.uniform(0.02, 0.07) * RATE)
        rise = np.linspace(1, generator.uniform(1.2, 1.7), length)
        phase = 2 * np.pi * np.cumsum(generator.uniform(350, 1100) * rise) / RATE
        bubble = (np.sin(phase) * np.hanning(length)).astype(np.float32)
        place(
            track, generator.uniform(0, count / RATE), bubble, generator.uniform(0.2, 0.7), generator.uniform(-0.7, 0.7)
        )
    return track


def traffic(count: int, generator: Generator) -> Stereo:
    """Make a distant rumble and cars that pass from one side to the other."""
    track = wide_noise(count, 50, 320, generator, -0.7)
    length = int(2.6 * RATE)
    across = np.linspace(-1, 1, length, dtype=np.float32)
    for start in np.arange(-0.6, count / RATE, 2.3):
        passing = noise(length, 120, 1500, generator, -0.6) * np.exp(-((across / 0.35) ** 2)).astype(np.float32)
        side = (across * generator.choice([-1, 1]) + 1) / 2
        begin = int((start + generator.uniform(-0.3, 0.5)) * RATE)
        first, last = max(0, begin), min(count, begin + length)
        if first < last:
            part = slice(first - begin, last - begin)
            track[0, first:last] += 1.3 * passing[part] * (1 - side[part])
            track[1, first:last] += 1.3 * passing[part] * side[part]
    return track


def crowd(count: int, generator: Generator) -> Stereo:
    """Make many people talking at once, none of them understood."""
    track = 0.6 * wide_noise(count, 200, 2500, generator, -0.6)
    for _ in range(14):
        syllables = np.clip(wander(count, 5, generator, -0.6, 1), 0, 1) * wander(count, 0.6, generator, 0.2, 1)
        band = generator.uniform(260, 900)
        place(
            track,
            0,
            noise(count, band * 0.7, band * 1.6, generator, -0.4) * syllables,
            0.7,
            generator.uniform(-0.9, 0.9),
        )
    return track


def birds(count: int, generator: Generator) -> Stereo:
    """Make short phrases of chirps from changing places, over a breath of leaves."""
    track = 0.05 * wide_noise(count, 1500, 6000, generator) * wander(count, 0.7, generator, 0.3, 1)
    for _ in range(max(3, int(count / RATE * 1.1))):
        begin, pan, pitch = (
            generator.uniform(0.1, count / RATE),
            generator.uniform(-0.9, 0.9),
            generator.uniform(2600, 4600),
        )
        for number in range(int(generator.integers(2, 6))):
            length = int(generator.uniform(0.05, 0.11) * RATE)
            time = np.arange(length) / RATE
            bend = 1 + generator.uniform(-0.25, 0.25) * time / time[-1] + 0.03 * np.sin(2 * np.pi * 38 * time)
            chirp = np.sin(2 * np.pi * np.cumsum(pitch * bend) / RATE) * np.hanning(length)
            place(track, begin + number * 0.14, chirp.astype(np.float32), 0.5, pan)
    return track


def insects(count: int, generator: Generator) -> Stereo:
    """Make crickets on a warm night."""
    track = silence(count)
    time = np.arange(count, dtype=np.float32) / RATE
    for pan in (-0.8, -0.2, 0.3, 0.9):
        pitch, pace = generator.uniform(3900, 5100), generator.uniform(1.6, 2.6)
        chirping = np.clip(np.sin(2 * np.pi * pace * time + generator.uniform(0, 6)), 0, 1) ** 2
        trill = np.sin(2 * np.pi * 32 * time) > 0
        place(track, 0, (np.sin(2 * np.pi * pitch * time) * chirping * trill).astype(np.float32), 0.3, pan)
    return track


def fire(count: int, generator: Generator) -> Stereo:
    """Make a low roar with crackling."""
    track = 0.3 * wide_noise(count, 60, 400, generator, -0.7) * wander(count, 3, generator, 0.6, 1)
    for _ in range(int(count / RATE * 16)):
        length = int(generator.uniform(0.004, 0.03) * RATE)
        snap = noise(length, 900, 7000, generator, -0.2) * decay(length, length / RATE / 4, 0.0003)
        place(
            track, generator.uniform(0, count / RATE), snap, generator.uniform(0.15, 1.1), generator.uniform(-0.6, 0.6)
        )
    return track


def engine(count: int, generator: Generator) -> Stereo:
    """Make a motor at an easy speed."""
    speed = wander(count, 0.4, generator, 62, 78)
    phase = 2 * np.pi * np.cumsum(speed.astype(np.float64)) / RATE
    motor = sum(np.sin(order * phase) / order**1.1 for order in (0.5, 1, 1.5, 2, 3, 4, 6))
    hum = np.asarray(motor, np.float32)
    return np.stack([hum, np.roll(hum, 90)]) * 0.4 + 0.25 * wide_noise(count, 80, 900, generator, -0.6)


def hum(count: int, generator: Generator) -> Stereo:
    """Make the air of a room: a fan somewhere, nothing else."""
    mains = tone(count, 100, (1, 0.4, 0.2))
    return 0.15 * np.stack([mains, mains]) + 0.5 * wide_noise(count, 70, 700, generator, -0.7)


def machines(count: int, generator: Generator) -> Stereo:
    """Make building work, gears, a workshop: a whirr and regular blows of metal."""
    time = np.arange(count, dtype=np.float32) / RATE
    whirr = np.sin(2 * np.pi * (210 * time + 6 * np.sin(2 * np.pi * 0.7 * time)))
    track = 0.15 * np.stack([whirr, whirr]).astype(np.float32) + 0.2 * wide_noise(count, 300, 2500, generator)
    for start in np.arange(0.3, count / RATE, 0.62):
        blow = noise(int(0.2 * RATE), 300, 4000, generator) * decay(int(0.2 * RATE), 0.03)
        place(track, float(start + generator.uniform(-0.05, 0.05)), blow, 0.9, 0.4)
    return track


def train(count: int, generator: Generator) -> Stereo:
    """Make a carriage on rails: rumble and the double knock of the joints."""
    track = 0.6 * wide_noise(count, 40, 500, generator, -0.7) * wander(count, 1, generator, 0.8, 1.1)
    for start in np.arange(0.2, count / RATE, 0.78):
        for offset in (0.0, 0.17):
            knock = noise(int(0.12 * RATE), 90, 1400, generator) * decay(int(0.12 * RATE), 0.025)
            place(track, float(start) + offset, knock, 1.2)
    return track


def applause(count: int, generator: Generator) -> Stereo:
    """Make many hands clapping, out of step."""
    track = 0.15 * wide_noise(count, 800, 5000, generator) * wander(count, 1, generator, 0.5, 1)
    for _ in range(int(count / RATE * 75)):
        length = int(0.05 * RATE)
        band = generator.uniform(900, 2200)
        clap = noise(length, band * 0.7, band * 2, generator, -0.2) * decay(length, 0.008, 0.0005)
        place(track, generator.uniform(0, count / RATE), clap, generator.uniform(0.2, 0.9), generator.uniform(-1, 1))
    return track


def static(count: int, generator: Generator) -> Stereo:
    """Make a badly tuned receiver."""
    crackle = smoothed(np.abs(noise(count, 20, 200, generator)), 0.01)
    return wide_noise(count, 900, 5200, generator, -0.1) * (0.3 + 0.5 * crackle)


def space(count: int, generator: Generator) -> Stereo:
    """Make the deep drone that films give to empty space."""
    low = tone(count, 46, (1, 0.5, 0.25, 0.1)) * wander(count, 0.3, generator, 0.6, 1)
    shimmer = wide_noise(count, 900, 2600, generator) * wander(count, 0.4, generator, 0, 0.12)
    return 0.6 * np.stack([low, np.roll(low, 480)]) + shimmer
