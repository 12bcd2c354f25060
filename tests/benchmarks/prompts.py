"""Prints microseconds per prompt and per kilobyte for parsing and checking: `python -m tests.benchmarks.prompts`.

The figures are processor time, so that a busy machine disturbs them little; the scaling table shows that the time per
kilobyte stays the same as prompts grow.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.prompts import lint, parse
from tests.support.prompt_corpus import prompts

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 20
SIZES = (500, 1_000, 2_500, 5_000, 10_000, 20_000)
#: Texts that make careless scanners slow.
HOSTILE = {
    "quotation marks": '"',
    "open brackets": "[",
    "labels": "[a] ",
    "unclosed lines": '[a]: "x ',
    "line breaks": "\n",
    "at signs": "@",
    "headers": "\nScene: ",
    "negations": "no rain, ",
    "apostrophes": "'a ",
}


def seconds_of(work: Callable[[str], object], text: str, rounds: int = ROUNDS) -> float:
    """The best processor time of some rounds, in seconds."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        work(text)
        best = min(best, time.process_time() - started)
    return best


def main() -> None:
    """Prints the corpus, the scaling and the hostile texts."""
    texts = [entry["text"] for entry in prompts("known_good")]
    kilobytes = sum(len(text) for text in texts) / 1_000
    for name, work in (("parse", parse), ("lint", lint)):
        total = sum(seconds_of(work, text) for text in texts)
        print(f"{name}: {total / len(texts) * 1e6:.0f} us per prompt, {total / kilobytes * 1e6:.0f} us per kilobyte")
    prose = " ".join(texts)
    for size in SIZES:
        spent = seconds_of(parse, (prose * (size // len(prose) + 1))[:size], 5)
        print(f"parse {size:6} characters: {spent * 1e6:7.0f} us, {spent / size * 1e9:.0f} us per kilobyte")
    for name, unit in HOSTILE.items():
        small, large = ((unit * (size // len(unit) + 1))[:size] for size in (5_000, 20_000))
        rates = [seconds_of(parse, text, 3) / len(text) * 1e9 for text in (small, large)]
        print(f"{name}: {rates[0]:.0f} and {rates[1]:.0f} us per kilobyte at 5 and 20 thousand characters")


if __name__ == "__main__":
    main()
