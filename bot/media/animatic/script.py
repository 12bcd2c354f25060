"""What the renderer is given: a scene, who speaks, and the lines in order."""

from __future__ import annotations

import base64
import unicodedata
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints, model_validator

from bot.media.animatic.place import Place
from bot.prompts.model import LineKind, SoundKind
from bot.prompts.timing import seconds_of

FRAME_RATE = 24
"""Frames per second of a clip, as the vendor delivers them."""

_LONGEST_SIDE = 3840
_SHORTEST_SIDE = 64


def plain_text(text: str) -> str:
    """Return text on one line, without control, formatting and unassigned characters."""
    visible = (" " if character.isspace() else character for character in text)
    kept = "".join(character for character in visible if unicodedata.category(character)[0] != "C")
    return " ".join(kept.split())


def _read_content(value: object) -> object:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) and "base64" in value else value


def _write_content(value: Path | bytes) -> dict[str, str] | str:
    return {"base64": base64.b64encode(value).decode("ascii")} if isinstance(value, bytes) else str(value)


Picture = Annotated[Path | bytes, BeforeValidator(_read_content), PlainSerializer(_write_content, when_used="json")]
"""A picture file or its content. JSON tells the two apart: a path is text, content is `{"base64": …}`."""


class Language(StrEnum):
    """The languages that are spoken; anything that is not Chinese is read as English."""

    ENGLISH = "en"
    MANDARIN = "zh"

    @classmethod
    def of(cls, text: str) -> Language:
        """Return the language of a line, judged by its script."""
        return cls.MANDARIN if any("\u3400" <= character <= "\u9fff" for character in text) else cls.ENGLISH


class Register(StrEnum):
    """How high a voice lies."""

    MALE = "male"
    FEMALE = "female"
    CHILD = "child"


class Tone(StrEnum):
    """The colour of a voice; decides pitch, range and speed together with the register."""

    PLAIN = "plain"
    WARM = "warm"
    BRIGHT = "bright"
    DEEP = "deep"
    SOFT = "soft"
    EXCITED = "excited"
    OLD = "old"


class Being(StrEnum):
    """What a speaker looks like."""

    PERSON = "person"
    ROBOT = "robot"
    CAT = "cat"
    DOG = "dog"
    NOBODY = "nobody"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


PlainText = Annotated[str, BeforeValidator(plain_text)]
"""Text on one line without anything that cannot be shown."""
Name = Annotated[PlainText, StringConstraints(max_length=200)]
"""A label as it is shown; it is shortened for display, not here."""


class Speaker(_Model):
    """Somebody who is heard. `hint` is whatever the prompt says about the person; it decides hair and clothes."""

    name: Name
    voice: Register
    tone: Tone = Tone.PLAIN
    being: Being = Being.PERSON
    hint: PlainText = ""


class ScriptLine(_Model):
    """One line that is heard. `follows_marker` says that the prompt marks the change of speaker before it.

    `seconds` is how long the prompt language expects it to take; where it is left open, that is worked out from the
    words alone.
    """

    speaker: Name
    text: Annotated[PlainText, StringConstraints(max_length=4000)]
    kind: LineKind = LineKind.SPEECH
    language: Language = Language.ENGLISH
    follows_marker: bool = False
    seconds: Annotated[float, Field(ge=0)] | None = None

    @property
    def expected_seconds(self) -> float:
        """Return how long the line takes by `bot.prompts.timing`; 0 for what has no words."""
        return seconds_of(self.text, self.kind) if self.seconds is None else self.seconds


class SceneSound(_Model):
    """A sound that is not speech, named as it stands in the prompt."""

    kind: SoundKind
    text: PlainText


class Script(_Model):
    """Everything the renderer needs for one clip.

    `scene` is the description without labels and lines: its words choose picture and sounds. `image` and `end_image`
    are picture files or their content. Width and height are in pixels and become even. `frames` overrides
    `seconds` times the frame rate where an exact count is wanted. Without `audio` the clip has no audio track.
    """

    title: PlainText
    scene: PlainText = ""
    place: Place = Place()
    speakers: Annotated[tuple[Speaker, ...], Field(max_length=64)] = ()
    lines: Annotated[tuple[ScriptLine, ...], Field(max_length=128)] = ()
    sounds: Annotated[tuple[SceneSound, ...], Field(max_length=128)] = ()
    image: Picture | None = None
    end_image: Picture | None = None
    seconds: Annotated[float, Field(gt=0, le=60)] = 5.0
    frames: Annotated[int, Field(gt=0, le=1800)] | None = None
    width: Annotated[int, Field(ge=_SHORTEST_SIDE, le=_LONGEST_SIDE)] = 1280
    height: Annotated[int, Field(ge=_SHORTEST_SIDE, le=_LONGEST_SIDE)] = 720
    audio: bool = True

    @model_validator(mode="after")
    def _lines_have_speakers(self) -> Self:
        known = {speaker.name for speaker in self.speakers}
        unknown = {line.speaker for line in self.lines} - known
        if unknown:
            raise ValueError(f"Lines are spoken by somebody who is not among the speakers: {sorted(unknown)}")
        return self

    @property
    def frame_count(self) -> int:
        """Return how many frames the clip has."""
        return self.frames or max(1, round(self.seconds * FRAME_RATE))

    @property
    def duration(self) -> float:
        """Return the length of the clip in seconds, as its frames make it."""
        return self.frame_count / FRAME_RATE

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height in pixels, rounded down to even numbers as H.264 in 4:2:0 needs."""
        return self.width // 2 * 2, self.height // 2 * 2

    def speaker_of(self, line: ScriptLine) -> int:
        """Return the index of the speaker of a line."""
        return next(index for index, speaker in enumerate(self.speakers) if speaker.name == line.speaker)
