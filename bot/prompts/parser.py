"""The parser: from a text to what it asks for. It accepts everything and never raises."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from bot.prompts.cast import Cast
from bot.prompts.marks import MarkScanner
from bot.prompts.model import ParsedPrompt, Sound, VoicePlace
from bot.prompts.quoted_sounds import quoted_sounds
from bot.prompts.reading import Reading
from bot.prompts.sections import find_sections
from bot.prompts.shape import shape_of
from bot.prompts.sounds import find_sounds
from bot.prompts.sounds_by_header import announced_sounds
from bot.prompts.speakers import Attribution
from bot.prompts.tags import find_stray_voices, read_brackets
from bot.prompts.text import BRACKET, QUOTE, VOICE, Sentences, Words, mask, simplified
from bot.prompts.verbs import Verbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.prompts.model import Line, Quote, VoiceTag


def parse(text: str, voices: Sequence[str] | None = None) -> ParsedPrompt:
    """Understands a prompt; `voices` are the names of the voices that exist, if they are known.

    The work grows in proportion to the length of the text, and no input makes it raise.
    """
    known = tuple(voices or ())
    quotes, brackets = MarkScanner(text).scan()
    cast = Cast()
    tags = read_brackets(text, brackets, cast, known)
    blanks = [(quote.outer.start, quote.outer.end, QUOTE) for quote in quotes]
    blanks += [(tag.mention.span.start, tag.mention.span.end, BRACKET) for tag in tags]
    plain = simplified(text)
    prose = mask(plain, blanks)
    strays = find_stray_voices(text, prose, quotes, tags, known)
    outside = [(tag.span.start, tag.span.end, VOICE) for tag in strays if prose[tag.span.start] != QUOTE]
    prose = mask(prose, outside) if outside else prose
    sections = find_sections(prose)
    words, sentences = Words(prose), Sentences(prose)
    mentions = tuple(tag.mention for tag in tags)
    voice_tags = sorted([tag.voice for tag in tags if tag.voice is not None] + strays, key=lambda tag: tag.span.start)
    reading = Reading(text, prose, words, Verbs(prose, words), sentences, quotes, mentions, sections, plain is not text)
    lines = Attribution(reading, voice_tags, cast).lines()
    voice_tags = _without_seen(voice_tags, quotes, lines)
    sounds = _heard(reading, lines)
    return ParsedPrompt(
        text=text,
        characters=cast.characters(),
        lines=lines,
        voices=_voice_names(voice_tags),
        sounds=sounds,
        shape=shape_of(reading, lines, sounds),
        mentions=tuple(mention for mention in mentions if mention.label),
        voice_tags=tuple(voice_tags),
        quotes=tuple(quotes),
        sections=sections,
        prose=prose,
    )


def _heard(reading: Reading, lines: Sequence[Line]) -> tuple[Sound, ...]:
    """Return what the words name and what the headers announce, in the order of the text."""
    named = [
        sound
        for sound in find_sounds(reading.prose, reading.words, reading.sentences)
        if not reading.is_header(sound.span.start)
    ]
    announced = announced_sounds(reading.prose, reading.sections, named)
    # In the prose quotations are blanked out, and a sound may be told with one: `a "shh" sound`.
    heard = [_as_written(sound, reading.text) for sound in named + announced]
    heard += quoted_sounds(reading.text, reading.prose, reading.quotes, {line.quote for line in lines})
    return tuple(sorted(heard, key=lambda sound: sound.span.start))


def _as_written(sound: Sound, text: str) -> Sound:
    words = text[sound.span.start : sound.span.end]
    return sound if words == sound.text else Sound(sound.kind, words, sound.span)


def _without_seen(tags: Sequence[VoiceTag], quotes: Sequence[Quote], lines: Sequence[Line]) -> list[VoiceTag]:
    """Return the tags without the handles in words that are seen: `a cup that says "@brewlab"` names no voice."""
    spoken, starts = {line.quote for line in lines}, [quote.inner.start for quote in quotes]
    return [
        tag
        for tag in tags
        if tag.place is not VoicePlace.INSIDE_LINE or bisect_right(starts, tag.span.start) - 1 in spoken
    ]


def _voice_names(tags: Sequence[VoiceTag]) -> tuple[str, ...]:
    """Each voice once, in the order of the text; case and spaces make no other voice."""
    names: dict[str, str] = {}
    for tag in tags:
        names.setdefault(tag.name.casefold(), tag.name)
    return tuple(names.values())
