"""Every bad turn that an accepted task takes, and the end that the job comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from bot.jobs.request import Mode, Request
from bot.jobs.state import JobState
from bot.sandbox.kling.faults import TaskAction, TaskFault
from tests.support.live import policies
from tests.support.stage import cheap_request

if TYPE_CHECKING:
    from bot.sandbox.kling import KlingStandIn
    from tests.support.live import House

MODERATION = "refused this clip because of its content rules"
OTHER = "delivered something else than ordered"
SPOKEN = Request(prompt='A woman on a pier says: "The tide is turning."', mode=Mode.PROFESSIONAL, audio=True)
SILENT = cheap_request()


@dataclass(frozen=True)
class Case:
    """What becomes of the task, and what must come of the job."""

    name: str
    fault: TaskFault
    end: JobState = JobState.DELIVERED
    says: str = ""
    request: Request = SILENT
    downloads: int = 1
    watch: dict[str, Any] = field(default_factory=dict)


def failing(message: str, says: str, *, stage: str = "processing") -> Case:
    """The task fails with a message of the vendor's."""
    fault = TaskFault.model_validate({"action": TaskAction.FAIL, "message": message, "stage": stage})
    return Case(f"fails while {stage}: {message[:30]}", fault, JobState.FAILED, says, downloads=0)


def flawed(action: TaskAction, says: str, request: Request = SILENT) -> Case:
    """The clip is not what was paid for."""
    return Case(f"{action} clip", TaskFault(action=action), JobState.FAILED, f"{OTHER}. {says}", request)


CASES = [
    failing("Failure to pass the risk control system", MODERATION),
    failing("Failure to pass the risk control system", MODERATION, stage="submitted"),
    failing("image pixel is invalid", "refused the size of the image"),
    failing("Failed to get the contents of the file", "could not read the image"),
    failing("Internal rendering error.", "could not make this clip: Kling says “Internal rendering error.”"),
    failing("", "could not make this clip. Your"),
    *(
        Case(
            f"stuck while {stage}",
            TaskFault.model_validate({"action": TaskAction.STICK, "stage": stage}),
            JobState.EXPIRED,
            "did not finish this clip in time",
            downloads=0,
            watch={"give_up_after": 1.0},
        )
        for stage in ("submitted", "processing")
    ),
    Case("hidden for a while", TaskFault(action=TaskAction.HIDE, seconds=0.6)),
    Case(
        "never shown",
        TaskFault(action=TaskAction.HIDE, seconds=3600),
        JobState.FAILED,
        "lost this clip",
        downloads=0,
        watch={"lost_after": 0.8},
    ),
    Case("in a status that nobody knows", TaskFault(action=TaskAction.STRANGE, message="pondering")),
    Case("slow", TaskFault(action=TaskAction.PACE, seconds=0.8)),
    Case("sparse answers", TaskFault(action=TaskAction.SPARSE)),
    Case("padded answers", TaskFault(action=TaskAction.PADDED)),
    flawed(TaskAction.MUTE, "The clip has no sound although sound was ordered", SPOKEN),
    flawed(TaskAction.SILENT, "The clip.* (silent|sound)", SPOKEN),
    flawed(TaskAction.BLACK, "The clip is black from beginning to end"),
    flawed(TaskAction.SHORT, r"The clip lasts 2\.\d s, 5 s were ordered"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_the_job_ends_as_it_must(house: House, vendor: KlingStandIn, case: Case) -> None:
    vendor.faults.add(case.fault)
    house.policies = policies(watch=case.watch)
    await house.start()
    job = await house.make(case.request)
    await house.check_end(job, case.end, case.says)
    calls = house.calls()
    assert (calls["create"], len(vendor.tasks)) == (1, 1)
    assert calls["query"] + calls["list"] <= house.most_questions()
    assert calls["download"] == case.downloads
    assert vendor.faults.report()[0]["struck"]


async def test_a_clip_with_sound_arrives_with_its_sound(house: House) -> None:
    await house.start()
    job = await house.make(SPOKEN)
    await house.check_end(job, JobState.DELIVERED)


async def test_a_link_that_has_expired_ends_the_job_with_the_credits_back(house: House, vendor: KlingStandIn) -> None:
    vendor.faults.add(TaskFault(action=TaskAction.EXPIRE, seconds=0))
    await house.start()
    job = await house.make()
    await house.check_end(job, JobState.FAILED, "does not hand it out any more")
    calls = house.calls()
    assert (calls["create"], calls["download"]) == (1, 0)
    assert calls["query"] <= house.most_questions()


async def test_one_of_three_outputs_fails_and_two_arrive(house: House, vendor: KlingStandIn) -> None:
    vendor.faults.add(TaskFault(action=TaskAction.FAIL, message="out of paint", external_task_id="q2-1"))
    await house.start()
    jobs = await house.end(*await house.order(request=SILENT.model_copy(update={"outputs": 3})))
    assert [job.state for job in jobs] == [JobState.DELIVERED, JobState.FAILED, JobState.DELIVERED]
    assert "out of paint" in str(jobs[1].message)
    assert "Your credits are back." in str(jobs[1].message)
    sums, purse = await house.sums(), await house.purse()
    assert (sums.captured, sums.held, purse.available) == (30, 0, 15)
    assert house.files() == sorted(str(job.receipt) for job in jobs if job.receipt)
    assert sorted(house.tasks_by_job().values()) == [1, 1, 1]
