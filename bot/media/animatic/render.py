"""From a script to a clip on disk, and a report of what it contains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.media.animatic.dialogue import perform
from bot.media.animatic.encode import encode
from bot.media.animatic.pictures.film import Film
from bot.media.animatic.pictures.levels import Levels
from bot.media.animatic.report import AnimaticReport, LineTiming
from bot.media.animatic.script import FRAME_RATE, Script
from bot.media.animatic.sound.dsp import RATE
from bot.media.animatic.sound.loudness import integrated_loudness
from bot.media.animatic.sound.mix import soundtrack
from bot.media.animatic.speech import ENGINE

if TYPE_CHECKING:
    from pathlib import Path

    from bot.media.animatic.dialogue import Dialogue


def render(script: Script, destination: Path, *, engine: Path = ENGINE) -> AnimaticReport:
    """Render the script into an MP4 file; `engine` is the program that speaks.

    Blocks for several seconds: run it in a process of its own (`render_in_subprocess`). Raises MediaRefused for an
    image that cannot be drawn.
    """
    dialogue = perform(script, engine)
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
        speech=dialogue.speech,
        speed=dialogue.speed,
        overflow=dialogue.overflow,
        loudness=None if track is None else integrated_loudness(track),
    )


def speech_levels(script: Script, dialogue: Dialogue) -> Levels:
    """Return how loud the speech is in each frame, measured against its loudest."""
    per_frame = RATE // FRAME_RATE
    track = np.zeros(script.frame_count * per_frame, np.float32)
    for part in dialogue.parts:
        start = round(part.start * RATE)
        fitting = part.sound[: max(0, len(track) - start)]
        track[start : start + len(fitting)] += np.abs(fitting)
    levels = track.reshape(-1, per_frame).mean(axis=1)
    loudest = max(1e-6, float(np.percentile(levels, 97)))
    return Levels(tuple(float(level) for level in np.clip(levels / loudest, 0, 1)))
