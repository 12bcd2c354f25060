"""Spoken lines: the speech engine in its child process, or a murmur where there is none."""

# Full-width punctuation belongs to Chinese lines.
# ruff: noqa: RUF001

from __future__ import annotations

import base64
import json
import logging
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.media.animatic.script import Language
from bot.media.animatic.sound.dsp import RATE, Mono, resampled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.media.animatic.voices import Voice

_log = logging.getLogger(__name__)

ENGINE = Path(__file__).with_name("espeak.py")
"""The program that speaks; it runs in a process of its own."""
_WALL_SECONDS = 40.0
_SILENT = 0.004
_SYLLABLE = re.compile(r"[\u3400-\u9fff]|[aeiouyAEIOUYÀ-ÿ]+|[.,!?;:。，！？]")
_SYLLABLE_SECONDS = 0.17
_PAUSE_SECONDS = 0.22


@dataclass(frozen=True, slots=True)
class WordTime:
    """When a word begins, in seconds from the start of its line, and the index of its first character."""

    start: float
    position: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """One spoken line at `RATE`, mono, with the times of its words.

    `seconds` is how long the whole line lasts; `sound` may end earlier, where nothing more can be heard in the clip.
    """

    sound: Mono
    words: tuple[WordTime, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Saying:
    """What the engine is asked to say; `speed` 1 is the voice's own pace."""

    text: str
    language: Language
    voice: Voice
    speed: float = 1.0


class SpeechEngineMissing(Exception):
    """The speech engine is not installed, or it failed; a murmur stands in for it."""


def speak(sayings: Sequence[Saying], longest: float, engine: Path = ENGINE) -> list[Utterance]:
    """Return each line spoken, the sound of each for at most `longest` seconds.

    Without a working engine, a murmur of the same pace and pitch stands in.
    """
    if not sayings:
        return []
    try:
        return _ask_engine(sayings, longest, engine)
    except SpeechEngineMissing as reason:
        _log.warning("speech_engine_missing", extra={"reason": str(reason)})
        return [murmur(saying, longest) for saying in sayings]


def _ask_engine(sayings: Sequence[Saying], longest: float, engine: Path) -> list[Utterance]:
    request = [
        {
            "text": saying.text,
            "language": saying.language.value,
            "variant": saying.voice.variant,
            "pitch": saying.voice.pitch,
            "range": saying.voice.pitch_range,
            "rate": round(saying.voice.rate * saying.speed),
        }
        for saying in sayings
    ]
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and file, no shell; the text goes through a pipe
            [sys.executable, "-I", str(engine)],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=_WALL_SECONDS,
            env={},
            check=True,
        )
        answer: dict[str, Any] = json.loads(child.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise SpeechEngineMissing(f"The speech engine gave no answer ({type(error).__name__}).") from error
    return [
        _utterance(line, answer["rate"], saying, longest) for line, saying in zip(answer["lines"], sayings, strict=True)
    ]


def _utterance(line: dict[str, Any], rate: int, saying: Saying, longest: float) -> Utterance:
    samples = np.frombuffer(base64.b64decode(line["sound"]), np.int16).astype(np.float32) / np.float32(32768)
    audible = np.flatnonzero(np.abs(samples) > _SILENT)
    if not len(audible):  # nothing that can be pronounced, such as a row of symbols
        return murmur(saying, longest)
    first = max(0, int(audible[0]) - rate // 100)
    trimmed = samples[first : int(audible[-1]) + rate // 20]
    words = tuple(
        WordTime(max(0.0, milliseconds / 1000 - first / rate), position) for milliseconds, position in line["words"]
    )
    return Utterance(resampled(trimmed[: round(longest * rate)], rate, RATE), words, len(trimmed) / rate)


def murmur(saying: Saying, longest: float) -> Utterance:
    """Return a wordless hum with the rhythm of the text: one pulse per syllable, a rest per punctuation mark."""
    pieces = [(match.start(), match[0]) for match in _SYLLABLE.finditer(saying.text)] or [(0, "a")]
    generator = np.random.default_rng(len(saying.text))
    sounds: list[Mono] = []
    words = [WordTime(0.0, 0)]
    elapsed = 0.0
    for position, piece in pieces:
        pause = piece in ".,!?;:。，！？"
        seconds = (_PAUSE_SECONDS if pause else _SYLLABLE_SECONDS * generator.uniform(0.85, 1.2)) / saying.speed
        count = int(seconds * RATE)
        silent = pause or elapsed > longest
        sounds.append(np.zeros(count, np.float32) if silent else _hum(count, saying.voice.fundamental, generator))
        word_start = max(saying.text.rfind(" ", 0, position) + 1, 0)
        if saying.language is Language.MANDARIN or word_start != words[-1].position:
            words.append(WordTime(elapsed, position if saying.language is Language.MANDARIN else word_start))
        elapsed += count / RATE
    sound = np.concatenate(sounds)
    return Utterance(sound[: round(longest * RATE)], tuple(words), len(sound) / RATE)


def _hum(count: int, fundamental: float, generator: np.random.Generator) -> Mono:
    time = np.arange(count) / RATE
    pitch = fundamental * generator.uniform(0.9, 1.12) * (1 - 0.08 * time / max(time[-1], 1e-6))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    formant = generator.uniform(400, 800)
    tone = np.zeros(count)
    for harmonic in range(1, 16):
        weight = np.exp(-(((harmonic * fundamental - formant) / 420) ** 2)) + 0.3 / harmonic
        tone += weight * np.sin(harmonic * phase)
    return (0.12 * tone * np.hanning(count) ** 0.5).astype(np.float32)
