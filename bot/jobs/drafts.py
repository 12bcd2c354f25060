"""Drafts: requests that have no price yet, kept so that nobody has to type or upload anything again."""

from __future__ import annotations

from dataclasses import dataclass

from bot.jobs.quote import Requester
from bot.jobs.request import Request


@dataclass(frozen=True, slots=True)
class Draft:
    """A request that cannot be made yet, or that waits for its words; `created_at` is Unix milliseconds."""

    id: str
    revision: int
    requester: Requester
    request: Request
    created_at: int
