"""Family V: voice control."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from bot.findings import Severity
from bot.jobs.request import InputKind, Mode
from bot.prompts.cast import sex_of
from bot.prompts.lexicon import feelings, people, speech
from bot.prompts.model import LineKind, VoicePlace
from bot.prompts.rules.base import Edit, Problem, Repair, RuleSet, around, voice_key
from bot.prompts.text import label_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.prompts.model import Mention, VoiceTag
    from bot.prompts.rules.base import Case

RULES = RuleSet()
_BOUND_LIMIT = 2
_SUNG = frozenset((LineKind.SINGING, LineKind.RAP, LineKind.CHORUS))
_MISPLACED = frozenset((VoicePlace.AFTER_LINE, VoicePlace.BEFORE_LABEL, VoicePlace.REMARK))
_CLOSE_ENOUGH = 0.6


@RULES.rule(
    "V001",
    "voice-tag-without-character",
    Severity.ERROR,
    statement="Every @Voice hangs on a character.",
    reason="Without a label the model cannot know whom the voice belongs to.",
)
def voice_without_character(case: Case) -> Iterator[Problem]:
    """A bracket with nothing but a voice, or a bare tag that introduces a line."""
    for tag in case.prompt.voice_tags:
        if tag.place not in (VoicePlace.LONE_BRACKET, VoicePlace.LONE_SPEAKER):
            continue
        start, end = _lone_range(case, tag)
        owner = _only_silent_label(case)
        if owner is not None:
            repair = Repair("move", (Edit(start, end, f"[{owner}@{tag.name}]"),))
        else:
            repair = Repair("placeholder", (Edit(start, end, f"[Character@{tag.name}]"),), safe=False)
        yield Problem(start, end, values={"voice": tag.name}, repair=repair)


def _lone_range(case: Case, tag: VoiceTag) -> tuple[int, int]:
    start, end = tag.span.start, tag.span.end
    if tag.place is VoicePlace.LONE_BRACKET:
        start = max(case.text.rfind(sign, 0, start) for sign in "[【［")
        end = min(position for sign in "]】］" if (position := case.text.find(sign, end)) >= 0) + 1
    return start, end


def _only_silent_label(case: Case) -> str | None:
    """The only labelled character without a voice, if it has no line of its own yet."""
    unbound = [label for label in case.labelled if label not in case.bound]
    return unbound[0] if len(unbound) == 1 and not case.lines_of(unbound[0]) else None


@RULES.rule(
    "V002",
    "one-voice-many-characters",
    Severity.ERROR,
    statement="Two different characters are not bound to the same voice.",
    reason="Both would sound the same.",
)
def one_voice_for_several(case: Case) -> Iterator[Problem]:
    """The second character on a voice that is already taken."""
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
    "V003",
    "voice-tag-misplaced",
    Severity.ERROR,
    statement="The voice tag stands directly after the character's name and before the line.",
    reason="A tag anywhere else is not tied to the character.",
)
def misplaced_voice(case: Case) -> Iterator[Problem]:
    """A tag behind a line, before its character, or in a remark."""
    for tag in case.prompt.voice_tags:
        if tag.place not in _MISPLACED or (tag.place is VoicePlace.REMARK and _is_unknown(case, tag)):
            continue
        mention = _target(case, tag)
        repair = None
        if mention is not None:
            repair = Repair("move", (*_bind(case, mention, tag.name), _cut_remark(case, tag)))
        variant = "target" if mention is not None else ""
        values = {"voice": tag.name, "label": mention.label if mention else ""}
        yield Problem(tag.span.start, tag.span.end, variant, values, repair=repair)


def _is_unknown(case: Case, tag: VoiceTag) -> bool:
    return case.context.voices is not None and _resolve(case, tag.name) == []


def _target(case: Case, tag: VoiceTag) -> Mention | None:
    """The label that a misplaced tag certainly means."""
    prompt = case.prompt
    if tag.place is VoicePlace.BEFORE_LABEL:
        return _free(case, next((m for m in prompt.mentions if m.span.start >= tag.span.end), None), tag)
    if tag.place is VoicePlace.AFTER_LINE:
        line = next((line for line in reversed(prompt.lines) if line.span.end <= tag.span.start), None)
        return _free(case, _introducing(case, line.speaker, tag.span.start), tag) if line is not None else None
    begin, end = case.sentences.start(tag.span.start), case.sentences.end(tag.span.start)
    near = [mention for mention in prompt.mentions if begin <= mention.span.start < end]
    if len({mention.character for mention in near}) == 1:
        return _free(case, near[0], tag)
    if not near and len(case.speakers) == 1:
        return _free(case, _introducing(case, case.speakers[0], len(case.text)), tag)
    return None


def _introducing(case: Case, speaker: str, before: int) -> Mention | None:
    """The bracket that introduces the last line of somebody before a place."""
    starts = [line.introducer.start for line in case.lines_of(speaker) if line.introducer.start < before]
    mentions = [mention for mention in case.mentions_of.get(speaker, []) if mention.span.start < before]
    exact = [mention for mention in mentions if mention.span.start in starts]
    return (exact or mentions or [None])[-1]


def _free(case: Case, mention: Mention | None, tag: VoiceTag) -> Mention | None:
    """The mention, unless its character already has another voice."""
    if mention is None:
        return None
    taken = {voice_key(one.name) for one in case.bound.get(mention.character, [])}
    return mention if taken <= {voice_key(tag.name)} else None


def _bind(case: Case, mention: Mention, voice: str) -> tuple[Edit, ...]:
    """Writes a voice into a bracket, unless its character has it already."""
    if mention.character in case.bound:
        return ()
    position = mention.span.end - 1
    gap = " " if mention.attributes_span is not None and mention.attributes_span.end <= position else ""
    return (Edit(position, position, f"{gap}@{voice}"),)


def _cut(case: Case, start: int, end: int) -> Edit:
    """Takes a stretch out with the space that would stand double."""
    text = case.text
    if start and text[start - 1] in " \t":
        start -= 1
    elif text[end : end + 1] in (" ", "\t"):
        end += 1
    return Edit(start, end)


def _cut_remark(case: Case, tag: VoiceTag) -> Edit:
    """Takes out a misplaced tag; a sentence that says nothing else goes with it."""
    if tag.place is not VoicePlace.REMARK:
        return _cut(case, tag.span.start, tag.span.end)
    begin, end = case.sentences.start(tag.span.start), case.sentences.end(tag.span.start)
    while begin < tag.span.start and case.text[begin].isspace():
        begin += 1
    rest = case.prompt.prose[begin:end].replace("\x01", "").replace("\x03", "").strip(" .,:;。，")
    holds_line = "\x02" in rest
    if not holds_line and set(rest.lower().split()) <= speech.BINDING_WORDS:
        return _cut(case, begin, end)
    return _cut(case, tag.span.start, tag.span.end)


@RULES.rule(
    "V004",
    "voice-tag-inside-dialogue",
    Severity.ERROR,
    statement="No @Voice stands between the quotation marks of a line.",
    reason="It would be spoken or ignored, and it binds nobody.",
)
def voice_inside_line(case: Case) -> Iterator[Problem]:
    """A voice tag among the words of a line."""
    for tag in case.prompt.voice_tags:
        if tag.place is not VoicePlace.INSIDE_LINE or _is_unknown(case, tag):
            continue
        line = next((line for line in case.prompt.lines if line.span.start <= tag.span.start < line.span.end), None)
        if line is None:
            continue
        edits = [_cut(case, tag.span.start, tag.span.end)]
        mention = _free(case, _introducing(case, line.speaker, tag.span.start), tag)
        if mention is not None:
            edits += _bind(case, mention, tag.name)
        values = {"voice": tag.name, "label": line.speaker}
        yield Problem(
            tag.span.start, tag.span.end, values=values, repair=Repair("move", tuple(edits), safe=mention is not None)
        )


@RULES.rule(
    "V005",
    "voice-on-silent-or-nonhuman",
    Severity.ERROR,
    statement="Whoever is bound to a voice speaks or sings in the prompt.",
    reason="A voice on a silent character, an object or a sound cannot be heard and costs the surcharge.",
)
def voice_on_silent(case: Case) -> Iterator[Problem]:
    """A binding of somebody or something without a line."""
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
        end = case.sentences.end(mention.span.end)
        stretch = case.prompt.prose[mention.span.end : end].split("\x02")[0]
        words = case.words.between(mention.span.end, mention.span.end + len(stretch))
        if any(word.text in speech.TALKING_WORDS | speech.SINGING_VERBS | speech.RAP_VERBS for word in words[:8]):
            return True
        if any(sign in stretch for sign in (*speech.CHINESE_SPEECH[:20], *speech.CHINESE_SINGING)):
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
    """A voice whose name contradicts the character's description."""
    for character, tags in case.bound.items():
        described = " ".join(
            f"{mention.label} {mention.attributes or ''}" for mention in case.mentions_of.get(character, [])
        )
        for tag in tags[:1]:
            trait = _conflict(described, tag.name)
            if trait is not None:
                values = {"voice": tag.name, "label": character}
                yield Problem(tag.span.start, tag.span.end, trait, values)


