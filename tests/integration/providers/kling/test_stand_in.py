"""What the provider makes of the whole vendor: the way of a clip, and every fault that the stand-in can play."""

from __future__ import annotations

import asyncio
import time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from bot.clock import SystemClock
from bot.errors import DownloadFailed
from bot.providers.base import Advice, Submission, TaskReference, TaskState
from bot.providers.kling import ApiKey, KlingFailure, KlingProvider
from bot.providers.kling.client import KlingClient
from bot.providers.kling.lister import TaskLister
from bot.sandbox.kling.faults import (
    AnswerAction,
    AnswerFault,
    DownloadAction,
    DownloadFault,
    Moment,
    Operation,
    TaskFault,
)
from bot.sandbox.kling.faults import TaskAction as Turn
from tests.support.kling import StillClock, text_request, text_submission

if TYPE_CHECKING:
    from pathlib import Path

    from bot.providers.base import TaskObservation
    from bot.providers.kling import AccessKeyPair
    from bot.sandbox.kling import KlingStandIn
    from tests.integration.providers.kling.conftest import ProviderFactory


async def finished(stand_in: KlingStandIn, customer: KlingProvider, key: str = "job-1") -> TaskObservation:
    """Order a clip, wait for its end, and say what the vendor says then."""
    made = await customer.submit(text_submission(key))
    await stand_in.finished(str(made.task_id))
    found = await customer.find(made)
    assert found is not None
    return found


async def refused(customer: KlingProvider, submission: Submission | None = None) -> KlingFailure:
    with pytest.raises(KlingFailure) as caught:
        await customer.submit(submission or text_submission())
    return caught.value


def by_key(key: str = "job-1") -> TaskReference:
    return TaskReference(text_request().input, key)


async def test_a_clip_is_ordered_watched_fetched_and_paid(
    stand_in: KlingStandIn, customer: KlingProvider, tmp_path: Path
) -> None:
    seen = await finished(stand_in, customer)
    assert (seen.state, seen.seconds, seen.cost) == (TaskState.SUCCEEDED, Decimal("5.041"), Decimal(5))
    size = await customer.fetch(seen, tmp_path / "clip.mp4")
    assert (tmp_path / "clip.mp4").read_bytes() == b"clip of 5 s"
    assert size == len(b"clip of 5 s")
    assert await customer.actual_cost(seen.reference) == Decimal(5)


async def test_an_unknown_key_is_no_task(customer: KlingProvider) -> None:
    assert await customer.find(by_key("never-sent")) is None
    assert await customer.find(TaskReference(text_request().input, "job-1", "852845770556612685")) is None


# --- tokens -----------------------------------------------------------------------------------------------------------


async def test_an_api_key_works_as_well(stand_in: KlingStandIn, make_provider: ProviderFactory) -> None:
    customer = make_provider(stand_in.base_url, credentials=ApiKey(stand_in.credentials.api_key))
    assert (await customer.submit(text_submission())).task_id


@pytest.mark.parametrize("ahead", [-7200, -1801, 30, 7200])
async def test_a_wrong_clock_heals_by_itself(
    stand_in: KlingStandIn, make_provider: ProviderFactory, key_pair: AccessKeyPair, ahead: int
) -> None:
    heard: list[str] = []
    customer = make_provider(
        stand_in.base_url,
        credentials=key_pair,
        clock=StillClock(round(time.time() + ahead) * 1000),
        observer=lambda _, outcome, __: heard.append(outcome),
    )
    await customer.submit(text_submission("job-1"))
    await customer.submit(text_submission("job-2"))
    assert heard[1:] == ["ok", "ok"]
    assert heard[0] == ("code 1003" if ahead > 0 else "code 1004")


async def test_a_token_that_expires_in_between_is_replaced(stand_in: KlingStandIn, customer: KlingProvider) -> None:
    stand_in.faults.add(AnswerFault(code=1004, times=1))
    made = await customer.submit(text_submission())
    assert made.task_id is not None
    assert (stand_in.counters.attempts("job-1"), stand_in.counters["tasks_made"]) == (2, 1)


