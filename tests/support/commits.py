"""Commits that fail at a chosen moment, to be given to `SqliteDatabase.open`."""

from __future__ import annotations

import sqlite3
import threading
from enum import StrEnum

HANGS_AT_MOST_SECONDS = 10.0


class Fault(StrEnum):
    """How the n-th commit goes wrong."""

    RAISE_BEFORE = "raise before"
    RAISE_AFTER = "raise after"
    HANG = "hang"


class FaultyCommit:
    """Counts commits and spoils one of them; `fault=None` only counts.

    A hanging commit sets `reached` and waits, before anything is durable, until somebody sets `released`; then it
    goes through.
    """

    def __init__(self, nth: int = 1, fault: Fault | None = None) -> None:
        self.nth = nth
        self.fault = fault
        self.commits = 0
        self.reached = threading.Event()
        self.released = threading.Event()

    def __call__(self, connection: sqlite3.Connection) -> None:
        self.commits += 1
        fault = self.fault if self.commits == self.nth else None
        if fault is Fault.RAISE_BEFORE:
            raise sqlite3.OperationalError("disk I/O error")
        if fault is Fault.HANG:
            self.reached.set()
            self.released.wait(HANGS_AT_MOST_SECONDS)
        connection.execute("COMMIT")
        if fault is Fault.RAISE_AFTER:
            raise sqlite3.OperationalError("disk I/O error")
