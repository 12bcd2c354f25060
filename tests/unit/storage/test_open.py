"""From an address to a working database."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from bot import ledger
from bot.errors import ConfigurationError
from bot.storage.backup import verify
from bot.storage.migrate import load_migrations, migrate
from bot.storage.open import bring_up_to_date, database_path, open_database
from bot.storage.sqlite import SqliteDatabase
from tests.support.clock import ManualClock


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///data/soundstage.db", Path("data/soundstage.db")),
        ("sqlite:////srv/soundstage.db", Path("/srv/soundstage.db")),
    ],
)
def test_addresses_of_files(url: str, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert database_path(url) == tmp_path / path


@pytest.mark.parametrize("url", ["postgresql://db.example/x", "sqlite://x", "sqlite:///", "soundstage.db", "mysql://x"])
def test_other_addresses_are_refused_naming_what_is_possible(url: str) -> None:
    with pytest.raises(ConfigurationError, match="must be sqlite:///PATH, such as sqlite:///data/soundstage"):
        database_path(url)


def test_an_address_with_a_password_is_not_repeated() -> None:
    with pytest.raises(ConfigurationError) as refused:
        database_path("postgresql://user:hunter2@db.example/x")
    assert "hunter2" not in str(refused.value)


async def test_a_new_database_is_ready_for_work_and_keeps_what_it_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/data/soundstage.db"
    async with open_database(url) as database:
        await database.run(partial(ledger.grant, command="1", owner="server:1/person:1", amount=5, actor="admin", at=1))
    async with open_database(url) as database:
        balance = await database.read(partial(ledger.balance, owner="server:1/person:1", at=1))
    assert balance.available == 5
    assert not (tmp_path / "data" / "backups").exists()


async def test_a_database_with_rows_is_copied_before_it_changes(tmp_path: Path) -> None:
    migrations = load_migrations()
    async with await SqliteDatabase.open(tmp_path / "test.db") as database:
        await database.run(lambda tx: migrate(tx, migrations[:1], at=1))
        applied = await bring_up_to_date(database, migrations, clock=ManualClock())
        assert applied == migrations[1:]
        assert await bring_up_to_date(database, migrations, clock=ManualClock()) == []
    (copy,) = (tmp_path / "backups").iterdir()
    assert verify(copy).missing == tuple(migrations[1:])
