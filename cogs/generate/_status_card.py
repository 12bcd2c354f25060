"""The status card: how the clips of a batch come along, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import discord

from bot.delivery.destination import DELETED_RECEIPT, Channel, Direct, parse_destination, parse_receipt
from bot.discord.cards import Card
from bot.discord.escape import shown
from bot.discord.links import link_to
from bot.discord.wording import quoted
from bot.jobs.state import JobState
from cogs.generate._job_buttons import CancelBatch, KeepBatch, PostBatch, Refresh
from cogs.generate.clip_buttons import Again, EditClip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.jobs.job import Job
    from bot.jobs.outlook import Standing
    from cogs.generate._text import Words

MOVING_COLOUR: Final = 0x5865F2
READY_COLOUR: Final = 0x3BA55D
FAILED_COLOUR: Final = 0xC2455D
QUIET_COLOUR: Final = 0x80848E
_PROMPT_LENGTH: Final = 300
_MESSAGE_LENGTH: Final = 400
_STAGES: Final = ("queued", "sending", "making", "checking", "posting")
_STAGE: Final = {
    JobState.QUEUED: 0,
    JobState.SUBMITTING: 1,
    JobState.RUNNING: 2,
    JobState.FETCHING: 3,
    JobState.DELIVERING: 4,
}
_LEAST_WAIT: Final = 5.0
_MINUTE: Final = 60
_FINE_STEP: Final = 5
_COARSE_STEP: Final = 15


@dataclass(frozen=True, slots=True)
class BatchView:
    """What the card shows: the jobs in their order, where the open ones stand, and the time in Unix milliseconds.

    `asleep` says that the card will not move by itself any more.
    """

    jobs: Sequence[Job]
    standings: Mapping[str, Standing]
    now: int
    asleep: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to the batch."""
        return all(job.state.ended for job in self.jobs)


def status_card(words: Words, view: BatchView) -> Card:
    """Build the card."""
    return _end(words, view.jobs) if view.ended else _moving(words, view)


def choice_card(words: Words, batch: str, *, count: int, cancelled: int) -> Card:
    """Build the card that asks what shall become of clips that cannot be stopped."""
    card = Card(colour=QUIET_COLOUR)
    if cancelled:
        card.text(words.say("cancel.cancelled", count=cancelled))
    card.text(words.say("cancel.choose", count=count))
    return card.row(
        KeepBatch(batch, label=words.say("cancel.keep")),
        PostBatch(batch, label=words.say("cancel.post")),
    )


def _moving(words: Words, view: BatchView) -> Card:
    jobs = view.jobs
    single = jobs[0] if len(jobs) == 1 else None
    batch = jobs[0].batch
    working = sum(not job.state.ended for job in jobs)
    card = Card(colour=MOVING_COLOUR)
    card.heading(words.say(f"status.{single.state}") if single else words.say("status.batch", count=working))
    card.text(quoted(jobs[0].request.prompt, _PROMPT_LENGTH))
    for job in jobs:
        lines = [] if single else [f"**{words.say('status.clip', number=job.position)}**"]
        lines.append(_course(words, job, view))
        if job.message and not job.state.ended:
            lines.append(f"-# {_message(words, job)}")
        card.text("\n".join(lines))
    card.divider().small("\n".join(_promises(words, jobs, asleep=view.asleep)))
    return card.row(
        CancelBatch(batch, label=words.say("status.cancel"), style=discord.ButtonStyle.danger),
        Refresh(
            batch,
            label=words.say("status.refresh"),
            style=discord.ButtonStyle.primary if view.asleep else discord.ButtonStyle.secondary,
        ),
    )


