"""Faults on demand: rules that say what goes wrong, where, and how often.

Rules are data, so that a test in another process can send them to `POST /sandbox/faults`. Every `seconds` of a fault
is in seconds of the clock that the client lives by; the speed of the stand-in does not divide it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from bot.sandbox.kling.answers import ERRORS
from bot.sandbox.kling.models import Product


class Operation(StrEnum):
    """A kind of call to the vendor."""

    CREATE = "create"
    QUERY = "query"
    LIST = "list"
    ACCOUNT = "account"
    VOICES = "voices"


class Moment(StrEnum):
    """Whether a fault strikes before the call has its effect, or after it."""

    BEFORE = "before"
    AFTER = "after"


class AnswerAction(StrEnum):
    """How an answer goes wrong."""

    ERROR = "error"
    """The error `code`, with its usual HTTP status or with `http_status` (200 for an error inside a success)."""
    PAGE = "page"
    """A gateway's HTML page with `http_status`, 502 unless given."""
    DROP = "drop"
    """The connection is closed without an answer."""
    HANG = "hang"
    """No answer for `seconds`, then the connection is closed."""
    SLOW = "slow"
    """The right answer, `seconds` late."""
    GARBAGE = "garbage"
    """HTTP 200 with a body that is cut off in the middle of the JSON."""


class TaskAction(StrEnum):
    """What becomes of a task."""

    FAIL = "fail"
    """It fails at the end of `stage` with `message`."""
    STICK = "stick"
    """It never leaves `stage`."""
    HIDE = "hide"
    """Look-ups and lists do not show it for `seconds`."""
    PACE = "pace"
    """It is processed for `seconds`."""
    EXPIRE = "expire"
    """The links of its clip are dead `seconds` after it succeeded."""
    SPARSE = "sparse"
    """Answers about it lack every key that is not always there."""
    PADDED = "padded"
    """Answers about it carry keys that nobody knows."""
    MUTE = "mute"
    """Its clip has no sound track, whatever was ordered."""
    SILENT = "silent"
    """Its clip has a sound track on which nothing is heard."""
    BLACK = "black"
    """Its clip shows nothing but black."""
    SHORT = "short"
    """Its clip is half as long as it claims."""
    STRANGE = "strange"
    """While it is processed, answers give it the unknown status `message`."""


class CallbackAction(StrEnum):
    """What becomes of a callback."""

    LOSE = "lose"
    DUPLICATE = "duplicate"
    DELAY = "delay"
    """It is sent `seconds` late."""
    REORDER = "reorder"
    """It is sent after the next callback of the same task."""
    UNSIGNED = "unsigned"
    WRONG_SIGNATURE = "wrong_signature"
    OLD_TIMESTAMP = "old_timestamp"
    """The signature is right, for a moment `seconds` ago."""
    ENVELOPED = "enveloped"
    """The task is wrapped in the envelope of answers."""
    FORGED = "forged"
    """It names the right task but claims that it succeeded."""


class DownloadAction(StrEnum):
    """What becomes of the download of a clip."""

    ERROR = "error"
    """A gateway's HTML page with `http_status`, 503 unless given."""
    DROP = "drop"
    """The connection is closed without an answer."""
    TRUNCATE = "truncate"
    """The length is announced, half of the bytes come, then the connection is closed."""
    HANG = "hang"
    """Half of the bytes come, then nothing for `seconds`."""
    SLOW = "slow"
    """The bytes come in pieces, spread over `seconds`."""
    REDIRECT = "redirect"
    """A redirect to `location`."""
    CONTENT = "content"
    """Something else is served as the clip: `content` says what."""


class WrongContent(StrEnum):
    """What may be served instead of a clip."""

    EMPTY = "empty"
    PAGE = "page"
    PICTURE = "picture"
    PLAYLIST = "playlist"
    NOISE = "noise"
    HALF = "half"
    """The first half of the clip, with the length of that half: a file that is broken, not a transfer."""
    HUGE = "huge"
    """300 MB of zeros, without an announced length."""


