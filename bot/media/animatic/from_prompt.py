"""From a parsed prompt to a script: who looks and sounds how, and what the scene is about."""

# Full-width punctuation belongs to Chinese lines.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from bot.media.animatic.place import Place, Setting, named_setting, read_place
from bot.media.animatic.script import (
    Being,
    Language,
    Register,
    SceneSound,
    Script,
    ScriptLine,
    Speaker,
    Tone,
    plain_text,
)
from bot.prompts.model import LineKind, ParsedPrompt, Shape
from bot.prompts.timing import timetable

if TYPE_CHECKING:
    from pathlib import Path

    from bot.prompts.model import Line

Kind = TypeVar("Kind")

NARRATOR = "Narrator"
"""The name of a voice without a label."""

_MARKER = re.compile(
    r"immediately|\bthen\b|\bnext\b|after that|a moment later|at once|speaker switch|switches? to|remains? silent"
    r"|接着|然后|随即|立刻|马上|紧接着|随后",
    re.IGNORECASE,
)
_FEMALE = (
    r"female|woman|women|girl|lady|mother|\bmum\b|\bmom\b|queen|daughter|sister|grandm|wife|actress|waitress"
    r"|\bher\b|\bshe\b|witch|princess|女|妈|姐|妹|奶奶|娘"
)
_MALE = (
    r"\bmale|\bman\b|\bmen\b|boy|father|\bdad|king\b|\bson\b|brother|grandp|grandfather|husband|\bhis\b|\bhe\b"
    r"|\bmr\b|wizard|prince\b|cowboy|guy|男|爸|哥|弟|爷|叔|先生"
)
_REGISTERS = (
    (Register.CHILD, r"\bchild|\bkid\b|toddler|little (?:boy|girl)|small (?:boy|girl)|小孩|孩子|儿童|男孩|女孩"),
    (Register.FEMALE, _FEMALE),
    (Register.MALE, _MALE),
)
_TONES = (
    (Tone.OLD, r"\bold\b|elder|aged|grand(?:ma|pa|mother|father)|raspy|hoarse|gravel|老|沙哑"),
    (Tone.EXCITED, r"excit|shout|yell|energetic|enthusias|loud|angr|激动|兴奋|大喊"),
    (Tone.DEEP, r"deep|low\b|gruff|bass|sonorous|低沉|浑厚"),
    (Tone.SOFT, r"soft|gentle|whisper|quiet|tender|shy|hush|calm|柔|轻声|温柔"),
    (Tone.BRIGHT, r"bright|cheer|clear|crisp|happy|playful|giddy|lively|明亮|清脆|活泼"),
    (Tone.WARM, r"warm|friendly|kind|smooth|rich|温暖|亲切"),
)
_BEINGS = (
    (Being.ROBOT, r"robot|android|cyborg|\bai\b|machine|机器人"),
    (Being.CAT, r"\bcat\b|kitten|tiger|lion\b|fox\b|猫"),
    (Being.DOG, r"\bdog\b|puppy|wolf|bear\b|狗|熊"),
)
_TITLE_WORDS = 9
_WEAK_WORDS = {
    *[
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "with",
        "and",
        "or",
        "from",
        "under",
        "over",
        "by",
        "for",
        "as",
        "is",
        "are",
        "his",
        "her",
        "its",
        "their",
    ]
}
_TITLE_LENGTH = 44
_FRAGMENT = re.compile(r"[.。;；!！?？\n]+")


def script_from_prompt(
    prompt: ParsedPrompt,
    *,
    seconds: float = 5.0,
    width: int = 1280,
    height: int = 720,
    audio: bool = True,
    image: Path | bytes | None = None,
    end_image: Path | bytes | None = None,
    frames: int | None = None,
) -> Script:
    """Build the script of a parsed prompt; the keywords are the fields of `Script`."""
    scene = scene_description(prompt)
    speakers = _speakers(prompt)
    names = [plain_text(line.speaker)[:200] or NARRATOR for line in prompt.lines]
    markers = _markers(prompt)
    lines = tuple(
        ScriptLine(
            speaker=name,
            text=plain_text(line.text)[:4000],
            kind=line.kind,
            language=Language.of(line.text),
            follows_marker=marked,
            seconds=spoken.seconds,
        )
        for name, line, marked, spoken in zip(names, prompt.lines, markers, timetable(prompt).lines, strict=True)
    )
    return Script(
        title=_title(scene),
        scene=scene,
        place=_place(prompt, scene),
        speakers=speakers,
        lines=lines,
        sounds=tuple(SceneSound(kind=sound.kind, text=plain_text(sound.text)) for sound in prompt.sounds),
        image=image,
        end_image=end_image,
        seconds=seconds,
        frames=frames,
        width=width,
        height=height,
        audio=audio,
    )


