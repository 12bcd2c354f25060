"""Every way in which an answer of the vendor goes wrong, and the end that the job comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from bot.errors import RequestRefused
from bot.jobs.request import Mode, Request
from bot.jobs.state import JobState
from bot.sandbox.kling.faults import AnswerAction, AnswerFault, Moment, Operation, TaskAction, TaskFault
from tests.support.live import policies
from tests.support.stage import cheap_request

if TYPE_CHECKING:
    from bot.sandbox.kling import KlingStandIn
    from bot.sandbox.kling.faults import Fault
    from tests.support.live import House

OPERATOR = "does not accept the bot's account at the moment.*operator has to act"
MODERATION = "refused this clip because of its content rules"


@dataclass(frozen=True)
class Case:
    """What goes wrong, and what must come of it; `creates` and `questions` are the most calls that it may cost.

    Without a number of its own a case may ask as often as any.
    """

    name: str
    faults: tuple[Fault, ...]
    end: JobState = JobState.DELIVERED
    says: str = ""
    creates: int = 1
    questions: int | None = None
    tasks: int = 1
    drive: dict[str, Any] = field(default_factory=dict)
    watch: dict[str, Any] = field(default_factory=dict)


def create(action: AnswerAction = AnswerAction.ERROR, **rule: Any) -> AnswerFault:
    """The first create goes wrong."""
    return AnswerFault(**{"at": Operation.CREATE, "action": action, "times": 1} | rule)


def query(action: AnswerAction = AnswerAction.ERROR, **rule: Any) -> AnswerFault:
    """The first three questions go wrong."""
    return AnswerFault(**{"at": Operation.QUERY, "action": action, "times": 3} | rule)


def refused(code: int, says: str, **rule: Any) -> Case:
    """A refusal that no repetition changes: the job fails at once."""
    name = f"{code} {rule.pop('name', 'for good')}".strip()
    faults = (create(code=code, times=None, **rule),)
    return Case(name, faults, JobState.FAILED, says, creates=2, questions=0, tasks=0)


REFUSALS = [
    *(refused(code, OPERATOR) for code in (1000, 1001, 1002, 1003, 1004, 1100, 1101, 1102, 1103, 1202, 1203, 1304)),
    refused(1200, "refused this request as invalid"),
    refused(1201, "refused a setting of this request"),
    refused(1201, OPERATOR, name="discontinued", message="model kling-v2-6 has been discontinued"),
    refused(1300, MODERATION),
    refused(1301, MODERATION),
    refused(1102, OPERATOR, name="in a success", http_status=200),
    refused(1301, MODERATION, name="in a success", http_status=200),
]

UNCLEAR = [
    *(Case(f"{code} before", (create(code=code),), creates=2) for code in (5000, 5001, 5002)),
    Case("5000 in a success", (create(code=5000, http_status=200),), creates=2),
    Case("5002 after", (create(code=5002, moment=Moment.AFTER),)),
    Case("page 502 before", (create(AnswerAction.PAGE),), creates=2),
    Case("page 502 after", (create(AnswerAction.PAGE, moment=Moment.AFTER),)),
    Case("page 403 before", (create(AnswerAction.PAGE, http_status=403),), creates=2),
    Case("page 200 before", (create(AnswerAction.PAGE, http_status=200),), creates=2),
    Case("drop before", (create(AnswerAction.DROP),), creates=2),
    Case("drop after", (create(AnswerAction.DROP, moment=Moment.AFTER),)),
    Case("hang before", (create(AnswerAction.HANG),), creates=2, drive={"submit_limit": 0.4}),
    Case("hang after", (create(AnswerAction.HANG, moment=Moment.AFTER),), drive={"submit_limit": 0.4}),
    Case("slow", (create(AnswerAction.SLOW, seconds=0.3),)),
    Case("too slow", (create(AnswerAction.SLOW, seconds=0.8),), creates=2, drive={"submit_limit": 0.4}),
    Case("garbage before", (create(AnswerAction.GARBAGE),), creates=2),
    Case("garbage after", (create(AnswerAction.GARBAGE, moment=Moment.AFTER),)),
    Case(
        "drop after, then hidden",
        (create(AnswerAction.DROP, moment=Moment.AFTER), TaskFault(action=TaskAction.HIDE, seconds=0.6)),
        creates=4,
    ),
    Case("drop after, then no look-up", (create(AnswerAction.DROP, moment=Moment.AFTER), query(code=5000))),
]

PATIENCE = [
    Case("1303 twice", (create(code=1303, times=2),), creates=3),
    Case("1302 with Retry-After", (create(code=1302, retry_after=1),), creates=2),
    Case("1302 without", (create(code=1302),), creates=2),
    Case("1302 with Retry-After 0", (create(code=1302, retry_after=0, times=4),), creates=5),
    Case("1004 in flight", (create(code=1004),), creates=2),
    Case("1003 in flight", (create(code=1003),), creates=2),
    Case(
        "5001 for good",
        (create(code=5001, times=None),),
        JobState.EXPIRED,
        "could not be reached for too long",
        creates=8,
        tasks=0,
        drive={"patience": 1.0},
    ),
    Case(
        "hangs for good",
        (create(AnswerAction.HANG, times=None), query(AnswerAction.HANG, times=None)),
        JobState.EXPIRED,
        "could not be reached for too long",
        creates=1,
        questions=6,
        tasks=0,
        drive={"patience": 1.0, "submit_limit": 0.3},
    ),
]

QUESTIONS = [
    *(Case(f"{code} to questions", (query(code=code),)) for code in (5000, 1302, 1303)),
    Case("1004 to a question", (query(code=1004, times=1),)),
    Case("1302 with Retry-After 0 to questions", (query(code=1302, retry_after=0, times=8),)),
    Case("5000 in a success to questions", (query(code=5000, http_status=200),)),
    Case("page to questions", (query(AnswerAction.PAGE),)),
    Case("drop of questions", (query(AnswerAction.DROP),)),
    Case("garbage to questions", (query(AnswerAction.GARBAGE),)),
    Case("hang of a question", (query(AnswerAction.HANG, times=1),), watch={"call_limit": 0.3}),
    Case("slow answer to a question", (query(AnswerAction.SLOW, times=1, seconds=0.3),)),
    Case(
        "questions refused for good",
        (query(code=1000, times=None),),
        JobState.EXPIRED,
        "could not be asked about this clip for too long",
        questions=2,
        watch={"patience": 0.1},
    ),
    Case(
        "no answer to questions for good",
        (query(AnswerAction.DROP, times=None),),
        JobState.EXPIRED,
        "could not be asked about this clip for too long",
        watch={"patience": 1.0},
    ),
]


@pytest.mark.parametrize("case", [*REFUSALS, *UNCLEAR, *PATIENCE, *QUESTIONS], ids=lambda case: case.name)
async def test_the_job_ends_as_it_must(house: House, vendor: KlingStandIn, case: Case) -> None:
    vendor.faults.add(*case.faults)
    house.policies = policies(drive=case.drive, watch=case.watch)
    await house.start()
    job = await house.make()
    await house.check_end(job, case.end, case.says)
    assert len(vendor.tasks) == case.tasks
    calls = house.calls()
    assert 0 < calls["create"] <= case.creates
    assert calls["query"] + calls["list"] <= (house.most_questions() if case.questions is None else case.questions)
    assert all(rule["struck"] for rule in vendor.faults.report()), "a fault did not strike"


@pytest.mark.parametrize(
    "fault",
    [
        AnswerFault(at=Operation.LIST, code=1201),
        AnswerFault(at=Operation.LIST, code=5000, times=2),
        AnswerFault(at=Operation.LIST, action=AnswerAction.GARBAGE, times=2),
        AnswerFault(at=Operation.LIST, action=AnswerAction.HANG, times=1),
    ],
    ids=["refused for good", "5000", "garbage", "hang"],
)
async def test_a_list_that_goes_wrong_delays_only(house: House, vendor: KlingStandIn, fault: AnswerFault) -> None:
    vendor.configure(fixed_processing=200)
    vendor.faults.add(fault)
    house.policies = policies(watch={"call_limit": 0.3})
    await house.start()
    [one, two] = await house.end(*await house.order(request=cheap_request().model_copy(update={"outputs": 2})))
    assert [one.state, two.state] == [JobState.DELIVERED] * 2
    assert house.files() == sorted(str(job.receipt) for job in (one, two))
    assert (await house.sums()).held == 0
    assert house.tasks_by_job() == {one.id: 1, two.id: 1}
    assert vendor.faults.report()[0]["struck"]


async def test_an_unreachable_vendor_is_waited_for_in_the_queue(house: House, vendor: KlingStandIn) -> None:
    port = int(vendor.base_url.rpartition(":")[2])
    await house.start()
    await vendor.stop()
    [job] = await house.order()
    stepped_back = await house.noted(job, "cannot be reached at the moment")
    assert stepped_back.state is JobState.QUEUED
    assert (await house.purse()).held == job.credits
    await vendor.start(port=port)
    [ended] = await house.end(job)
    await house.check_end(ended, JobState.DELIVERED)


async def test_what_the_vendor_would_refuse_is_never_placed(house: House) -> None:
    await house.start()
    with pytest.raises(RequestRefused) as refusal:
        await house.make(Request(prompt="Rain on a window.", mode=Mode.STANDARD, audio=True))
    assert [one.rule for one in refusal.value.findings] == ["C004"]
    assert (await house.sums()).held == 0
    assert house.calls()["create"] == 0
