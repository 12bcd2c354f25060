"""Turns a prompt as people write it into the vendor's form, and back for display.

People bind voices as `[Label@Voice]`; the vendor reads `<<<voice_1>>>` behind the speaker, counted in the order of the
voice list that goes with the prompt.
"""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from bot.errors import SoundstageError
from bot.prompts.model import VoicePlace
from bot.prompts.parser import parse
from bot.prompts.rules.base import Edit, apply_edits, voice_key
from bot.prompts.text import is_cjk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.prompts.model import Line, ParsedPrompt, VoiceTag

VOICE_LIMIT = 2
_MARKER = re.compile(r"\s?<<<voice_(\d{1,2})>>>")
_SILENT = re.compile(r"\bsilent\b|\bsilence\b|沉默")
_SWITCH = re.compile(r"\bspeaker switches\b|切换", re.IGNORECASE)


class PromptNotCompilable(SoundstageError):
    """A prompt cannot be put into the vendor's form; the sentence says why. Nothing was sent."""


@dataclass(frozen=True, slots=True)
class CompiledPrompt:
    """A prompt in the vendor's form; `voices` and `voice_ids` are in the order of the markers."""

    text: str
    voices: tuple[str, ...] = ()
    voice_ids: tuple[str, ...] = ()


def compile_prompt(
    text: str,
    voice_ids: Mapping[str, str],
    *,
    silence_clauses: bool = False,
    switch_markers: bool = False,
) -> CompiledPrompt:
    """Put a prompt into the vendor's form.

    `voice_ids` maps the names of the voices that may be used to the vendor's ids; case and quotes do not count.
    `silence_clauses` adds who stays silent while another speaks, `switch_markers` says where the speaker changes.
    Raises `PromptNotCompilable` for unknown voices, voices that hang on nobody, and more than two voices.
    """
    helped = (
        add_turn_clauses(text, silence=silence_clauses, switches=switch_markers)
        if silence_clauses or switch_markers
        else text
    )
    prompt = parse(helped, tuple(voice_ids))
    known = {voice_key(name): (name, number) for name, number in voice_ids.items()}
    order: dict[str, int] = {}
    for tag in prompt.voice_tags:
        if not tag.place.binds:
            raise PromptNotCompilable(f"The voice {tag.name} is not bound to a character. Nothing was sent.")
        if voice_key(tag.name) not in known:
            raise PromptNotCompilable(f"There is no voice named {tag.name}. Nothing was sent.")
        order.setdefault(voice_key(tag.name), len(order) + 1)
    if len(order) > VOICE_LIMIT:
        raise PromptNotCompilable(
            f"The prompt binds {len(order)} voices and {VOICE_LIMIT} are possible. Nothing was sent."
        )
    edits = [edit for tag in prompt.voice_tags for edit in _as_marker(prompt, tag, order[voice_key(tag.name)])]
    chosen = [known[key] for key in order]
    return CompiledPrompt(
        apply_edits(helped, edits), tuple(name for name, _ in chosen), tuple(number for _, number in chosen)
    )


def _as_marker(prompt: ParsedPrompt, tag: VoiceTag, number: int) -> list[Edit]:
    marker = f"<<<voice_{number}>>>"
    if tag.place is not VoicePlace.BRACKET:
        return [Edit(tag.span.start, tag.span.end, marker)]
    start, end = tag.span.start, tag.span.end
    while start and prompt.text[start - 1] in " \t":
        start -= 1
    bracket = next(
        mention.span for mention in prompt.mentions if mention.span.start < tag.span.start < mention.span.end
    )
    return [Edit(start, end), Edit(bracket.end, bracket.end, f" {marker}")]


