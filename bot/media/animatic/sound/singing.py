"""Sung lines: the spoken line's vowels and consonants, carried by a tone that follows a melody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.sound.dsp import RATE, Curve, Mono
from bot.media.animatic.sound.music import Key, hertz

if TYPE_CHECKING:
    from bot.media.animatic.speech import Utterance

_WINDOW = 2048
_HOP = 512
_LIFTER = 44
"""How many cepstral coefficients keep the shape of the mouth and drop the pitch of the speaker."""
_GLIDE = 0.045
_VIBRATO_HERTZ, _VIBRATO_DEPTH = 5.4, 0.008
_HIGHEST_PARTIAL = 7000.0


def sung(utterance: Utterance, key: Key, octave: int) -> Mono:
    """Return the line sung word by word on the melody of the key, `octave` octaves higher or lower."""
    sound = utterance.sound
    if len(sound) < _WINDOW:
        return sound
    pitch = _melody(utterance, key, octave)
    carrier = _carrier(pitch)
    voiced = _reshaped(carrier, sound)
    consonants = _high_part(sound)
    mixed = voiced * 0.85 + consonants * 0.6
    gain = float(np.abs(sound).max()) / max(float(np.abs(mixed).max()), 1e-6)
    return np.asarray(mixed * gain, np.float32)


def _melody(utterance: Utterance, key: Key, octave: int) -> Curve:
    count = len(utterance.sound)
    starts = [int(word.start * RATE) for word in utterance.words] or [0]
    pitch = np.full(count, hertz(key.melody_note(0) + 12 * octave))
    for number, start in enumerate(starts):
        pitch[start:] = hertz(key.melody_note(number) + 12 * octave)
    window = int(_GLIDE * RATE) | 1
    glided = np.convolve(np.pad(pitch, window // 2, mode="edge"), np.full(window, 1 / window), "valid")
    time = np.arange(count) / RATE
    vibrato: Curve = glided * (1 + _VIBRATO_DEPTH * np.sin(2 * np.pi * _VIBRATO_HERTZ * time))
    return vibrato


def _carrier(pitch: Curve) -> Mono:
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    wave = np.zeros(len(pitch))
    for number in range(1, int(_HIGHEST_PARTIAL / float(pitch.min())) + 1):
        wave += np.sin(number * phase) * (number * pitch < _HIGHEST_PARTIAL)
    return wave.astype(np.float32)


def _reshaped(carrier: Mono, model: Mono) -> Mono:
    """Return the carrier with the spectral envelope that the model has at each moment."""
    window = np.hanning(_WINDOW).astype(np.float32)
    padded_carrier, padded_model = (np.pad(wave, (_WINDOW // 2, _WINDOW)) for wave in (carrier, model))
    frames = np.arange(0, len(padded_carrier) - _WINDOW, _HOP)
    index = frames[:, None] + np.arange(_WINDOW)
    spectra = np.fft.rfft(padded_carrier[index] * window)
    ratio = _envelope(np.fft.rfft(padded_model[index] * window)) / (_envelope(spectra) + 1e-3)
    waves = np.fft.irfft(spectra * ratio)[:, :_WINDOW] * window
    result = np.zeros(len(padded_carrier))
    for start, wave in zip(frames, waves, strict=True):
        result[start : start + _WINDOW] += wave
    return (result[_WINDOW // 2 : _WINDOW // 2 + len(model)] * _HOP / _WINDOW * 2).astype(np.float32)


def _envelope(spectra: np.ndarray[tuple[int, int], np.dtype[np.complex128]]) -> Curve:
    cepstra = np.fft.irfft(np.log(np.abs(spectra) + 1e-5))
    cepstra[:, _LIFTER:-_LIFTER] = 0
    envelope: Curve = np.exp(np.fft.rfft(cepstra).real)
    return envelope


def _high_part(sound: Mono) -> Mono:
    spectrum = np.fft.rfft(sound)
    frequency = np.fft.rfftfreq(len(sound), 1 / RATE)
    return np.fft.irfft(spectrum / (1 + (3800 / np.maximum(frequency, 1)) ** 8), len(sound)).astype(np.float32)
