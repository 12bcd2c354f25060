"""What a rule is, what it looks at and what it reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from bot.prompts.languages import foreign_language
from bot.prompts.model import Span
from bot.prompts.text import QUOTE, STAND_INS, Sentences, Words, label_key
from bot.texts import Join, Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bot.findings import Severity
    from bot.prompts.context import LintContext
    from bot.prompts.model import Line, Mention, ParsedPrompt, VoiceTag

Setting = str | int | float | bool | None
_MARKS = 2
_BLANKED = dict.fromkeys(map(ord, STAND_INS), " ")


class Family(StrEnum):
    """The families of rules; the value is the letter their ids begin with."""

    VOICE = "V"
    DIALOGUE = "D"
    LANGUAGE = "L"
    AUDIO = "A"
    TIME = "T"
    QUALITY = "P"
    CONFIGURATION = "C"
    SAMPLE = "S"
    MOTION = "M"
    IMAGE = "I"
    WORKFLOW = "W"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces a range of the text."""

    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """How a problem can be mended: edits of the text, or changes of settings, or both.

    `label` is a key of the message catalogue. A `safe` repair may be applied without asking.
    """

    label: str
    edits: tuple[Edit, ...] = ()
    settings: tuple[tuple[str, Setting], ...] = ()
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a rule found. `variant` picks the wording, `values` fill it in."""

    start: int = 0
    end: int = 0
    variant: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity | None = None
    repair: Repair | None = None


class Case:
    """One prompt in its context, with what several rules want to know about it."""

    def __init__(self, prompt: ParsedPrompt, context: LintContext) -> None:
        self.prompt: Final = prompt
        self.context: Final = context
        self.text: Final = prompt.text

    @cached_property
    def words(self) -> Words:
        """The words of the prose."""
        return Words(self.prompt.prose)

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences of the prose."""
        return Sentences(self.prompt.prose)

    @cached_property
    def is_foreign(self) -> bool:
        """Whether the scene is told in neither Chinese nor English: what it leaves out cannot be known then."""
        return foreign_language(self.prompt.prose.translate(_BLANKED)) is not None

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words of the prose."""
        return frozenset(self.words.texts)

    @cached_property
    def bindings(self) -> tuple[VoiceTag, ...]:
        """The voice tags that bind a voice to somebody."""
        return tuple(tag for tag in self.prompt.voice_tags if tag.place.binds)

    @cached_property
    def bound(self) -> dict[str, list[VoiceTag]]:
        """The bindings of each labelled character."""
        found: dict[str, list[VoiceTag]] = {}
        for tag in self.bindings:
            if tag.character is not None:
                found.setdefault(tag.character, []).append(tag)
        return found

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Everybody who has a line, in the order of their first line."""
        return self.prompt.speakers

    @cached_property
    def labelled(self) -> tuple[str, ...]:
        """Everybody whose label stands in brackets."""
        return tuple(character.label for character in self.prompt.characters if character.bracketed)

    @cached_property
    def mentions_of(self) -> dict[str, list[Mention]]:
        """The brackets of each character."""
        found: dict[str, list[Mention]] = {}
        for mention in self.prompt.mentions:
            found.setdefault(mention.character, []).append(mention)
        return found

    @cached_property
    def _lines_by_speaker(self) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for line in self.prompt.lines:
            for name in {line.speaker, *line.speakers}:
                found.setdefault(name, []).append(line)
        return found

    @cached_property
    def _spoken(self) -> frozenset[int]:
        return frozenset(line.quote for line in self.prompt.lines)

    def lines_of(self, character: str) -> list[Line]:
        """Return the lines that somebody speaks, alone or with others."""
        return self._lines_by_speaker.get(character, [])

    def clause_of(self, line: Line) -> Span:
        """Return the sentence that introduces a line, from its beginning to the opening quotation mark.

        Words in it that are seen, as in `A man with "Jon" on his cup says`, do not part it.
        """
        quotes = self.prompt.quotes
        quote = quotes[line.quote]
        begin = min(line.introducer.start, quote.outer.start)
        before = line.quote - 1
        while before >= 0 and quotes[before].outer.end > begin and before not in self._spoken:
            before -= 1
        floor = quotes[before].outer.end if before >= 0 else 0
        if line.introducer.start > quote.outer.start:
            return Span(quote.outer.end, self.sentences.end(quote.outer.end))
        return Span(self.sentences.start(begin, floor), quote.outer.start)

    def aftermath_of(self, line: Line) -> str:
        """Return what follows a line within its sentence, such as `in a slow folk style`."""
        quote = self.prompt.quotes[line.quote]
        prose = self.prompt.prose
        limit = (
            self.prompt.quotes[line.quote + 1].outer.start if line.quote + 1 < len(self.prompt.quotes) else len(prose)
        )
        return prose[quote.outer.end : min(limit, self.sentences.end(quote.outer.end))].replace(QUOTE, " ")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it says, why, how serious it is, and the function that looks for it.

    `overridable` says that a person may accept its errors and have the clip made nevertheless.
    """

    id: str
    name: str
    severity: Severity
    statement: str
    reason: str
    check: Callable[[Case], Iterable[Problem]]
    overridable: bool = False

    @property
    def family(self) -> Family:
        """The family, from the first letter of the id."""
        return Family(self.id[0])


class RuleSet:
    """Collects the rules of a family; used as a decorator on their checks."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def rule(
        self,
        rule_id: str,
        name: str,
        severity: Severity,
        *,
        statement: str,
        reason: str,
        overridable: bool = False,
    ) -> Callable[[Callable[[Case], Iterable[Problem]]], Callable[[Case], Iterable[Problem]]]:
        """Register the decorated function as the check of a rule."""

        def register(check: Callable[[Case], Iterable[Problem]]) -> Callable[[Case], Iterable[Problem]]:
            self.rules.append(Rule(rule_id, name, severity, statement, reason, check, overridable))
            return check

        return register


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return the text after edits that do not overlap; of two that do, the first in the text counts."""
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < position:
            continue
        pieces += (text[position : edit.start], edit.text)
        position = edit.end
    return "".join([*pieces, text[position:]])


def voice_key(name: str) -> str:
    """Return what two spellings of one voice have in common; quotation marks around a name are no part of it."""
    key = label_key(name)
    quoted = len(key) > _MARKS and key[0] == key[-1] and key[0] in "\"'"
    return key[1:-1].strip() if quoted else key


def each(names: Iterable[str]) -> Listing:
    """Return names for a message, each once."""
    return Listing(dict.fromkeys(names))


def who(line: Line) -> str | Listing:
    """Return the speaker of a line for a message; several are joined in the language of the reader."""
    return Listing(line.speakers, Join.AND) if line.speakers else line.speaker


def resolve(case: Case, name: str) -> list[str]:
    """Return the voices that answer to a name."""
    return [voice for voice in case.context.voices or () if voice_key(voice) == voice_key(name)]


def is_unknown(case: Case, tag: VoiceTag) -> bool:
    """Return whether the voices are known and none has the name of a tag."""
    return case.context.voices is not None and not resolve(case, tag.name)


def cut(case: Case, start: int, end: int) -> Edit:
    """Return the edit that takes a stretch out, with the space that would stand double."""
    text = case.text
    if start and text[start - 1] in " \t":
        start -= 1
    elif text[end : end + 1] in (" ", "\t"):
        end += 1
    return Edit(start, end)


def extent(line: Line) -> Span:
    """Return the range from the introduction of a line to its end, whichever comes first."""
    if line.introducer.end <= line.introducer.start:
        return line.span
    return Span(min(line.introducer.start, line.span.start), max(line.introducer.end, line.span.end))
