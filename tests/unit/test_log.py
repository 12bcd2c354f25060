"""The logs: what they look like, and that no secret gets out, by whatever path it tries."""

import asyncio
import base64
import gc
import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import jwt
import pytest

from bot.log import LogFormat, logging_to
from bot.redaction import REDACTED, Redactor
from bot.settings import DiscordSettings, KlingSettings, Settings

# Made up, and put together from pieces so that no scanner takes them for real ones.
TOKEN = f"{base64.b64encode(b'123456789012345678').decode()}.GhIjKl.{'xY1' * 13}"
SECRET_KEY = 'kS/9+"quoted\\and=signs'
API_KEY = "sk live key with blanks"
ACCESS_KEY = "AK12345678"
SETTINGS = Settings(
    discord=DiscordSettings(token=TOKEN),
    kling=KlingSettings(secret_key=SECRET_KEY, api_key=API_KEY, access_key=ACCESS_KEY),
)
CONFIGURED = (TOKEN, SECRET_KEY, API_KEY, ACCESS_KEY)
SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "repr": repr,
    "bytes": lambda secret: repr(secret.encode()),
    "JSON": json.dumps,
    "in an address": lambda secret: quote(secret, safe=""),
    "hexadecimal": lambda secret: secret.encode().hex(),
    "base64": lambda secret: base64.b64encode(secret.encode()).decode(),
}

log = logging.getLogger("bot.tests")


