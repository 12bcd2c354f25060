"""The texts of this package in the language of one reader, and what several cards show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.discord.escape import ELLIPSIS, one_line, shown, visible
from bot.discord.wording import Wording
from bot.findings import Severity
from bot.prompts.difference import Piece
from bot.prompts.model import SoundKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.findings import Finding
    from bot.jobs.request import Request
    from bot.prompts.coverage import Complexity, Coverage
    from bot.prompts.difference import Change
    from bot.prompts.timing import Timetable

COLOUR: Final = 0x3BA58B
_SIGNS: Final = {Severity.ERROR: "⛔", Severity.WARNING: "⚠️", Severity.HINT: "💡"}
_SOUND_SIGNS: Final = {SoundKind.EFFECT: "🔊", SoundKind.AMBIENCE: "🌿", SoundKind.MUSIC: "🎵"}
_BADGES: Final = {"simple": "🟢", "medium": "🟡", "complex": "🟠", "heavy": "🔴"}
_MESSAGE_LENGTH: Final = 260
_EXCERPT_LENGTH: Final = 60
_CONTEXT: Final = 30
_TOGETHER: Final = "\N{NO-BREAK SPACE}"
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Words(Wording):
    """Says things about prompts."""

    area = "prompts"

    def complexity(self, complexity: Complexity) -> str:
        """Return the badge of a complexity."""
        return f"{_BADGES[complexity.value]} {self.say(f'complexity.{complexity.value}')}"

    def coverage(self, coverage: Coverage) -> str:
        """Say which parts of the formula a prompt has, and which it lacks."""
        parts = [f"✅{_TOGETHER}{self.say(f'part.{part.value}')}" for part in coverage.covered]
        parts += [f"▫️{_TOGETHER}{self.say(f'part.{part.value}')}" for part in coverage.missing]
        return "  ".join(parts)

    def speech(self, timetable: Timetable, request: Request) -> str:
        """Compare the length of all speech with that of the clip; empty where nobody speaks."""
        if not timetable.lines:
            return ""
        key = "speech" if timetable.fits(request.seconds) else "speech-long"
        seconds = self.say(key, spoken=f"{timetable.seconds:.1f}", seconds=f"{request.seconds:g}")
        return f"🗣️ {seconds}" if timetable.fits(request.seconds) else f"⚠️ {seconds}"

    def heard(self, sounds: Iterable[tuple[SoundKind, str]], limit: int) -> str:
        """Say what is heard besides voices, one line for each family that there is."""
        lines = []
        for kind, sign in _SOUND_SIGNS.items():
            names = list(dict.fromkeys(one_line(text, _EXCERPT_LENGTH) for of, text in sounds if of is kind))
            if names:
                lines.append(f"{sign} **{self.say(f'sound.{kind.value}')}:** {', '.join(names)}")
        return "\n".join(fitting(lines, limit, ELLIPSIS)) if lines else f"-# {self.say('sound.none')}"

    def findings(self, findings: Sequence[Finding], text: str, *, most: int, limit: int) -> str:
        """List what was found, each with its place in the text, as far as there is room."""
        if not findings:
            return f"✅ {self.say('findings.none')}"
        lines = [self._finding(one, text) for one in findings[:most]]
        kept = fitting(lines, limit - 60)
        hidden = len(findings) - len(kept)
        if hidden:
            kept.append(f"-# {self.say('findings.more', count=hidden)}")
        return "\n".join(kept)

    def _finding(self, finding: Finding, text: str) -> str:
        message = f"{_SIGNS[finding.severity]} {one_line(self.tell(finding.message), _MESSAGE_LENGTH)}"
        place = one_line(text[finding.start : finding.end], _EXCERPT_LENGTH)
        return f"{message}\n-# → {place}" if place else message


def fitting(lines: Sequence[str], limit: int, ending: str = "") -> list[str]:
    """Return as many of the lines as have at most `limit` characters together, then `ending` if some are left out."""
    kept: list[str] = []
    length = 0
    for line in lines:
        length += len(line) + 1
        if length > limit:
            return [*kept, ending] if ending else kept
        kept.append(line)
    return kept


def changes(pieces: Sequence[Change], limit: int) -> str:
    """Show what changed in a text: what goes is struck through, what comes is bold, what stays is shortened."""
    marks = {Piece.KEPT: "", Piece.REMOVED: "~~", Piece.ADDED: "**"}
    shown_pieces = []
    for number, (piece, text) in enumerate(pieces):
        plain = _SPACES.sub(" ", visible(text))
        if piece is Piece.KEPT:
            plain = _shortened(plain, first=number == 0, last=number == len(pieces) - 1)
        escaped = shown(plain, limit)
        mark = marks[piece]
        if not mark or not escaped.strip():
            shown_pieces.append(escaped if piece is not Piece.REMOVED else "")
            continue
        inner = escaped.strip()
        lead, tail = escaped[: len(escaped) - len(escaped.lstrip())], escaped[len(escaped.rstrip()) :]
        shown_pieces.append(f"{lead}{mark}{inner}{mark}{tail}")
    result = ""
    for one in shown_pieces:
        if len(result) + len(one) > limit - 1:
            return result + ELLIPSIS
        result += one
    return result


def _shortened(text: str, *, first: bool, last: bool) -> str:
    if first and len(text) > _CONTEXT:
        return ELLIPSIS + text[-_CONTEXT:]
    if last and len(text) > _CONTEXT:
        return text[:_CONTEXT] + ELLIPSIS
    if len(text) > 2 * _CONTEXT:
        return f"{text[:_CONTEXT]} {ELLIPSIS} {text[-_CONTEXT:]}"
    return text
