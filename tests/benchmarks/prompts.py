"""Microseconds per prompt and per kilobyte for parsing and checking.

The figures are processor time, so that a busy machine disturbs them little; the scaling table shows that the time per
kilobyte stays the same as prompts grow.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.prompts import lint, parse
from tests.benchmarks.targets import Target
from tests.support.prompt_corpus import prompts

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 20
LONGEST_PROMPT = 2_500
SIZES = (500, 1_000, LONGEST_PROMPT, 5_000, 10_000, 20_000)
MOST_MILLISECONDS = 1.0
MOST_GROWTH = 2.0
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


def run() -> list[Target]:
    """Prints the corpus, the scaling and the hostile texts, and returns the targets."""
    texts = [entry["text"] for entry in prompts("known_good")]
    kilobytes = sum(len(text) for text in texts) / 1_000
    for name, work in (("parse", parse), ("lint", lint)):
        total = sum(seconds_of(work, text) for text in texts)
        print(f"{name}: {total / len(texts) * 1e6:.0f} us per prompt, {total / kilobytes * 1e6:.0f} us per kilobyte")
    prose = " ".join(texts)
    per_kilobyte = {}
    for size in SIZES:
        spent = seconds_of(parse, (prose * (size // len(prose) + 1))[:size], 5)
        per_kilobyte[size] = spent / size * 1e6
        print(f"parse {size:6} characters: {spent * 1e6:7.0f} us, {per_kilobyte[size] * 1e3:.0f} us per kilobyte")
    growth = {}
    for name, unit in HOSTILE.items():
        small, large = ((unit * (size // len(unit) + 1))[:size] for size in (5_000, 20_000))
        rates = [seconds_of(parse, text, 3) / len(text) * 1e9 for text in (small, large)]
        growth[name] = rates[1] / rates[0]
        print(f"{name}: {rates[0]:.0f} and {rates[1]:.0f} us per kilobyte at 5 and 20 thousand characters")
    worst = max(growth, key=lambda name: growth[name])
    return [
        Target(
            "parsing a prompt of 2,500 characters, per kilobyte", per_kilobyte[LONGEST_PROMPT], MOST_MILLISECONDS, "ms"
        ),
        Target(f"time per kilobyte at 20 against 5 thousand hostile characters ({worst})", growth[worst], MOST_GROWTH),
    ]
