"""The sentences that tell people how a job ended. Each says what happened and what became of the credits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.providers.base import Advice
from bot.texts import Sentence

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.providers.base import ProviderFailure, TaskObservation

WAITING_FOR_SLOT: Final = Sentence("ends.waiting-for-slot")
WAITING_FOR_SERVICE: Final = Sentence("ends.waiting-for-service")
MISLAID: Final = Sentence("ends.mislaid")
LINK_GONE: Final = Sentence("ends.link-gone")
CANCELLED: Final = Sentence("ends.cancelled")
LOST: Final = Sentence("ends.lost")
OVERDUE: Final = Sentence("ends.overdue")
WAITED_TOO_LONG: Final = Sentence("ends.waited-too-long")
KEPT: Final = Sentence("ends.kept")
CANNOT_STOP: Final = Sentence("ends.cannot-stop")
BEING_POSTED: Final = Sentence("ends.being-posted")
TOO_LATE: Final = Sentence("ends.too-late")
_MODERATION: Final = Sentence("ends.moderation")
_ACCOUNT: Final = Sentence("ends.account")


def failed(reason: Sentence) -> Sentence:
    """Tell why no clip came of it."""
    return Sentence("ends.failed", reason=reason)


def refused(failure: ProviderFailure) -> Sentence:
    """Tell that the vendor did not accept the submission."""
    if failure.moderation:
        return _MODERATION
    if failure.advice is Advice.TELL_OPERATOR:
        return _ACCOUNT
    return failed(failure.sentence)


def stepped_back(failure: ProviderFailure) -> Sentence:
    """Tell why a clip is back in the queue although it was its turn."""
    busy = failure.advice is Advice.WAIT_FOR_SLOT or failure.code is not None
    return WAITING_FOR_SLOT if busy else WAITING_FOR_SERVICE


def task_failed(observation: TaskObservation) -> Sentence:
    """Tell that the vendor accepted the task and then failed."""
    if observation.moderation:
        return _MODERATION
    if observation.reason is None:
        return failed(Sentence("ends.not-made"))
    return failed(Sentence("ends.not-made-because", reason=observation.reason))


def outage(job: Job) -> Sentence:
    """Tell that something outside stayed unreachable for longer than our patience."""
    return Sentence(f"ends.outage-{job.state}")


def dead(job: Job) -> Sentence:
    """Tell that the job was interrupted too often; the reference helps the operator to find out why."""
    return Sentence(f"ends.dead-{job.state}", reference=job.id)
