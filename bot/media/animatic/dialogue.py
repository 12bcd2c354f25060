"""From the lines of a script to sound with times: spoken, sped up where needed, sung where asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.script import Register
from bot.media.animatic.sound.dsp import RATE, Mono
from bot.media.animatic.sound.mix import Part, music_key, music_style, polished
from bot.media.animatic.sound.singing import sung
from bot.media.animatic.speech import ENGINE, Saying, Utterance, WordTime, speak
from bot.media.animatic.timing import Span, gaps, lay_out, plan_lines
from bot.media.animatic.voices import Voice, cast
from bot.prompts.model import LineKind
from bot.prompts.timing import excess

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.media.animatic.script import Script, ScriptLine
    from bot.media.animatic.sound import music

_SEATS = (-0.28, 0.28, 0.0, -0.15, 0.15)
"""Where the speakers stand between the channels, in order of appearance."""
_SINGING_PACE = 0.82
_RAP_PACE = 1.12
_NOTICEABLE = 1.02
_ENSEMBLE = (("m5", 36, 0.0), ("f2", 60, 0.018), ("f2", 80, 0.034))
"""Variant, pitch and delay in seconds of the voices that speak a chorus line together."""


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A line with its time in the clip and the times of its words."""

    line: ScriptLine
    span: Span
    words: tuple[WordTime, ...]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """All lines of a clip: when they are heard, and as sound.

    `speech` and `overflow` are seconds by `bot.prompts.timing`: what the lines take, and what of it does not fit.
    `speed` compares with it how fast they are spoken here.
    """

    lines: tuple[SpokenLine, ...]
    parts: tuple[Part, ...]
    speech: float
    speed: float
    overflow: float

    @property
    def spans(self) -> list[Span]:
        """Return when each line is heard."""
        return [line.span for line in self.lines]


def perform(script: Script, engine: Path = ENGINE) -> Dialogue:
    """Speak or sing every line of the script and place it in time.

    The voices keep their own pace where there is time for it; in a tight clip they hurry as far as the prompt language
    expects lines to be spoken, and only where that does not fit a little more. Captions and sound follow what was
    really spoken.
    """
    if not script.lines:
        return Dialogue((), (), 0.0, 1.0, 0.0)
    voices = cast(script.speakers)
    expected = [line.expected_seconds for line in script.lines]
    utterances = _utter(script, voices, [1.0] * len(expected), engine)
    own = [utterance.seconds for utterance in utterances]
    plan = plan_lines(own, expected, gaps([line.follows_marker for line in script.lines]), script.duration)
    speeds = [alone / planned for alone, planned in zip(own, plan.durations, strict=True)]
    if max(speeds) > _NOTICEABLE:
        utterances = _utter(script, voices, speeds, engine)
    spans = lay_out([utterance.seconds for utterance in utterances], plan.silences, script.duration)
    return Dialogue(
        lines=tuple(
            SpokenLine(line, span, utterance.words)
            for line, span, utterance in zip(script.lines, spans, utterances, strict=True)
        ),
        parts=tuple(_parts(script, utterances, spans)),
        speech=sum(expected),
        speed=plan.speed,
        overflow=excess(sum(expected), script.seconds),
    )


def _utter(script: Script, voices: list[Voice], speeds: list[float], engine: Path) -> list[Utterance]:
    """Speak every line, each so many times faster than its voice does by itself."""
    sayings: list[Saying] = []
    for line, speed in zip(script.lines, speeds, strict=True):
        voice = voices[script.speaker_of(line)]
        pace = {LineKind.SINGING: _SINGING_PACE, LineKind.CHORUS: _SINGING_PACE, LineKind.RAP: _RAP_PACE}
        saying = Saying(line.text, line.language, voice, speed * pace.get(line.kind, 1.0))
        sayings.extend(_ensemble(saying) if line.kind is LineKind.CHORUS else [saying])
    spoken = iter(speak(sayings, script.duration, engine))
    return [
        _together([next(spoken) for _ in _ENSEMBLE]) if line.kind is LineKind.CHORUS else next(spoken)
        for line in script.lines
    ]


def _ensemble(saying: Saying) -> list[Saying]:
    return [
        replace(saying, voice=replace(saying.voice, variant=variant, pitch=pitch)) for variant, pitch, _ in _ENSEMBLE
    ]


def _together(utterances: list[Utterance]) -> Utterance:
    delays = [int(delay * RATE) for _, _, delay in _ENSEMBLE]
    length = max(len(utterance.sound) + delay for utterance, delay in zip(utterances, delays, strict=True))
    mix = np.zeros(length, np.float32)
    for utterance, delay in zip(utterances, delays, strict=True):
        mix[delay : delay + len(utterance.sound)] += utterance.sound / len(utterances)
    return Utterance(mix, utterances[0].words, max(utterance.seconds for utterance in utterances))


def _parts(script: Script, utterances: list[Utterance], spans: Sequence[Span]) -> list[Part]:
    style = music_style(script)
    key = music_key(script, style)
    parts = []
    for line, utterance, span in zip(script.lines, utterances, spans, strict=True):
        heard = _cut(utterance, script.duration - span.start)
        if heard is None:
            continue
        seat = script.speaker_of(line)
        narration = line.kind is LineKind.NARRATION
        sound = _performed(heard, line, key, script.speakers[seat].voice)
        parts.append(Part(sound, span.start, 0.0 if narration else _SEATS[seat % len(_SEATS)], dry=narration))
    return parts


def _performed(utterance: Utterance, line: ScriptLine, key: music.Key, register: Register) -> Mono:
    if line.kind in {LineKind.SINGING, LineKind.CHORUS}:
        return polished(sung(utterance, key, 0 if register is Register.MALE else 1))
    return polished(utterance.sound)


def _cut(utterance: Utterance, seconds: float) -> Utterance | None:
    if seconds <= 0:
        return None
    return replace(utterance, sound=utterance.sound[: int(seconds * RATE)])
