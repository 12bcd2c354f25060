"""Family V, second part: who is bound to which voice (V002, V005 to V012)."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from bot.findings import Severity
from bot.jobs.request import InputKind, Mode
from bot.prompts.lexicon import feelings, speech
from bot.prompts.lexicon.lists import word_set
from bot.prompts.model import Span, VoicePlace
from bot.prompts.rules.base import Edit, Problem, Repair, RuleSet, cut, each, is_unknown, resolve, voice_key
from bot.prompts.text import any_of, holds, label_key, simplified
from bot.prompts.traits import ages_of, sex_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.prompts.rules.base import Case

RULES = RuleSet()
_BOUND_LIMIT = 2
_HEARD_VERBS = speech.TALKING_WORDS | speech.SINGING_VERBS | speech.HUMMING_VERBS | speech.RAP_VERBS
_NEGATING = word_set("not never without nor no doesn't don't didn't won't cannot can't hardly")
_VERB_REACH, _SPEAKING_REACH = 8, 160
_CHINESE_HEARD = re.compile(
    "(?<![不没未])(?<![不没未][有再曾])(?:" + "|".join((*speech.CHINESE_SPEECH[:20], *speech.CHINESE_SINGING)) + ")"
)
_CLOSE_ENOUGH = 0.6
_CHINESE_TIMBRES = any_of(feelings.CHINESE_DEEP), any_of(feelings.CHINESE_HIGH)


@RULES.rule(
    "V002",
    "one-voice-many-characters",
    Severity.ERROR,
    statement="Two different characters are not bound to the same voice.",
    reason="Both would sound the same.",
    overridable=True,
)
def one_voice_for_several(case: Case) -> Iterator[Problem]:
    """Return the second character on a voice that is already taken."""
    owners: dict[str, str] = {}
    reported: set[str] = set()
    for tag in case.bindings:
        if tag.character is None:
            continue
        owner = owners.setdefault(voice_key(tag.name), tag.character)
        if owner != tag.character and tag.character not in reported:
            reported.add(tag.character)
            values = {"voice": tag.name, "first": owner, "second": tag.character}
            yield Problem(tag.span.start, tag.span.end, values=values)


@RULES.rule(
    "V005",
    "voice-on-silent-or-nonhuman",
    Severity.ERROR,
    statement="Whoever is bound to a voice speaks or sings in the prompt.",
    reason="A voice on a silent character, an object or a sound cannot be heard and costs the surcharge.",
)
def voice_on_silent(case: Case) -> Iterator[Problem]:
    """Find a binding of somebody or something without a line."""
    for character, tags in case.bound.items():
        if case.lines_of(character) or _speaks_in_prose(case, character):
            continue
        for tag in tags:
            start = tag.span.start
            while start and case.text[start - 1] in " \t,，":
                start -= 1
            repair = Repair("remove", (Edit(start, tag.span.end),))
            yield Problem(tag.span.start, tag.span.end, values={"voice": tag.name, "label": character}, repair=repair)


def _speaks_in_prose(case: Case, character: str) -> bool:
    """Whether the scene says that somebody speaks or sings, without giving the words."""
    for mention in case.mentions_of.get(character, []):
        end = min(case.sentences.end(mention.span.end), mention.span.end + _SPEAKING_REACH)
        stretch = case.prompt.prose[mention.span.end : end].split("\x02")[0]
        clause = case.words.between(mention.span.end, mention.span.end + len(stretch))
        for index, word in enumerate(clause[:_VERB_REACH]):
            if word.text in _HEARD_VERBS and not any(
                one.text in _NEGATING for one in clause[max(0, index - 2) : index]
            ):
                return True
        if _CHINESE_HEARD.search(stretch):
            return True
    return False


@RULES.rule(
    "V006",
    "voice-attribute-conflict",
    Severity.WARNING,
    statement="The voice fits the age, the sex and the timbre of the character.",
    reason="Contradicting descriptions are a documented mistake; a comic contrast can be intended.",
)
def voice_conflict(case: Case) -> Iterator[Problem]:
    """Find a voice whose name contradicts the character's description."""
    for character, tags in case.bound.items():
        described = ", ".join(
            f"{mention.label}, {mention.attributes or ''}" for mention in case.mentions_of.get(character, [])
        )
        for tag in tags[:1]:
            trait = _conflict(described, tag.name)
            if trait is not None:
                values = {"voice": tag.name, "label": character}
                yield Problem(tag.span.start, tag.span.end, trait, values)


def _conflict(described: str, voice: str) -> str | None:
    own_words = frozenset(label_key(described).replace(",", " ").replace("'s", "").split())
    voice_words = frozenset(label_key(voice).replace("-", " ").replace("'s", "").split())
    sexes = sex_of(described), sex_of(voice)
    if None not in sexes and sexes[0] != sexes[1]:
        return "sex"
    ages, voice_ages = ages_of(described), ages_of(voice, is_voice=True)
    if ages and voice_ages and not ages & voice_ages:
        return "age"
    for one, other in (
        (feelings.DEEP, feelings.HIGH),
        (feelings.HIGH, feelings.DEEP),
        (feelings.STURDY, feelings.DAINTY),
    ):
        if own_words & one and voice_words & other and not own_words & other:
            return "timbre"
    described, voice = simplified(described), simplified(voice)
    deep, high = _CHINESE_TIMBRES
    for chinese, opposite in ((deep, high), (high, deep)):
        if holds(described, chinese) and holds(voice, opposite) and not holds(described, opposite):
            return "timbre"
    return None


