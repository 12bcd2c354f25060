"""What a rendered clip contains."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class LineTiming(BaseModel):
    """When a line is heard, in seconds; `end` may lie behind the end of the clip."""

    model_config = ConfigDict(frozen=True)

    speaker: str
    text: str
    start: float
    end: float


class AnimaticReport(BaseModel):
    """What was rendered.

    `speech` is how many seconds the lines take by `bot.prompts.timing` and `overflow` how many of them do not fit the
    clip: the figures of the quote card. `speed` is how fast the lines are spoken, 1 being as fast as that expects.
    `loudness` is in LUFS, None without sound.
    """

    model_config = ConfigDict(frozen=True)

    width: int
    height: int
    frames: int
    seconds: float
    lines: tuple[LineTiming, ...]
    speech: float
    speed: float
    overflow: float
    loudness: float | None
