"""Microseconds per prompt and per kilobyte for parsing and checking.

The figures are processor time, the best of several rounds, so that a busy machine disturbs them little; beside them
stands how many times longer that is than to split the same text into words with one regular expression. A kilobyte is
a thousand bytes of UTF-8: Chinese takes three for each character. The long prompts are the good ones of the corpus
one after the other, with a line of speech in every sentence or two: far more than any clip has room for.
"""

from __future__ import annotations

import gc
import re
import time
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from bot.prompts import lint, parse
from bot.prompts.text import is_cjk
from tests.benchmarks.targets import Target
from tests.support.prompt_corpus import prompts
from tests.support.prompt_mutations import mutate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 20
LONGEST_PROMPT = 2_500
SIZES = (200, 500, 1_000, LONGEST_PROMPT, 5_000, 10_000, 20_000)
MOST_MILLISECONDS = 1.0
MOST_MILLISECONDS_MUDDLED = 2.0
MOST_GROWTH = 2.0
MOST_MILLISECONDS_OF_CHECK = 100.0
WORDS = re.compile(r"\w+|[^\w\s]")
#: Texts that make careless scanners slow: a unit that is repeated, and a sign that comes after all of them.
HOSTILE = {
    "quotation marks": '"',
    "open brackets": "[",
    "labels": "[a] ",
    "unclosed lines": '[a]: "x ',
    "line breaks": "\n",
    "full stops": ".",
    "at signs": "@",
    "headers": "\nScene: rain",
    "negations": "no rain, ",
    "apostrophes": "'a ",
    "lines together": '[a] and [b] say: "x" ',
    "beats": 'He nods. "Hi." ',
    "names": 'Maya looks as Leo turns, she says: "Hi." ',
    "Chinese lines": "男孩说：“往左。”",  # noqa: RUF001  # Chinese punctuation is data here
}


@dataclass(frozen=True, slots=True)
class Spent:
    """The processor time of some work on a text, in milliseconds per kilobyte, and its ratio to splitting words."""

    per_kilobyte: float
    ratio: float


def seconds_of(work: Callable[[str], object], text: str, rounds: int = ROUNDS) -> float:
    """The best processor time of some rounds, in seconds.

    The collector of garbage rests meanwhile, as with `timeit`: how long its passes take is decided by how many objects
    the whole process holds, and not by the text.
    """
    best = float("inf")
    for _ in range(rounds):
        gc.disable()
        started = time.process_time()
        work(text)
        best = min(best, time.process_time() - started)
        gc.enable()
    return best


def parsing(texts: Sequence[str], rounds: int = ROUNDS) -> list[Spent]:
    """How long parsing each text takes.

    Each round goes over all texts, so that the best of a text is not from one moment of a busy machine. The baseline
    is measured at once after each parsing, under the same load.
    """
    times = [
        [(seconds_of(parse, text, 1), seconds_of(WORDS.findall, text, 1)) for text in texts] for _ in range(rounds)
    ]
    best = [[min(one) for one in zip(*of_text, strict=True)] for of_text in zip(*times, strict=True)]
    return [
        Spent(spent / len(text.encode()) * 1e6, spent / baseline)
        for text, (spent, baseline) in zip(texts, best, strict=True)
    ]


def repeated(text: str, size: int) -> str:
    """The text again and again up to a number of characters."""
    return (text * (size // len(text) + 1))[:size]


def run() -> list[Target]:
    """Prints the corpus, the scaling and the hostile texts, and returns the targets."""
    texts = [entry["text"] for entry in prompts("known_good")]
    kilobytes = sum(len(text.encode()) for text in texts) / 1_000
    for name, work in (("parse", parse), ("lint", lint)):
        total = sum(seconds_of(work, text) for text in texts)
        print(f"{name}: {total / len(texts) * 1e6:.0f} us per prompt, {total / kilobytes * 1e6:.0f} us per kilobyte")
    targets = []
    random = Random(1)  # repeatable, not secret
    for name, kind, limit in (
        ("English", [text for text in texts if not is_cjk(text)], MOST_MILLISECONDS),
        ("Chinese", [text for text in texts if is_cjk(text)], MOST_MILLISECONDS),
        ("muddled", [mutate(random, texts) for _ in texts], MOST_MILLISECONDS_MUDDLED),
    ):
        whole = "\n".join(kind)
        spent = dict(zip(SIZES, parsing([repeated(whole, size) for size in SIZES]), strict=True))
        for size, one in spent.items():
            microseconds = one.per_kilobyte * 1e3
            print(f"parse {name} {size:6} characters: {microseconds:4.0f} us per kilobyte, {one.ratio:.1f} splits")
        longest = spent[LONGEST_PROMPT].per_kilobyte
        targets.append(Target(f"parsing 2,500 characters of {name} text, per kilobyte", longest, limit, "ms"))
        growth = spent[SIZES[-1]].per_kilobyte / longest
        targets.append(Target(f"time per kilobyte of {name} text at 20 against 2.5 thousand", growth, MOST_GROWTH))
    return targets + hostile_targets()


def hostile_targets() -> list[Target]:
    """Prints what hostile texts cost, and returns the targets about the worst of them."""
    growth, checks = {}, {}
    for name, unit in HOSTILE.items():
        short, long = parsing([repeated(unit, size) + "a" for size in (5_000, 20_000)], 3)
        small, large = short.per_kilobyte, long.per_kilobyte
        growth[name] = large / small
        checks[name] = seconds_of(lint, repeated(unit, LONGEST_PROMPT), 3) * 1e3
        print(
            f"{name}: {small * 1e3:.0f} and {large * 1e3:.0f} us per kilobyte to parse 5 and 20 thousand characters, "
            f"{checks[name]:.1f} ms to check 2,500"
        )
    steepest, slowest = max(growth, key=growth.__getitem__), max(checks, key=checks.__getitem__)
    return [
        Target(
            f"time per kilobyte at 20 against 5 thousand hostile characters ({steepest})",
            growth[steepest],
            MOST_GROWTH,
        ),
        Target(f"checking 2,500 hostile characters ({slowest})", checks[slowest], MOST_MILLISECONDS_OF_CHECK, "ms"),
    ]