async def test_wrong_keys_are_for_the_operator(stand_in: KlingStandIn, make_provider: ProviderFactory) -> None:
    failure = await refused(make_provider(stand_in.base_url, credentials=ApiKey("wrong")))
    assert (failure.advice, failure.code) == (Advice.TELL_OPERATOR, 1002)


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("http_status", [None, 200], ids=["error", "inside a success"])
@pytest.mark.parametrize(
    ("code", "advice", "uncertain"),
    [
        (1102, Advice.TELL_OPERATOR, False),
        (1301, Advice.TELL_USER, False),
        (1302, Advice.RETRY, False),
        (1303, Advice.WAIT_FOR_SLOT, False),
        (5000, Advice.RETRY, True),
        (5001, Advice.RETRY, True),
        (5002, Advice.RETRY, True),
    ],
)
async def test_a_refusal_makes_no_task(
    *,
    stand_in: KlingStandIn,
    customer: KlingProvider,
    code: int,
    http_status: int | None,
    advice: Advice,
    uncertain: bool,
) -> None:
    stand_in.faults.add(AnswerFault(code=code, http_status=http_status, times=1))
    failure = await refused(customer)
    assert (failure.advice, failure.uncertain, failure.code) == (advice, uncertain, code)
    assert await customer.find(by_key()) is None
    assert (await customer.submit(text_submission())).task_id


async def test_full_slots_are_waited_for(stand_in: KlingStandIn, customer: KlingProvider) -> None:
    stand_in.configure(slots=1, fixed_processing=3600)
    await customer.submit(text_submission("job-1"))
    assert (await refused(customer, text_submission("job-2"))).advice is Advice.WAIT_FOR_SLOT


async def test_an_empty_account_is_for_the_operator(stand_in: KlingStandIn, customer: KlingProvider) -> None:
    stand_in.configure(units=Decimal(4))
    failure = await refused(customer)
    assert (failure.advice, failure.code, failure.http_status) == (Advice.TELL_OPERATOR, 1102, 429)


async def test_a_model_that_was_switched_off_is_for_the_operator(
    stand_in: KlingStandIn, customer: KlingProvider
) -> None:
    stand_in.configure(discontinued_models=("kling-v2-6",))
    failure = await refused(customer)
    assert failure.advice is Advice.TELL_OPERATOR
    assert "switched this model off" in str(failure)


async def test_a_prompt_that_is_refused_at_once_is_a_matter_of_content(
    stand_in: KlingStandIn, customer: KlingProvider
) -> None:
    stand_in.configure(refused_words=("lantern",))
    failure = await refused(customer)
    assert (failure.advice, failure.moderation) == (Advice.TELL_USER, True)


# --- creates in doubt -------------------------------------------------------------------------------------------------

LOST_ANSWERS = [
    AnswerFault(code=5002),
    AnswerFault(action=AnswerAction.PAGE),
    AnswerFault(action=AnswerAction.PAGE, http_status=200),
    AnswerFault(action=AnswerAction.DROP),
    AnswerFault(action=AnswerAction.GARBAGE),
    AnswerFault(action=AnswerAction.HANG),
]


@pytest.mark.parametrize("moment", list(Moment))
@pytest.mark.parametrize("fault", LOST_ANSWERS, ids=["5002", "502 page", "200 page", "drop", "garbage", "hang"])
async def test_after_a_lost_answer_the_look_up_tells_whether_the_task_exists(
    stand_in: KlingStandIn,
    make_provider: ProviderFactory,
    key_pair: AccessKeyPair,
    fault: AnswerFault,
    moment: Moment,
) -> None:
    impatient = make_provider(
        stand_in.base_url, credentials=key_pair, clock=SystemClock(), read_seconds=5, create_seconds=2
    )
    stand_in.faults.add(fault.model_copy(update={"moment": moment, "times": 1}))
    failure = await refused(impatient)
    assert (failure.advice, failure.uncertain) == (Advice.RETRY, True)
    found = await impatient.find(by_key())
    assert (found is not None) is (moment is Moment.AFTER)
    if found is not None:
        assert (await refused(impatient)).advice is Advice.ADOPT
    assert stand_in.counters["tasks_made"] == (1 if moment is Moment.AFTER else 0)


async def test_a_task_may_become_visible_late(stand_in: KlingStandIn, customer: KlingProvider) -> None:
    stand_in.faults.add(TaskFault(action=Turn.HIDE, seconds=0.2), AnswerFault(code=5002, moment=Moment.AFTER, times=1))
    assert (await refused(customer)).uncertain
    assert await customer.find(by_key()) is None
    assert (await refused(customer)).advice is Advice.ADOPT
    async with asyncio.timeout(5):
        while await customer.find(by_key()) is None:
            continue


