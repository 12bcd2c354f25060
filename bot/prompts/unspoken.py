"""A prompt without what is said in it: the scene alone, for a clip that goes on from another one."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.prompts.parser import parse

if TYPE_CHECKING:
    from bot.prompts.model import Line, ParsedPrompt

_END: Final = re.compile(r"[.!?…。！？\n]")
_ENDED: Final = re.compile(r"[.!?…。！？]\s*$")
_GOES_ON: Final = re.compile(r"[ \t]*[a-z,;，；—–-]")
_BLANK_LINES: Final = re.compile(r"\n\s*\n+")
_SPACES: Final = re.compile(r"[ \t]{2,}")


def without_speech(text: str) -> str:
    """Return a prompt without the sentences in which somebody speaks or sings; empty where nothing else is left."""
    prompt = parse(text)
    kept, at = [], 0
    for start, end in sorted(_sentence(prompt, line) for line in prompt.lines):
        kept.append(text[at : max(at, start)])
        at = max(at, end)
    scene = "".join([*kept, text[at:]])
    return _BLANK_LINES.sub("\n\n", _SPACES.sub(" ", scene)).strip()


def _sentence(prompt: ParsedPrompt, line: Line) -> tuple[int, int]:
    """Return the range of the sentence with a line, from what names its speaker to what may be said about it after."""
    text = prompt.text
    quote = prompt.quotes[line.quote].outer if prompt.quotes else line.span
    first = min(quote.start, line.introducer.start) if line.introducer.end else quote.start
    before = max((found.end() for found in _END.finditer(text, 0, first)), default=0)
    if _ENDED.search(line.text) and not _GOES_ON.match(text, quote.end):
        return before, quote.end
    rest = _END.search(text, quote.end)
    return before, len(text) if rest is None else rest.end() - (rest[0] == "\n")
