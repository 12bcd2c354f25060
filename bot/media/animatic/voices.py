"""Which synthetic voice a speaker gets: clear ones, and no two alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.media.animatic.script import Register, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.media.animatic.script import Speaker


@dataclass(frozen=True, slots=True)
class Voice:
    """Settings of the speech engine: variant, pitch 0-99, pitch range 0-99, words per minute.

    `fundamental` is the pitch of the tone that stands in for the voice where there is no engine, in Hz.
    """

    variant: str
    pitch: int
    pitch_range: int
    rate: int
    fundamental: float


# m5 and f2 are the variants that an offline recogniser understood best, of 26 tried.
_REGISTERS = {
    Register.MALE: Voice("m5", 38, 50, 158, 112.0),
    Register.FEMALE: Voice("f2", 58, 55, 164, 205.0),
    Register.CHILD: Voice("f2", 88, 68, 166, 285.0),
}
# What a tone adds to pitch, range and rate.
_TONES = {
    Tone.PLAIN: (0, 0, 0),
    Tone.WARM: (-6, -6, -5),
    Tone.BRIGHT: (6, 10, 4),
    Tone.DEEP: (-16, -10, -9),
    Tone.SOFT: (-4, -14, -14),
    Tone.EXCITED: (10, 26, 18),
    Tone.OLD: (-9, 8, -15),
}
_STEPS = (0, 18, -18, 30, -28, 42)
"""How far the second, third … speaker of a register is moved in pitch, so that each sounds like somebody else."""
_RATE_STEPS = (0, -6, 6, -10, 10, -3)
_HIGHEST_PITCH = 99


def cast(speakers: Sequence[Speaker]) -> list[Voice]:
    """Return a voice for each speaker; speakers of one register differ in pitch and pace."""
    seen: dict[Register, int] = {}
    voices: list[Voice] = []
    for speaker in speakers:
        nth = seen.get(speaker.voice, 0)
        seen[speaker.voice] = nth + 1
        voices.append(_voice(speaker, nth))
    return voices


def _voice(speaker: Speaker, nth: int) -> Voice:
    base = _REGISTERS[speaker.voice]
    pitch, pitch_range, rate = _TONES[speaker.tone]
    step = _STEPS[nth % len(_STEPS)]
    if base.pitch + pitch + step > _HIGHEST_PITCH:
        step = -step
    raised = max(2, min(_HIGHEST_PITCH, base.pitch + pitch + step))
    return replace(
        base,
        pitch=raised,
        pitch_range=max(10, min(95, base.pitch_range + pitch_range)),
        rate=base.rate + rate + _RATE_STEPS[nth % len(_RATE_STEPS)],
        fundamental=base.fundamental * 2 ** ((raised - base.pitch) / 60),
    )
