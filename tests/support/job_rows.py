"""A job as it stands in the queue, to be changed with `dataclasses.replace`."""

from __future__ import annotations

from typing import Final

from bot.jobs.job import Job
from bot.jobs.quote import Requester
from bot.jobs.request import Request
from bot.jobs.state import JobState

QUEUED: Final = Job(
    id="j1",
    batch="b1",
    position=1,
    requester=Requester(server=42, person=4711),
    destination="channel:1",
    request=Request(prompt="a very private prompt"),
    subscriber=False,
    provider="kling",
    credits=50,
    priority=0,
    state=JobState.QUEUED,
    state_since=1_000_000,
    owner=None,
    attempt=0,
    recoveries=0,
    not_before=0,
    task_id=None,
    submitted_at=None,
    keep=False,
    message=None,
    receipt=None,
    created_at=1_000_000,
    ended_at=None,
)