def display(text: str, voices: Sequence[str]) -> str:
    """Put a prompt in the vendor's form back into ours; `voices` are the names in the order of the voice list."""
    prompt = parse(text)
    brackets = {mention.span.end: mention for mention in prompt.mentions}
    edits: list[Edit] = []
    for marker in _MARKER.finditer(text):
        number = int(marker.group(1))
        if not 1 <= number <= len(voices):
            continue
        name = voices[number - 1]
        mention = brackets.get(marker.start())
        if mention is None:
            lead = " " if marker.group().startswith(" ") else ""
            edits.append(Edit(marker.start(), marker.end(), f"{lead}@{name}"))
            continue
        inside = mention.attributes_span is not None and mention.attributes_span.end < mention.span.end
        edits += (
            Edit(mention.span.end - 1, mention.span.end - 1, f"{' ' if inside else ''}@{name}"),
            Edit(*marker.span()),
        )
    return apply_edits(text, edits)


def normalise(text: str, voices: Sequence[str] | None = None) -> str:
    """Write every binding as `[Label@Voice]`, whichever of the accepted forms was used."""
    prompt = parse(text, voices)
    edits: list[Edit] = []
    for tag in prompt.voice_tags:
        if tag.place is VoicePlace.AFTER_LABEL:
            mention = next(one for one in reversed(prompt.mentions) if one.span.end <= tag.span.start)
            inside = mention.attributes_span is not None and mention.attributes_span.end < mention.span.end
            position = mention.span.end - 1
            edits += (Edit(position, position, f"{' ' if inside else ''}@{tag.name}"), _with_space(text, tag))
        elif tag.place is VoicePlace.BRACKET:
            edits.append(_tight(prompt, tag))
    return apply_edits(text, edits)


def _with_space(text: str, tag: VoiceTag) -> Edit:
    start = tag.span.start
    while start and text[start - 1] in " \t":
        start -= 1
    return Edit(start, tag.span.end)


def _tight(prompt: ParsedPrompt, tag: VoiceTag) -> Edit:
    """`[Label @ V]` becomes `[Label@V]`; behind attributes one space stays."""
    start = tag.span.start
    while prompt.text[start - 1] in " \t":
        start -= 1
    bracket = next(mention for mention in prompt.mentions if mention.span.start < tag.span.start < mention.span.end)
    gap = " " if bracket.attributes_span is not None else ""
    return Edit(start, tag.span.end, f"{gap}@{tag.name}")


def add_turn_clauses(text: str, *, silence: bool = True, switches: bool = False) -> str:
    """Add what keeps voices apart in a conversation: who is silent meanwhile, and where the speaker changes."""
    prompt = parse(text)
    talk = [line for line in prompt.lines if not line.kind.is_sung and not line.speakers]
    partners = [name for name in dict.fromkeys(line.speaker for line in talk) if _label(prompt, name)]
    edits: list[Edit] = []
    for line, following in zip_longest(talk, talk[1:]):
        changes = following is not None and following.speaker != line.speaker
        if following is not None and not changes:
            continue
        end = prompt.quotes[line.quote].outer.end
        limit = prompt.quotes[following.quote].outer.start if following is not None else len(text)
        clauses = _clauses(
            prompt, line, partners, prompt.prose[end:limit], silence=silence, switches=switches and changes
        )
        if clauses:
            edits.append(Edit(end, end, clauses))
    return apply_edits(text, edits)


def _clauses(
    prompt: ParsedPrompt, line: Line, partners: Sequence[str], gap: str, *, silence: bool, switches: bool
) -> str:
    others = [_label(prompt, name) for name in partners if name != line.speaker]
    chinese = is_cjk(line.text)
    written = ""
    if silence and len(others) == 1 and not _SILENT.search(gap):
        written += f"此时{others[0]}保持沉默。" if chinese else f" During this, {others[0]} remains silent."
    if switches and not _SWITCH.search(gap):
        written += "（此时切换说话人）" if chinese else " (Speaker switches)"
    return written


def _label(prompt: ParsedPrompt, name: str) -> str:
    """Return the bracketed label of a speaker, empty for somebody without one."""
    bracketed = any(character.label == name and character.bracketed for character in prompt.characters)
    return f"[{name}]" if bracketed else ""