def _conflict(described: str, voice: str) -> str | None:
    words = frozenset(label_key(described).replace(",", " ").replace("'s", "").split())
    voice_words = frozenset(label_key(voice).replace("-", " ").replace("'s", "").split())
    sexes = sex_of(described), sex_of(voice)
    if None not in sexes and sexes[0] != sexes[1]:
        return "sex"
    ages, voice_ages = _ages(words, described, strong=False), _ages(voice_words, voice, strong=True)
    if ages and voice_ages and not ages & voice_ages:
        return "age"
    for one, other in ((feelings.DEEP, feelings.HIGH), (feelings.HIGH, feelings.DEEP)):
        if words & one and voice_words & other and not words & other:
            return "timbre"
    return None


def _ages(words: frozenset[str], text: str, *, strong: bool) -> set[str]:
    """The ages that a description allows: `child`, `adult`, `old`; empty if it says nothing."""
    if words & people.OLD or any(sign in text for sign in people.CHINESE_OLD):
        return {"old"}
    if (
        words & (people.CHILD - {"girl", "boy", "little"})
        or {"little"} & words & people.CHILD
        and words & {"girl", "boy"}
    ):
        return {"child"}
    if words & {"girl", "boy"}:
        return {"child", "adult"}
    if words & {"young", "youthful", "teen", "teenage", "teenager"}:
        return {"child", "adult"}
    if words & people.ADULT:
        return {"adult"} if strong else {"adult", "old"}
    return set()


