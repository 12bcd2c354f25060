"""What the SQLite database promises to those who call it."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import threading
from asyncio.subprocess import PIPE
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.errors import CommitFailed, DatabaseInUse, StorageError
from bot.storage.sqlite import CommitObservation, SqliteDatabase
from tests.support.commits import Fault, FaultyCommit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.storage.database import Transaction


def add(tx: Transaction, number: int) -> int:
    """Store a number and return how many there are."""
    tx.execute("INSERT INTO number (value) VALUES (:value)", value=number)
    return len(tx.rows("SELECT value FROM number"))


def fail_at_once(error: type[BaseException]) -> None:
    raise error


def numbers(tx: Transaction) -> list[int]:
    return [row["value"] for row in tx.rows("SELECT value FROM number ORDER BY value")]


async def test_a_result_is_durable_when_it_arrives(database: SqliteDatabase, stored: Callable[[], list[int]]) -> None:
    assert await database.run(partial(add, number=1)) == 1
    assert stored() == [1]


async def test_reading_sees_what_was_committed_and_changes_nothing(database: SqliteDatabase) -> None:
    await database.run(partial(add, number=1))
    assert await database.read(numbers) == [1]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.read(partial(add, number=2))
    assert await database.read(numbers) == [1]


async def test_reading_sees_one_moment(database: SqliteDatabase) -> None:
    reading, written = threading.Event(), threading.Event()

    def look_twice(tx: Transaction) -> tuple[list[int], list[int]]:
        first = numbers(tx)
        reading.set()
        assert written.wait(10)
        return first, numbers(tx)

    looking = asyncio.create_task(database.read(look_twice))
    assert await asyncio.to_thread(reading.wait, 10)
    await database.run(partial(add, number=1))
    written.set()
    assert await looking == ([], [])
    assert await database.read(numbers) == [1]


async def test_nobody_waits_for_a_survey(database: SqliteDatabase) -> None:
    await database.run(partial(add, number=1))
    surveying, answered = threading.Event(), threading.Event()

    def look_long(tx: Transaction) -> list[int]:
        found = numbers(tx)
        surveying.set()
        assert answered.wait(10)
        return found

    survey = asyncio.create_task(database.survey(look_long))
    assert await asyncio.to_thread(surveying.wait, 10)
    async with asyncio.timeout(5):
        assert await database.read(numbers) == [1]
        assert await database.run(partial(add, number=2)) == 2
    answered.set()
    assert await survey == [1]


async def test_a_survey_changes_nothing(database: SqliteDatabase) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.survey(partial(add, number=1))


async def test_rows_are_mappings(database: SqliteDatabase) -> None:
    def look(tx: Transaction) -> None:
        assert tx.row("SELECT 1 AS one, 'x' AS letter") == {"one": 1, "letter": "x"}
        assert tx.row("SELECT value FROM number") is None
        assert tx.rows("SELECT value FROM number") == []
        assert tx.execute("DELETE FROM number WHERE value = :value", value=1) == 0
        assert tx.execute("INSERT INTO number (value) VALUES (1), (2)") == 2

    await database.run(look)


async def test_those_who_wait_share_a_commit(path: Path) -> None:
    observed: list[CommitObservation] = []
    async with await SqliteDatabase.open(path, observer=observed.append) as database:
        counts = await asyncio.gather(*(database.run(partial(add, number=number)) for number in range(100)))
    assert sorted(counts) == list(range(1, 101)), "each sees what the ones before it wrote"
    assert sum(observation.transactions for observation in observed) == 100
    assert len(observed) <= 2
    assert all(observation.seconds > 0 for observation in observed)


async def test_a_failing_function_is_undone_alone(database: SqliteDatabase, stored: Callable[[], list[int]]) -> None:
    def fail_after_writing(tx: Transaction) -> None:
        add(tx, 100)
        raise LookupError("no")

    outcomes = await asyncio.gather(
        database.run(partial(add, number=1)),
        database.run(fail_after_writing),
        database.run(partial(add, number=1)),
        database.run(partial(add, number=2)),
        return_exceptions=True,
    )
    assert outcomes[0] == 1
    assert isinstance(outcomes[1], LookupError)
    assert isinstance(outcomes[2], sqlite3.IntegrityError)
    assert outcomes[3] == 2
    assert stored() == [1, 2]


@pytest.mark.parametrize(("fault", "on_disk"), [(Fault.RAISE_BEFORE, []), (Fault.RAISE_AFTER, [0, 1, 2])])
async def test_a_failing_commit_fails_the_whole_batch(
    path: Path, stored: Callable[[], list[int]], fault: Fault, on_disk: list[int]
) -> None:
    async with await SqliteDatabase.open(path, commit=FaultyCommit(1, fault)) as database:
        outcomes = await asyncio.gather(
            *(database.run(partial(add, number=number)) for number in range(3)), return_exceptions=True
        )
        assert [type(outcome) for outcome in outcomes] == [CommitFailed] * 3
        assert len({id(outcome) for outcome in outcomes}) == 3
        assert stored() == on_disk
        await database.run(partial(add, number=7))
        assert stored() == [*on_disk, 7]


async def test_nobody_is_answered_before_the_commit(path: Path, stored: Callable[[], list[int]]) -> None:
    commit = FaultyCommit(1, Fault.HANG)
    async with await SqliteDatabase.open(path, commit=commit) as database:
        waiting = asyncio.create_task(database.run(partial(add, number=1)))
        assert await asyncio.to_thread(commit.reached.wait, 10)
        later = asyncio.create_task(database.run(partial(add, number=2)))
        assert await database.read(numbers) == []
        assert stored() == []
        assert not waiting.done()
        commit.released.set()
        assert await waiting == 1
        assert await later == 2


async def test_a_caller_cancelled_before_its_turn_writes_nothing(path: Path, stored: Callable[[], list[int]]) -> None:
    commit = FaultyCommit(1, Fault.HANG)
    async with await SqliteDatabase.open(path, commit=commit) as database:
        first = asyncio.create_task(database.run(partial(add, number=1)))
        assert await asyncio.to_thread(commit.reached.wait, 10)
        second = asyncio.create_task(database.run(partial(add, number=2)))
        third = asyncio.create_task(database.run(partial(add, number=3)))
        await asyncio.sleep(0)
        second.cancel()
        commit.released.set()
        assert (await first, await third) == (1, 2)
        assert second.cancelled()
    assert stored() == [1, 3]


async def test_a_caller_cancelled_during_the_commit_leaves_a_whole_transaction(
    path: Path, stored: Callable[[], list[int]]
) -> None:
    commit = FaultyCommit(1, Fault.HANG)
    async with await SqliteDatabase.open(path, commit=commit) as database:
        first = asyncio.create_task(database.run(partial(add, number=1)))
        second = asyncio.create_task(database.run(partial(add, number=2)))
        assert await asyncio.to_thread(commit.reached.wait, 10)
        first.cancel()
        commit.released.set()
        assert await second == 2
        assert first.cancelled()
    assert stored() == [1, 2]


async def test_cancelling_everything_leaves_a_working_database(path: Path, stored: Callable[[], list[int]]) -> None:
    commit = FaultyCommit(1, Fault.HANG)
    async with await SqliteDatabase.open(path, commit=commit) as database:
        begun = asyncio.create_task(database.run(partial(add, number=1)))
        assert await asyncio.to_thread(commit.reached.wait, 10)
        waiting = asyncio.create_task(database.run(partial(add, number=2)))
        await asyncio.sleep(0)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        commit.released.set()
        await asyncio.wait([begun, waiting])
        assert begun.cancelled()
        assert waiting.cancelled()
        await database.run(partial(add, number=3))
    assert stored() == [1, 3]


async def test_a_full_disk_fails_the_one_who_filled_it(path: Path, stored: Callable[[], list[int]]) -> None:
    def fill_the_disk(tx: Transaction) -> None:
        pages = tx.row("PRAGMA page_count")
        assert pages is not None
        tx.row(f"PRAGMA max_page_count = {pages['page_count']}")
        tx.execute("CREATE TABLE large (content BLOB)")
        tx.execute("INSERT INTO large VALUES (:content)", content=bytes(1_000_000))

    async with await SqliteDatabase.open(path) as database:
        outcomes = await asyncio.gather(
            database.run(partial(add, number=1)), database.run(fill_the_disk), return_exceptions=True
        )
        assert outcomes[0] == 1
        assert isinstance(outcomes[1], sqlite3.OperationalError)
        await database.run(partial(add, number=2))
    assert stored() == [1, 2]


async def test_a_batch_that_loses_its_transaction_fails_as_a_whole(
    database: SqliteDatabase, stored: Callable[[], list[int]]
) -> None:
    outcomes = await asyncio.gather(
        database.run(partial(add, number=1)),
        database.run(lambda tx: tx.execute("ROLLBACK")),  # what SQLite itself does after some disk errors
        database.run(partial(add, number=3)),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [StorageError] * 3
    assert stored() == []
    assert await database.run(partial(add, number=4)) == 1


@pytest.mark.parametrize(("raised", "arrives"), [(StopIteration, RuntimeError), (SystemExit, SystemExit)])
async def test_whatever_a_function_raises_reaches_its_caller_alone(
    database: SqliteDatabase, raised: type[BaseException], arrives: type[BaseException]
) -> None:
    def fail(tx: Transaction) -> None:
        add(tx, 1)
        raise raised

    with pytest.raises(arrives):
        await database.read(lambda _: fail_at_once(raised))
    failing = database.run(fail)
    other = asyncio.create_task(database.run(partial(add, number=2)))
    with pytest.raises(arrives):
        await failing
    assert await other == 1


async def test_an_observer_that_fails_harms_nobody(path: Path) -> None:
    reported = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context["exception"]))

    def observe(_: CommitObservation) -> None:
        raise LookupError("no such metric")

    async with await SqliteDatabase.open(path, observer=observe) as database:
        assert [await database.run(partial(add, number=number)) for number in range(3)] == [1, 2, 3]
    assert [type(error) for error in reported] == [LookupError] * 3


async def test_a_transaction_is_useless_after_its_function(database: SqliteDatabase) -> None:
    kept: list[Transaction] = []
    await database.run(kept.append)
    with pytest.raises(RuntimeError, match="after the function"):
        kept[0].rows("SELECT value FROM number")


async def test_closing_finishes_what_was_begun(path: Path, stored: Callable[[], list[int]]) -> None:
    database = await SqliteDatabase.open(path)
    running = [asyncio.create_task(database.run(partial(add, number=number))) for number in range(50)]
    await asyncio.sleep(0)
    await database.close()
    await asyncio.gather(*running)
    assert stored() == list(range(50))
    await database.close()
    with pytest.raises(StorageError, match="closed"):
        await database.run(numbers)
    with pytest.raises(StorageError, match="closed"):
        await database.read(numbers)


async def test_the_connection_is_as_durable_as_promised(database: SqliteDatabase) -> None:
    def settings(tx: Transaction) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        rows = [tx.row(f"PRAGMA {name}") for name in names]
        return {name: next(iter(row.values())) for name, row in zip(names, rows, strict=True) if row}

    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}
    assert await database.run(settings) == expected


async def test_the_files_are_private(path: Path) -> None:
    await asyncio.to_thread(path.chmod, 0o644)
    async with await SqliteDatabase.open(path) as database:
        await database.run(partial(add, number=1))
        files = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert files == dict.fromkeys(("test.db", "test.db-wal", "test.db-shm", "test.db.lock"), 0o600)
    assert path.parent.stat().st_mode & 0o777 == 0o700


async def test_a_second_database_on_the_same_file_is_refused(database: SqliteDatabase, path: Path) -> None:
    with pytest.raises(DatabaseInUse, match="in use by another process"):
        await SqliteDatabase.open(path)
    assert await database.run(partial(add, number=1)) == 1


async def test_a_second_process_is_refused_until_the_first_one_ends_however_it_ends(path: Path) -> None:
    program = "import sys; from pathlib import Path; from bot.storage.filelock import FileLock; "
    program += "lock = FileLock(Path(sys.argv[1])); print('locked', flush=True); sys.stdin.read()"
    holder = await asyncio.create_subprocess_exec(sys.executable, "-c", program, str(path), stdin=PIPE, stdout=PIPE)
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"locked\n"
    with pytest.raises(DatabaseInUse, match=rf"pid {holder.pid}.*Stop that process first"):
        await SqliteDatabase.open(path)
    holder.kill()
    await holder.communicate()
    async with await SqliteDatabase.open(path) as database:
        assert await database.run(partial(add, number=1)) == 1


async def test_a_file_that_is_no_database_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(StorageError, match=r"letter\.db cannot be used as a database"):
        await SqliteDatabase.open(path)
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(StorageError, match="cannot be opened"):
        await SqliteDatabase.open(tmp_path / "folder.db")
    assert not [thread.name for thread in threading.enumerate() if "connection" in thread.name]
