"""Builds a prompt step by step: a draft that is never wrong to look at, and the text it makes.

A draft is immutable; every step returns a new one. The text follows the vendor's recommendations: scene first, action
before speech, one label and one voice description per character, a marker wherever the speaker changes.
"""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.prompts.coverage import Complexity, Coverage, complexity_of, coverage_of
from bot.prompts.linter import LintReport, lint
from bot.prompts.model import LineKind
from bot.prompts.text import is_cjk
from bot.prompts.timing import Timetable, timetable

if TYPE_CHECKING:
    from bot.prompts.context import LintContext

_VERBS = {
    LineKind.SPEECH: "says",
    LineKind.NARRATION: "narrates",
    LineKind.SINGING: "sings",
    LineKind.RAP: "raps",
    LineKind.CHORUS: "sing together",
}
_CHINESE_VERBS = {
    LineKind.SPEECH: "说",
    LineKind.NARRATION: "旁白",
    LineKind.SINGING: "唱",
    LineKind.RAP: "说唱",
    LineKind.CHORUS: "齐声唱",
}
_MARKERS = ("Immediately, ", "Then, ", "After that, ", "Next, ")
_LABEL_SIGNS = re.compile(r"[\[\]【】@:：,，\"“”]")
_DOUBLE_QUOTES = re.compile(r"[\"“”„«»「」『』]")
_CHINESE_MARKERS = ("随后，", "接着，", "然后，")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks. `voice` is the name of a bound voice, the rest describes the sound in words."""

    label: str
    quality: str = ""
    emotion: str = ""
    pace: str = ""
    volume: str = ""
    voice: str | None = None

    @property
    def attributes(self) -> str:
        """The description as it stands in the bracket."""
        return ", ".join(part for part in (self.emotion, self.volume, self.pace, self.quality) if part)

    @property
    def bracket(self) -> str:
        """The bracket of the speaker: `[Cook, warm voice @Nora]`."""
        inside = self.label if not self.attributes else f"{self.label}, {self.attributes}"
        if self.voice is None:
            return f"[{inside}]"
        return f"[{inside} @{self.voice}]" if self.attributes else f"[{inside}@{self.voice}]"


@dataclass(frozen=True, slots=True)
class Turn:
    """One line: what the speaker is seen to do, the words, how they are performed, and in which musical style."""

    speaker: str
    words: str
    action: str = ""
    kind: LineKind = LineKind.SPEECH
    style: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A prompt in the making. Empty parts are left out of the text."""

    scene: str = ""
    movement: str = ""
    camera: str = ""
    style: str = ""
    speakers: tuple[Speaker, ...] = ()
    turns: tuple[Turn, ...] = ()
    effects: tuple[str, ...] = ()
    ambience: tuple[str, ...] = ()
    music: str = ""
    template: str = ""

    def speaker(self, label: str) -> Speaker:
        """Return the speaker of this label; one who is not described yet has the label alone."""
        return next((one for one in self.speakers if one.label == label), Speaker(label))

    def with_speaker(self, speaker: Speaker) -> Draft:
        """Return the draft with a speaker added, or changed if the label is known."""
        known = any(one.label == speaker.label for one in self.speakers)
        changed = tuple(speaker if one.label == speaker.label else one for one in self.speakers)
        return replace(self, speakers=changed if known else (*self.speakers, speaker))

    def without_speaker(self, label: str) -> Draft:
        """Return the draft without a speaker and his turns."""
        return replace(
            self,
            speakers=tuple(one for one in self.speakers if one.label != label),
            turns=tuple(turn for turn in self.turns if turn.speaker != label),
        )

    def renamed(self, old: str, new: str) -> Draft:
        """Return the draft with another label for a speaker, in his turns too."""
        return replace(
            self,
            speakers=tuple(replace(one, label=new) if one.label == old else one for one in self.speakers),
            turns=tuple(replace(turn, speaker=new) if turn.speaker == old else turn for turn in self.turns),
        )

    def with_turn(self, turn: Turn, index: int | None = None) -> Draft:
        """Return the draft with a turn at the end, or in the place of the one at `index`."""
        turns = list(self.turns)
        if index is None:
            turns.append(turn)
        else:
            turns[index] = turn
        return replace(self, turns=tuple(turns))

    def without_turn(self, index: int) -> Draft:
        """Return the draft without one turn."""
        return replace(self, turns=self.turns[:index] + self.turns[index + 1 :])

    def tidied(self) -> Draft:
        """Return the draft with exactly those speakers who have turns, in the order in which they are known."""
        speaking = dict.fromkeys(turn.speaker for turn in self.turns)
        known = [one.label for one in self.speakers if one.label in speaking]
        labels = dict.fromkeys([*known, *speaking])
        return replace(self, speakers=tuple(self.speaker(label) for label in labels))

    @property
    def text(self) -> str:
        """The prompt."""
        parts = [_sentence(self.scene), _sentence(self.movement)]
        parts += self._turns()
        parts += [
            _sentence(", ".join((*self.effects, *self.ambience))),
            self._music(),
            _sentence(self.camera),
            _sentence(self.style),
        ]
        return " ".join(part for part in parts if part)

    def _turns(self) -> list[str]:
        written: list[str] = []
        changes = 0
        for index, turn in enumerate(self.turns):
            marker = ""
            chinese = is_cjk(turn.words)
            if index and self.turns[index - 1].speaker != turn.speaker:
                signs = _CHINESE_MARKERS if chinese else _MARKERS
                marker = signs[changes % len(signs)]
                changes += 1
            written.append(marker + self._turn(turn, chinese=chinese))
        return written

    def _turn(self, turn: Turn, *, chinese: bool) -> str:
        bracket = self.speaker(turn.speaker).bracket
        action = turn.action.strip().rstrip(".。,，")
        style = turn.style.strip()
        if chinese:
            verb = f"{style}{_CHINESE_VERBS[turn.kind]}"
            return f"{bracket}{action + '，' if action else ''}{verb}：“{turn.words.strip()}”"
        verb = f"{_VERBS[turn.kind]} {style}".strip()
        if turn.kind is LineKind.NARRATION and not action:
            return f'{bracket}: "{turn.words.strip()}"'
        return f'{bracket} {action + " and " if action else ""}{verb}: "{turn.words.strip()}"'

    def _music(self) -> str:
        if not self.music:
            return ""
        if self.music.startswith("no "):
            return _sentence(self.music)
        return f"Music: {self.music}."

    def check(self, context: LintContext | None = None) -> DraftReport:
        """Return what the prompt is worth: findings, coverage of the formula, complexity, length of the speech."""
        report = lint(self.text, context)
        return DraftReport(report, coverage_of(report.prompt), complexity_of(report.prompt), timetable(report.prompt))