# --- tasks that go wrong ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "moderation"),
    [
        ("Failure to pass the risk control system", True),
        (("The resolution or aspect ratio of the input image is invalid. Please ensure it meets the required "
         "specifications."), False),
        ("Image pixel is invalid", False),
        ("Something went wrong when we tried to get the contents of the file.", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("stage", ["submitted", "processing"])
async def test_a_failed_task_says_why(
    *, stand_in: KlingStandIn, customer: KlingProvider, message: str, moderation: bool, stage: str
) -> None:
    stand_in.faults.add(TaskFault.model_validate({"message": message, "stage": stage}))
    seen = await finished(stand_in, customer)
    assert (seen.state, seen.moderation, seen.clip_url) == (TaskState.FAILED, moderation, None)
    assert seen.reason
    assert seen.cost in {None, Decimal(0)}


async def test_a_stuck_task_keeps_running(stand_in: KlingStandIn, customer: KlingProvider) -> None:
    stand_in.faults.add(TaskFault(action=Turn.STICK, stage="submitted"))
    references = [await customer.submit(text_submission(key)) for key in ("job-1", "job-2")]
    for _ in range(2):
        answers = await customer.observe(references)
        assert {answer.state for answer in answers.values()} == {TaskState.WAITING}


async def test_an_unknown_status_is_a_reason_to_keep_asking(stand_in: KlingStandIn, customer: KlingProvider) -> None:
    stand_in.configure(fixed_processing=3600)
    stand_in.faults.add(TaskFault(action=Turn.STRANGE, message="rendering_v2"))
    made = await customer.submit(text_submission())
    async with asyncio.timeout(5):
        while (await customer.observe([made]))["job-1"].state is TaskState.WAITING:
            continue
    assert (await customer.observe([made]))["job-1"].state is TaskState.UNKNOWN


@pytest.mark.parametrize("turn", [Turn.SPARSE, Turn.PADDED])
async def test_missing_and_unknown_keys_do_not_matter(
    stand_in: KlingStandIn, customer: KlingProvider, tmp_path: Path, turn: Turn
) -> None:
    stand_in.faults.add(TaskFault(action=turn))
    seen = [await finished(stand_in, customer, key) for key in ("job-1", "job-2")]
    answers = await customer.observe([one.reference for one in seen])
    assert {answer.state for answer in answers.values()} == {TaskState.SUCCEEDED}
    assert await customer.fetch(answers["job-2"], tmp_path / "clip.mp4") > 0
    assert await customer.find(by_key()) == answers["job-1"]


async def test_a_dead_link_is_a_failed_download(
    stand_in: KlingStandIn, customer: KlingProvider, tmp_path: Path
) -> None:
    stand_in.faults.add(TaskFault(action=Turn.EXPIRE, seconds=0))
    seen = await finished(stand_in, customer)
    with pytest.raises(DownloadFailed):
        await customer.fetch(seen, tmp_path / "clip.mp4")


async def test_a_download_that_fails_once_can_be_repeated(
    stand_in: KlingStandIn, customer: KlingProvider, tmp_path: Path
) -> None:
    stand_in.faults.add(DownloadFault(action=DownloadAction.TRUNCATE, times=1))
    seen = await finished(stand_in, customer)
    with pytest.raises(DownloadFailed):
        await customer.fetch(seen, tmp_path / "clip.mp4")
    assert await customer.fetch(seen, tmp_path / "clip.mp4") == len(b"clip of 5 s")


# --- many tasks -------------------------------------------------------------------------------------------------------


async def test_fifty_tasks_in_flight_take_one_call_a_round(stand_in: KlingStandIn, customer: KlingProvider) -> None:
    stand_in.configure(fixed_processing=3600)
    references = [await customer.submit(text_submission(f"job-{number}")) for number in range(50)]
    answers = await customer.observe(references)
    assert answers.keys() == {one.client_key for one in references}
    assert (stand_in.counters["lists"], stand_in.counters["queries"]) == (1, 0)


async def test_more_tasks_than_a_page_holds_are_all_found(
    stand_in: KlingStandIn, customer: KlingProvider, key_pair: AccessKeyPair
) -> None:
    stand_in.configure(fixed_submitted=3600)
    references = [await customer.submit(text_submission(f"job-{number}")) for number in range(45)]
    async with KlingClient(base_url=stand_in.base_url, credentials=key_pair, clock=SystemClock()) as client:
        answers = await TaskLister(client, page_size=20).observe(references)
    assert {answer.state for answer in answers.values()} == {TaskState.WAITING}
    assert len(answers) == 45
    assert (stand_in.counters["lists"], stand_in.counters["queries"]) == (3, 0)


@pytest.mark.parametrize("action", [AnswerAction.PAGE, AnswerAction.DROP, AnswerAction.GARBAGE, AnswerAction.ERROR])
async def test_a_failing_list_is_a_passing_failure(
    stand_in: KlingStandIn, customer: KlingProvider, action: AnswerAction
) -> None:
    references = [await customer.submit(text_submission(key)) for key in ("job-1", "job-2")]
    stand_in.faults.add(AnswerFault(at=Operation.LIST, action=action, times=1))
    with pytest.raises(KlingFailure) as caught:
        await customer.observe(references)
    assert (caught.value.advice, caught.value.uncertain) == (Advice.RETRY, False)
    assert len(await customer.observe(references)) == 2
