"""What several commands share: the option that names the configuration, and logs."""

from __future__ import annotations

import contextlib
import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bot.errors import ConfigurationError, SoundstageError, Unforeseen
from bot.log import logging_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings

_FORESEEN: Final = (SoundstageError, click.ClickException, click.exceptions.Exit, click.Abort, OSError)

_log = logging.getLogger(__name__)

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The configuration; by default config.toml where there is one.",
)


def open_folder(folder: Path, *, mode: int = 0o777) -> str | None:
    """Make a folder if need be and put a nameless file into it; return why that cannot be done, or None."""
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except FileExistsError:
        return "it is not a folder"
    except OSError as error:
        return (error.strerror or "it cannot be used").lower()


def open_data(settings: Settings) -> None:
    """Make sure that `data.dir` takes files; raises `ConfigurationError`."""
    if reason := open_folder(settings.data.dir, mode=0o700):
        raise ConfigurationError(f"data.dir cannot be {settings.data.dir}: {reason}. Name another folder.")


@contextlib.contextmanager
def logs(settings: Settings, *, errors_only: bool = False) -> Iterator[None]:
    """Log to standard error as configured while the block runs; with `errors_only`, nothing below errors.

    A fault in the program is logged here, where the secrets are known that its traceback may hold, and leaves the
    block as `Unforeseen`.
    """
    level = "error" if errors_only else settings.log.level
    with logging_to(level=level, style=settings.log.format, secrets=settings.secrets()):
        try:
            yield
        except _FORESEEN:
            _log.debug("the command failed", exc_info=True)
            raise
        except Exception:  # noqa: BLE001 - whatever it is, it must reach the log and not the terminal
            _log.critical("unforeseen error", exc_info=True)
            raise Unforeseen("The program has a fault and stopped; the log says more.") from None
