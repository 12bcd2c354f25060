"""What a benchmark hands back: promises, each with the figure that was measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """One promise about speed or memory. `measured` and `limit` are in `unit`; `at_least` makes the limit the least."""

    promise: str
    measured: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def passed(self) -> bool:
        """Whether the promise is kept."""
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit

    def __str__(self) -> str:
        verdict = "PASS" if self.passed else "MISS"
        bound = "at least" if self.at_least else "at most"
        unit = f" {self.unit}" if self.unit else ""
        return f"{verdict}  {self.promise}: {self.measured:.3g}{unit} ({bound} {self.limit:g}{unit})"
