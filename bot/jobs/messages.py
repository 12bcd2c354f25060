"""The sentences that tell people how a job ended. Each says what happened and what became of the credits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.jobs.state import JobState
from bot.providers.base import Advice

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.providers.base import ProviderFailure, TaskObservation

_RETURNED: Final = "Your credits are back."

WAITING_FOR_SLOT: Final = "The video service is busy; the clip waits for the next free slot."
WAITING_FOR_SERVICE: Final = "The video service cannot be reached at the moment; the clip waits until it can."
MISLAID: Final = f"The finished clip was lost on our side before it could be delivered. {_RETURNED}"
CANCELLED: Final = f"You cancelled this clip before it was sent. {_RETURNED}"
LOST: Final = f"The video service lost this clip. {_RETURNED} Please try again."
OVERDUE: Final = f"The video service did not finish this clip in time. {_RETURNED} Please try again."
WAITED_TOO_LONG: Final = (
    f"This clip waited too long to be sent to the video service. {_RETURNED} Please try again later."
)
KEPT: Final = (
    "This clip is already with the video service, which cannot be stopped, so its price stays the same. "
    "It will not be posted; it is kept for you instead."
)
CANNOT_STOP: Final = (
    "This clip is already with the video service, which cannot be stopped. It will be posted when it is ready; "
    "you can choose to have it kept for you without posting, at the same price."
)
BEING_POSTED: Final = "This clip is being posted at this moment; there is nothing left to cancel."
TOO_LATE: Final = "This clip has ended already; there is nothing left to cancel."
_MODERATION: Final = (
    f"The video service refused this clip because of its content rules. {_RETURNED} "
    "Change what the prompt or the image shows and try again."
)
_ACCOUNT: Final = (
    f"The video service does not accept the bot's account at the moment. {_RETURNED} The operator has to act."
)
_OUTAGES: Final = {
    JobState.SUBMITTING: "The video service could not be reached",
    JobState.RUNNING: "The video service could not be asked about this clip",
    JobState.FETCHING: "The finished clip could not be downloaded",
    JobState.DELIVERING: "The clip could not be delivered",
}
_DOING: Final = {
    JobState.SUBMITTING: "was being sent to the video service",
    JobState.RUNNING: "was being made",
    JobState.FETCHING: "was being downloaded and checked",
    JobState.DELIVERING: "was being delivered",
}


def failed(reason: str) -> str:
    """Tell why no clip came of it; `reason` is a whole sentence."""
    return f"{reason} {_RETURNED}"


def refused(failure: ProviderFailure) -> str:
    """Tell that the vendor did not accept the submission."""
    if failure.moderation:
        return _MODERATION
    if failure.advice is Advice.TELL_OPERATOR:
        return _ACCOUNT
    return failed(str(failure))


def stepped_back(failure: ProviderFailure) -> str:
    """Tell why a clip is back in the queue although it was its turn."""
    busy = failure.advice is Advice.WAIT_FOR_SLOT or failure.code is not None
    return WAITING_FOR_SLOT if busy else WAITING_FOR_SERVICE


def task_failed(observation: TaskObservation) -> str:
    """Tell that the vendor accepted the task and then failed."""
    if observation.moderation:
        return _MODERATION
    reason = observation.message.strip().rstrip(".")
    if not reason:
        return failed("The video service could not make this clip.")
    return failed(f"The video service could not make this clip: {reason}.")


def outage(job: Job) -> str:
    """Tell that something outside stayed unreachable for longer than our patience."""
    return f"{_OUTAGES[job.state]} for too long. {_RETURNED} Please try again later."


def dead(job: Job) -> str:
    """Tell that the job was interrupted too often; the reference helps the operator to find out why."""
    return (
        f"Something on our side failed repeatedly while this clip {_DOING[job.state]}. {_RETURNED} Reference: {job.id}."
    )
