"""Family A: audio content; family T: time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.findings import Severity
from bot.jobs.request import InputKind, Mode
from bot.prompts.lexicon import feelings, sounds
from bot.prompts.lexicon.music import ACCOMPANIMENT, GENRES, RAP_STYLES, SINGING_STYLES
from bot.prompts.model import LineKind, Shape, SoundKind
from bot.prompts.rules.base import Problem, Repair, RuleSet, around
from bot.prompts.text import is_cjk, stem
from bot.prompts.timing import WORDS_PER_SECOND, spoken_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.prompts.model import Line, Sound
    from bot.prompts.rules.base import Case

RULES = RuleSet()
_MANY_SOUNDS, _MANY_WITH_TALK, _AMBIENCE_WITH_TALK = 5, 3, 2
_SAME_SOUND_REACH = 28
_TOGETHER = re.compile(r"^[\s\w'’-]{0,28}$")
_SEPARATE = re.compile(r"\b(?:and|with|then|plus|over|under|while|as|followed|mixed)\b", re.IGNORECASE)
_HEARD = re.compile(
    r"\b(?:is|are|can be|could be) (?:\w+ly )?heard\b|\bsomewhere\b|\b(?:a|an|some|strange|weird|mysterious|unknown) (?:\w+ ){0,2}"
    r"(?:sound|sounds|noise|noises)\b(?! effects?)",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\b(?:of|from|by|as|when|while|comes?|behind)\b", re.IGNORECASE)
_PRECISE = re.compile(
    r"\b\d{2,3}\s?(?:bpm|beats per minute)\b|\bbpm\b|\bin (?:the key of )?[A-G](?:[ -]?(?:flat|sharp)|[♭♯#b])?[ -](?:major|minor)\b|"
    r"\bin [A-G][ -](?:flat|sharp)\b|\bkey of [A-G]\b|\b[A-G](?:[♭♯#b])?[ -](?:major|minor)\b|"
    r"\b(?:i{1,3}|iv|v|vi{1,3})(?:\s?[-–—]\s?(?:i{1,3}|iv|v|vi{1,3})){1,}\b|\b(?:in|at|on) (?:bar|measure) (?:\w+)\b|"
    r"\b(?:[2-9]|12)/(?:4|8|16) (?:time|beat|rhythm|meter|metre|signature)\b|\btime signature\b|"
    r"\b[A-G](?:m|maj|min|sus|dim|aug)?\d?(?:\s?[-–—]\s?[A-G](?:m|maj|min|sus|dim|aug)?\d?){2,}\b|\b[A-G]\d chord\b|"
    r"\b(?:the (?:song|tune|melody|hit) (?=\x02)|to the tune of (?=\x02))|每分钟\s?\d+\s?拍|\d+\s?拍每分钟|[A-G]\s?[大小]调",
    re.IGNORECASE,
)
_RHYME_PARTS = re.compile(r"[,.;:!?/\n—，。！？；]+")
_SAID_TO_BE_HEARD = frozenset(
    """sound sounds noise noises hear heard hearing audio audible loud loudly echo echoes echoing quiet softly music
    background bgm volume listen silence hum hums roar rumble ringing voice whispering voiceover sfx ambience ambient""".split()
)
_SEEN_TOO = frozenset(
    stem(word)
    for word in """rain rainfall raindrop downpour storm wind breeze wave surf traffic insect cricket brook waterfall river
    rainforest fireplace campfire bubble splash crash explosion explode slam smash shatter roar pour drip trickle
    snap crack knock tap clap flap swish pop spray spit splatter rub friction fizz bark howl brake chop slice stir
    typing bell horn laser blast motor stream crumple sip chew munch bustle hustle jingle guitar piano violin drum
    chime rattle swing band orchestra echo rock footstep gull seagull crackle sizzle bubbling birds burn""".split()
)


@RULES.rule(
    "A001",
    "too-many-audio-layers",
    Severity.WARNING,
    statement="Not too many sounds at once: one theme, few layers.",
    reason="Several ambient sounds with complex speech raise synchronisation problems.",
)
def too_many_layers(case: Case) -> Iterator[Problem]:
    """Five sounds, or three with two speakers, or two speakers with music and two kinds of ambience."""
    layers = _layers(case)
    talkers = len(case.speakers) > 1
    ambience = sum(sound.kind is SoundKind.AMBIENCE for sound in layers)
    music = any(sound.kind is SoundKind.MUSIC for sound in layers)
    many = len(layers) >= _MANY_SOUNDS or (talkers and len(layers) >= _MANY_WITH_TALK)
    if many or (talkers and music and ambience >= _AMBIENCE_WITH_TALK):
        names = around(sound.text.lower() for sound in layers)
        variant = "talk" if talkers else ""
        values = {"count": len(layers), "sounds": names}
        yield Problem(layers[0].span.start, layers[-1].span.end, variant, values)


def _layers(case: Case) -> list[Sound]:
    """The sounds that add up: each kind of sound once, two words for one sound once."""
    layers: list[Sound] = []
    seen: set[str] = set()
    last_end = -1
    last_kind: SoundKind | None = None
    for sound in case.prompt.sounds:
        key = " ".join(sorted(stem(word) for word in sound.text.lower().split()))
        gap = case.prompt.prose[last_end : sound.span.start] if last_end >= 0 else ","
        near = sound.span.start - last_end < _SAME_SOUND_REACH and _TOGETHER.match(gap) and not _SEPARATE.search(gap)
        joined = near and (last_kind is sound.kind or " of " in gap or len(gap.split()) < 3)  # noqa: PLR2004
        last_end, last_kind = sound.span.end, sound.kind
        if key in seen or joined or _is_action(case, sound):
            seen.add(key)
            continue
        seen.add(key)
        layers.append(sound)
    return layers


def _is_action(case: Case, sound: Sound) -> bool:
    """Whether the word is what a character does (`[Chef] chops …`) and not a sound that was asked for."""
    if sound.kind is not SoundKind.EFFECT or " " in sound.text:
        return False
    before = case.prompt.prose[max(0, sound.span.start - 24) : sound.span.start].rstrip()
    return before.endswith("\x01") or before.rsplit(None, 1)[-1:] in (["he"], ["she"], ["they"])


@RULES.rule(
    "A002",
    "no-audio-described",
    Severity.HINT,
    statement="With native audio on, the prompt names speech, sound or music.",
    reason="A prompt is scene, action and sound; audio costs twice the silent rate.",
)
def no_audio(case: Case) -> Iterator[Problem]:
    """A prompt in which nothing is heard, though sound is paid for."""
    prompt = case.prompt
    if not case.context.native_audio or case.context.input is InputKind.MOTION or not case.text.strip():
        return
    heard = prompt.lines or prompt.sounds or prompt.shape is not Shape.OTHER
    if not heard and not case.vocabulary & _SAID_TO_BE_HEARD and "声" not in prompt.prose:
        repair = Repair("silent", settings=(("audio", False),), safe=False)
        yield Problem(0, len(case.text), repair=repair)


@RULES.rule(
    "A003",
    "sound-without-source",
    Severity.HINT,
    statement="Name what makes a sound and when: source, state, sound.",
    reason="Cause and effect put the sound at the right moment.",
)
def sound_without_source(case: Case) -> Iterator[Problem]:
    """A sound that is merely heard."""
    for match in _HEARD.finditer(case.prompt.prose):
        start, end = case.sentences.start(match.start()), case.sentences.end(match.end())
        sentence = case.prompt.prose[start:end]
        about_sound = (
            any(start <= sound.span.start < end for sound in case.prompt.sounds)
            or "noise" in sentence
            or "sound" in sentence
        )
        if about_sound and not _SOURCE.search(sentence) and "\x01" not in sentence and "\x02" not in sentence:
            begin = start + len(sentence) - len(sentence.lstrip())
            yield Problem(begin, start + len(sentence.rstrip()))
            return


@RULES.rule(
    "A004",
    "singing-underspecified",
    Severity.HINT,
    statement="A sung line comes with style, accompaniment and emotion.",
    reason="The vendor's formula for singing.",
)
def vague_singing(case: Case) -> Iterator[Problem]:
    """What a song does not say, in one finding."""
    line = next((one for one in case.prompt.lines if one.kind in (LineKind.SINGING, LineKind.CHORUS)), None)
    if line is None:
        return
    heard = _around_performance(case, line)
    missing = [
        part
        for part, known in (
            ("style", _mentions(heard, SINGING_STYLES | GENRES)),
            ("accompaniment", _mentions(heard, ACCOMPANIMENT) or case.prompt.has(SoundKind.MUSIC)),
            ("emotion", _mentions(heard, feelings.EXPRESSIVE) or _adverb(heard) or _chinese_feeling(heard)),
        )
        if not known
    ]
    if missing:
        yield Problem(line.introducer.start, line.span.end, "", {"missing": missing})


@RULES.rule(
    "A005",
    "rap-underspecified",
    Severity.HINT,
    statement="Rap names a rhythm style and an emotion, and its text rhymes.",
    reason="The vendor's formula for rap.",
)
def vague_rap(case: Case) -> Iterator[Problem]:
    """What a rap does not say, in one finding."""
    line = next((one for one in case.prompt.lines if one.kind is LineKind.RAP), None)
    if line is None:
        return
    heard = _around_performance(case, line)
    missing = [
        part
        for part, known in (
            ("rhythm", _mentions(heard, RAP_STYLES | GENRES)),
            ("emotion", _mentions(heard, feelings.EXPRESSIVE) or _adverb(heard) or _chinese_feeling(heard)),
            ("rhyme", _rhymes(" / ".join(one.text for one in case.prompt.lines if one.kind is LineKind.RAP))),
        )
        if not known
    ]
    if missing:
        yield Problem(line.introducer.start, line.span.end, "", {"missing": missing})


def _around_performance(case: Case, line: Line) -> str:
    """Everything a prompt says about a performance: the prose, and the brackets of the performers."""
    brackets = [
        m.attributes or "" for name in (line.speakers or (line.speaker,)) for m in case.mentions_of.get(name, [])
    ]
    return " ".join((case.prompt.prose, *brackets)).lower()


def _mentions(text: str, words: frozenset[str]) -> bool:
    found = set(re.findall(r"[a-z]+(?:-[a-z]+)*", text))
    return bool(found & words) or any(word in text for word in words if " " in word or is_cjk(word))


def _adverb(text: str) -> bool:
    return re.search(r"\b(?!immediately|only|finally|suddenly|slowly|quickly)[a-z]{3,}ly\b", text) is not None


def _chinese_feeling(text: str) -> bool:
    return is_cjk(text) and any(sign in text for sign in feelings.CHINESE_EXPRESSIVE)


def _rhymes(text: str) -> bool:
    """Whether two parts of a text end alike; Chinese text is given the benefit of the doubt."""
    if is_cjk(text):
        return True
    endings = []
    for part in _RHYME_PARTS.split(text.lower()):
        words = re.findall(r"[a-z']+", part)
        if words:
            endings.append(words[-1].replace("'", ""))
    return any(
        _sounds_like(one, other) for index, one in enumerate(endings) for other in endings[index + 1 : index + 5]
    )


def _sounds_like(one: str, other: str) -> bool:
    if one == other:
        return False
    tails = [re.search(r"[aeiouy]+[^aeiouy]*e?$", word) for word in (one, other)]
    if None in tails:
        return False
    first, second = (tail.group().rstrip("e") for tail in tails if tail is not None)
    return first == second or one[-2:] == other[-2:]


@RULES.rule(
    "A006",
    "instrumental-underspecified",
    Severity.HINT,
    statement="Pure music names instrument, genre and emotion.",
    reason="The vendor's formula for music.",
)
def vague_music(case: Case) -> Iterator[Problem]:
    """What a piece of music does not say."""
    if case.prompt.shape is not Shape.INSTRUMENTAL:
        return
    heard = case.prompt.prose.lower() + " " + " ".join(mention.label for mention in case.prompt.mentions).lower()
    instruments = {stem(word) for word in sounds.INSTRUMENTS} & {stem(word.text) for word in case.words.items}
    missing = [
        part
        for part, known in (
            (
                "instrument",
                bool(instruments) or _mentions(heard, ACCOMPANIMENT - {"music", "accompaniment", "beat", "track"}),
            ),
            ("genre", _mentions(heard, GENRES)),
            ("emotion", _mentions(heard, feelings.EXPRESSIVE) or _adverb(heard) or _chinese_feeling(heard)),
        )
        if not known
    ]
    if missing:
        first = next(sound for sound in case.prompt.sounds if sound.kind is SoundKind.MUSIC)
        yield Problem(first.span.start, first.span.end, "", {"missing": missing})


@RULES.rule(
    "A007",
    "over-specific-music",
    Severity.HINT,
    statement="No exact tempo, key, chord, bar or named song.",
    reason="Music is possible but not precisely controllable.",
)
def over_specific_music(case: Case) -> Iterator[Problem]:
    """The first demand that cannot be met."""
    match = _PRECISE.search(case.prompt.prose)
    if match is not None:
        yield Problem(match.start(), match.end(), "", {"demand": match.group().strip()})


@RULES.rule(
    "A008",
    "audio-text-with-audio-off",
    Severity.WARNING,
    statement="With native audio off, the prompt asks for no lines or sounds.",
    reason="The clip has no audio then.",
)
def audio_text_in_silence(case: Case) -> Iterator[Problem]:
    """The first thing that would not be heard."""
    if case.context.native_audio or case.context.input is InputKind.MOTION:
        return
    repair = Repair("audio", settings=(("audio", True), ("mode", Mode.PROFESSIONAL.value)), safe=False)
    if case.prompt.lines:
        span = case.prompt.quotes[case.prompt.lines[0].quote].outer
        yield Problem(span.start, span.end, "", {"what": case.prompt.lines[0].text}, repair=repair)
        return
    heard = _asked_to_be_heard(case, case.prompt.sounds)
    if heard is not None:
        yield Problem(heard.span.start, heard.span.end, "", {"what": heard.text}, repair=repair)


def _asked_to_be_heard(case: Case, found: Sequence[Sound]) -> Sound | None:
    """A sound that is meant for the ear; rain and traffic are seen too."""
    audible = {"audio", "background", "sound effects", "music"}
    for sound in found:
        start, end = case.sentences.start(sound.span.start), case.sentences.end(sound.span.start)
        words = {word.text for word in case.words.between(start, end)}
        stems = {stem(word) for word in sound.text.lower().split()}
        section = next((one.name for one in reversed(case.prompt.sections) if one.span.start <= sound.span.start), "")
        if (
            not stems & _SEEN_TOO
            or section in audible
            or words & (_SAID_TO_BE_HEARD - {"background"})
            or "声" in case.prompt.prose[start:end]
        ):
            return sound
    return None


@RULES.rule(
    "T001",
    "ten-seconds-recommended",
    Severity.WARNING,
    statement="Singing, rap and dialogue of two or more speakers get 10 s.",
    reason="Recommended by the vendor; 5 s are too short for a turn.",
)
def ten_seconds(case: Case) -> Iterator[Problem]:
    """A short clip with much to be heard."""
    context = case.context
    if context.seconds > 5 or context.input is InputKind.MOTION or not context.native_audio:  # noqa: PLR2004
        return
    sung = any(line.kind in (LineKind.SINGING, LineKind.RAP, LineKind.CHORUS) for line in case.prompt.lines)
    sung = sung or case.prompt.shape in (Shape.SINGING, Shape.RAP, Shape.CHORUS)
    if sung or len(case.speakers) > 1:
        repair = Repair("ten", settings=(("seconds", 10),), safe=False)
        yield Problem(variant="sung" if sung else "talk", repair=repair)


@RULES.rule(
    "T002",
    "speech-too-long",
    Severity.HINT,
    statement="About 35 spoken or 55 rapped words fit in 10 s, half of that in 5 s.",
    reason="Protects against lines that are cut off.",
)
def speech_too_long(case: Case) -> Iterator[Problem]:
    """More words than the clip has time for."""
    context = case.context
    if not case.prompt.lines or context.input is InputKind.MOTION or not context.native_audio:
        return
    seconds = sum(spoken_words(line.text) / max(3.5, WORDS_PER_SECOND[line.kind]) for line in case.prompt.lines)
    if seconds <= context.seconds:
        return
    longer = context.seconds <= 5 and seconds <= 10  # noqa: PLR2004
    repair = Repair("ten", settings=(("seconds", 10),), safe=False) if longer else None
    first, last = case.prompt.lines[0].span, case.prompt.lines[-1].span
    values = {"seconds": round(seconds), "length": f"{context.seconds:g}"}
    yield Problem(first.start, last.end, "longer" if longer else "", values, repair=repair)
