"""One process per database file, enforced by the operating system."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

from bot.errors import DatabaseInUse, StorageError

if TYPE_CHECKING:
    from pathlib import Path

_PID_BYTES = 20


class FileLock:
    """An exclusive lock on a side file, held until `release` or the end of the process, however it ends.

    Raises `DatabaseInUse` if somebody else holds it. The side file stays where it is: removing it would let two
    processes lock two different files of the same name.
    """

    def __init__(self, database: Path) -> None:
        path = database.with_name(database.name + ".lock")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise StorageError(f"The lock file {path} cannot be opened: {error}.") from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(self._descriptor, _PID_BYTES).decode("ascii", "replace").strip()
            os.close(self._descriptor)
            raise DatabaseInUse(
                f"The database {database} is in use by another process{f' (pid {holder})' if holder else ''}. "
                "Stop that process first, or set database.url to another file."
            ) from error
        os.truncate(self._descriptor, 0)
        os.write(self._descriptor, f"{os.getpid()}\n".encode("ascii"))

    def release(self) -> None:
        """Let the next process in. May be called once."""
        os.close(self._descriptor)