@dataclass(frozen=True, slots=True)
class DraftReport:
    """Everything the builder shows beside a draft."""

    lint: LintReport
    coverage: Coverage
    complexity: Complexity
    timetable: Timetable


def _sentence(text: str) -> str:
    plain = text.strip()
    if not plain:
        return ""
    ended = plain if plain[-1] in ".!?。！？" else f"{plain}。" if is_cjk(plain[-1]) else f"{plain}."
    return ended[:1].upper() + ended[1:]


def plain_label(text: str) -> str:
    """Return what somebody typed as the name of a speaker, without the signs that have a meaning in a prompt."""
    return " ".join(_LABEL_SIGNS.sub(" ", text).split())


def plain_words(text: str) -> str:
    """Return what somebody typed as spoken words on one line, without quotation marks around or double ones within."""
    return " ".join(_DOUBLE_QUOTES.sub("'", " ".join(text.split()).strip('"“”„«»「」『』 ')).split())


def draft_from(text: str) -> Draft:
    """Return a draft that holds what a finished prompt says, so that it can be changed step by step.

    Speakers and lines are taken over one by one; what the prose says besides stays together as the scene.
    """
    report = lint(text)
    prompt = report.prompt
    draft = Draft()
    for character in prompt.characters:
        mentions = [mention for mention in prompt.mentions if mention.character == character.label]
        described = next((mention.attributes for mention in mentions if mention.attributes), "") or ""
        voice = next(
            (tag.name for tag in prompt.voice_tags if tag.character == character.label and tag.place.binds), None
        )
        if any(character.label in (line.speakers or (line.speaker,)) for line in prompt.lines):
            draft = draft.with_speaker(Speaker(character.label, quality=described, voice=voice))
    end = min((mention.span.start for mention in prompt.mentions), default=len(text))
    end = min(end, *(line.introducer.start for line in prompt.lines)) if prompt.lines else end
    draft = replace(draft, scene=text[:end].strip())
    for line in prompt.lines:
        draft = draft.with_turn(Turn(line.speaker, line.text, kind=line.kind))
    return draft