@RULES.rule(
    "V007",
    "more-than-two-bound-voices",
    Severity.WARNING,
    statement="At most two characters carry a bound voice.",
    reason="Three or more degrade the result, and the vendor's interface takes two voices.",
)
def too_many_voices(case: Case) -> Iterator[Problem]:
    """Find the third and every further bound character, in one finding."""
    surplus = list(case.bound)[_BOUND_LIMIT:]
    if not surplus:
        return
    edits = []
    for character in surplus:
        for tag in case.bound[character]:
            if tag.place is VoicePlace.BRACKET:
                start = tag.span.start
                while start and case.text[start - 1] in " \t,，":
                    start -= 1
                name = tag.name if "voice" in tag.name.lower() else f"{tag.name} voice"
                edits.append(Edit(start, tag.span.end, f", {name}"))
            else:
                edits.append(cut(case, tag.span.start, tag.span.end))
    first = case.bound[surplus[0]][0].span
    severity = Severity.ERROR if case.context.through_api else Severity.WARNING
    yield Problem(
        first.start,
        first.end,
        values={"count": len(case.bound), "labels": each(surplus)},
        severity=severity,
        repair=Repair("attributes", tuple(edits), safe=False),
    )


@RULES.rule(
    "V008",
    "voice-control-in-text-mode",
    Severity.ERROR,
    statement="Bound voices need an input image.",
    reason="Voice control works for image-to-video only.",
)
def voices_without_image(case: Case) -> Iterator[Problem]:
    """Any voice tag in a request without an image."""
    tags = [tag for tag in case.prompt.voice_tags if not (tag.place is VoicePlace.REMARK and is_unknown(case, tag))]
    tags = [tag for tag in tags if tag.place is not VoicePlace.INSIDE_LINE or not is_unknown(case, tag)]
    if tags and case.context.input is not InputKind.IMAGE:
        yield Problem(tags[0].span.start, tags[0].span.end, values={"voice": tags[0].name})


@RULES.rule(
    "V009",
    "voice-control-without-native-audio",
    Severity.ERROR,
    statement="Bound voices need native audio, hence professional mode.",
    reason="Standard mode and silent clips have no voices.",
)
def voices_without_audio(case: Case) -> Iterator[Problem]:
    """Bindings in a request whose clip is silent."""
    context = case.context
    if not case.bindings or (context.native_audio and context.mode is Mode.PROFESSIONAL):
        return
    tag = case.bindings[0]
    repair = Repair("switch", settings=(("mode", Mode.PROFESSIONAL.value), ("audio", True)), safe=False)
    variant = "standard" if context.mode is Mode.STANDARD else ""
    yield Problem(tag.span.start, tag.span.end, variant, {"voice": tag.name}, repair=repair)


@RULES.rule(
    "V010",
    "unknown-voice-name",
    Severity.ERROR,
    statement="Every @Voice is the name of exactly one voice that exists.",
    reason="A name that resolves to no voice, or to several, cannot be sent.",
)
def unknown_voice(case: Case) -> Iterator[Problem]:
    """Names that no voice of the list answers to."""
    if case.context.voices is None:
        return
    for tag in case.prompt.voice_tags:
        resolved = resolve(case, tag.name)
        if len(resolved) == 1 or (tag.place in (VoicePlace.INSIDE_LINE, VoicePlace.REMARK) and not resolved):
            continue
        if resolved:
            yield Problem(tag.span.start, tag.span.end, "several", {"voice": tag.name})
            continue
        name = Span(start := case.text.index(tag.name, tag.span.start), start + len(tag.name))
        squeezed = [voice for voice in case.context.voices if _squeeze(voice) == _squeeze(tag.name)]
        if len(squeezed) == 1:
            spelled = Repair("spell", (Edit(*name, squeezed[0]),))
            yield Problem(
                tag.span.start, tag.span.end, "close", {"voice": tag.name, "close": squeezed[0]}, repair=spelled
            )
            continue
        by_key = {voice_key(voice): voice for voice in case.context.voices}
        close = difflib.get_close_matches(voice_key(tag.name), by_key, n=3, cutoff=_CLOSE_ENOUGH)
        repair = Repair("spell", (Edit(*name, by_key[close[0]]),), safe=False) if close else None
        values = {"voice": tag.name, "close": each(by_key[key] for key in close)}
        yield Problem(tag.span.start, tag.span.end, "close" if close else "", values, repair=repair)


def _squeeze(name: str) -> str:
    return "".join(sign for sign in voice_key(name) if sign.isalnum())


@RULES.rule(
    "V011",
    "bound-voice-singing",
    Severity.HINT,
    statement="A bound voice stays less consistent when the character sings or raps.",
    reason="Documented by the vendor, who offers the format nevertheless.",
)
def bound_singer(case: Case) -> Iterator[Problem]:
    """Return the first sung line of a bound character."""
    for character, tags in case.bound.items():
        line = next((line for line in case.lines_of(character) if line.kind.is_sung), None)
        if line is not None:
            values = {"voice": tags[0].name, "label": character}
            yield Problem(tags[0].span.start, tags[0].span.end, values=values)


@RULES.rule(
    "V012",
    "one-character-two-voices",
    Severity.ERROR,
    statement="One character is bound to one voice.",
    reason="Two voices for one character contradict each other.",
)
def two_voices(case: Case) -> Iterator[Problem]:
    """Return the first binding that contradicts an earlier one of the same character."""
    for character, tags in case.bound.items():
        other = next((tag for tag in tags if voice_key(tag.name) != voice_key(tags[0].name)), None)
        if other is not None:
            values = {"label": character, "first": tags[0].name, "second": other.name}
            yield Problem(other.span.start, other.span.end, values=values)
