"""`soundstage lint`: checks a prompt, or many with one JSON object per line."""

from __future__ import annotations

import json
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.findings import Severity
from bot.prompts import ContextNotUnderstood, LintContext, LintReport, lint
from bot.prompts.model import SoundKind
from bot.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.findings import Finding
    from bot.texts import Sentence

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language that somebody chose; what it lacks is said in English."""

    texts: Texts
    locale: str

    def tell(self, sentence: Sentence) -> str:
        """Return a sentence in that language."""
        return self.texts.tell(self.locale, sentence)


@click.command("lint")
@click.argument("file", default="-", metavar="[FILE|-]")
@click.option("--jsonl", is_flag=True, help='Read {"id", "text", "context"} per line, write one result per line.')
@click.option("--locale", default="en", show_default=True, help="Language of the messages, such as en or zh.")
def command(file: str, *, jsonl: bool, locale: str) -> None:
    """Check a prompt and say what is wrong with it, where, and how to mend it.

    FILE holds one prompt (with --jsonl: one JSON object per line); "-" or nothing reads standard input. Exits 0 if
    nothing stops the request, 1 if there are errors, 2 if the input cannot be read.
    """
    source = _read(file)
    spoken = Spoken(Texts.load(), locale.replace("_", "-"))
    if jsonl:
        for result in _results(source.splitlines(), spoken):
            click.echo(json.dumps(result, ensure_ascii=False))
        return
    report = lint(source.rstrip("\n"))
    _print(report, spoken)
    if report.errors:
        sys.exit(1)


def _read(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise click.UsageError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file} is not UTF-8 text (byte {error.start}).") from error


def _results(lines: Iterable[str], spoken: Spoken) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise click.UsageError(f"Line {number} is not JSON: {error}.") from error
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
            raise click.UsageError(f'Line {number} needs an object with "text" (and "id", "context").')
        context = entry.get("context")
        if context is not None and not isinstance(context, dict):
            raise click.UsageError(f'Line {number}: "context" must be an object or null.')
        try:
            report = lint(entry["text"], LintContext.from_mapping(context))
        except ContextNotUnderstood as error:
            raise click.UsageError(f"Line {number}: {error}") from error
        yield {"id": entry.get("id"), **as_json(report, spoken)}


def as_json(report: LintReport, spoken: Spoken) -> dict[str, Any]:
    """Return the report in the form of the contract: what was understood, what was found, what the fixes make of it."""
    prompt = report.prompt
    return {
        "characters": [character.label for character in prompt.characters],
        "dialogue": [
            {
                "speaker": line.speaker,
                "line": line.text,
                "voice_style": line.voice_style,
                "voice": line.voice,
                "kind": line.kind.value,
            }
            for line in prompt.lines
        ],
        "voices": list(prompt.voices),
        "has_sfx": prompt.has(SoundKind.EFFECT),
        "has_ambience": prompt.has(SoundKind.AMBIENCE),
        "has_music": prompt.has(SoundKind.MUSIC),
        "shape": prompt.shape.value,
        "findings": [_finding_as_json(finding, spoken) for finding in report.findings],
        "fixed_text": report.fixed_text,
    }


def _finding_as_json(finding: Finding, spoken: Spoken) -> dict[str, Any]:
    result: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": spoken.tell(finding.message),
        "start": finding.start,
        "end": finding.end,
    }
    if finding.fix is not None:
        result["fix"] = {"label": spoken.tell(finding.fix.label), "text": finding.fix.text}
    return result


def _print(report: LintReport, spoken: Spoken) -> None:
    text = report.prompt.text
    for finding in report.findings:
        head = click.style(f"{finding.severity.value} {finding.rule}", fg=_COLOURS[finding.severity], bold=True)
        click.echo(f"{head}  {spoken.tell(finding.message)}")
        if finding.end > finding.start:
            for row in _excerpt(text, finding.start, finding.end):
                click.echo(f"    {row}")
        if finding.fix is not None:
            click.echo(f"    → {spoken.tell(finding.fix.label)}")
        click.echo()
    for line in report.prompt.lines:
        style = f" ({line.voice_style})" if line.voice_style else ""
        click.echo(f'{line.speaker}{style}: "{line.text}"')
    counts = [
        f"{len(found)} {severity.value}{'' if len(found) == 1 else 's'}"
        for severity in _COLOURS
        if (found := report.of(severity))
    ]
    click.echo(", ".join(counts) if counts else "Nothing to complain about.")
    if report.fixed_text is not None:
        click.echo(f"\nAfter the safe fixes:\n{report.fixed_text}")


def _excerpt(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the place of a finding with a line under it; long or many-line places are cut."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    begin = max(line_start, min(start - _WIDTH // 3, line_end - _WIDTH))
    shown = text[begin : min(line_end, begin + _WIDTH)]
    stop = min(end, begin + len(shown))
    marked = " " * _columns(text[begin:start]) + "^" * max(1, _columns(text[start:stop]))
    return shown.replace("\t", " "), marked


def _columns(text: str) -> int:
    """How many columns a terminal needs; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
