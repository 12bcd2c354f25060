"""The card that explains a prompt: who says what and when, what is heard besides, what is wrong and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import discord

from bot.discord.cards import Card
from bot.discord.escape import label, one_line
from bot.discord.signs import Sign
from bot.discord.wording import quoted
from bot.prompts.coverage import complexity_of, coverage_of
from bot.prompts.difference import difference
from bot.prompts.model import LineKind
from bot.prompts.timing import timetable
from cogs.prompts._build_items import ToScene
from cogs.prompts._check_items import EditText, FixAll, FixOne, MakeClip, Undo
from cogs.prompts._text import COLOUR, changes, fitting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.jobs.improve import Improvement
    from bot.jobs.request import Request
    from bot.prompts import LintReport
    from bot.prompts.timing import SpokenLine
    from bot.prompts.worksheets import Worksheet
    from cogs.prompts._text import Words

PROMPT_LENGTH: Final = 800
EDITABLE_LENGTH: Final = 4000
"""The longest text that a form can hold; a longer one would be cut off by editing it."""

_LINES_LENGTH: Final = 900
_HEARD_LENGTH: Final = 400
_FINDINGS_LENGTH: Final = 1000
_CHANGES_LENGTH: Final = 420
_MOST_FINDINGS: Final = 6
_WORDS_LENGTH: Final = 110
_NAME_LENGTH: Final = 40
_STYLE_LENGTH: Final = 50
_MOST_OPTIONS: Final = 25
_OPTION_LENGTH: Final = 100


@dataclass(frozen=True, slots=True)
class Examination:
    """A request with what was found about its prompt."""

    request: Request
    report: LintReport
    improvements: tuple[Improvement, ...]


@dataclass(frozen=True, slots=True)
class SingleFix:
    """One way to remove one finding: its name, why, and the request after it."""

    label: str
    reason: str
    request: Request


def fixes_of(words: Words, examination: Examination) -> list[SingleFix]:
    """Return every single fix, those of the text first, each result once."""
    request = examination.request
    found: dict[str, SingleFix] = {}
    for finding in examination.report.findings:
        if finding.fix is not None and finding.fix.text != request.prompt:
            after = request.model_copy(update={"prompt": finding.fix.text})
            found.setdefault(
                finding.fix.text, SingleFix(words.tell(finding.fix.label), words.tell(finding.message), after)
            )
    messages = {finding.rule: words.tell(finding.message) for finding in examination.report.findings}
    settings = [
        SingleFix(words.tell(one.label), messages.get(one.rule, ""), one.request) for one in examination.improvements
    ]
    return [*found.values(), *settings][:_MOST_OPTIONS]


def check_card(words: Words, sheet: Worksheet, examination: Examination, *, late: bool = False) -> Card:
    """Build the card."""
    request, report = examination.request, examination.report
    card = Card(colour=COLOUR)
    if late:
        card.small(words.say("late"))
    card.text(f"### {words.say('check.title')}\n{quoted(request.prompt, PROMPT_LENGTH)}")
    card.small(f"{words.complexity(complexity_of(report.prompt))} · {words.settings(request)}")
    card.small(words.coverage(coverage_of(report.prompt)))
    card.divider().text(_speech(words, report, request))
    card.text(words.heard([(one.kind, one.text) for one in report.prompt.sounds], _HEARD_LENGTH))
    listed = words.findings(report.findings, request.prompt, most=_MOST_FINDINGS, limit=_FINDINGS_LENGTH)
    card.divider().text(listed)
    _differences(card, words, sheet, report)
    card.row(*_buttons(words, sheet, report))
    if fixes := fixes_of(words, examination):
        card.row(FixOne(sheet.id, sheet.revision, options=_options(fixes), placeholder=words.say("check.fix-one")))
    return card


def _speech(words: Words, report: LintReport, request: Request) -> str:
    """Say who speaks when, and how long all of it takes."""
    table = timetable(report.prompt)
    if not table.lines:
        return f"-# {words.say('check.nobody')}"
    lines = [_line(words, spoken) for spoken in table.lines]
    kept = fitting(lines, _LINES_LENGTH)
    if len(kept) < len(lines):
        kept.append(f"-# {words.say('check.more-lines', count=len(lines) - len(kept))}")
    return "\n".join([*kept, words.speech(table, request)])


def _line(words: Words, spoken: SpokenLine) -> str:
    line = spoken.line
    name = one_line(", ".join(line.speakers or (line.speaker,)), _NAME_LENGTH) or words.say("check.somebody")
    told = line.kind is LineKind.SPEECH and line.voice_style is not None and line.voice_style == line.manner
    details = [] if told else [words.say(f"kind.{line.kind.value}")]  # `says softly` says so itself
    if line.voice_style:
        details.append(one_line(line.voice_style, _STYLE_LENGTH))
    if line.voice:
        details.append(f"🎙️ {one_line(line.voice, _NAME_LENGTH)}")
    when = words.say("check.when", start=f"{spoken.start:.1f}", end=f"{spoken.start + spoken.seconds:.1f}")
    return f"`{when}` **{name}** · {' · '.join(details)}\n> {one_line(line.text, _WORDS_LENGTH)}"


def _differences(card: Card, words: Words, sheet: Worksheet, report: LintReport) -> None:
    """Show what the last fix changed, or what the safe fixes would change."""
    text, before = sheet.content.request.prompt, sheet.content.before
    if before is not None and before != text:
        pieces = changes(difference(before, text), _CHANGES_LENGTH)
        card.divider().text(f"**{words.say('check.changed')}**\n{pieces}")
    elif report.fixed_text is not None:
        pieces = changes(difference(text, report.fixed_text), _CHANGES_LENGTH)
        card.divider().text(f"**{words.say('check.would-change')}**\n{pieces}")


def _buttons(words: Words, sheet: Worksheet, report: LintReport) -> list[discord.ui.Item[Any]]:
    key = (sheet.id, sheet.revision)
    buttons: list[discord.ui.Item[Any]] = []
    primary = discord.ButtonStyle.primary
    if report.fixed_text is not None:
        buttons.append(FixAll(*key, label=words.say("check.fix-all"), style=primary))
    if sheet.content.draft is not None:
        buttons.append(ToScene(*key, label=words.say("check.back"), emoji=Sign.BACK))
    if sheet.content.before is not None:
        buttons.append(Undo(*key, label=words.say("check.undo")))
    if len(sheet.content.request.prompt) <= EDITABLE_LENGTH:
        buttons.append(EditText(*key, label=words.say("check.edit")))
    style = discord.ButtonStyle.secondary if report.errors else discord.ButtonStyle.success
    buttons.append(MakeClip(*key, label=words.say("make"), style=style))
    return buttons


def _options(fixes: Sequence[SingleFix]) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=label(fix.label, _OPTION_LENGTH) or str(number + 1),
            value=str(number),
            description=label(fix.reason, _OPTION_LENGTH) or None,
        )
        for number, fix in enumerate(fixes)
    ]
