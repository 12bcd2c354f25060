"""How long lines take to speak."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.prompts.model import LineKind

if TYPE_CHECKING:
    from bot.prompts.model import Line, ParsedPrompt

#: English words per second. Speech and rap follow from the vendor's longest examples (35 and 55 words in 10 s);
#: singing is slower than speech, narration a little calmer.
WORDS_PER_SECOND = {
    LineKind.SPEECH: 3.5,
    LineKind.NARRATION: 3.5,
    LineKind.SINGING: 2.8,
    LineKind.CHORUS: 2.8,
    LineKind.RAP: 5.5,
}
#: Chinese characters per English word, in time: about five characters a second in speech.
CHARACTERS_PER_WORD = 1.45
_HAN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]+(?:['’-][^\W\d_]+)*|\d+")
_FAST = re.compile(r"\b(?:fast|rapid|rapidly|quick|quickly|hurried|brisk|breathless)\b|急|快")
_SLOW = re.compile(r"\b(?:slow|slowly|drawling|measured|deliberate|unhurried|sleepy)\b|慢")
_HAIR = 0.05
_FAST_FACTOR, _SLOW_FACTOR = 0.85, 1.2


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A line with its estimated length and its earliest beginning, both in seconds."""

    line: Line
    start: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Timetable:
    """When which line is spoken; `seconds` is the length of all speech, `words` its amount in English words."""

    lines: tuple[SpokenLine, ...]
    seconds: float
    words: float

    def fits(self, seconds: float) -> bool:
        """Whether all lines can be spoken within a clip of this length."""
        return not excess(self.seconds, seconds)


def excess(spoken: float, seconds: float) -> float:
    """Return how many seconds of speech do not fit a clip; an estimate that is over by a hair counts as fitting."""
    return spoken - seconds if spoken > seconds + _HAIR else 0.0


def spoken_words(text: str) -> float:
    """Return the amount of speech in a line, counted in English words; Chinese characters count in proportion."""
    return len(_WORD.findall(text)) + len(_HAN.findall(text)) / CHARACTERS_PER_WORD


def seconds_of(text: str, kind: LineKind = LineKind.SPEECH, style: str | None = None) -> float:
    """About how many seconds a line takes; a fast or slow `style` counts a little."""
    seconds = spoken_words(text) / WORDS_PER_SECOND[kind]
    if style:
        words = style.lower()
        seconds *= _FAST_FACTOR if _FAST.search(words) else _SLOW_FACTOR if _SLOW.search(words) else 1
    return seconds


def timetable(prompt: ParsedPrompt) -> Timetable:
    """Return the lines of a prompt one after the other, without pauses."""
    at, words = 0.0, 0.0
    spoken = []
    for line in prompt.lines:
        seconds = seconds_of(line.text, line.kind, line.voice_style)
        spoken.append(SpokenLine(line, at, seconds))
        at += seconds
        words += spoken_words(line.text)
    return Timetable(tuple(spoken), at, words)
