"""Feeds mutated prompts to parser, linter and fixes: `python -m tests.benchmarks.prompt_fuzz [COUNT] [SEED]`."""

from __future__ import annotations

import sys
from random import Random

from bot.jobs.request import InputKind
from bot.prompts import LintContext
from tests.support.prompt_corpus import prompts
from tests.support.prompt_mutations import check_lint, check_parse, mutate

COUNT = 100_000
CONTEXTS = (LintContext(), LintContext(input=InputKind.IMAGE, voices=("Old Salt", "Warm Alto")), LintContext(seconds=5))


def main() -> None:
    """Prints how many inputs broke a promise, with the first of them."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    random = Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)  # repeatable, not secret
    texts = [entry["text"] for part in ("known_good", "known_bad") for entry in prompts(part)]
    broken: list[str] = []
    for number in range(count):
        text = mutate(random, texts)
        try:
            check_parse(text)
            check_lint(text, CONTEXTS[number % len(CONTEXTS)])
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what we look for
            broken.append(f"{type(error).__name__}: {error!s:.600} for {text!r}")
            print(broken[-1])
            if len(broken) >= 20:
                break
    print(f"{number + 1} inputs, {len(broken)} broken promises")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