def describe_speaker(name: str, hint: str, *, position: int) -> Speaker:
    """Return a speaker whose voice and look follow the words about them; without any, registers alternate."""
    words = f"{name} {hint}".lower()
    fallback = Register.MALE if position % 2 == 0 else Register.FEMALE
    return Speaker(
        name=name,
        voice=_first(_REGISTERS, words, fallback),
        tone=_first(_TONES, words, Tone.PLAIN),
        being=_first(_BEINGS, words, Being.PERSON),
        hint=hint,
    )


def scene_description(prompt: ParsedPrompt) -> str:
    """Return the prompt without labels, lines and their quotation marks."""
    characters = list(prompt.text)
    for line in prompt.lines:
        for place in range(line.span.start, min(line.span.end, len(characters))):
            characters[place] = " "
    text = re.sub(r"[\[【][^\]】]*[\]】]", " ", "".join(characters))
    text = re.sub(r"<<<[^>]*>>>|[\"“”「」『』@]", " ", text)
    text = re.sub(r"(?i)\bimmediately\b\s*,?|\bthen\b\s*,", " ", text)
    text = re.sub(r"\s*[:：]\s*(?=[,.。;]|$)|\s+[:：]\s+", ". ", text)
    return plain_text(re.sub(r"(?:\s*[,，.。]\s*){2,}", ". ", text)).strip(" .,，。:")


def _place(prompt: ParsedPrompt, scene: str) -> Place:
    text = f"{scene} {' '.join(sound.text for sound in prompt.sounds)}"
    place = read_place(text)
    if named_setting(text) is not None:
        return place
    if prompt.shape in {Shape.SINGING, Shape.RAP, Shape.CHORUS, Shape.INSTRUMENTAL}:
        return place.model_copy(update={"setting": Setting.STAGE})
    if prompt.shape in {Shape.SOLO, Shape.MULTI}:
        return place.model_copy(update={"setting": Setting.ROOM})
    return place


def _speakers(prompt: ParsedPrompt) -> tuple[Speaker, ...]:
    hints: dict[str, list[str]] = {}
    narrates: dict[str, bool] = {}
    for line in prompt.lines:
        name = plain_text(line.speaker)[:200] or NARRATOR
        hints.setdefault(name, []).append(line.voice_style or "")
        narrates[name] = narrates.get(name, True) and line.kind is LineKind.NARRATION
    for character in prompt.characters:
        for alias in character.aliases:
            if alias in hints:
                hints[alias].append(character.label)
    speakers = []
    for position, (name, words) in enumerate(hints.items()):
        speaker = describe_speaker(name, " ".join(dict.fromkeys(word for word in words if word)), position=position)
        unseen = narrates[name] or re.search(r"narrator|voice-?over|announcer|旁白|解说", name, re.IGNORECASE)
        speakers.append(speaker.model_copy(update={"being": Being.NOBODY}) if unseen else speaker)
    return tuple(speakers)


def _markers(prompt: ParsedPrompt) -> list[bool]:
    if not prompt.lines:
        return []
    return [False, *(_marked(prompt.text, before, after) for before, after in pairwise(prompt.lines))]


def _marked(text: str, before: Line, after: Line) -> bool:
    return before.speaker != after.speaker and bool(_MARKER.search(text[before.span.end : after.span.start]))


def _title(scene: str) -> str:
    first = next((part.strip(" ,，") for part in _FRAGMENT.split(scene) if part.strip(" ,，")), "")
    first = re.sub(r"(?i)^(?:an?|the|in|at|on|inside|we see)\s+(?:(?:an?|the)\s+)?", "", first)
    clause = re.split(r"[,，]", first)[0].strip()
    words = (clause if len(clause) > 3 else first).split()[:_TITLE_WORDS]  # noqa: PLR2004 - too short to say anything
    while len(words) > 1 and words[-1].lower() in _WEAK_WORDS:
        words.pop()
    title = " ".join(words)
    return title if len(title) <= _TITLE_LENGTH else title[: _TITLE_LENGTH - 1].rstrip() + "…"


def _first(patterns: tuple[tuple[Kind, str], ...], text: str, fallback: Kind) -> Kind:
    return next((kind for kind, pattern in patterns if re.search(pattern, text)), fallback)
