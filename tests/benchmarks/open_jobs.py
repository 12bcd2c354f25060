"""What open jobs cost in memory and processor time: the whole application watching 1,000 and 10,000 running tasks.

The jobs are placed and moved to `running` by the real functions, as if a process had died while the vendor worked on
them; a fresh process takes them up and watches them for a minute against the Kling stand-in, which is a process of its
own. The baseline watches as many tasks in the briefest way: an asyncio task and a future for each, every list page
read with httpx as often as the watcher asks at most.

Run it as `python -m tests.benchmarks open_jobs`.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.clock import SystemClock
from tests.benchmarks.crowd import crowd, leave_running
from tests.benchmarks.processes import result, server
from tests.benchmarks.targets import Target

NUMBERS = (1_000, 10_000)
MOST_MEGABYTES = 250
EACH = ("megabytes", "processor_per_minute")


@dataclass(frozen=True, slots=True)
class Cost:
    """What watching cost one process: until everything was watched, then in memory, then in a minute of watching."""

    start_seconds: float
    start_processor: float
    megabytes: float
    peak_megabytes: float
    processor_per_minute: float
    calls_per_minute: float

    def beyond(self, empty: Cost, name: str) -> float:
        """Return what the jobs add to one of the figures of a process without any."""
        added: float = getattr(self, name) - getattr(empty, name)
        return added


async def measure(way: str, size: int) -> Cost:
    """Watch in a fresh process, with a vendor in another."""
    now = SystemClock().now()
    with tempfile.TemporaryDirectory() as directory:
        leave_running(Path(directory) / "soundstage.db", crowd(size, now))
        async with server("tests.benchmarks.crowd_vendor", directory, size, now) as vendor:
            addresses = [vendor[name] for name in ("base_url", "access_key", "secret_key", "api_key")]
            return Cost(**await result("tests.benchmarks.crowd_watchers", way, directory, size, *addresses))


def run() -> list[Target]:
    """Measure everything in turns, print the table, and return the targets."""
    print(
        f"{'':26}{'taken up in':>12}{'of it CPU':>11}{'memory':>10}{'peak':>9}{'a job':>10}"
        f"{'CPU a minute':>14}{'a job':>11}{'calls a minute':>16}"
    )
    costs: dict[tuple[str, int], Cost] = {}
    for way in ("bare", "application"):
        for size in (0, *NUMBERS):
            costs[way, size] = asyncio.run(measure(way, size))
            print(_line(f"{way}, {size:,} jobs", size, costs[way, size], costs[way, 0]))
    for size in NUMBERS:
        memory, processor = (costs["application", size].beyond(costs["application", 0], name) for name in EACH)
        bare_memory, bare_processor = (costs["bare", size].beyond(costs["bare", 0], name) for name in EACH)
        print(
            f"ratio to bare for each of {size:,} jobs: "
            f"memory {memory / bare_memory:.1f}, CPU of watching {processor / bare_processor:.1f}"
        )
    most = NUMBERS[-1]
    peak = costs["application", most].peak_megabytes
    return [Target(f"peak memory of the process with {most:,} open jobs", peak, MOST_MEGABYTES, "MB")]


def _line(label: str, size: int, cost: Cost, empty: Cost) -> str:
    start = f"{cost.start_seconds:10.2f} s{cost.start_processor:9.2f} s"
    totals = f"{cost.megabytes:7.1f} MB{cost.peak_megabytes:6.0f} MB"
    kilobytes = f"{cost.beyond(empty, 'megabytes') * 1024 / size:7.1f} KB" if size else " " * 10
    processor = f"{cost.processor_per_minute:12.2f} s"
    each = cost.beyond(empty, "processor_per_minute") * 1e6 / size if size else 0
    return f"{label:26}{start}{totals}{kilobytes}{processor}{each:8.0f} us{cost.calls_per_minute:16.0f}"
