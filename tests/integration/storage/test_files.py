from __future__ import annotations

import asyncio
import hashlib
import threading
from typing import TYPE_CHECKING

import pytest

from bot.errors import StorageError
from bot.storage.files import FileStore, finish_in_thread
from tests.support.clips import names
from tests.support.clock import ManualClock

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 3600


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> FileStore:
    return FileStore(tmp_path, clock)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


async def test_bytes_are_found_by_their_digest(store: FileStore) -> None:
    stored = await store.put_bytes(b"hello", "text/plain", width=3, height=4)
    assert stored.digest == hashlib.sha256(b"hello").hexdigest()
    assert (stored.size, stored.media_type, stored.width, stored.height) == (5, "text/plain", 3, 4)
    assert store.path(stored.digest).read_bytes() == b"hello"


async def test_a_file_is_moved_in(store: FileStore) -> None:
    async with store.workspace() as workspace:
        source = workspace / "clip"
        source.write_bytes(b"x" * 3_000_000)
        stored = await store.put_file(source, "video/mp4")
        assert not source.exists()
    assert stored.size == 3_000_000
    assert store.path(stored.digest).stat().st_size == 3_000_000


async def test_only_the_owner_may_read(store: FileStore, tmp_path: Path) -> None:
    stored = await store.put_bytes(b"private", "text/plain")
    assert mode(store.path(stored.digest)) == 0o600
    assert mode(tmp_path / "files") == 0o700
    assert mode(store.path(stored.digest).parent) == 0o700
    async with store.workspace() as workspace:
        assert mode(workspace) == 0o700


async def test_the_same_content_is_kept_once_however_often_it_comes(store: FileStore, tmp_path: Path) -> None:
    results = await asyncio.gather(*(store.put_bytes(b"same", "text/plain") for _ in range(20)))
    assert len(set(results)) == 1
    assert len(list((tmp_path / "files").glob("*/*"))) == 1
    assert names(tmp_path / "work") == []


@pytest.mark.parametrize("digest", ["", "..", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n", "a" * 64 + "/x"])
def test_no_name_leads_out_of_the_store(store: FileStore, digest: str) -> None:
    with pytest.raises(StorageError):
        store.path(digest)


async def test_a_workspace_is_removed_with_everything_in_it(store: FileStore, tmp_path: Path) -> None:
    async def fail() -> None:
        async with store.workspace() as workspace:
            (workspace / "deep").mkdir()
            (workspace / "deep" / "file").write_bytes(b"x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert names(tmp_path / "work") == []


async def test_what_a_killed_process_left_is_cleared_at_start(store: FileStore, tmp_path: Path) -> None:
    left = tmp_path / "work" / "left"
    left.mkdir()
    (left / "clip.mp4.1234.part").write_bytes(b"x")
    assert await store.clear_workspaces() == 1
    assert names(tmp_path / "work") == []


async def test_unreferenced_files_are_deleted_after_the_grace(store: FileStore, clock: ManualClock) -> None:
    wanted = await store.put_bytes(b"wanted", "text/plain")
    unwanted = await store.put_bytes(b"unwanted", "text/plain")
    assert await store.delete_unreferenced({wanted.digest}) == 0
    await clock.advance(2 * HOUR)
    fresh = await store.put_bytes(b"fresh", "text/plain")
    assert await store.delete_unreferenced({wanted.digest}) == 1
    assert store.path(wanted.digest).exists()
    assert store.path(fresh.digest).exists()
    assert not store.path(unwanted.digest).exists()


async def test_storing_again_renews_the_grace(store: FileStore, clock: ManualClock) -> None:
    await store.put_bytes(b"again", "text/plain")
    await clock.advance(2 * HOUR)
    again = await store.put_bytes(b"again", "text/plain")
    assert await store.delete_unreferenced(set()) == 0
    assert store.path(again.digest).exists()


async def test_a_cancelled_caller_waits_for_its_thread() -> None:
    started, finish, done = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        started.set()
        finish.wait(10)
        done.set()

    caller = asyncio.create_task(finish_in_thread(work))
    await asyncio.to_thread(started.wait, 10)
    caller.cancel()
    await asyncio.sleep(0)
    assert not caller.done()
    finish.set()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert done.is_set()
