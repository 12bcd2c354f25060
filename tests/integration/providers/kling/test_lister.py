"""How many calls an observation takes, and what it says about each task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.jobs.request import InputKind
from bot.providers.base import Advice, TaskObservation, TaskReference, TaskState
from bot.providers.kling import KlingFailure
from bot.providers.kling.lister import MOST_SINGLE_QUERIES, PAGE_SIZE
from tests.support.kling import drop, finished, raw, reference, refuse, succeed, task

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aiohttp import web

    from bot.providers.kling import KlingProvider
    from tests.support.kling import Reply, ScriptedVendor

TEXT, IMAGE = "/v1/videos/text2video", "/v1/videos/image2video"
NOT_FOUND = "Task not found by id/external id: X"


def shown(references: Iterable[TaskReference], status: str = "processing") -> list[dict[str, Any]]:
    """Return tasks as a list shows them."""
    return [
        task(str(one.task_id or f"9{number}"), status, task_info={"external_task_id": one.client_key})
        for number, one in enumerate(references)
    ]


def library(*, listed: Iterable[dict[str, Any]], single: Iterable[dict[str, Any]] = ()) -> Reply:
    """Answer lists by pages of `listed`, and single queries from `single`."""
    pages = list(listed)
    by_id = {one["task_id"]: one for one in single}

    async def reply(request: web.Request) -> web.StreamResponse:
        if "pageNum" in request.query:
            number, size = int(request.query["pageNum"]), int(request.query["pageSize"])
            return await succeed(pages[(number - 1) * size : number * size])(request)
        found = by_id.get(request.path.rpartition("/")[2])
        return await (refuse(1201, NOT_FOUND) if found is None else succeed(found))(request)

    return reply


def states(answers: Any) -> dict[str, TaskState]:
    return {key: answer.state for key, answer in answers.items()}


async def test_fifty_tasks_take_one_call(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    references = [reference(number) for number in range(50)]
    vendor.replies(library(listed=shown(references)))
    answers = await provider.observe(references)
    assert states(answers) == {one.client_key: TaskState.RUNNING for one in references}
    assert vendor.calls == [f"{TEXT}?1"]
    assert vendor.seen[0].query == {"pageNum": "1", "pageSize": str(PAGE_SIZE)}


async def test_each_product_is_listed_on_its_own(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    texts = [reference(number) for number in range(3)]
    images = [reference(number, InputKind.IMAGE) for number in range(10, 13)]
    vendor.replies(library(listed=shown([*texts, *images])))
    assert len(await provider.observe([*texts, *images])) == 6
    assert sorted(vendor.calls) == [f"{IMAGE}?1", f"{TEXT}?1"]


async def test_a_single_task_is_asked_for_directly(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    one = reference(1)
    vendor.replies(library(listed=[], single=[finished(str(one.task_id))]))
    assert states(await provider.observe([one])) == {"job-1": TaskState.SUCCEEDED}
    assert vendor.calls == [f"{TEXT}/{one.task_id}"]


async def test_nothing_to_ask_about_takes_no_call(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    assert await provider.observe([]) == {}
    assert vendor.seen == []


async def test_tasks_that_the_list_does_not_show_are_asked_for_singly(
    vendor: ScriptedVendor, provider: KlingProvider
) -> None:
    listed, single, gone = [reference(1), reference(2)], reference(3), reference(4)
    vendor.replies(library(listed=shown(listed), single=[finished(str(single.task_id))]))
    answers = await provider.observe([*listed, single, gone])
    assert states(answers) == {
        "job-1": TaskState.RUNNING,
        "job-2": TaskState.RUNNING,
        "job-3": TaskState.SUCCEEDED,
    }
    assert len(vendor.calls) == 3


async def test_a_task_whose_id_is_not_known_is_found_by_our_key(
    vendor: ScriptedVendor, provider: KlingProvider
) -> None:
    unsubmitted = [reference(1, submitted=False), reference(2, submitted=False)]
    vendor.replies(library(listed=shown(unsubmitted)))
    answers = await provider.observe(unsubmitted)
    assert [answers[one.client_key].reference.task_id for one in unsubmitted] == ["90", "91"]


async def test_more_than_five_hundred_tasks_are_listed_by_pages(
    vendor: ScriptedVendor, provider: KlingProvider
) -> None:
    references = [reference(number) for number in range(1100)]
    vendor.replies(library(listed=shown(references)))
    assert len(await provider.observe(references)) == 1100
    assert vendor.calls == [f"{TEXT}?1", f"{TEXT}?2", f"{TEXT}?3"]


async def test_other_work_of_the_account_may_push_ours_to_the_second_page(
    vendor: ScriptedVendor, provider: KlingProvider
) -> None:
    ours = [reference(1), reference(2)]
    others = [task(str(number)) for number in range(PAGE_SIZE)]
    vendor.replies(library(listed=[*others, *shown(ours)]))
    assert states(await provider.observe(ours)) == {"job-1": TaskState.RUNNING, "job-2": TaskState.RUNNING}
    assert vendor.calls == [f"{TEXT}?1", f"{TEXT}?2"]


async def test_pages_are_read_for_as_long_as_they_show_some_of_ours(
    vendor: ScriptedVendor, provider: KlingProvider
) -> None:
    ours = [reference(number) for number in range(8)]
    others = [task(str(number)) for number in range(4 * (PAGE_SIZE - 1))]
    pages = [
        [*others[page * (PAGE_SIZE - 1) : (page + 1) * (PAGE_SIZE - 1)], *shown(ours[page : page + 1])]
        for page in range(4)
    ]
    beyond = shown(ours[4:])
    vendor.replies(library(listed=[one for page in pages for one in page], single=beyond))
    assert len(await provider.observe(ours)) == 8
    assert vendor.calls[:5] == [f"{TEXT}?{page}" for page in range(1, 6)]
    assert len(vendor.calls) == 5 + len(beyond)


async def test_the_last_one_missing_is_asked_for_directly(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    ours = [reference(1), reference(2)]
    others = [task(str(number)) for number in range(3 * PAGE_SIZE)]
    vendor.replies(library(listed=[*shown(ours[:1]), *others], single=shown(ours)))
    assert len(await provider.observe(ours)) == 2
    assert vendor.calls == [f"{TEXT}?1", f"{TEXT}/{ours[1].task_id}"]


async def test_others_are_answered_for_along_with_a_list(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    due, listed, old = reference(1), reference(2), reference(3)
    vendor.replies(library(listed=shown([due, listed]), single=shown([old])))
    answers = await provider.observe([due], along=[listed, old])
    assert states(answers) == {"job-1": TaskState.RUNNING, "job-2": TaskState.RUNNING}
    assert vendor.calls == [f"{TEXT}?1"]


async def test_others_are_worth_no_call_of_their_own(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    due, others = reference(1), [reference(number, InputKind.IMAGE) for number in (2, 3)]
    vendor.replies(library(listed=shown(others), single=shown([due])))
    assert states(await provider.observe([due], along=others)) == {"job-1": TaskState.RUNNING}
    assert vendor.calls == [f"{TEXT}/{due.task_id}"]


async def test_the_number_of_calls_is_bounded_and_everybody_gets_a_turn(
    vendor: ScriptedVendor, provider: KlingProvider
) -> None:
    references = [reference(number) for number in range(3 * MOST_SINGLE_QUERIES)]
    others = [task(str(number)) for number in range(5 * PAGE_SIZE)]
    vendor.replies(library(listed=others, single=shown(references)))
    asked: set[str] = set()
    for _ in range(3):
        vendor.seen.clear()
        answers = await provider.observe(references)
        assert vendor.calls[:2] == [f"{TEXT}?1", f"{TEXT}?2"]
        assert len(vendor.calls) == 2 + MOST_SINGLE_QUERIES
        assert answers.keys() == {one.client_key for one in references}
        asked |= {key for key, answer in answers.items() if answer.state is TaskState.RUNNING}
    assert asked == {one.client_key for one in references}


async def test_a_vendor_without_a_list_is_asked_singly(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    references = [reference(1), reference(2)]
    single = library(listed=[], single=shown(references))
    vendor.replies(refuse(1202, status=404), single)
    assert states(await provider.observe(references)) == {"job-1": TaskState.RUNNING, "job-2": TaskState.RUNNING}


@pytest.mark.parametrize(
    "reply",
    [refuse(5000, status=500), refuse(1302, status=429), raw(b"<html>", status=502), drop(), succeed({"tasks": []})],
    ids=["5000", "1302", "page", "drop", "object"],
)
async def test_a_failing_list_leaves_no_task_unknown_to_the_vendor(
    vendor: ScriptedVendor, provider: KlingProvider, reply: Reply
) -> None:
    vendor.replies(reply)
    with pytest.raises(KlingFailure) as caught:
        await provider.observe([reference(1), reference(2)])
    assert caught.value.advice is Advice.RETRY
    assert len(vendor.seen) == 1


async def test_one_failing_product_does_not_hide_the_other(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    texts, images = [reference(1), reference(2)], [reference(3, InputKind.IMAGE), reference(4, InputKind.IMAGE)]

    async def reply(request: web.Request) -> web.StreamResponse:
        answer = refuse(5000, status=500) if request.path == IMAGE else succeed(shown(texts))
        return await answer(request)

    vendor.replies(reply)
    assert states(await provider.observe([*texts, *images])) == {
        "job-1": TaskState.RUNNING,
        "job-2": TaskState.RUNNING,
        "job-3": TaskState.NOT_ASKED,
        "job-4": TaskState.NOT_ASKED,
    }


async def test_of_several_failures_the_operators_is_told(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    references = [reference(number, kind) for kind in (InputKind.TEXT, InputKind.IMAGE) for number in range(4)]

    async def reply(request: web.Request) -> web.StreamResponse:
        answer = refuse(1103, status=403) if request.path == IMAGE else refuse(5000, status=500)
        return await answer(request)

    vendor.replies(reply)
    with pytest.raises(KlingFailure) as caught:
        await provider.observe(references)
    assert caught.value.advice is Advice.TELL_OPERATOR


async def test_a_failing_single_query_leaves_its_task_unknown(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    references = [reference(1), reference(2), reference(3)]
    vendor.replies(succeed(shown(references[:2])), refuse(5001, status=503))
    answers = await provider.observe(references)
    assert states(answers)["job-3"] is TaskState.NOT_ASKED
    assert states(answers)["job-1"] is TaskState.RUNNING


async def test_odd_items_of_a_list_are_passed_over(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    references = [reference(1), reference(2)]
    odd: list[Any] = [
        None,
        7,
        "task",
        [],
        {},
        {"task_id": None, "task_info": 3},
        {"task_info": {"external_task_id": []}},
    ]
    vendor.replies(succeed([*odd, *shown(references)]))
    assert len(await provider.observe(references)) == 2


async def test_a_strangers_task_under_our_key_is_not_ours(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    one = reference(1)
    stranger = task("555", "failed", task_info={"external_task_id": one.client_key})
    vendor.replies(library(listed=[stranger], single=[task(str(one.task_id))]))
    answers = await provider.observe([one, reference(2)])
    assert states(answers) == {"job-1": TaskState.RUNNING}


@pytest.mark.parametrize(
    "reply", [refuse(1201, NOT_FOUND), refuse(1203, "the resource does not exist", status=404)], ids=["1201", "1203"]
)
async def test_both_forms_of_not_found_mean_that_there_is_no_such_task(
    vendor: ScriptedVendor, provider: KlingProvider, reply: Reply
) -> None:
    vendor.replies(reply)
    assert await provider.find(reference(1)) is None
    assert await provider.actual_cost(reference(1)) is None


async def test_a_page_that_says_404_is_not_the_vendors_word(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    vendor.replies(raw(b"<html>Not Found</html>", status=404))
    with pytest.raises(KlingFailure):
        await provider.find(reference(1))


async def test_a_task_is_looked_up_by_the_vendors_id_or_else_by_our_key(
    vendor: ScriptedVendor, provider: KlingProvider
) -> None:
    one = reference(1)
    vendor.replies(succeed(finished(str(one.task_id))))
    found = await provider.find(one)
    assert isinstance(found, TaskObservation)
    by_key = await provider.find(TaskReference(InputKind.IMAGE, "key/with ümlaut?"))
    assert by_key is not None
    assert by_key.reference.task_id == one.task_id
    assert vendor.calls == [f"{TEXT}/{one.task_id}", f"{IMAGE}/key/with ümlaut?"]


@pytest.mark.parametrize("data", [None, [], {}, task("42"), task("", "succeed")])
async def test_an_answer_about_another_task_is_not_believed(
    vendor: ScriptedVendor, provider: KlingProvider, data: Any
) -> None:
    vendor.replies(succeed(data))
    with pytest.raises(KlingFailure) as caught:
        await provider.find(reference(1))
    assert caught.value.advice is Advice.RETRY


async def test_the_answer_to_our_key_has_to_bear_our_key(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    vendor.replies(succeed(task("42", task_info={"external_task_id": "job-2"})))
    with pytest.raises(KlingFailure):
        await provider.find(reference(1, submitted=False))
