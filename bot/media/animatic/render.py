"""From a script to a clip on disk, and a report of what it contains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pydantic import BaseModel, ConfigDict

from bot.media.animatic.dialogue import perform
from bot.media.animatic.encode import encode
from bot.media.animatic.pictures.film import Film
from bot.media.animatic.script import FRAME_RATE, Script
from bot.media.animatic.sound.dsp import RATE
from bot.media.animatic.sound.loudness import integrated_loudness
from bot.media.animatic.sound.mix import soundtrack

if TYPE_CHECKING:
    from pathlib import Path

    from bot.media.animatic.dialogue import Dialogue


class LineTiming(BaseModel):
    """When a line is heard, in seconds; `end` may lie behind the end of the clip."""

    model_config = ConfigDict(frozen=True)

    speaker: str
    text: str
    start: float
    end: float


class AnimaticReport(BaseModel):
    """What was rendered. `speed` is how fast the lines are spoken; `overflow` how many seconds do not fit even so.

    `loudness` is in LUFS, None without sound.
    """

    model_config = ConfigDict(frozen=True)

    width: int
    height: int
    frames: int
    seconds: float
    lines: tuple[LineTiming, ...]
    speed: float
    overflow: float
    loudness: float | None


def render(script: Script, destination: Path) -> AnimaticReport:
    """Render the script into an MP4 file. Blocks for several seconds: run it in a process of its own."""
    dialogue = perform(script)
    track = soundtrack(script, dialogue.parts, dialogue.spans) if script.audio else None
    film = Film(script, dialogue, speech_levels(script, dialogue))
    encode(destination, script.size, script.frame_count, film.frame, track)
    width, height = script.size
    return AnimaticReport(
        width=width,
        height=height,
        frames=script.frame_count,
        seconds=script.duration,
        lines=tuple(
            LineTiming(speaker=line.line.speaker, text=line.line.text, start=line.span.start, end=line.span.end)
            for line in dialogue.lines
        ),
        speed=dialogue.speed,
        overflow=dialogue.overflow,
        loudness=None if track is None else integrated_loudness(track),
    )


def speech_levels(script: Script, dialogue: Dialogue) -> list[float]:
    """Return how loud the speech is in each frame, from 0 to 1: mouths and level meters follow it."""
    per_frame = RATE // FRAME_RATE
    track = np.zeros(script.frame_count * per_frame, np.float32)
    for part in dialogue.parts:
        start = round(part.start * RATE)
        fitting = part.sound[: max(0, len(track) - start)]
        track[start : start + len(fitting)] += np.abs(fitting)
    levels = track.reshape(-1, per_frame).mean(axis=1)
    return [float(level) for level in np.clip(levels / max(1e-6, float(np.percentile(levels, 97))), 0, 1)]