def _course(words: Words, job: Job, view: BatchView) -> str:
    """Return the way of one clip with the place where it is, and when it will probably be ready."""
    if job.state.ended:
        return _outcome(words, job)
    reached = _STAGE[job.state]
    marks = ["✅" if number < reached else "⏳" if number == reached else "▫️" for number in range(len(_STAGES))]
    names = [words.say(f"stage.{stage}") for stage in _STAGES]
    names[reached] = f"**{names[reached]}**"
    course = "  ".join(f"{mark} {name}" for mark, name in zip(marks, names, strict=True))
    standing = view.standings.get(job.id)
    if standing is None:
        return course
    facts = []
    if standing.position is not None:
        facts.append(words.say("status.place", position=standing.position))
    if standing.expected_seconds >= _LEAST_WAIT:
        at = _soon(view.now, standing.expected_seconds)
        facts.append(words.say("status.expected", at=at))
    elif job.state is JobState.RUNNING:
        facts.append(words.say("status.soon"))
    return f"{course}\n{' · '.join(facts)}" if facts else course


def _soon(now: int, seconds: float) -> int:
    """Return the moment of an expectation in Unix seconds, in steps so that the card changes only where it matters."""
    step = _FINE_STEP if seconds < _MINUTE else _COARSE_STEP
    return round((now / 1000 + seconds) / step) * step


def _promises(words: Words, jobs: Sequence[Job], *, asleep: bool) -> list[str]:
    lines = []
    open_jobs = [job for job in jobs if not job.state.ended]
    if all(job.keep for job in open_jobs):
        lines.append(words.say("status.kept"))
    else:
        match parse_destination(jobs[0].destination):
            case Channel(id=channel):
                lines.append(words.say("status.leave", channel=channel))
            case Direct():
                lines.append(words.say("status.leave-direct"))
            case _:
                lines.append(words.say("status.leave-library"))
    lines.append(words.say("status.held", count=sum(job.credits for job in open_jobs)))
    if asleep:
        lines.append(words.say("status.asleep"))
    return lines


def _end(words: Words, jobs: Sequence[Job]) -> Card:
    delivered = [job for job in jobs if job.state is JobState.DELIVERED]
    single = jobs[0] if len(jobs) == 1 else None
    card = Card(colour=_end_colour(jobs))
    card.heading(_end_title(words, jobs))
    card.text(quoted(jobs[0].request.prompt, _PROMPT_LENGTH))
    for job in jobs:
        lead = "" if single else f"**{words.say('status.clip', number=job.position)}** · "
        card.text(f"{lead}{_outcome(words, job, alone=single is not None)}")
    if len(delivered) < len(jobs):
        failed = next(job for job in jobs if job.state is not JobState.DELIVERED)
        card.row(
            Again(failed.id, label=words.say("end.retry"), style=discord.ButtonStyle.primary),
            EditClip(failed.id, label=words.say("end.edit")),
        )
    return card


def _end_title(words: Words, jobs: Sequence[Job]) -> str:
    delivered = sum(job.state is JobState.DELIVERED for job in jobs)
    if delivered == len(jobs):
        return words.say("end.delivered") if delivered == 1 else words.say("end.delivered-batch", count=delivered)
    if delivered:
        return words.say("end.some", count=delivered)
    cancelled = all(job.state is JobState.CANCELLED for job in jobs)
    return words.say("end.cancelled" if cancelled else "end.none")


def _end_colour(jobs: Sequence[Job]) -> int:
    states = {job.state for job in jobs}
    if states == {JobState.DELIVERED}:
        return READY_COLOUR
    return QUIET_COLOUR if states <= {JobState.CANCELLED, JobState.DELIVERED} else FAILED_COLOUR


def _outcome(words: Words, job: Job, *, alone: bool = False) -> str:
    if job.state is not JobState.DELIVERED:
        return _message(words, job)
    posted = parse_receipt(job.receipt)
    if posted is not None:
        key = "sent" if posted.direct else "posted"
        link = link_to(posted, job.requester.server)
        return words.say(f"end.{key}" if alone else f"end.clip-{key}", link=link, channel=posted.channel)
    key = "deleted" if job.receipt == DELETED_RECEIPT else "kept"
    return words.say(f"end.{key}" if alone else f"end.clip-{key}")


def _message(words: Words, job: Job) -> str:
    return "" if job.message is None else shown(words.tell(job.message), _MESSAGE_LENGTH)
