"""A job: one generation task with its whole history, and the clip it ends in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.jobs.quote import Requester
from bot.jobs.request import Request
from bot.jobs.state import JobState
from bot.providers.base import TaskReference
from bot.texts import SOURCE, Sentence

if TYPE_CHECKING:
    from bot.storage.database import Row


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the job table. Times are Unix milliseconds, `credits` what is held for it.

    `attempt` counts the submissions that may have reached the vendor, `recoveries` how often the present state was
    taken up again after a crash or an error. `keep` says that the clip is not to be posted but kept for its author.
    `message` is the sentence that explains the end or a wait, `receipt` the delivery's own note of where the clip went.
    `locale` is the language that its person reads.
    """

    id: str
    batch: str
    position: int
    requester: Requester
    destination: str
    request: Request
    subscriber: bool
    provider: str
    credits: int
    priority: int
    state: JobState
    state_since: int
    owner: str | None
    attempt: int
    recoveries: int
    not_before: int
    task_id: str | None
    submitted_at: int | None
    keep: bool
    message: Sentence | None
    receipt: str | None
    created_at: int
    ended_at: int | None
    locale: str = SOURCE

    @property
    def client_key(self) -> str:
        """The key under which the vendor knows the present attempt."""
        return f"{self.id}-{self.attempt}"

    @property
    def reference(self) -> TaskReference:
        """How the provider finds the task of the present attempt."""
        return TaskReference(input=self.request.input, client_key=self.client_key, task_id=self.task_id)

    @property
    def profile(self) -> Profile:
        """What the time a job takes depends on."""
        return profile_of(self.request.model, self.request.mode, self.request.seconds)


@dataclass(frozen=True, slots=True)
class Profile:
    """Jobs of one profile take about equally long: same model, mode and whole seconds."""

    model: str
    mode: str
    seconds: int


def profile_of(model: str, mode: str, seconds: float) -> Profile:
    """Return the profile of a job; a reference of any length falls under one of a few dozen."""
    return Profile(model=model, mode=mode, seconds=round(seconds))


@dataclass(frozen=True, slots=True)
class Clip:
    """A finished video file in the file store.

    `size` is in bytes, `seconds` the measured length, `generation` the seconds that the vendor took, `note` a
    sentence for its author where something about the clip is worth knowing.
    """

    job: str
    digest: str
    size: int
    seconds: float
    width: int
    height: int
    has_audio: bool
    generation: float
    note: Sentence | None = None


def job_from_row(row: Row) -> Job:
    """Read one row of the job table."""
    return Job(
        id=row["id"],
        batch=row["batch"],
        position=row["position"],
        requester=Requester(server=row["server"], person=row["person"]),
        destination=row["destination"],
        request=Request.model_validate_json(row["request"]),
        subscriber=bool(row["subscriber"]),
        provider=row["provider"],
        credits=row["credits"],
        priority=row["priority"],
        state=JobState(row["state"]),
        state_since=row["state_since"],
        owner=row["owner"],
        attempt=row["attempt"],
        recoveries=row["recoveries"],
        not_before=row["not_before"],
        task_id=row["task_id"],
        submitted_at=row["submitted_at"],
        keep=bool(row["keep"]),
        message=_sentence(row["message"]),
        receipt=row["receipt"],
        created_at=row["created_at"],
        ended_at=row["ended_at"],
        locale=row["locale"],
    )


def clip_from_row(row: Row) -> Clip:
    """Read one row of the clip table."""
    return Clip(
        job=row["job"],
        digest=row["digest"],
        size=row["size"],
        seconds=row["seconds"],
        width=row["width"],
        height=row["height"],
        has_audio=bool(row["has_audio"]),
        generation=row["generation"],
        note=_sentence(row["note"]),
    )


def _sentence(stored: str) -> Sentence | None:
    return Sentence.from_json(stored) if stored else None
