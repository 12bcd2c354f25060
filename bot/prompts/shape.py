"""What kind of scene a prompt is, judged by what is heard in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.prompts.lexicon import people, speech
from bot.prompts.model import LineKind, Shape, SoundKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.model import Line, Mention, Sound
    from bot.prompts.text import Words

_SHAPE_OF = {LineKind.RAP: Shape.RAP, LineKind.CHORUS: Shape.CHORUS, LineKind.SINGING: Shape.SINGING}


def shape_of(
    lines: Sequence[Line], mentions: Sequence[Mention], sounds: Sequence[Sound], words: Words, prose: str
) -> Shape:
    """Return the shape of a prompt: from its lines, else from the speech it describes, else from its sounds."""
    if lines:
        return _shape_of_lines(lines)
    described = _described(mentions, words, prose)
    if described is not None:
        return described
    return _shape_of_sounds(sounds)


def _shape_of_lines(lines: Sequence[Line]) -> Shape:
    kinds = Counter(line.kind for line in lines)
    for kind, shape in _SHAPE_OF.items():
        if kinds[kind] * 2 >= len(lines):
            return shape
    speakers = {name for line in lines for name in (line.speakers or (line.speaker,))}
    if len(speakers) > 1:
        return Shape.MULTI
    return Shape.NARRATION if kinds[LineKind.NARRATION] * 2 >= len(lines) else Shape.SOLO


def _described(mentions: Sequence[Mention], words: Words, prose: str) -> Shape | None:
    """Return the shape of speech or song that is told without its words."""
    heard = {word.text for word in words.items}
    if heard & (speech.RAP_VERBS) or any(sign in prose for sign in speech.CHINESE_RAP):
        return Shape.RAP
    sings = bool(heard & speech.SUNG_WORDS) or any(sign in prose for sign in speech.CHINESE_SINGING)
    if sings:
        group = bool(heard & (speech.CHORUS_WORDS - {"everyone", "group"})) or any(
            sign in prose for sign in speech.CHINESE_CHORUS
        )
        return Shape.CHORUS if group else Shape.SINGING
    if heard & speech.OFFSCREEN_WORDS or any(sign in prose for sign in speech.CHINESE_NARRATION):
        return Shape.NARRATION
    if not heard & speech.TALKING_WORDS:
        return None
    several = len({mention.character for mention in mentions if mention.label}) > 1 or bool(
        heard & speech.CONVERSATION_WORDS
    )
    someone = bool(mentions) or bool(heard & (people.PERSONS | speech.SUBJECT_PRONOUNS))
    if not someone:
        return None
    return Shape.MULTI if several else Shape.SOLO


def _shape_of_sounds(sounds: Sequence[Sound]) -> Shape:
    kinds = Counter(sound.kind for sound in sounds)
    if not kinds:
        return Shape.OTHER
    music, effects, ambience = kinds[SoundKind.MUSIC], kinds[SoundKind.EFFECT], kinds[SoundKind.AMBIENCE]
    if music and music >= max(effects, ambience):
        return Shape.INSTRUMENTAL
    if effects and effects >= ambience:
        return Shape.SFX
    return Shape.AMBIENCE if ambience else Shape.INSTRUMENTAL