class Rule(BaseModel):
    """Where and how often a fault strikes.

    Of the occasions that fit `product` and `external_task_id`, the first `skip` pass; of the others a `share` is
    struck, drawn from a generator of the rule's own, and at most `times` of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    share: Annotated[float, Field(ge=0, le=1)] = 1.0
    times: Annotated[int, Field(ge=1)] | None = None
    skip: Annotated[int, Field(ge=0)] = 0
    product: Product | None = None
    external_task_id: str | None = None


def _known_code(code: int) -> int:
    if code not in ERRORS:
        raise ValueError(f"{code} is none of the vendor's error codes")
    return code


class AnswerFault(Rule):
    """The answer to a call goes wrong."""

    kind: Literal["answer"] = "answer"
    at: Operation = Operation.CREATE
    moment: Moment = Moment.BEFORE
    action: AnswerAction = AnswerAction.ERROR
    code: Annotated[int, AfterValidator(_known_code)] = 5000
    http_status: Annotated[int, Field(ge=200, le=599)] | None = None
    message: str | None = None
    retry_after: Annotated[int, Field(ge=0)] | None = None
    """Seconds for the `Retry-After` header of an error or a page; the vendor documents none."""
    seconds: Annotated[float, Field(ge=0)] = 3600.0


class TaskFault(Rule):
    """A task takes a bad turn. `stage` is the status in which it does."""

    kind: Literal["task"] = "task"
    action: TaskAction = TaskAction.FAIL
    stage: Literal["submitted", "processing"] = "processing"
    message: str = "Failure to pass the risk control system"
    seconds: Annotated[float, Field(ge=0)] = 0.0


class CallbackFault(Rule):
    """A callback goes wrong; `status` limits the rule to callbacks about that status."""

    kind: Literal["callback"] = "callback"
    action: CallbackAction = CallbackAction.LOSE
    status: Literal["submitted", "processing", "succeed", "failed"] | None = None
    seconds: Annotated[float, Field(ge=0)] = 600.0


class DownloadFault(Rule):
    """The download of a clip goes wrong."""

    kind: Literal["download"] = "download"
    action: DownloadAction = DownloadAction.ERROR
    http_status: Annotated[int, Field(ge=400, le=599)] = 503
    location: str = "http://127.0.0.1:9/"
    content: WrongContent = WrongContent.PAGE
    seconds: Annotated[float, Field(ge=0)] = 3600.0


Fault = AnswerFault | TaskFault | CallbackFault | DownloadFault
FAULTS: TypeAdapter[list[Fault]] = TypeAdapter(list[Annotated[Fault, Field(discriminator="kind")]])
"""Reads a list of rules from JSON."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an occasion is about, as far as rules ask for it."""

    product: Product | None = None
    external_task_id: str | None = None


@dataclass(slots=True)
class _Entry:
    rule: Fault
    random: Random
    seen: int = 0
    struck: int = 0


_Kind = TypeVar("_Kind", AnswerFault, TaskFault, CallbackFault, DownloadFault)


class FaultBook:
    """The rules in force. The n-th occasion of a rule has the same outcome in every run with the same seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._added = 0
        self._entries: list[_Entry] = []

    def add(self, *rules: Fault) -> None:
        """Put rules into force, after those that are in force already."""
        for rule in rules:
            random = Random(f"{self._seed}/{self._added}")  # noqa: S311 - repeatable faults, not a secret
            self._entries.append(_Entry(rule, random))
            self._added += 1

    def clear(self) -> None:
        """Lift every rule; rules added later draw as in a fresh book."""
        self._entries.clear()
        self._added = 0

    def report(self) -> list[dict[str, object]]:
        """Return every rule with how many occasions it saw and how many it struck."""
        return [
            {**entry.rule.model_dump(mode="json"), "seen": entry.seen, "struck": entry.struck}
            for entry in self._entries
        ]

    def answers(self, operation: Operation, moment: Moment, subject: Subject) -> AnswerFault | None:
        """Return the first fault that strikes this call at this moment."""
        fitting = (
            entry
            for entry in self._fitting(AnswerFault, subject)
            if entry[1].at == operation and entry[1].moment == moment
        )
        return next((rule for entry, rule in fitting if _strikes(entry)), None)

    def tasks(self, subject: Subject) -> list[TaskFault]:
        """Return every fault that strikes a new task."""
        return [rule for entry, rule in self._fitting(TaskFault, subject) if _strikes(entry)]

    def callbacks(self, status: str, subject: Subject) -> list[CallbackFault]:
        """Return every fault that strikes a callback about `status`."""
        fitting = self._fitting(CallbackFault, subject)
        return [rule for entry, rule in fitting if rule.status in {None, status} and _strikes(entry)]

    def downloads(self, subject: Subject) -> DownloadFault | None:
        """Return the first fault that strikes a download."""
        return next((rule for entry, rule in self._fitting(DownloadFault, subject) if _strikes(entry)), None)

    def _fitting(self, kind: type[_Kind], subject: Subject) -> list[tuple[_Entry, _Kind]]:
        return [
            (entry, entry.rule)
            for entry in self._entries
            if isinstance(entry.rule, kind)
            and entry.rule.product in {None, subject.product}
            and entry.rule.external_task_id in {None, subject.external_task_id}
        ]


def _strikes(entry: _Entry) -> bool:
    rule = entry.rule
    entry.seen += 1
    if entry.seen <= rule.skip or (rule.times is not None and entry.struck >= rule.times):
        return False
    if rule.share < 1 and entry.random.random() >= rule.share:
        return False
    entry.struck += 1
    return True
