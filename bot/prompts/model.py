"""What the parser understands of a prompt. Every item carries its place in the text as a character range."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class LineKind(StrEnum):
    """How a line is performed."""

    SPEECH = "speech"
    SINGING = "singing"
    RAP = "rap"
    NARRATION = "narration"
    CHORUS = "chorus"

    @property
    def is_sung(self) -> bool:
        """Whether a line is sung or rapped rather than spoken."""
        return self in (LineKind.SINGING, LineKind.RAP, LineKind.CHORUS)


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


class Introduction(StrEnum):
    """How a line is tied to its speaker."""

    LABEL = "label"  # a bracketed label stands in the sentence that introduces the line
    NAME = "name"  # an unbracketed mention of a character who has a label
    PROSE = "prose"  # a noun phrase or a name without brackets
    PRONOUN = "pronoun"  # "he says", "both say"
    CONTINUED = "continued"  # follows another line of the same speaker with nothing between
    NEARBY = "nearby"  # stands alone after a sentence about its speaker
    VOICE = "voice"  # nothing but a voice tag introduces it


class VoicePlace(StrEnum):
    """Where a voice tag stands."""

    BRACKET = "bracket"  # [Label@V]
    AFTER_LABEL = "after label"  # [Label] @V:
    AFTER_NAME = "after name"  # The woman @V says:
    LONE_BRACKET = "lone bracket"  # [@V]
    LONE_SPEAKER = "lone speaker"  # @V: "…"
    INSIDE_LINE = "inside line"  # "… @V …"
    AFTER_LINE = "after line"  # "…" @V
    BEFORE_LABEL = "before label"  # @V [Label]
    REMARK = "remark"  # … is spoken with @V.

    @property
    def binds(self) -> bool:
        """Whether a tag at this place binds its voice to a character."""
        return self in (VoicePlace.BRACKET, VoicePlace.AFTER_LABEL, VoicePlace.AFTER_NAME)


class Span(NamedTuple):
    """A character range of the prompt, end exclusive."""

    start: int
    end: int


#: Makes a span of its two ends, more than twice as fast as calling the class: the parser makes them by the hundred.
span_of: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
#: The span of something that has no place of its own in the text.
NOWHERE = Span(0, 0)


class Character(NamedTuple):
    """Somebody or something that appears under a label; `aliases` are other labels for the same one.

    `bracketed` says whether the label stands in brackets somewhere; speakers of free prose have none.
    """

    label: str
    span: Span
    aliases: tuple[str, ...] = ()
    bracketed: bool = True


class Mention(NamedTuple):
    """One bracket that names a character.

    `label` is spelled as here, `character` is the label of the `Character` it means. `attributes` is the rest of the
    bracket (or of a parenthesis directly behind it), `span` the bracket itself.
    """

    label: str
    character: str
    span: Span
    label_span: Span
    attributes: str | None = None
    attributes_span: Span | None = None


class VoiceTag(NamedTuple):
    """One `@Voice`; `span` begins at the sign and ends with the name, `character` is whom it is bound to."""

    name: str
    span: Span
    place: VoicePlace
    character: str | None = None


class Quote(NamedTuple):
    """One quoted stretch. `outer` includes the marks; `opened` and `closed` say which marks are really there."""

    outer: Span
    inner: Span
    opened: bool = True
    closed: bool = True


class Line(NamedTuple):
    """One line that is heard. `span` covers the words without their quotation marks.

    `voice_style` is the attributes of the speaker's label or, failing that, `manner`: how the introduction says the
    line is spoken. `introducer` covers what names the speaker, and `quote` is an index into `ParsedPrompt.quotes`.
    Lines spoken together carry everybody in `speakers`.
    """

    speaker: str
    text: str
    kind: LineKind
    span: Span
    voice_style: str | None = None
    voice: str | None = None
    manner: str | None = None
    introduction: Introduction = Introduction.LABEL
    introducer: Span = NOWHERE
    quote: int = 0
    speakers: tuple[str, ...] = ()


class Sound(NamedTuple):
    """One sound from the vocabulary, named as it stands in the text."""

    kind: SoundKind
    text: str
    span: Span


class Section(NamedTuple):
    """A header such as `Visual:`; `name` is lower case, `body` runs to the next header or the end."""

    name: str
    span: Span
    body: Span


@dataclass(frozen=True, slots=True)
class ParsedPrompt:
    """A prompt as the parser understands it; lists are in the order of the text.

    `prose` is the text with the content of quotes and brackets blanked out, and in simplified characters, character for
    character: what is left is what the scene says in its own words.
    """

    text: str
    characters: tuple[Character, ...]
    lines: tuple[Line, ...]
    voices: tuple[str, ...]
    sounds: tuple[Sound, ...]
    shape: Shape
    mentions: tuple[Mention, ...] = ()
    voice_tags: tuple[VoiceTag, ...] = ()
    quotes: tuple[Quote, ...] = ()
    sections: tuple[Section, ...] = ()
    prose: str = ""

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody who has a line, in the order of their first line."""
        return tuple(dict.fromkeys(name for line in self.lines for name in (line.speakers or (line.speaker,))))

    def has(self, kind: SoundKind) -> bool:
        """Whether a sound of this family is heard."""
        return any(sound.kind is kind for sound in self.sounds)
