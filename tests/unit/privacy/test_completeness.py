"""No table that names a person or a server may be forgotten when data is exported or deleted."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

from bot.privacy import erasure, export
from bot.storage.connection import connect, write
from bot.storage.migrate import load_migrations, migrate

if TYPE_CHECKING:
    import sqlite3

FORGOTTEN_WITH_THE_JOB = {"clip", "delivery", "job", "job_event"}
"""`bot.delivery.retention.forget_job` deletes these together."""

PREFERENCES = {"person_choice", "server_choice", "server_role"}
"""`bot.preferences.store` deletes these."""


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    path = tmp_path_factory.mktemp("schema") / "soundstage.db"
    connection = connect(path)
    write(connection, lambda tx: migrate(tx, load_migrations(), at=0))
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    columns = {table: _columns(connection, table) for table in tables}
    connection.close()
    return columns


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}


@pytest.mark.parametrize("column", ["person", "server"])
def test_every_table_with_an_id_is_emptied(schema: dict[str, set[str]], column: str) -> None:
    named = {table for table, columns in schema.items() if column in columns}
    source = inspect.getsource(erasure)
    deleted = {table for table in named if f"FROM {table} WHERE {column}" in source}
    assert "worksheet" in named
    assert named - deleted - FORGOTTEN_WITH_THE_JOB - PREFERENCES == set()


def test_every_table_with_a_person_is_exported(schema: dict[str, set[str]]) -> None:
    named = {table for table, columns in schema.items() if "person" in columns}
    source = inspect.getsource(export)
    assert {table for table in named if f"FROM {table} " not in source} == set()
