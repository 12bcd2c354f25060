"""The file store: files kept by the SHA-256 of their content, and the directories in which files are made.

```text
ROOT/files/ab/abcdef…   one file per content, mode 0600, never changed
ROOT/work/XXXXXXXX/     a workspace: where downloads and encoders write; removed when done, or at the next start
```
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import re
import secrets
import shutil
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from bot.errors import StorageError
from bot.jobs.request import StoredFile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection
    from pathlib import Path
    from typing import BinaryIO

    from bot.clock import Clock

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_CHUNK_BYTES = 1 << 20
_GRACE_SECONDS = 3600.0

_P = ParamSpec("_P")
_T = TypeVar("_T")


async def finish_in_thread(function: Callable[_P, _T], *arguments: _P.args, **keywords: _P.kwargs) -> _T:
    """Run `function` in a thread and return its result; on cancellation wait for the thread before giving up.

    `asyncio.to_thread` leaves a cancelled caller while its thread still works on a file that the caller is about to
    close or delete. This does not.
    """
    running = asyncio.ensure_future(asyncio.to_thread(function, *arguments, **keywords))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


def replace_durably(file: BinaryIO, part: Path, destination: Path) -> None:
    """Move a finished file into its place so that after a power cut it is there whole or not at all."""
    file.flush()
    os.fsync(file.fileno())
    part.replace(destination)
    _sync_directory(destination.parent)


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class FileStore:
    """Keeps files by content under one directory that belongs to one process."""

    def __init__(self, root: Path, clock: Clock) -> None:
        root = root.absolute()  # Children that are given our names may run elsewhere.
        self._files = root / "files"
        self._work = root / "work"
        self._clock = clock
        self._lock = asyncio.Lock()
        for directory in (self._files, self._work):
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    def path(self, digest: str) -> Path:
        """Return where the file with this digest lies; it need not exist. Raises `StorageError` for a bad digest."""
        if not _DIGEST.fullmatch(digest):
            raise StorageError("A file was asked for by a name that no stored file can have.")
        return self._files / digest[:2] / digest

    async def put_bytes(self, content: bytes, media_type: str, *, width: int = 0, height: int = 0) -> StoredFile:
        """Keep `content` and return its description."""
        async with self.workspace() as workspace:
            source = workspace / "content"
            await finish_in_thread(source.write_bytes, content)
            return await self.put_file(source, media_type, width=width, height=height)

    async def put_file(self, source: Path, media_type: str, *, width: int = 0, height: int = 0) -> StoredFile:
        """Move the file `source`, which must lie in a workspace of this store, into the store."""
        digest, size = await finish_in_thread(_digest, source)
        async with self._lock:
            await finish_in_thread(self._keep, source, self.path(digest))
        return StoredFile(digest=digest, media_type=media_type, size=size, width=width, height=height)

    @contextlib.asynccontextmanager
    async def workspace(self) -> AsyncIterator[Path]:
        """Provide an empty private directory that is removed with everything in it at the end."""
        directory = self._work / secrets.token_hex(8)
        try:
            await finish_in_thread(directory.mkdir, mode=0o700)
            yield directory
        finally:
            await finish_in_thread(shutil.rmtree, directory, ignore_errors=True)

    async def clear_workspaces(self) -> int:
        """Remove what an earlier process left in its workspaces; call it at start. Returns how many there were."""
        left = await finish_in_thread(lambda: list(self._work.iterdir()))
        for directory in left:
            await finish_in_thread(shutil.rmtree, directory, ignore_errors=True)
        return len(left)

    async def delete_unreferenced(self, live: Collection[str], *, grace_seconds: float = _GRACE_SECONDS) -> int:
        """Delete files whose digest is not in `live` and that were not stored within the grace; return how many.

        The grace covers files that were put a moment ago and are not yet named by a row.
        """
        oldest = self._clock.now() / 1000 - grace_seconds
        keep = frozenset(live)
        deleted = 0
        for path in await finish_in_thread(lambda: list(self._files.glob("*/*"))):
            if path.name in keep:
                continue
            async with self._lock:
                deleted += await finish_in_thread(_delete_older, path, oldest)
        return deleted

    async def delete(self, digests: Collection[str]) -> int:
        """Delete these files now and return how many there were; the caller knows that nothing names them any more."""
        deleted = 0
        for path in [self.path(digest) for digest in digests]:
            async with self._lock:
                deleted += await finish_in_thread(_delete_older, path, self._clock.now() / 1000 + 1)
        return deleted

    def _keep(self, source: Path, destination: Path) -> None:
        now = self._clock.now() / 1000
        if destination.exists():
            os.utime(destination, (now, now))
            source.unlink()
            return
        if not destination.parent.exists():
            destination.parent.mkdir(mode=0o700)
            _sync_directory(self._files)
        with source.open("rb+", buffering=0) as file:
            os.fchmod(file.fileno(), 0o600)
            os.utime(file.fileno(), (now, now))
            replace_durably(file, source, destination)


def _digest(path: Path) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _delete_older(path: Path, oldest: float) -> bool:
    if not path.exists() or path.stat().st_mtime >= oldest:
        return False
    path.unlink()
    return True
