"""What the core asks of a vendor, and how a vendor's failures reach the core.

The core calls a vendor's work a *task*; one job makes at most one task that counts. Every task is submitted
under a client key of ours, so that after any doubt it can be looked up before it is sent again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.errors import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path

    from bot.findings import Finding
    from bot.jobs.request import InputKind, Request
    from bot.texts import Sentence


class Advice(StrEnum):
    """What to do about a vendor's failure."""

    RETRY = "retry"
    """Transient; the same call may be repeated (a submit only after a look-up)."""
    WAIT_FOR_SLOT = "wait_for_slot"
    """The vendor refused for lack of a free slot; nothing exists there; queue the job again."""
    TELL_OPERATOR = "tell_operator"
    """Nothing will work until a person changes the account or the configuration."""
    TELL_USER = "tell_user"
    """The request itself was refused; repeating it is pointless."""
    ADOPT = "adopt"
    """A task with our client key exists already; look it up and carry on with it."""


class ProviderFailure(ProviderError):
    """A call to the vendor failed.

    `advice` says what to do. `uncertain` is true where a submit may nevertheless have had its effect (timeout,
    dropped connection, server error), so it must be looked up before it is repeated. `retry_after` is in seconds
    where the vendor gave it. `moderation` marks refusals for content. `code`, `http_status` and `request_id` are
    the vendor's own, for the log.
    """

    def __init__(
        self,
        sentence: Sentence | str,
        *,
        advice: Advice,
        uncertain: bool = False,
        moderation: bool = False,
        retry_after: float | None = None,
        code: int | None = None,
        http_status: int | None = None,
        request_id: str | None = None,
    ) -> None:
        self.advice = advice
        self.uncertain = uncertain
        self.moderation = moderation
        self.retry_after = retry_after
        self.code = code
        self.http_status = http_status
        self.request_id = request_id
        super().__init__(sentence)


class TaskState(StrEnum):
    """Where a task stands, in words that hold for every vendor."""

    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """The vendor used a word that we do not know: keep asking."""
    NOT_ASKED = "not asked"
    """The vendor was not asked about it this time, or did not answer: nothing is known."""


@dataclass(frozen=True, slots=True)
class TaskReference:
    """Names one task: the kind of endpoint it lives under, our key for it, the vendor's id once known."""

    input: InputKind
    client_key: str
    task_id: str | None = None


@dataclass(frozen=True, slots=True)
class TaskObservation:
    """What the vendor says about a task at one moment.

    `clip_url` is a signed link (never store or log it), `seconds` the delivered length, `cost` the vendor's own
    charge in its own unit, `completed_at` Unix milliseconds; each only where the vendor gave it. `moderation`
    marks a failure for content, `reason` is the end of the sentence "the clip could not be made: …".
    """

    reference: TaskReference
    state: TaskState
    reason: Sentence | None = None
    moderation: bool = False
    clip_url: str | None = field(default=None, repr=False)
    seconds: Decimal | None = None
    cost: Decimal | None = None
    completed_at: int | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """One request for one output, ready to send. `image` and `end_image` are encoded JPEG or PNG bytes."""

    client_key: str
    request: Request
    image: bytes | None = field(default=None, repr=False)
    end_image: bytes | None = field(default=None, repr=False)
    callback_url: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CallbackHint:
    """What a callback claims. Only a reason to ask: the claim itself is never believed."""

    client_key: str | None
    task_id: str | None


class Provider(Protocol):
    """A vendor that makes clips. Every method may raise `ProviderFailure` unless it says otherwise."""

    @property
    def name(self) -> str:
        """The name that model cards use for this vendor."""
        ...

    def validate(self, request: Request) -> list[Finding]:
        """Check a request against everything the vendor would refuse, without calling it. Never raises."""
        ...

    async def submit(self, submission: Submission) -> TaskReference:
        """Create a task and return it with the vendor's id."""
        ...

    async def find(self, reference: TaskReference) -> TaskObservation | None:
        """Look a task up by the vendor's id, or by our key; None if the vendor does not know it."""
        ...

    async def observe(
        self, references: Sequence[TaskReference], *, along: Sequence[TaskReference] = ()
    ) -> Mapping[str, TaskObservation]:
        """Ask about many tasks with as few calls as possible; the answer is keyed by client key.

        A task that the vendor no longer knows is missing from the answer. The tasks in `along` are worth no call of
        their own: they are in the answer where it is to be had without one.
        """
        ...

    def parse_callback(self, body: bytes, headers: Mapping[str, str]) -> CallbackHint | None:
        """Read a callback; None where it is malformed or its signature is wrong. Never raises."""
        ...

    async def fetch(self, observation: TaskObservation, destination: Path) -> int:
        """Download the finished clip to `destination` and return its size in bytes; raises `MediaError`."""
        ...

    async def actual_cost(self, reference: TaskReference) -> Decimal | None:
        """Return what the vendor charged, in its own unit, or None where it does not say."""
        ...

    async def close(self) -> None:
        """Release connections."""
        ...
