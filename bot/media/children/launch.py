"""Limit this process, then become another program.

Usage: `launch.py '{"nice": 10, "resources": {"AS": 1073741824, …}}' PROGRAM ARGUMENT…`. Limits are set here rather
than in a `preexec_fn`, which is not safe in a program with threads.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Apply the limits of the first argument and execute the others with an empty environment."""
    limits = json.loads(sys.argv[1])
    command = sys.argv[2:]
    _die_with_parent()
    # Python ignores these two, and what is ignored stays so in the next program.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.nice(limits["nice"])
    for name, value in limits["resources"].items():
        # The processor limit warns at the soft limit, which kills a program that does not handle it.
        hard = value + 1 if name == "CPU" else value
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, hard))
    os.execve(command[0], command, {})  # noqa: S606 - becoming another program is the purpose; no shell is involved


def _die_with_parent() -> None:
    """Ask Linux to kill this process when the bot dies, so that no encoder is left running."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - not everywhere

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main()
