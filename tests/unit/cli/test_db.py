"""`soundstage db`: what it prints, and how it ends."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot import ledger
from bot.__main__ import main
from bot.storage import connection as session
from bot.storage.filelock import FileLock
from bot.storage.migrate import load_migrations

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOUNDSTAGE_DATABASE__URL", f"sqlite:///{tmp_path}/soundstage.db")
    monkeypatch.setenv("SOUNDSTAGE_DATA__DIR", str(tmp_path))


def migrated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["db", "migrate"]) == 0
    capsys.readouterr()
    return tmp_path / "soundstage.db"


def test_migrate_applies_everything_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "migrate"]) == 0
    out = capsys.readouterr().out
    assert [line.split(":")[0] for line in out.splitlines()] == [f"Applied {step.name}" for step in load_migrations()]
    assert main(["db", "migrate"]) == 0
    assert capsys.readouterr().out == "The database is up to date.\n"


def test_migrate_refuses_a_database_in_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = FileLock(tmp_path / "soundstage.db")
    assert main(["db", "migrate"]) == 1
    lock.release()
    assert "is in use by another process" in capsys.readouterr().err


def test_backup_verify_and_restore(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = migrated(tmp_path, capsys)
    assert main(["db", "backup"]) == 0
    (copy,) = (tmp_path / "backups").iterdir()
    assert capsys.readouterr().out == f"{copy} ({copy.stat().st_size} bytes, checked)\n"
    assert main(["db", "verify"]) == 0
    assert main(["db", "verify", str(copy)]) == 0
    assert capsys.readouterr().out == f"{path} is sound: 0 postings add up.\n{copy} is sound: 0 postings add up.\n"
    path.unlink()
    assert main(["db", "restore", str(copy)]) == 0
    assert capsys.readouterr().out == f"{path} is now {copy}.\n"
    assert main(["db", "verify"]) == 0


def test_backup_keeps_as_many_as_it_is_told_where_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    migrated(tmp_path, capsys)
    for _ in range(3):
        assert main(["db", "backup", "--to", str(tmp_path / "elsewhere"), "--keep", "2"]) == 0
    assert len(list((tmp_path / "elsewhere").iterdir())) == 2


def test_verify_reports_drift_and_ends_with_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = migrated(tmp_path, capsys)
    with closing(session.connect(path)) as connection:
        session.write(connection, lambda tx: ledger.grant(tx, command="1", owner="x", amount=5, actor="a", at=1))
        connection.execute("UPDATE account SET balance = 6 WHERE id = 'permanent:x'")
    assert main(["db", "verify"]) == 1
    captured = capsys.readouterr()
    assert "permanent:x: found 6, expected 5" in captured.out
    assert captured.err == f"{path} has 1 problem; spending stays stopped until it is solved.\n"


def test_verify_tells_of_missing_migrations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = migrated(tmp_path, capsys)
    last = load_migrations()[-1]
    with closing(session.connect(path)) as connection:
        connection.execute("DELETE FROM migration WHERE number = ?", (last.number,))
    assert main(["db", "verify"]) == 1
    assert f"lacks {last.name}: run `soundstage db migrate`" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["verify"], ["backup"]])
def test_without_a_database_there_is_one_sentence(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", *command]) == 1
    assert capsys.readouterr().err.startswith("There is no database ")


def test_move_is_refused_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "move"]) == 1
    assert "cannot move it to PostgreSQL" in capsys.readouterr().err


def test_another_kind_of_database_is_wrong_configuration(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOUNDSTAGE_DATABASE__URL", "postgresql://user:hunter2@localhost/x")
    assert main(["db", "migrate"]) == 2
    error = capsys.readouterr().err
    assert "must be sqlite:///PATH" in error
    assert "hunter2" not in error


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["restore"], ["restore", "no-such-file"], ["backup", "--keep", "0"]]
)
def test_wrong_usage_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", *arguments]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("command", ["migrate", "backup", "verify", "restore", "move"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", command, "--help"]) == 0
    assert f"Usage: soundstage db {command}" in capsys.readouterr().out
