"""What the parser understands of a prompt. Every item carries its place in the text as a character range."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LineKind(StrEnum):
    """How a line is performed."""

    SPEECH = "speech"
    SINGING = "singing"
    RAP = "rap"
    NARRATION = "narration"
    CHORUS = "chorus"


class Shape(StrEnum):
    """What kind of scene a prompt describes, as far as sound is concerned."""

    SOLO = "solo"
    NARRATION = "narration"
    MULTI = "multi"
    SINGING = "singing"
    RAP = "rap"
    CHORUS = "chorus"
    INSTRUMENTAL = "instrumental"
    SFX = "sfx"
    AMBIENCE = "ambience"
    OTHER = "other"


class SoundKind(StrEnum):
    """The family of a sound that is not speech."""

    EFFECT = "sfx"
    AMBIENCE = "ambience"
    MUSIC = "music"


@dataclass(frozen=True, slots=True)
class Span:
    """A character range of the prompt, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody or something that appears under a label; `aliases` are other labels for the same one."""

    label: str
    span: Span
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is heard. `span` covers the words without their quotation marks."""

    speaker: str
    text: str
    kind: LineKind
    span: Span
    voice_style: str | None = None
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Sound:
    """One sound from the vocabulary, named as it stands in the text."""

    kind: SoundKind
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class ParsedPrompt:
    """A prompt as the parser understands it; lists are in the order of the text."""

    text: str
    characters: tuple[Character, ...]
    lines: tuple[Line, ...]
    voices: tuple[str, ...]
    sounds: tuple[Sound, ...]
    shape: Shape
