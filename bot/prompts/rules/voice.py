"""Family V, first part: where a voice tag stands (V001, V003, V004)."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.findings import Severity
from bot.prompts.lexicon import speech
from bot.prompts.model import VoicePlace
from bot.prompts.rules.base import Edit, Problem, Repair, RuleSet, cut, is_unknown, voice_key, who
from bot.prompts.text import is_cjk, label_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.prompts.model import Mention, VoiceTag
    from bot.prompts.rules.base import Case

RULES = RuleSet()
_ENDS_OF_NAMES = ("声", "音", "嗓")
_CHINESE_BINDING = re.compile(
    "(?:绑定|用于|用在|使用|采用|配音|音色|声音|说话|对应|属于|[由为给用的是与到请并在，, ])*"
)
_MISPLACED = frozenset((VoicePlace.AFTER_LINE, VoicePlace.BEFORE_LABEL, VoicePlace.REMARK))


@RULES.rule(
    "V001",
    "voice-tag-without-character",
    Severity.ERROR,
    statement="Every @Voice hangs on a character.",
    reason="Without a label the model cannot know whom the voice belongs to.",
)
def voice_without_character(case: Case) -> Iterator[Problem]:
    """Find a bracket with nothing but a voice, or a bare tag that introduces a line."""
    for tag in case.prompt.voice_tags:
        if tag.place not in (VoicePlace.LONE_BRACKET, VoicePlace.LONE_SPEAKER):
            continue
        start, end = _lone_range(case, tag)
        owner = _only_silent_label(case)
        if owner is not None:
            repair = Repair("move", (Edit(start, end, f"[{owner}@{tag.name}]"),))
        else:
            label = "角色" if is_cjk(case.text) else "Character"
            repair = Repair("placeholder", (Edit(start, end, f"[{label}@{tag.name}]"),), safe=False)
        yield Problem(start, end, values={"voice": tag.name}, repair=repair)


def _lone_range(case: Case, tag: VoiceTag) -> tuple[int, int]:
    start, end = tag.span.start, tag.span.end
    if tag.place is VoicePlace.LONE_BRACKET:
        start = max(case.text.rfind(sign, 0, start) for sign in "[【［")
        end = min(position for sign in "]】］" if (position := case.text.find(sign, end)) >= 0) + 1
    return start, end


def _only_silent_label(case: Case) -> str | None:
    """Return the only labelled character without a voice, if it has no line of its own yet."""
    unbound = [label for label in case.labelled if label not in case.bound]
    return unbound[0] if len(unbound) == 1 and not case.lines_of(unbound[0]) else None


@RULES.rule(
    "V003",
    "voice-tag-misplaced",
    Severity.ERROR,
    statement="The voice tag stands directly after the character's name and before the line.",
    reason="A tag anywhere else is not tied to the character.",
)
def misplaced_voice(case: Case) -> Iterator[Problem]:
    """Find a tag behind a line, before its character, or in a remark."""
    for tag in case.prompt.voice_tags:
        if tag.place not in _MISPLACED or (tag.place is VoicePlace.REMARK and is_unknown(case, tag)):
            continue
        mention = _target(case, tag)
        repair = None
        if mention is not None:
            repair = Repair("move", (*_bind(case, mention, tag.name), _cut_remark(case, tag, mention)))
        variant = "target" if mention is not None else ""
        values = {"voice": tag.name, "label": mention.label if mention else ""}
        yield Problem(tag.span.start, tag.span.end, variant, values, repair=repair)


def _target(case: Case, tag: VoiceTag) -> Mention | None:
    """Return the label that a misplaced tag certainly means."""
    prompt = case.prompt
    if tag.place is VoicePlace.BEFORE_LABEL:
        return _free(case, next((m for m in prompt.mentions if m.span.start >= tag.span.end), None), tag)
    if tag.place is VoicePlace.AFTER_LINE:
        line = next((line for line in reversed(prompt.lines) if line.span.end <= tag.span.start), None)
        return _free(case, _introducing(case, line.speaker, tag.span.start), tag) if line is not None else None
    begin, end = case.sentences.start(tag.span.start), case.sentences.end(tag.span.start)
    near = [mention for mention in prompt.mentions if begin <= mention.span.start < end]
    owners = {mention.character for mention in near}
    if len(owners) == 1 or (not near and len(case.speakers) == 1):
        owner = owners.pop() if owners else case.speakers[0]
        return _free(case, _introducing(case, owner, len(case.text)), tag)
    return None


def _introducing(case: Case, speaker: str, before: int) -> Mention | None:
    """Return the bracket that introduces the last line of somebody before a place."""
    starts = [line.introducer.start for line in case.lines_of(speaker) if line.introducer.start < before]
    mentions = [mention for mention in case.mentions_of.get(speaker, []) if mention.span.start < before]
    exact = [mention for mention in mentions if mention.span.start in starts]
    found = exact or mentions
    return found[-1] if found else None


def _free(case: Case, mention: Mention | None, tag: VoiceTag) -> Mention | None:
    """Return the mention, unless its character already has another voice, or another character this one."""
    if mention is None:
        return None
    voice = voice_key(tag.name)
    taken = {voice_key(one.name) for one in case.bound.get(mention.character, [])}
    owners = {one.character for one in case.bindings if voice_key(one.name) == voice}
    return mention if taken <= {voice} and owners <= {mention.character, None} else None


def _bind(case: Case, mention: Mention, voice: str) -> tuple[Edit, ...]:
    """Write a voice into a bracket, unless its character has it already."""
    if mention.character in case.bound:
        return ()
    position = mention.span.end - 1
    gap = " " if mention.attributes_span is not None and mention.attributes_span.end <= position else ""
    return (Edit(position, position, f"{gap}@{voice}"),)


def _cut_remark(case: Case, tag: VoiceTag, mention: Mention) -> Edit:
    """Take out a misplaced tag; a sentence that says nothing but whose it is goes with it."""
    if tag.place is VoicePlace.BEFORE_LABEL:
        return cut(case, tag.span.start, tag.span.end)
    said = max((quote.outer.end for quote in case.prompt.quotes if quote.outer.end <= tag.span.start), default=0)
    begin, end = case.sentences.start(tag.span.start, said), case.sentences.end(tag.span.start)
    while begin < tag.span.start and case.text[begin].isspace():
        begin += 1
    rest = case.prompt.prose[begin:end].replace("\x01", "").replace("\x03", "").strip(" .,:;。，()（）")
    holds_line = "\x02" in rest
    label = label_key(mention.label)
    told = set(rest.lower().split()) - speech.BINDING_WORDS - set(label.split())
    if not holds_line and (not told or _CHINESE_BINDING.fullmatch(rest.replace(label, ""))):
        return cut(case, begin, end)
    return cut(case, tag.span.start, tag.span.end)


@RULES.rule(
    "V004",
    "voice-tag-inside-dialogue",
    Severity.ERROR,
    statement="No @Voice stands between the quotation marks of a line.",
    reason="It would be spoken or ignored, and it binds nobody.",
)
def voice_inside_line(case: Case) -> Iterator[Problem]:
    """Find a voice tag among the words of a line."""
    for tag in case.prompt.voice_tags:
        if tag.place is not VoicePlace.INSIDE_LINE or is_unknown(case, tag):
            continue
        line = next((line for line in case.prompt.lines if line.span.start <= tag.span.start < line.span.end), None)
        if line is None:
            continue
        edits = [_cut_aside(case, tag)]
        mention = _free(case, _introducing(case, line.speaker, tag.span.start), tag)
        if mention is not None:
            edits += _bind(case, mention, tag.name)
        repair = Repair("move", tuple(edits), safe=mention is not None and _surely_ends(case, tag))
        variant = "" if mention is not None else "taken"
        yield Problem(*tag.span, variant, {"voice": tag.name, "label": who(line)}, repair=repair)


def _cut_aside(case: Case, tag: VoiceTag) -> Edit:
    """Take a tag out of a line; of the commas around it one stays."""
    out = cut(case, tag.span.start, tag.span.end)
    double = case.text[: out.start].endswith((",", "，")) and case.text.startswith((",", "，"), out.end)
    return Edit(out.start, out.end + double)


def _surely_ends(case: Case, tag: VoiceTag) -> bool:
    """Return whether no spoken word was taken for a part of a voice's name.

    The voice is known, or its name ends as names do: in a word with a capital letter, a number, or 声.
    """
    last = tag.name.split()[-1]
    return case.context.voices is not None or last.endswith(_ENDS_OF_NAMES) or not (last[0].islower() or is_cjk(last))
