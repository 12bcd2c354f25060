"""The console script `soundstage`: runs a command and turns every foreseen failure into one sentence.

Exit codes: 0 success, 1 refused or failed, 2 wrong usage or configuration.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

import click

from bot.cli import cli
from bot.errors import ConfigurationError, SoundstageError

if TYPE_CHECKING:
    from collections.abc import Sequence

SUCCESS: Final = 0
FAILURE: Final = 1
USAGE: Final = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (by default the arguments of this process) and return the exit code."""
    try:
        result = cli.main(arguments, prog_name="soundstage", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        return _complain("Stopped.", FAILURE)
    except BrokenPipeError:
        _forget_standard_output()
        return FAILURE
    except (click.ClickException, SoundstageError, OSError) as error:
        return _complain(_sentence(error), _code(error))
    return result if isinstance(result, int) else SUCCESS


def _code(error: Exception) -> int:
    return USAGE if isinstance(error, click.UsageError | ConfigurationError) else FAILURE


def _sentence(error: Exception) -> str:
    match error:
        case click.UsageError():
            command = error.ctx.command_path if error.ctx else "soundstage"
            return f"{' '.join(error.format_message().split()).rstrip('.')}; see `{command} --help`."
        case click.ClickException():
            return error.format_message()
        case OSError(strerror=str(reason)):
            return f"{reason}: {error.filename}." if error.filename else f"{reason}."
        case _:
            return str(error)


def _complain(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code


def _forget_standard_output() -> None:
    """Point standard output at nothing: its reader went away, and flushing it at exit would fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
