"""Mutations of the corpus, and what holds for every text whatsoever."""

# Chinese punctuation and curly quotes are data here.
# ruff: noqa: RUF001

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.prompts import LintContext, apply_safe_fixes, lint, parse

if TYPE_CHECKING:
    from random import Random

    from bot.prompts.model import ParsedPrompt

FRAGMENTS = (
    '"',
    "“",
    "”",
    "「",
    "」",
    "'",
    "’",
    "[",
    "]",
    "【",
    "】",
    "@",
    "＠",
    ":",
    "：",
    ",",
    "，",
    "(",
    ")",
    "\n",
    "\n\n",
    " ",
    "\t",
    ".",
    "…",
    "!",
    "@Old Salt",
    "[@V]",
    "[A]",
    "[A, soft voice]",
    "[A] @V:",
    "<<<voice_1>>>",
    "says",
    "sings: ",
    "raps",
    "he says: ",
    "they shout: ",
    "Then, ",
    "Immediately, ",
    "Dialog:",
    "Visual: ",
    "no music",
    "without ",
    "footsteps",
    "rain",
    "在",
    "他说：",
    "[女孩，温柔]",
    "“你好”",
    "旁白：",
    "GO NOW",
    "Hola amigo",
    "\x00",
    "\x01",
    "\x02",
    "\x03",
    "\u200b",
    "İ",
    "ß",
    "👩‍🚀",
    "é",
    "{label}",
    "%s",
    "\\",
    "[[",
    "]]",
    "][",
    '""',
    "@@",
    ": :",
    "remains silent",
    "[Narrator]: ",
    "and",
    "In",
    "BPM 120",
)


def mutate(random: Random, texts: list[str]) -> str:
    """One text made from the corpus by cutting, joining, inserting, repeating and shuffling."""
    text = random.choice(texts)
    for _ in range(random.randint(1, 6)):
        position = random.randint(0, len(text))
        match random.randint(0, 6):
            case 0:
                text = text[:position] + random.choice(FRAGMENTS) + text[position:]
            case 1:
                text = text[:position] + text[position + random.randint(1, 12) :]
            case 2:
                other = random.choice(texts)
                text = text[:position] + other[random.randint(0, len(other)) :]
            case 3:
                stretch = text[position : position + random.randint(1, 30)]
                text = text[:position] + stretch * random.randint(1, 3) + text[position:]
            case 4:
                words = text.split(" ")
                random.shuffle(words)
                text = " ".join(words)
            case 5:
                text = text.swapcase()
            case _:
                text = text[:position] + chr(random.randint(0, 0x2FFFF)) + text[position:]
    return "".join(sign for sign in text if not "\ud800" <= sign <= "\udfff")


def check_parse(text: str) -> ParsedPrompt:
    """What the parser promises of every text."""
    prompt = parse(text)
    assert prompt.text == text
    assert len(prompt.prose) == len(text)
    for line in prompt.lines:
        assert text[line.span.start : line.span.end] == line.text
        assert line.speaker
    for character in prompt.characters:
        assert text[character.span.start : character.span.end].lower() == character.label.lower()
    for sound in prompt.sounds:
        assert text[sound.span.start : sound.span.end] == sound.text
    for tag in prompt.voice_tags:
        assert 0 <= tag.span.start < tag.span.end <= len(text)
    for first, second in pairwise(prompt.lines):
        assert first.span.end <= second.span.start
    return prompt


def check_lint(text: str, context: LintContext) -> None:
    """What the linter and its fixes promise of every text."""
    report = lint(text, context)
    for finding in report.findings:
        assert 0 <= finding.start <= finding.end <= len(text), finding
        assert "{" not in str(finding.message) or "{" in text, finding
    fixed = report.fixed_text if report.fixed_text is not None else text
    assert apply_safe_fixes(fixed, context) == fixed, (text, fixed)
    left = [finding for finding in lint(fixed, context).findings if finding.fix is not None and finding.fix.safe]
    assert not left, (text, fixed, left)
