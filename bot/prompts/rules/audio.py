"""Family A, first part: what is heard at all (A001, A002, A003, A008)."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.findings import Severity
from bot.jobs.request import InputKind, Mode
from bot.prompts.lexicon.lists import word_set
from bot.prompts.model import Shape, SoundKind
from bot.prompts.rules.base import Problem, Repair, RuleSet, each
from bot.prompts.text import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.prompts.model import Sound
    from bot.prompts.rules.base import Case

RULES = RuleSet()
_MANY_SOUNDS, _MANY_WITH_TALK, _AMBIENCE_WITH_TALK = 5, 3, 2
_SAME_SOUND_REACH = 28
_TOGETHER = re.compile(r"^[\s\w'’-]{0,28}$")
_SEPARATE = re.compile(r"\b(?:and|with|then|plus|over|under|while|as|followed|mixed)\b|[和与及]", re.IGNORECASE)
_HEARD = re.compile(
    r"\b(?:is|are|can be|could be) (?:\w+ly )?heard\b|\bsomewhere\b|"
    r"\b(?:a|an|some|strange|weird|mysterious|unknown) (?:\w+ ){0,2}"
    r"(?:sound|sounds|noise|noises)\b(?! effects?)",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\b(?:of|from|by|as|when|while|comes?|behind)\b", re.IGNORECASE)
#: Sounds that name what makes them.
_OWN_SOURCE = frozenset(
    map(
        stem,
        word_set(
            """thunder thunderclap wind breeze rain rainfall drizzle hail storm wave waves surf waterfall brook birdsong
            traffic heartbeat gunshot gunfire laughter applause music crickets cicadas"""
        ),
    )
)
_SAID_TO_BE_HEARD = word_set(
    """sound sounds noise noises hear heard hearing audio audible loud loudly echo echoes echoing quiet softly
    music background bgm volume listen silence hum hums roar rumble ringing voice whispering voiceover sfx
    ambience ambient"""
)
#: What is done to be heard and not seen; it stands in the name of a sound or directly behind it.
_VERB_REACH = 2
_HEARD_ALONE = frozenset(
    map(
        stem,
        word_set(
            """howl moan whistle sing chirp twitter tweet scream screech shriek cry call caw hoot croak chatter murmur
            babble patter rustle whisper buzz hum hiss rumble gurgle"""
        ),
    )
)
_SEEN_TOO = frozenset(
    stem(word)
    for word in [
        "rain",
        "rainfall",
        "raindrop",
        "downpour",
        "storm",
        "wind",
        "breeze",
        "wave",
        "surf",
        "traffic",
        "insect",
        "cricket",
        "brook",
        "waterfall",
        "river",
        "rainforest",
        "fireplace",
        "campfire",
        "bubble",
        "splash",
        "crash",
        "explosion",
        "explode",
        "slam",
        "smash",
        "shatter",
        "roar",
        "pour",
        "drip",
        "trickle",
        "snap",
        "crack",
        "knock",
        "tap",
        "clap",
        "flap",
        "swish",
        "pop",
        "spray",
        "spit",
        "splatter",
        "rub",
        "friction",
        "fizz",
        "bark",
        "howl",
        "brake",
        "chop",
        "slice",
        "stir",
        "typing",
        "bell",
        "horn",
        "laser",
        "blast",
        "motor",
        "stream",
        "crumple",
        "sip",
        "chew",
        "munch",
        "bustle",
        "hustle",
        "jingle",
        "guitar",
        "piano",
        "violin",
        "drum",
        "chime",
        "rattle",
        "swing",
        "band",
        "orchestra",
        "echo",
        "rock",
        "footstep",
        "gull",
        "seagull",
        "crackle",
        "sizzle",
        "bubbling",
        "birds",
        "burn",
    ]
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
        names = each(sound.text.lower() for sound in layers)
        variant = "talk" if talkers else ""
        values = {"count": len(layers), "sounds": names}
        yield Problem(layers[0].span.start, layers[-1].span.end, variant, values)


def _layers(case: Case) -> list[Sound]:
    """Return the sounds that add up: two words for one sound once, and all that is said of the music once."""
    layers: list[Sound] = []
    seen: set[str] = set()
    last_end = -1
    last_kind: SoundKind | None = None
    for sound in case.prompt.sounds:
        key = " ".join(sorted(stem(word) for word in sound.text.lower().split()))
        gap = case.prompt.prose[last_end : sound.span.start] if last_end >= 0 else ","
        near = sound.span.start - last_end < _SAME_SOUND_REACH and _TOGETHER.match(gap) and not _SEPARATE.search(gap)
        joined = near and (last_kind is sound.kind or " of " in gap or len(gap.split()) < 3)  # noqa: PLR2004
        joined = joined or (sound.kind is SoundKind.MUSIC and any(one.kind is SoundKind.MUSIC for one in layers))
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
    """Find a prompt in which nothing is heard, though sound is paid for."""
    prompt = case.prompt
    silent = not case.context.native_audio or case.context.input is InputKind.MOTION
    if silent or not case.text.strip() or case.is_foreign:
        return
    heard = prompt.lines or prompt.sounds or prompt.shape is not Shape.OTHER
    if not heard and not case.vocabulary & (_SAID_TO_BE_HEARD - {"background"}) and "声" not in prompt.prose:
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
    """Find a sound that is merely heard."""
    for match in _HEARD.finditer(case.prompt.prose):
        start, end = case.sentences.start(match.start()), case.sentences.end(match.end())
        sentence = case.prompt.prose[start:end]
        heard = (one for one in case.prompt.sounds if start <= one.span.start < end)
        if any(not _OWN_SOURCE.isdisjoint(map(stem, one.text.lower().split())) for one in heard):
            continue
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
    "A008",
    "audio-text-with-audio-off",
    Severity.WARNING,
    statement="With native audio off, the prompt asks for no lines or sounds.",
    reason="The clip has no audio then.",
)
def audio_text_in_silence(case: Case) -> Iterator[Problem]:
    """Find the first thing that would not be heard."""
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
    """Find a sound that is meant for the ear; rain and traffic are seen too, and waves that crash."""
    audible = {"audio", "background", "sound effects", "music"}
    for sound in found:
        start, end = case.sentences.start(sound.span.start), case.sentences.end(sound.span.start)
        words = {word.text for word in case.words.between(start, end)}
        stems = {stem(word) for word in sound.text.lower().split()}
        section = next((one.name for one in reversed(case.prompt.sections) if one.span.start <= sound.span.start), "")
        if (
            not stems & _SEEN_TOO
            or _is_told_by_ear(case, sound)
            or section in audible
            or words & (_SAID_TO_BE_HEARD - {"background"})
            or "声" in case.prompt.prose[start:end]
        ):
            return sound
    return None


def _is_told_by_ear(case: Case, sound: Sound) -> bool:
    """Return whether a sound comes with what only the ear tells of it: wind that howls, birds that sing."""
    if sound.kind is not SoundKind.AMBIENCE:
        return "ring" in {stem(word) for word in sound.text.lower().split()}
    end = case.sentences.end(sound.span.start)
    following = case.words.first(sound.span.end, end, _VERB_REACH)
    told = {stem(word.text) for word in (*case.words.between(*sound.span), *following)}
    return not told.isdisjoint(_HEARD_ALONE)