@RULES.rule(
    "V007",
    "more-than-two-bound-voices",
    Severity.WARNING,
    statement="At most two characters carry a bound voice.",
    reason="Three or more degrade the result, and the vendor's interface takes two voices.",
)
def too_many_voices(case: Case) -> Iterator[Problem]:
    """The third and every further bound character, in one finding."""
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
                edits.append(_cut(case, tag.span.start, tag.span.end))
    first = case.bound[surplus[0]][0].span
    severity = Severity.ERROR if case.context.through_api else Severity.WARNING
    yield Problem(
        first.start,
        first.end,
        values={"count": len(case.bound), "labels": around(surplus)},
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
    tags = [tag for tag in case.prompt.voice_tags if not (tag.place is VoicePlace.REMARK and _is_unknown(case, tag))]
    tags = [tag for tag in tags if tag.place is not VoicePlace.INSIDE_LINE or not _is_unknown(case, tag)]
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
        resolved = _resolve(case, tag.name)
        if len(resolved) == 1 or (tag.place in (VoicePlace.INSIDE_LINE, VoicePlace.REMARK) and not resolved):
            continue
        if resolved:
            yield Problem(tag.span.start, tag.span.end, "several", {"voice": tag.name})
            continue
        name_start = tag.span.end - len(tag.name)
        squeezed = [voice for voice in case.context.voices if _squeeze(voice) == _squeeze(tag.name)]
        if len(squeezed) == 1:
            repair = Repair("spell", (Edit(name_start, tag.span.end, squeezed[0]),))
            yield Problem(
                tag.span.start, tag.span.end, "close", {"voice": tag.name, "close": squeezed[0]}, repair=repair
            )
            continue
        by_key = {voice_key(voice): voice for voice in case.context.voices}
        close = difflib.get_close_matches(voice_key(tag.name), by_key, n=3, cutoff=_CLOSE_ENOUGH)
        repair = Repair("spell", (Edit(name_start, tag.span.end, by_key[close[0]]),), safe=False) if close else None
        values = {"voice": tag.name, "close": around(by_key[key] for key in close)}
        yield Problem(tag.span.start, tag.span.end, "close" if close else "", values, repair=repair)


def _resolve(case: Case, name: str) -> list[str]:
    return [voice for voice in case.context.voices or () if voice_key(voice) == voice_key(name)]


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
    """The first sung line of a bound character."""
    for character, tags in case.bound.items():
        line = next((line for line in case.lines_of(character) if line.kind in _SUNG), None)
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
    """The first binding that contradicts an earlier one of the same character."""
    for character, tags in case.bound.items():
        other = next((tag for tag in tags if voice_key(tag.name) != voice_key(tags[0].name)), None)
        if other is not None:
            values = {"label": character, "first": tags[0].name, "second": other.name}
            yield Problem(other.span.start, other.span.end, values=values)
