"""Prints how well parser and linter do on the corpus.

`python -m tests.benchmarks.prompt_scores [known|held_back] [--list]`
"""

from __future__ import annotations

import sys

from tests.support.prompt_corpus import score


def main() -> None:
    """Prints recall per family, false alarms and parser exactness of one part."""
    part = next((argument for argument in sys.argv[1:] if not argument.startswith("-")), "known")
    result = score(part)
    print(f"{part}: recall {result.found.total()}/{result.expected.total()}")
    for family, expected in result.expected.items():
        print(f"  {family}: {result.found[family]}/{expected}")
    print(f"good prompts: {result.good}, false alarms {len(result.false_alarms)}, hints {result.hints}")
    exact = result.good - len(result.wrong_parses)
    print(f"parsed exactly: {exact}/{result.good}, wrong sounds {len(result.wrong_sounds)}")
    if "--list" in sys.argv:
        for name in ("missed", "false_alarms", "wrong_parses", "wrong_sounds"):
            print(f"\n{name}")
            for entry in getattr(result, name):
                print(f"  {entry}")


if __name__ == "__main__":
    main()