class Logs:
    """What was logged, as text and as records."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@contextmanager
def logging_here(style: LogFormat = "json") -> Iterator[Logs]:
    """Log as the bot does. Not a fixture: pytest would add its own handlers, which do not redact, after it."""
    logs = Logs()
    with logging_to(logs.stream, level="debug", style=style, secrets=SETTINGS.secrets()):
        yield logs


def assert_kept(text: str) -> None:
    """Neither a secret nor a recognisable spelling of it is in the text, and something was written at all."""
    assert text
    for secret in CONFIGURED:
        for name, spell in SPELLINGS.items():
            spelled = spell(secret).strip("'\"=b") if name in {"repr", "bytes", "JSON", "base64"} else spell(secret)
            assert spelled not in text, name


class Talkative:
    """An object whose repr gives everything away."""

    def __repr__(self) -> str:
        return f"Talkative({SECRET_KEY!r}, {API_KEY!r})"


class BrokenRepr:
    def __repr__(self) -> str:
        raise ValueError(SECRET_KEY)


@pytest.mark.parametrize("secret", CONFIGURED, ids=["token", "secret key", "API key", "access key"])
@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS.keys())
@pytest.mark.parametrize("style", ["json", "text"])
def test_a_configured_secret_is_kept_by_every_path(secret: str, spell: Callable[[str], str], style: LogFormat) -> None:
    spelled = spell(secret)
    with logging_here(style) as logs:
        log.info(f"in the message {spelled} itself")  # noqa: G004 - the path to be tried
        log.info("as an argument: %s", spelled)
        log.info("in a structure: %s", {"nested": [spelled]})
        log.info("as a fact", extra={"fact": spelled, "deep": {"er": [spelled, (spelled,), {spelled: spelled}]}})
        log.info("as the name of a fact", extra={spelled: 1})
        log.info("with arguments that do not fit %d", spelled)
        log.info(spelled, "that", "do not fit")
        logging.getLogger(f"bot.{spelled}").warning("in the name of a logger")
        log.info("with the stack", stack_info=True)
        try:
            try:
                raise KeyError(spelled)  # noqa: TRY301 - the path to be tried
            except KeyError as cause:
                error = RuntimeError("in a chain")
                error.add_note(f"a note with {spelled}")
                raise error from cause
        except RuntimeError:
            log.exception("in an exception")

    assert_kept(logs.text)
    assert spelled not in logs.text


def test_objects_cannot_give_it_away() -> None:
    with logging_here() as logs:
        log.info("an argument %s, and by repr %r", Talkative(), Talkative())
        log.info("a fact", extra={"thing": Talkative(), "things": [Talkative()], "settings": SETTINGS})
        log.info("settings %s %r", SETTINGS, SETTINGS.kling)
        log.info("a broken one", extra={"thing": BrokenRepr()})
        log.info("a broken one as argument %r", BrokenRepr())
        log.info("an error as a fact", extra={"error": ValueError(SECRET_KEY)})

    assert_kept(logs.text)
    assert len(logs.records) == 6


def test_a_structure_that_contains_itself_is_written() -> None:
    with logging_here() as logs:
        endless: dict[str, Any] = {"secret_of_a_kind": API_KEY}
        endless["itself"] = endless
        log.info("endless", extra={"fact": endless})

    assert_kept(logs.text)
    assert logs.records[0]["message"] == "endless"


async def test_tasks_cannot_give_it_away() -> None:
    with logging_here() as logs:

        async def fail() -> None:
            raise ValueError(SECRET_KEY)

        task = asyncio.create_task(fail(), name=f"task of {API_KEY}")
        await asyncio.wait([task])
        log.info("a task: %r", task)
        del task
        gc.collect()  # now asyncio says that nobody looked at the exception

    assert "never retrieved" in logs.text
    assert_kept(logs.text)


def test_warnings_cannot_give_it_away() -> None:
    with logging_here() as logs, warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"deprecated: {SECRET_KEY}", DeprecationWarning, stacklevel=1)

    assert "deprecated" in logs.text
    assert_kept(logs.text)


def test_uncaught_exceptions_cannot_give_it_away() -> None:
    with logging_here() as logs:

        def fail() -> None:
            raise ValueError(API_KEY)

        try:
            fail()
        except ValueError as error:
            sys.excepthook(type(error), error, error.__traceback__)
        thread = threading.Thread(target=fail, name=f"thread of {SECRET_KEY}")
        thread.start()
        thread.join()

        class Failing:
            def __del__(self) -> None:
                fail()

        Failing()
        gc.collect()

    assert [record["level"] for record in logs.records] == ["critical"] * 3
    assert_kept(logs.text)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Authorization: Bearer abcDEF123456", "abcDEF123456"),
        ("{'authorization': 'Bot abc.def.ghi'}", "abc.def.ghi"),
        ("(b'Authorization', b'Basic dXNlcjpwYXNz')", "dXNlcjpwYXNz"),
        ("header bearer abcdef.123456", "abcdef.123456"),
        (f"token {TOKEN}", TOKEN),
        (f"jwt {jwt.encode({'iss': 'x'}, 'k' * 32)} end", "eyJ"),
        ("https://cdn.example/clip.mp4?Signature=abc&Expires=1 next", "abc&"),
        ("https://cdn.example/clip.mp4?hm=0a1b2c", "0a1b2c"),
        ('url="https://cdn.example/a?x=1"', "x=1"),
        ("postgresql://bot:hunter2@db.example/soundstage", "hunter2"),
        ("POST /webhooks/123456789/AbC-dEf_123/messages", "AbC-dEf_123"),
        ("POST /interactions/123/tokentokentoken/callback", "tokentokentoken"),
        ("POST https://bot.example/callback/AbC-dEf_123", "AbC-dEf_123"),
        ("whsec_c2VjcmV0c2VjcmV0", "c2VjcmV0c2VjcmV0"),
        ("image=" + base64.b64encode(bytes(range(256)) * 4).decode(), "AAECAwQF"),
        ("client_secret=abc123 next", "abc123"),
        ('{"access_token": "abc123"}', "abc123"),
        ("password: hunter2", "hunter2"),
    ],
)
def test_what_looks_like_a_secret_is_taken_out_without_being_known(text: str, secret: str) -> None:
    redacted = Redactor().text(text)

    assert secret not in redacted
    assert REDACTED in redacted or "[base64]" in redacted


@pytest.mark.parametrize(
    "text",
    [
        "job 01jabcdefghjkmnp moved from queued to submitting",
        "the bot connected to 3 servers; 2 tokens of the budget are left",
        "clip " + "0a1b2c3d" * 8 + " fetched from https://cdn.example/clip.mp4 in 1.5 s",
        "code 1303: parallel task over resource pack limit",
        "the basic idea: a bearer of bad news",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert Redactor(CONFIGURED).text(text) == text


def test_facts_with_a_telling_name_are_kept_back() -> None:
    with logging_here() as logs:
        log.info("x", extra={"token": "short", "headers": {"X-Api-Key": "abc", "Cookie": "d"}, "token_count": 3})

    assert logs.records[0]["token"] == REDACTED
    assert logs.records[0]["headers"] == {"X-Api-Key": REDACTED, "Cookie": REDACTED}
    assert logs.records[0]["token_count"] == 3


def test_a_record_is_one_json_object_on_one_line() -> None:
    with logging_here() as logs:
        log.warning("job %s\nmoved", "j1", extra={"job": "j1", "seconds": 1.5, "odd": float("nan"), "nothing": None})
        try:
            raise ValueError("no")  # noqa: TRY301 - to have a trace
        except ValueError:
            log.exception("failed")

    moved, failed = logs.records
    assert moved == {
        "time": moved["time"],
        "level": "warning",
        "logger": "bot.tests",
        "message": "job j1\nmoved",
        "job": "j1",
        "seconds": 1.5,
        "odd": "nan",
        "nothing": None,
    }
    assert moved["time"].endswith("+00:00")
    assert failed["trace"].endswith("ValueError: no\n")


def test_text_is_for_people_and_obeys_no_control_character() -> None:
    with logging_here("text") as logs:
        log.info("prompt \x1b[31m\r\n12:00:00 INFO forged", extra={"job": "j1"})
        try:
            raise ValueError("no")  # noqa: TRY301 - to have a trace
        except ValueError:
            log.exception("failed")

    first, *rest = logs.text.splitlines()
    assert first.endswith(r"INFO     prompt \x1b[31m\r\n12:00:00 INFO forged job=j1 (bot.tests)")
    assert rest[1] == "Traceback (most recent call last):"
    assert rest[-1] == "ValueError: no"


def test_libraries_that_print_headers_are_quiet_even_when_everything_is_wanted() -> None:
    with logging_here() as logs:
        for name in ("httpx", "httpcore.http11", "aiohttp.access", "discord.http"):
            logging.getLogger(name).info("headers and bodies")
        logging.getLogger("discord.gateway").debug("every event")
        logging.getLogger("httpx").warning("trouble")

    assert [record["message"] for record in logs.records] == ["trouble"]


def test_everything_is_as_before_afterwards() -> None:
    before = logging.getLogger().handlers[:], logging.getLogger().level, sys.excepthook, threading.excepthook
    with logging_to(io.StringIO(), style="json"):
        assert sys.excepthook is not before[2]

    assert (logging.getLogger().handlers, logging.getLogger().level, sys.excepthook, threading.excepthook) == before
