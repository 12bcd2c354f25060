"""Runs benchmarks and judges them: `python -m tests.benchmarks [NAME …]`, by default all of them.

Each prints its figures and ratios to a baseline measured in the same run. At the end stands every promise of the
design with PASS or MISS; a MISS makes the exit code 1.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from tests.benchmarks.targets import Target

NAMES = (
    "ledger",
    "commit_latency",
    "vendor_calls",
    "handover",
    "open_jobs",
    "answers",
    "posting",
    "servers",
    "fetch",
    "prompts",
)


class Benchmark(Protocol):
    """A module of this package that measures something."""

    __doc__: str | None

    def run(self) -> list[Target]:
        """Measure, print the figures, and return what was promised about them."""
        ...


def main() -> int:
    """Run what was asked for and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure speed and memory.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of: {', '.join(NAMES)}; all by default")
    names = parser.parse_args().names or NAMES
    unknown = sorted(set(names) - set(NAMES))
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}; there are {', '.join(NAMES)}")
    print(machine())
    targets: list[Target] = []
    for name in names:
        benchmark = cast("Benchmark", import_module(f"tests.benchmarks.{name}"))
        print(f"\n== {name}: {(benchmark.__doc__ or '').splitlines()[0]}", flush=True)
        targets += benchmark.run()
    print("\n== targets")
    for target in targets:
        print(target)
    return 0 if all(target.passed for target in targets) else 1


def machine() -> str:
    """Describe the machine in a line, because figures mean nothing without it."""
    names = [line for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    model = names[0].partition(":")[2].strip() if names else platform.processor()
    memory = os.sysconf("SC_PAGESIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    python = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} x {model}, {memory:.0f} GB, {platform.system()}, {python}; load before the start {load}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


if __name__ == "__main__":
    sys.exit(main())
