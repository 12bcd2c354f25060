"""The soundtrack of a clip: dialogue in front, effects and ambience behind it, music under both."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.sound import music
from bot.media.animatic.sound.dsp import RATE, Curve, Mono, Stereo, filtered, noise, place, silence, smoothed
from bot.media.animatic.sound.loudness import levelled, mastered
from bot.media.animatic.sound.vocabulary import sources_for, wants_music
from bot.prompts.model import LineKind, SoundKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.media.animatic.script import Script
    from bot.media.animatic.sound.vocabulary import Source
    from bot.media.animatic.timing import Span

_SPEECH_LUFS = -16.0
_BEHIND_SPEECH = {"bed": -33.0, "event": -25.0, "music": -31.0}
_ON_THEIR_OWN = {"bed": -22.0, "event": -18.0, "music": -20.0}
_UNDER_SINGING = -24.0
_DUCKING = 0.6
_FADE_IN, _FADE_OUT = 0.2, 0.4
_ROOM_SECONDS, _ROOM_SHARE = 0.32, 0.09


@dataclass(frozen=True, slots=True)
class Part:
    """A line as it goes into the mix: its sound, when it starts, and where it stands between the speakers."""

    sound: Mono
    start: float
    pan: float
    dry: bool = False


def music_style(script: Script) -> music.Style | None:
    """Return what music the scene has, or None where it has none."""
    kinds = {line.kind for line in script.lines}
    if LineKind.RAP in kinds:
        return music.Style.BEAT
    if any(kind.is_sung for kind in kinds):
        return music.Style.SONG
    named = any(sound.kind is SoundKind.MUSIC for sound in script.sounds)
    return music.Style.PAD if named or wants_music(script.scene) else None


def music_key(script: Script, style: music.Style | None) -> music.Key:
    """Return the key of a clip's music, the same for the same scene."""
    return music.choose_key(_seed(script), style or music.Style.PAD)


def soundtrack(script: Script, parts: Sequence[Part], spans: Sequence[Span]) -> Stereo:
    """Return the finished mix of a clip, at the target loudness."""
    count = round(script.duration * RATE)
    generator = np.random.default_rng(_seed(script))
    dialogue = _dialogue(count, parts, generator)
    talking = _activity(dialogue)
    levels = _BEHIND_SPEECH if parts else _ON_THEIR_OWN
    mix = dialogue.copy()
    words = " ".join([script.scene, *(sound.text for sound in script.sounds)])
    moments = _moments(script.duration, spans)
    for source in sources_for(words, script.place):
        mix += _sound(source, count, generator, moments, levels) * (1 - _DUCKING / 2 * talking)
    style = music_style(script)
    if style is not None:
        bed = music.bed(count, music_key(script, style), style, generator)
        sings = style is not music.Style.PAD
        mix += levelled(bed, _UNDER_SINGING if sings else levels["music"]) * (1 - (0 if sings else _DUCKING) * talking)
    return mastered((mix * _fades(count)).astype(np.float32))


def polished(sound: Mono) -> Mono:
    """Return speech with the low rumble, the harsh presence and the uneven level of synthesis taken back."""
    shaped = filtered(np.pad(sound, (0, 256)), _speech_curve)
    level = np.sqrt(smoothed(shaped**2, 0.02) + 1e-9)
    gain = np.minimum(2.2, (0.16 / np.maximum(level, 0.02)) ** 0.45)
    return np.asarray(shaped * gain, np.float32)[: len(sound)]


def _dialogue(count: int, parts: Sequence[Part], generator: np.random.Generator) -> Stereo:
    roomy, dry = silence(count), silence(count)
    for part in parts:
        place(dry if part.dry else roomy, part.start, part.sound, 1.0, part.pan)
    if not parts:
        return dry
    return levelled(_in_a_room(roomy, generator) + dry, _SPEECH_LUFS)


def _sound(
    source: Source, count: int, generator: np.random.Generator, moments: Sequence[float], levels: dict[str, float]
) -> Stereo:
    if source.event is not None:
        return levelled(source.event(count, generator, moments), levels["event"] + source.level)
    if source.bed is not None:
        return levelled(source.bed(count, generator), levels["bed"] + source.level)
    return silence(count)


def _moments(seconds: float, spans: Sequence[Span]) -> list[float]:
    """Return when single sounds are placed: in pauses of the dialogue where there are any, else spread out."""
    edges = [(0.0, spans[0].start)] if spans else []
    edges += [(before.end, after.start) for before, after in pairwise(spans)]
    if spans:
        edges.append((spans[-1].end, seconds))
    pauses = sorted((end - start, start) for start, end in edges if end - start > 0.5)  # noqa: PLR2004 - room for a sound
    found = [start + 0.05 for _, start in reversed(pauses)]
    spread = [seconds * share for share in (0.12, 0.55, 0.8)]
    return [*found, *spread][:3]


def _activity(dialogue: Stereo) -> Mono:
    loudness = smoothed(np.abs(dialogue).max(axis=0), 0.05)
    return smoothed(np.clip(loudness / 0.03, 0, 1).astype(np.float32), 0.25)


def _in_a_room(track: Stereo, generator: np.random.Generator) -> Stereo:
    """Return the track with a short, quiet reverberation, different on each side."""
    length = int(_ROOM_SECONDS * RATE)
    fall = np.exp(-np.arange(length) / RATE * 6.9 / _ROOM_SECONDS)
    size = 1 << (track.shape[1] + length).bit_length()
    result = track.copy()
    for channel in (0, 1):
        echo = noise(length, 200, 5000, generator, -0.3) * fall
        echo[: int(0.011 * RATE)] = 0
        echo /= np.sqrt((echo**2).sum())
        wet = np.fft.irfft(np.fft.rfft(track[channel], size) * np.fft.rfft(echo, size), size)[: track.shape[1]]
        result[channel] += (_ROOM_SHARE * wet).astype(np.float32)
    return result


def _fades(count: int) -> Mono:
    time = np.arange(count, dtype=np.float32) / RATE
    return np.minimum(1, np.minimum(time / _FADE_IN, (count / RATE - time) / _FADE_OUT)).astype(np.float32)


def _speech_curve(frequency: Curve) -> Curve:
    low_cut = 1 / (1 + (95 / frequency) ** 4)
    body = 1 + 0.35 * np.exp(-(np.log2(frequency / 190) ** 2))
    presence = 1 - 0.38 * np.exp(-((np.log2(frequency / 3100) / 0.45) ** 2))
    curve: Curve = low_cut * body * presence / np.sqrt(1 + (frequency / 6800) ** 4)
    return curve


def _seed(script: Script) -> int:
    return zlib.crc32(f"{script.title}|{script.scene}".encode())
