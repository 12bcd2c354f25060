"""The chain of migrations: complete, applied as a whole, and nothing but it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot import ledger
from bot.errors import DatabaseTooNew, StorageError
from bot.storage import connection as session
from bot.storage.migrate import Migration, load_migrations, migrate, parse_migration, pending

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADER = "-- Revises: {revises}\n-- Date: 2026-11-21\n-- Reason: For the test.\n"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(session.connect(tmp_path / "test.db")) as connection:
        yield connection


def shape(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").fetchall()


def up_to(connection: sqlite3.Connection, migrations: list[Migration]) -> list[str]:
    applied = session.write(connection, lambda tx: migrate(tx, migrations, at=5))
    return [migration.name for migration in applied]


def step(number: int, sql: str, revises: str | None = None) -> Migration:
    revises = revises or ("nothing" if number == 1 else f"{number - 1:04}_step")
    return parse_migration(f"{number:04}_step.sql", HEADER.format(revises=revises) + sql)


def write_files(directory: Path, *migrations: Migration) -> Path:
    for migration in migrations:
        (directory / f"{migration.name}.sql").write_text(migration.sql)
    return directory


def test_the_files_form_one_chain() -> None:
    migrations = load_migrations()
    assert [migration.number for migration in migrations] == list(range(1, len(migrations) + 1))
    assert migrations[0].name == "0001_ledger"
    assert all(migration.reason and migration.date for migration in migrations)


def test_empty_to_head_and_again(connection: sqlite3.Connection) -> None:
    migrations = load_migrations()
    assert up_to(connection, migrations) == [migration.name for migration in migrations]
    before = shape(connection)
    assert up_to(connection, migrations) == []
    assert shape(connection) == before
    assert connection.execute("SELECT number, applied_at FROM migration").fetchall() == [
        (migration.number, 5) for migration in migrations
    ]


@pytest.mark.parametrize("migration", load_migrations(), ids=lambda migration: migration.name)
def test_every_migration_leads_to_the_same_shape_one_by_one(
    connection: sqlite3.Connection, migration: Migration
) -> None:
    """Stop before each migration, put rows into what is there, go on: the rows stay, the shape is that of head."""
    migrations = load_migrations()
    up_to(connection, migrations[: migration.number - 1])
    has_ledger = migration.number > 1
    if has_ledger:
        give = partial(ledger.grant, command="1", owner="server:1/person:1", amount=100, actor="admin", at=1)
        session.write(connection, give)
        session.write(connection, partial(ledger.hold, job="j1", owner="server:1/person:1", amount=30, at=2))
    assert up_to(connection, migrations)[0] == migration.name
    if has_ledger:
        balance = session.read(connection, partial(ledger.balance, owner="server:1/person:1", at=3))
        assert (balance.permanent, balance.held) == (70, 30)
        assert session.read(connection, ledger.audit).clean
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        up_to(fresh, migrations)
        assert shape(connection) == shape(fresh)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_failure_inside_leaves_everything_as_it_was(connection: sqlite3.Connection) -> None:
    migrations = load_migrations()
    up_to(connection, migrations)
    before = shape(connection)
    head = len(migrations)
    good = step(head + 1, "CREATE TABLE extra (id BIGINT);\nINSERT INTO extra VALUES (1);\n", migrations[-1].name)
    bad = step(head + 2, "ALTER TABLE extra ADD COLUMN name TEXT;\nDROP TABLE entry;\nSELECT nonsense;\n")
    with pytest.raises(sqlite3.OperationalError):
        up_to(connection, [*migrations, good, bad])
    assert shape(connection) == before
    assert session.read(connection, lambda tx: pending(tx, migrations)) == []


def test_an_end_of_the_process_inside_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    with closing(session.connect(path)) as connection:
        up_to(connection, load_migrations())
        before = shape(connection)
    dying = session.connect(path)
    dying.execute("BEGIN IMMEDIATE")
    dying.execute("DROP TABLE cap_entry")
    dying.close()
    with closing(session.connect(path)) as connection:
        assert shape(connection) == before


def test_a_database_of_a_later_version_is_refused_untouched(connection: sqlite3.Connection) -> None:
    migrations = load_migrations()
    later = step(len(migrations) + 1, "CREATE TABLE extra (id BIGINT);\n", migrations[-1].name)
    up_to(connection, [*migrations, later])
    before = shape(connection)
    with pytest.raises(DatabaseTooNew, match=rf"later version of Soundstage \(it has {later.name}\)"):
        up_to(connection, migrations)
    assert shape(connection) == before


def test_a_migration_that_was_changed_after_it_was_applied_is_refused(connection: sqlite3.Connection) -> None:
    migrations = load_migrations()
    up_to(connection, migrations)
    changed = [replace(migrations[0], sql=migrations[0].sql + "\n-- one more word\n"), *migrations[1:]]
    with pytest.raises(StorageError, match="Migration 0001_ledger is not what was applied"):
        up_to(connection, changed)


@pytest.mark.parametrize(
    "chain",
    [
        [step(1, ""), step(2, "", revises="0003_step")],
        [step(1, ""), step(3, "", revises="0001_step")],
        [step(2, "", revises="nothing")],
        [step(1, ""), step(2, ""), replace(step(2, ""), name="0002_twin")],
    ],
    ids=["wrong predecessor", "gap", "no beginning", "two of the same number"],
)
def test_a_broken_chain_is_noticed(tmp_path: Path, chain: list[Migration]) -> None:
    with pytest.raises(StorageError, match="revise"):
        load_migrations(write_files(tmp_path, *chain))


@pytest.mark.parametrize(
    ("name", "sql"),
    [
        ("0001_step.sql", "CREATE TABLE a (b BIGINT);"),
        ("0001_step.sql", "-- Revises: nothing\n-- Date: soon\n-- Reason: x\n"),
        ("1_step.sql", HEADER.format(revises="nothing")),
        ("0001_Step.sql", HEADER.format(revises="nothing")),
    ],
)
def test_a_file_without_its_header_or_name_is_noticed(name: str, sql: str) -> None:
    with pytest.raises(StorageError, match="must be called NNNN_title"):
        parse_migration(name, sql)


def test_statements_are_found_whatever_they_contain(connection: sqlite3.Connection) -> None:
    sql = (
        "CREATE TABLE a (text TEXT DEFAULT 'one; two');  -- a comment; with a semicolon\n"
        "INSERT INTO a VALUES ('three;\nfour');\n"
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM a;\n  DELETE FROM a;\nEND;\n\n-- the end\n"
    )
    up_to(connection, [step(1, sql)])
    assert connection.execute("SELECT text FROM a").fetchall() == [("three;\nfour",)]


def test_half_a_statement_is_noticed(connection: sqlite3.Connection) -> None:
    with pytest.raises(StorageError, match="in the middle of a statement"):
        up_to(connection, [step(1, "CREATE TABLE a (text TEXT);\nCREATE TABLE b (\n")])
    assert shape(connection) == []
