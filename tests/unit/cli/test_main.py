"""The console script: exit codes, and that every foreseen failure is one sentence on standard error."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from bot import cli
from bot.__main__ import main
from bot.cli.common import logs
from bot.errors import ConfigurationError, InsufficientCredits
from bot.settings import Settings

FAILURES: dict[str, tuple[Callable[[], Exception], int, str]] = {
    "foreseen": (lambda: InsufficientCredits(needed=50, available=3), 1, "This needs 50 credits and 3 are available."),
    "configuration": (lambda: ConfigurationError("The setting x cannot be used."), 2, "The setting x cannot be used."),
    "usage": (lambda: click.BadParameter("too small"), 2, "Invalid value: too small; see `soundstage fail --help`."),
    "file": (lambda: FileNotFoundError(2, "No such file", "clip.mp4"), 1, "No such file: clip.mp4."),
    "click": (lambda: click.ClickException("No."), 1, "No."),
    "stopped": (click.Abort, 1, "Stopped."),
}


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception | type[Exception]], None]:
    """Put a command `fail` beside the others that raises what the test asks for."""

    def install(error: Exception | type[Exception]) -> None:
        @click.command()
        def fail() -> None:
            with logs(Settings()):
                raise error

        monkeypatch.setattr(cli.LazyGroup, "get_command", lambda *_: fail)

    return install


@pytest.mark.parametrize("name", FAILURES)
def test_a_foreseen_failure_is_one_sentence(
    name: str, failing: Callable[[Exception], None], capsys: pytest.CaptureFixture[str]
) -> None:
    make, code, sentence = FAILURES[name]
    failing(make())

    assert main(["fail"]) == code
    output = capsys.readouterr()
    assert output.err.startswith(sentence)
    assert len(output.err.splitlines()) == 1
    assert output.out == ""


def test_a_fault_of_the_program_is_logged_and_told(
    failing: Callable[[Exception], None], capsys: pytest.CaptureFixture[str]
) -> None:
    failing(ZeroDivisionError("token=abcdef123456"))

    assert main(["fail"]) == 1
    *log, sentence = capsys.readouterr().err.splitlines()
    assert sentence == "The program has a fault and stopped; the log says more."
    assert "ZeroDivisionError" in "".join(log)
    assert "abcdef123456" not in "".join(log)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nonsense"], "No such command 'nonsense'; see `soundstage --help`."),
        (["--nonsense"], "No such option '--nonsense'; see `soundstage --help`."),
        (["quote"], "Missing option '--jsonl'; see `soundstage quote --help`."),
        (["quote", "--jsonl", "missing.jsonl"], "see `soundstage quote --help`."),
        (["quote", "--jsonl", "--config", "missing.toml"], "There is no configuration file missing.toml;"),
    ],
)
def test_wrong_usage_ends_with_2(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    os.chdir(tmp_path)

    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert f"Usage: soundstage {name} " in capsys.readouterr().out


def test_the_list_of_commands_is_that_of_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    for name, line in cli.COMMANDS.items():
        assert f" {name} {line}" in text
        command = cli.cli.get_command(click.Context(cli.cli), name)
        assert command is not None
        assert command.get_short_help_str(limit=200) == line


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60, check=False)


def test_help_imports_no_command() -> None:
    heavy = run("-c", "import sys; from bot.__main__ import main; main(['--help']); print(*sys.modules)").stdout.split()

    assert "bot.cli" in heavy
    assert not {"pydantic", "discord", "aiohttp", "httpx", "av", "numpy", "bot.cli.quote"} & set(heavy)


def test_the_module_and_the_script_are_the_same() -> None:
    assert run("-m", "bot", "--version").stdout.startswith("soundstage ")
    assert run("-m", "bot", "nonsense").returncode == 2


def test_a_reader_that_goes_away_is_no_fault() -> None:
    many = '{"id": 1}\n' * 20_000
    shell = f"{sys.executable} -m bot quote --jsonl | head -n 1"
    done = subprocess.run(["sh", "-c", shell], input=many, capture_output=True, text=True, timeout=60, check=False)

    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr
