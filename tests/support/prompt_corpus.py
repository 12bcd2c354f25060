"""The corpus of prompts with what is right and wrong about them, and how well parser and linter do on it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.findings import Severity
from bot.prompts import LintContext, lint
from bot.prompts.model import SoundKind

FOLDER = Path(__file__).parent.parent / "corpus"


def prompts(name: str) -> list[dict[str, Any]]:
    """One file of the corpus: `known_good`, `known_bad`, `held_back_good`, `held_back_bad`."""
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@dataclass
class Score:
    """How well a part of the corpus came out; the lists hold what did not."""

    expected: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    good: int = 0
    false_alarms: list[str] = field(default_factory=list)
    wrong_parses: list[str] = field(default_factory=list)
    wrong_sounds: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    hints: int = 0

    @property
    def recall(self) -> float:
        """The share of the expected findings that was found."""
        return self.found.total() / max(1, self.expected.total())


def score(part: str) -> Score:
    """Runs the linter over both halves of a part, `known` or `held_back`."""
    result = Score()
    for entry in prompts(f"{part}_bad"):
        report = lint(entry["text"], LintContext.from_mapping(entry["context"]))
        rules = {finding.rule for finding in report.findings}
        for rule in entry["rules"]:
            result.expected[rule[0]] += 1
            if rule in rules:
                result.found[rule[0]] += 1
            else:
                result.missed.append(f"{entry['id']} {rule}: {entry['text']}")
    for entry in prompts(f"{part}_good"):
        result.good += 1
        _score_good(entry, result)
    return result


def _score_good(entry: dict[str, Any], result: Score) -> None:
    report = lint(entry["text"], LintContext.from_mapping(entry["context"]))
    alarms = [finding for finding in report.findings if finding.severity is not Severity.HINT]
    result.hints += len(report.findings) - len(alarms)
    if alarms:
        result.false_alarms.append(f"{entry['id']} {[alarm.rule for alarm in alarms]}: {entry['text']}")
    prompt = report.prompt
    lines = [
        {"speaker": one.speaker, "line": one.text, "kind": one.kind.value, "voice": one.voice} for one in prompt.lines
    ]
    characters = [character.label for character in prompt.characters]
    if (
        lines != entry["dialogue"]
        or characters != entry["characters"]
        or (entry["shape"] and prompt.shape.value != entry["shape"])
    ):
        result.wrong_parses.append(f"{entry['id']} {characters} {lines} {prompt.shape.value}: {entry['text']}")
    kinds = {kind.value for kind in SoundKind if prompt.has(kind)}
    if "sounds" in entry and kinds != set(entry["sounds"]):
        result.wrong_sounds.append(f"{entry['id']} {sorted(kinds)} for {entry['sounds']}: {entry['text']}")
