"""Logs: one JSON object per line, or lines for people on a terminal. Nothing leaves without redaction.

Loggers are the standard library's; a record may carry facts with `extra={"job": …}`. What is written are ids and
outcomes, never prompts, names, or the content of requests.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, TextIO

from bot.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

LogFormat = Literal["auto", "json", "text"]

_TALKATIVE: Final = {
    "aiohttp.access": logging.WARNING,
    "aiosqlite": logging.INFO,
    "discord": logging.INFO,
    "discord.http": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "PIL": logging.INFO,
}
"""The lowest level of loggers that print headers, bodies or addresses below it, whatever level is configured."""

_STANDARD: Final = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}

_log = logging.getLogger(__name__)


class RedactingFormatter(logging.Formatter):
    """Collects what a record says, redacts every part of it, and writes it down. It never raises."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as it is written."""
        return self.write(self._facts(record))

    def write(self, facts: dict[str, Any]) -> str:
        """Return redacted facts as one JSON object on one line."""
        return json.dumps(facts)

    def _facts(self, record: logging.LogRecord) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": self._redactor.text(record.name),
            "message": self._redactor.text(_message(record)),
        }
        for name, value in record.__dict__.items():
            if name not in _STANDARD and name not in facts:
                facts[self._redactor.text(name)] = self._redactor.value(value, name)
        trace = _trace(record)
        if trace:
            facts["trace"] = self._redactor.text(trace)
        return facts


class TextFormatter(RedactingFormatter):
    """Writes lines for people. Control characters are shown, not obeyed, because users choose some of the text."""

    def write(self, facts: dict[str, Any]) -> str:
        """Return redacted facts as a line, with the trace of an exception below it."""
        time = datetime.fromisoformat(facts.pop("time")).astimezone().strftime("%H:%M:%S")
        level, logger, message = facts.pop("level"), facts.pop("logger"), facts.pop("message")
        trace = facts.pop("trace", "")
        details = "".join(f" {name}={value}" for name, value in facts.items())
        line = _printable(f"{time} {level.upper():<8} {message}{details} ({logger})")
        return "\n".join([line, *(_printable(row) for row in trace.splitlines())])


class _QuietHandler(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Say nothing: the standard message would print the record without redaction."""


@contextlib.contextmanager
def logging_to(
    stream: TextIO | None = None, *, level: str = "info", style: LogFormat = "auto", secrets: Iterable[str] = ()
) -> Iterator[None]:
    """Send all logs, warnings and uncaught exceptions to `stream` (standard error), until the block ends."""
    target = sys.stderr if stream is None else stream
    is_for_people = style == "text" or (style == "auto" and target.isatty())
    redactor = Redactor(secrets)
    handler = _QuietHandler(target)
    handler.setFormatter(TextFormatter(redactor) if is_for_people else RedactingFormatter(redactor))
    with _only_handler(handler), _levels(logging.getLevelNamesMapping()[level.upper()]), _hooks():
        yield


@contextlib.contextmanager
def _only_handler(handler: logging.Handler) -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers[:] = [handler]
    try:
        yield
    finally:
        root.handlers[:] = before
        handler.close()


@contextlib.contextmanager
def _levels(level: int) -> Iterator[None]:
    levels = {"": level} | {name: max(lowest, level) for name, lowest in _TALKATIVE.items()}
    before = {name: logging.getLogger(name).level for name in levels}
    for name, wanted in levels.items():
        logging.getLogger(name).setLevel(wanted)
    try:
        yield
    finally:
        for name, former in before.items():
            logging.getLogger(name).setLevel(former)


@contextlib.contextmanager
def _hooks() -> Iterator[None]:
    """Lead everything to the logs that Python would print by itself."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda event: _log_uncaught(event.exc_type, event.exc_value, event.exc_traceback)
    sys.unraisablehook = lambda event: _log_uncaught(event.exc_type, event.exc_value, event.exc_traceback)
    logging.captureWarnings(capture=True)
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        sys.excepthook, threading.excepthook, sys.unraisablehook = before


def _log_uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    _log.critical("unforeseen error", exc_info=(kind, error or kind(), trace))


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - arguments that do not fit, or whose text fails, must not lose the record
        return f"{record.msg} (arguments do not fit)"


def _trace(record: logging.LogRecord) -> str:
    parts = []
    if record.exc_info and record.exc_info[0] is not None:
        parts += traceback.format_exception(*record.exc_info)
    elif record.exc_text:
        parts.append(record.exc_text)
    if record.stack_info:
        parts.append(record.stack_info)
    return "".join(parts)


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
