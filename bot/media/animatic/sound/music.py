"""A quiet bed of chords for scenes with music, a beat for rap, and the notes that a sung line follows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.media.animatic.sound.dsp import RATE, Mono, Stereo, decay, noise, place, silence

_A4_NOTE, _A4_HERTZ = 69, 440.0
_PROGRESSIONS = {
    # Chords as semitones over the root, voiced closely so that one moves into the next.
    "bright": ((0, 7, 12, 16), (-5, 2, 11, 14), (-3, 4, 9, 12), (-7, 5, 9, 12)),
    "tender": ((-3, 4, 9, 12), (-7, 5, 9, 12), (0, 7, 12, 16), (-5, 2, 7, 14)),
}
_MELODY_DEGREES = (0, 2, 4, 7, 9, 12)
_STEPS_OF_MELODY = (2, 3, 1, 2, 0, 1, 4, 3, 2, 3, 5, 4, 3, 2, 1, 2)


class Style(StrEnum):
    """What kind of bed lies under a scene."""

    PAD = "pad"
    SONG = "song"
    BEAT = "beat"


@dataclass(frozen=True, slots=True)
class Key:
    """Tempo, root and progression of a clip's music, chosen once so that melody and chords agree."""

    root: int
    tempo: float
    progression: tuple[tuple[int, ...], ...]

    @property
    def chord_seconds(self) -> float:
        """Return how long one chord lasts: two beats."""
        return 120 / self.tempo

    def melody_note(self, number: int) -> int:
        """Return the note of the n-th sung word, on the root's pentatonic scale."""
        return self.root + 12 + _MELODY_DEGREES[_STEPS_OF_MELODY[number % len(_STEPS_OF_MELODY)]]


def choose_key(seed: int, style: Style) -> Key:
    """Return the music of a clip; the same seed gives the same music."""
    moods = list(_PROGRESSIONS.values())
    tempo = 92.0 if style is Style.BEAT else 84.0 + seed % 5 * 6
    return Key(root=45 + seed % 6, tempo=tempo, progression=moods[seed % len(moods)])


def hertz(note: int) -> float:
    """Return the frequency of a MIDI note."""
    return float(_A4_HERTZ * 2 ** ((note - _A4_NOTE) / 12))


def bed(count: int, key: Key, style: Style, generator: np.random.Generator) -> Stereo:
    """Return music for a whole clip."""
    track = silence(count)
    chord_count = int(np.ceil(count / RATE / key.chord_seconds))
    for number in range(chord_count):
        chord = key.progression[number % len(key.progression)]
        start = number * key.chord_seconds
        _pad(track, start, chord, key)
        _arpeggio(track, start, chord, key, generator)
        if style is not Style.PAD:
            _bass(track, start, chord, key)
    if style is Style.BEAT:
        _drums(track, key, generator, swing=0.06)
    elif style is Style.SONG:
        _drums(track, key, generator, swing=0.0, soft=True)
    return track


def _pad(track: Stereo, start: float, chord: tuple[int, ...], key: Key) -> None:
    length = int((key.chord_seconds + 0.8) * RATE)
    time = np.arange(length) / RATE
    shape = np.minimum(1, time / 0.5) * np.clip((key.chord_seconds + 0.8 - time) / 0.9, 0, 1)
    for step in chord:
        for channel, detune in ((-0.7, 0.9985), (0.7, 1.0015)):
            phase = 2 * np.pi * hertz(key.root + step) * detune * time
            wave = np.sin(phase) + 0.35 * np.sin(2 * phase) * np.exp(-time * 0.6) + 0.12 * np.sin(3 * phase)
            place(track, start, (wave * shape).astype(np.float32), 0.16, channel)


def _arpeggio(track: Stereo, start: float, chord: tuple[int, ...], key: Key, generator: np.random.Generator) -> None:
    length = int(1.3 * RATE)
    time = np.arange(length) / RATE
    for number in range(4):
        pitch = hertz(key.root + 12 + chord[int(generator.integers(len(chord)))])
        wave = np.sin(2 * np.pi * pitch * time) + 0.3 * np.sin(8 * np.pi * pitch * time) * np.exp(-time * 18)
        note = (wave * np.exp(-time * 4.2) * np.minimum(1, time / 0.004)).astype(np.float32)
        place(track, start + number * key.chord_seconds / 4 + 0.01, note, 0.22, generator.uniform(-0.5, 0.5))


def _bass(track: Stereo, start: float, chord: tuple[int, ...], key: Key) -> None:
    length = int(key.chord_seconds * 0.9 * RATE)
    time = np.arange(length) / RATE
    phase = 2 * np.pi * hertz(key.root - 12 + min(chord)) * time
    wave = (np.sin(phase) + 0.3 * np.sin(2 * phase)) * np.exp(-time * 1.4) * np.minimum(1, time / 0.01)
    place(track, start, wave.astype(np.float32), 0.5)


def _drums(track: Stereo, key: Key, generator: np.random.Generator, *, swing: float, soft: bool = False) -> None:
    eighth = 30 / key.tempo
    kick, snare, hat = _kick(), _snare(generator), _hat(generator)
    level = 0.45 if soft else 1.0
    for number in range(int(track.shape[1] / RATE / eighth) + 1):
        start = number * eighth + (swing * eighth * 2 if number % 2 else 0)
        place(track, start, hat, 0.16 * level * (1.0 if number % 2 else 0.6), 0.3)
        if number % 8 in {0, 3, 4}:
            place(track, start, kick, 0.95 * level)
        if number % 4 == 2:  # noqa: PLR2004 - the back beat
            place(track, start, snare, 0.5 * level, -0.1)


def _kick() -> Mono:
    length = int(0.32 * RATE)
    time = np.arange(length) / RATE
    phase = 2 * np.pi * np.cumsum(46 + 90 * np.exp(-time * 38)) / RATE
    return (np.sin(phase) * decay(length, 0.1)).astype(np.float32)


def _snare(generator: np.random.Generator) -> Mono:
    length = int(0.2 * RATE)
    return 0.6 * noise(length, 700, 7000, generator, -0.2) * decay(length, 0.05)


def _hat(generator: np.random.Generator) -> Mono:
    length = int(0.06 * RATE)
    return noise(length, 6000, 14000, generator, 0) * decay(length, 0.014)
