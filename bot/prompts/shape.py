"""What kind of scene a prompt is, judged by what is heard in it."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bot.prompts.lexicon import people, speech
from bot.prompts.model import LineKind, Shape, SoundKind
from bot.prompts.sounds import negated_ranges
from bot.prompts.text import any_of, holds, mask
from bot.prompts.traits import is_many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.model import Line, Sound
    from bot.prompts.reading import Reading

_CHINESE_RAP, _CHINESE_SINGING = any_of(speech.CHINESE_RAP), any_of(speech.CHINESE_SINGING)
_CHINESE_CHORUS, _CHINESE_NARRATION = any_of(speech.CHINESE_CHORUS), any_of(speech.CHINESE_NARRATION)
#: `Narration: none`: the header names what there is none of.
_ABSENT_UNDER_HEADER = re.compile(r"(?<![^\n.;])[^\n.;:：]{1,40}[:：] ?(?=(?:no|none|without)\b|[无没])", re.IGNORECASE)
_CHINESE_HUMMING = re.compile("哼[着起唱][^，。；]{0,6}[曲歌谣调]")
_SHAPE_OF = {LineKind.RAP: Shape.RAP, LineKind.CHORUS: Shape.CHORUS, LineKind.SINGING: Shape.SINGING}


def shape_of(reading: Reading, lines: Sequence[Line], sounds: Sequence[Sound]) -> Shape:
    """Return the shape of a prompt: from its lines, else from the speech it describes, else from its sounds."""
    if lines:
        return _shape_of_lines(lines)
    described = _described(reading)
    if described is not None:
        return described
    return _shape_of_sounds(sounds)


def _shape_of_lines(lines: Sequence[Line]) -> Shape:
    kinds = Counter(line.kind for line in lines)
    for kind, shape in _SHAPE_OF.items():
        if kinds[kind] * 2 >= len(lines):
            return shape
    speakers = {name for line in lines for name in (line.speakers or (line.speaker,))}
    if len(speakers) > 1 or (len(lines) > 1 and any(map(is_many, speakers))):
        return Shape.MULTI
    return Shape.NARRATION if kinds[LineKind.NARRATION] * 2 >= len(lines) else Shape.SOLO


def _described(reading: Reading) -> Shape | None:
    """Return the shape of speech or song that is told without its words."""
    absent = negated_ranges(reading.prose, reading.words)
    absent += [match.span() for match in _ABSENT_UNDER_HEADER.finditer(reading.prose)]
    prose = mask(reading.prose, [(start, end, " ") for start, end in absent])
    words = zip(reading.words.texts, reading.words.starts, strict=True)
    heard = {word for word, start in words if prose[start] != " "}
    if (reading.verbs.rap and (not absent or heard & speech.RAP_VERBS)) or holds(prose, _CHINESE_RAP):
        return Shape.RAP
    sung = heard & speech.SUNG_WORDS
    chinese = holds(prose, _CHINESE_SINGING) or holds(prose, _CHINESE_HUMMING)
    if sung - speech.HUMMING_VERBS or (sung and reading.verbs.hum_a_song) or chinese:
        group = heard & speech.CHORUS_WORDS or holds(prose, _CHINESE_CHORUS)
        return Shape.CHORUS if group else Shape.SINGING
    if heard & speech.OFFSCREEN_WORDS or holds(prose, _CHINESE_NARRATION):
        return Shape.NARRATION
    if not heard & speech.TALKING_WORDS:
        return None
    several = len({mention.character for mention in reading.mentions if mention.label}) > 1 or bool(
        heard & speech.CONVERSATION_WORDS
    )
    someone = bool(reading.mentions) or bool(heard & (people.PERSONS | speech.SUBJECT_PRONOUNS))
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
