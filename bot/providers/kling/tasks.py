"""Where Kling's tasks live, and what a task of the vendor's says in our words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.jobs.request import InputKind
from bot.providers.base import TaskObservation, TaskReference, TaskState
from bot.providers.kling.errors import quotable
from bot.texts import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.providers.kling.wire import Task

PATHS: Mapping[InputKind, str] = {
    InputKind.TEXT: "/v1/videos/text2video",
    InputKind.IMAGE: "/v1/videos/image2video",
    InputKind.MOTION: "/v1/videos/motion-control",
}
"""The path of each product; create, list and single query share it, and a task is known under its own path only."""

STATES: Mapping[str, TaskState] = {
    "submitted": TaskState.WAITING,
    "processing": TaskState.RUNNING,
    "succeed": TaskState.SUCCEEDED,
    "succeeded": TaskState.SUCCEEDED,
    "failed": TaskState.FAILED,
}
"""The vendor's words; the newer form of its API spells success with an ending."""

_MODERATED = re.compile(r"risk control|content security|sensitive|moderat|polic(y|ies)|violat", re.IGNORECASE)

_FAILURES: tuple[tuple[re.Pattern[str], Sentence], ...] = (
    (_MODERATED, Sentence("kling.task-moderated")),
    (
        re.compile(r"image pixel is invalid|resolution or aspect ratio of the input image", re.IGNORECASE),
        Sentence("kling.task-image-size"),
    ),
    (re.compile(r"get the contents of the file|valid base64", re.IGNORECASE), Sentence("kling.task-image-unread")),
)
"""What a task's message means, as the end of the sentence "the clip could not be made: …"."""


def short_name(kind: InputKind) -> str:
    """Return the last part of a product's path, for metrics."""
    return PATHS[kind].rpartition("/")[2]


def observe(reference: TaskReference, task: Task, *, watermarked: bool = False) -> TaskObservation:
    """Say in our words what the vendor says about the task of `reference`.

    A task that succeeded without a clip is reported as unknown: the vendor may yet add the link. `watermarked`
    prefers the clip that bears the vendor's mark.
    """
    state = STATES.get(task.task_status, TaskState.UNKNOWN)
    known = TaskReference(reference.input, reference.client_key, task.task_id or reference.task_id)
    if state is TaskState.FAILED:
        return TaskObservation(
            reference=known,
            state=state,
            reason=_reason(task.task_status_msg),
            moderation=bool(_MODERATED.search(task.task_status_msg)),
            cost=task.final_unit_deduction,
            completed_at=task.updated_at,
        )
    if state is not TaskState.SUCCEEDED:
        return TaskObservation(reference=known, state=state)
    video = task.task_result.videos[0] if task.task_result.videos else None
    url = (video.watermark_url if watermarked else "") or video.url if video else ""
    if video is None or not url:
        return TaskObservation(reference=known, state=TaskState.UNKNOWN)
    return TaskObservation(
        reference=known,
        state=state,
        clip_url=url,
        seconds=video.duration,
        cost=task.final_unit_deduction,
        completed_at=task.updated_at,
    )


def _reason(message: str) -> Sentence | None:
    for pattern, reason in _FAILURES:
        if pattern.search(message):
            return reason
    words = quotable(message)
    return Sentence("kling.task-said", words=words) if words else None
