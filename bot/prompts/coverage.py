"""How much of the vendor's formula a prompt covers: scene, subject, movement, audio, style."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.prompts.lexicon import feelings, people
from bot.prompts.lexicon.music import GENRES
from bot.prompts.lexicon.scenes import CAMERA, CHINESE_MOVEMENT, CHINESE_PLACES, CHINESE_STYLE, MOVEMENT, PLACES, STYLE
from bot.prompts.model import Shape, SoundKind
from bot.prompts.text import is_cjk

if TYPE_CHECKING:
    from bot.prompts.model import ParsedPrompt

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_VERB_LETTERS = 5
_PLACE_PHRASE = re.compile(
    r"\b(?:in|on|at|inside|under|beside|near|across|over|through|along|outside|behind|beneath|around)\s+(?:a|an|the|his|her|its|their)\b",
    re.IGNORECASE,
)


class Part(StrEnum):
    """The parts of the formula."""

    SCENE = "scene"
    SUBJECT = "subject"
    MOVEMENT = "movement"
    AUDIO = "audio"
    STYLE = "style"


class Complexity(StrEnum):
    """The ladder from one speaker to everything at once."""

    SIMPLE = "simple"
    MEDIUM = "medium"
    COMPLEX = "complex"
    HEAVY = "heavy"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The parts of the formula that a prompt covers and those that it leaves open."""

    covered: tuple[Part, ...]
    missing: tuple[Part, ...]

    @property
    def share(self) -> float:
        """The covered share, 0 to 1."""
        return len(self.covered) / len(Part)


def coverage_of(prompt: ParsedPrompt) -> Coverage:
    """Return what a prompt says of scene, subject, movement, audio and style."""
    prose = prompt.prose.lower()
    brackets = " ".join(f"{mention.label} {mention.attributes or ''}" for mention in prompt.mentions).lower()
    words = frozenset(_WORD.findall(prose)) | frozenset(_WORD.findall(brackets))
    sections = {section.name for section in prompt.sections}
    chinese = is_cjk(prompt.text)
    known = {
        Part.SCENE: bool(words & PLACES or _PLACE_PHRASE.search(prose) or "scene" in sections)
        or (chinese and any(sign in prompt.text for sign in CHINESE_PLACES)),
        Part.SUBJECT: bool(prompt.characters or words & people.PERSONS or words & people.ANIMALS or len(words) > 6)  # noqa: PLR2004
        or (chinese and len(prose) > 6),  # noqa: PLR2004
        Part.MOVEMENT: bool(words & MOVEMENT or words & CAMERA or any(_is_verb(word) for word in _WORD.findall(prose)))
        or (chinese and any(sign in prose for sign in CHINESE_MOVEMENT)),
        Part.AUDIO: bool(prompt.lines or prompt.sounds or prompt.shape is not Shape.OTHER),
        Part.STYLE: bool(
            words & (STYLE | CAMERA | GENRES | feelings.EXPRESSIVE) or any(word.endswith("ly") for word in words)
        )
        or (chinese and any(sign in prompt.text for sign in (*CHINESE_STYLE, *feelings.CHINESE_EXPRESSIVE))),
    }
    return Coverage(tuple(part for part in Part if known[part]), tuple(part for part in Part if not known[part]))


def _is_verb(word: str) -> bool:
    """Third person or progressive: most words of a scene that end so are verbs."""
    return (
        len(word) >= _VERB_LETTERS
        and word not in GENRES
        and (word.endswith("ing") or (word.endswith("s") and not word.endswith(("ss", "us"))))
    )


def complexity_of(prompt: ParsedPrompt) -> Complexity:
    """Where a prompt stands on the ladder."""
    speakers = len(prompt.speakers)
    effects, ambience, music = (prompt.has(kind) for kind in (SoundKind.EFFECT, SoundKind.AMBIENCE, SoundKind.MUSIC))
    layers = sum((effects, ambience, music))
    if speakers > 2 or (speakers > 1 and layers > 1):  # noqa: PLR2004
        return Complexity.HEAVY
    if speakers > 1 or layers > 1:
        return Complexity.COMPLEX
    return Complexity.MEDIUM if speakers and layers else Complexity.SIMPLE
