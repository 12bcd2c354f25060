"""Worksheets: prompts that somebody checks or builds, kept so that each step works after a restart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Self

from pydantic import BaseModel, ConfigDict

from bot.errors import NotYours, SoundstageError
from bot.jobs.quote import Requester
from bot.jobs.request import Request
from bot.prompts.builder import Draft
from bot.texts import Sentence

if TYPE_CHECKING:
    from bot.storage.database import Transaction

VALIDITY: Final = 24 * 3_600_000
"""For how long a worksheet is kept after its last change, in milliseconds."""


class WorksheetGone(SoundstageError):
    """The prompt was put away because nobody worked on it for long."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.WorksheetGone"))


class Step(StrEnum):
    """What somebody does with the prompt: examine it, or choose one kind of its parts."""

    CHECK = "check"
    SCENE = "scene"
    LINES = "lines"
    VOICES = "voices"
    SOUNDS = "sounds"


class Content(BaseModel):
    """What is on a worksheet.

    `request` holds the prompt and the settings that it is meant for. `draft` are the parts that a prompt was built
    from, `speaker` is whose voice is being chosen. `before` is the text before the last fix, to go back to.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    request: Request
    step: Step = Step.CHECK
    draft: Draft | None = None
    speaker: str = ""
    before: str | None = None

    def with_text(self, text: str, *, before: str | None = None) -> Self:
        """Return the content with another prompt."""
        return self.model_copy(update={"request": self.request.model_copy(update={"prompt": text}), "before": before})

    def with_draft(self, draft: Draft) -> Self:
        """Return the content with other parts, and the prompt that they make."""
        labels = [speaker.label for speaker in draft.speakers]
        speaker = self.speaker if self.speaker in labels else next(iter(labels), "")
        return self.with_text(draft.text).model_copy(update={"draft": draft, "speaker": speaker})


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A kept prompt. A change makes the next revision; `changed_at` is Unix milliseconds."""

    id: str
    revision: int
    requester: Requester
    content: Content
    changed_at: int

    def changed(self, content: Content, *, at: int) -> Worksheet:
        """Return the next revision."""
        return replace(self, revision=self.revision + 1, content=content, changed_at=at)


def start_worksheet(tx: Transaction, sheet: Worksheet) -> None:
    """Keep a new worksheet, and forget those that nobody changed for long."""
    tx.execute("DELETE FROM worksheet WHERE changed_at < :oldest", oldest=sheet.changed_at - VALIDITY)
    tx.execute(
        """
        INSERT INTO worksheet (id, revision, server, person, content, changed_at)
        VALUES (:id, :revision, :server, :person, :content, :changed_at)
        """,
        id=sheet.id,
        revision=sheet.revision,
        server=sheet.requester.server,
        person=sheet.requester.person,
        content=sheet.content.model_dump_json(),
        changed_at=sheet.changed_at,
    )


def load_worksheet(tx: Transaction, sheet_id: str, requester: Requester) -> Worksheet:
    """Return a worksheet; raises `WorksheetGone`, or `NotYours` where it belongs to somebody else."""
    row = tx.row("SELECT * FROM worksheet WHERE id = :id", id=sheet_id)
    if row is None:
        raise WorksheetGone
    if Requester(server=row["server"], person=row["person"]) != requester:
        raise NotYours
    return Worksheet(
        id=row["id"],
        revision=row["revision"],
        requester=requester,
        content=Content.model_validate_json(row["content"]),
        changed_at=row["changed_at"],
    )


def save_worksheet(tx: Transaction, sheet: Worksheet) -> bool:
    """Keep the next revision of a worksheet; return False where the kept one is not the one before it."""
    changed = tx.execute(
        """
        UPDATE worksheet SET revision = :revision, content = :content, changed_at = :changed_at
        WHERE id = :id AND revision = :revision - 1 AND server = :server AND person = :person
        """,
        id=sheet.id,
        revision=sheet.revision,
        server=sheet.requester.server,
        person=sheet.requester.person,
        content=sheet.content.model_dump_json(),
        changed_at=sheet.changed_at,
    )
    return bool(changed)


def forget_worksheets_of(tx: Transaction, person: int) -> int:
    """Forget all worksheets of a person and return how many."""
    return tx.execute("DELETE FROM worksheet WHERE person = :person", person=person)
