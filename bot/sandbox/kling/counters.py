"""What happened so far, counted for tests and benchmarks."""

from __future__ import annotations

from collections import Counter
from typing import Any

_UNKNOWN_PATHS_KEPT = 100


class Counters:
    """Counts calls and effects.

    Names in use: `create_attempts` (every create call that arrived, whatever became of it), `tasks_made`, `queries`,
    `lists`, `account_calls`, `voice_calls`, `downloads_started`, `downloads_finished`, `callbacks_sent` (attempts),
    `callbacks_answered`, `refused` (answers with an error of the vendor), `faults` (answers, tasks, callbacks and
    downloads that a rule struck).
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._attempts: Counter[str] = Counter()
        self._unknown_paths: list[str] = []

    def count(self, name: str) -> None:
        """Add one."""
        self._counts[name] += 1

    def count_attempt(self, external_task_id: str | None) -> None:
        """Add a create attempt under a client's id."""
        self.count("create_attempts")
        if external_task_id:
            self._attempts[external_task_id] += 1

    def record_unknown_path(self, line: str) -> None:
        """Keep method and path of a call to something that does not exist; the first hundred are kept."""
        self.count("unknown_paths")
        if len(self._unknown_paths) < _UNKNOWN_PATHS_KEPT:
            self._unknown_paths.append(line)

    def __getitem__(self, name: str) -> int:
        return self._counts[name]

    def attempts(self, external_task_id: str) -> int:
        """Return how many create calls came under a client's id."""
        return self._attempts[external_task_id]

    def report(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return {
            **self._counts,
            "attempts_by_external_task_id": dict(self._attempts),
            "unknown_path_lines": list(self._unknown_paths),
        }

    def clear(self) -> None:
        """Forget everything."""
        self._counts.clear()
        self._attempts.clear()
        self._unknown_paths.clear()
