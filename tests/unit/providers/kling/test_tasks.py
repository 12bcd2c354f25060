from decimal import Decimal
from typing import Any

import pytest

from bot.jobs.request import InputKind
from bot.providers.base import TaskObservation, TaskReference, TaskState
from bot.providers.kling.tasks import observe
from bot.providers.kling.wire import Task, read
from bot.texts import Sentence
from tests.support.kling import START, finished, task

REFERENCE = TaskReference(InputKind.TEXT, "job-1")


def observed(document: dict[str, Any], *, watermarked: bool = False) -> TaskObservation:
    read_task = read(Task, document)
    assert read_task is not None
    return observe(REFERENCE, read_task, watermarked=watermarked)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("submitted", TaskState.WAITING),
        ("processing", TaskState.RUNNING),
        ("failed", TaskState.FAILED),
        ("paused", TaskState.UNKNOWN),
        ("", TaskState.UNKNOWN),
        (None, TaskState.UNKNOWN),
        (7, TaskState.UNKNOWN),
    ],
)
def test_every_status_has_a_state_and_unknown_ones_are_unknown(word: Any, state: TaskState) -> None:
    assert observed(task("1", word)).state is state


@pytest.mark.parametrize("word", ["succeed", "succeeded"])
def test_a_finished_task_says_everything_about_its_clip(word: str) -> None:
    assert observed(finished("852845770556612685") | {"task_status": word}) == TaskObservation(
        reference=TaskReference(InputKind.TEXT, "job-1", "852845770556612685"),
        state=TaskState.SUCCEEDED,
        clip_url="https://v15-kling.klingai.com/clip.mp4?pkey=AAAA",
        seconds=Decimal("5.041"),
        cost=Decimal("2.5"),
        completed_at=START + 158_902,
    )


@pytest.mark.parametrize(
    "result", [None, {}, [], {"videos": None}, {"videos": []}, {"videos": [{}]}, {"videos": [None, "x"]}]
)
def test_a_success_without_a_clip_is_not_believed_yet(result: Any) -> None:
    assert observed(task("1", "succeed", task_result=result)).state is TaskState.UNKNOWN


def test_optional_parts_may_be_missing_or_odd() -> None:
    document = {
        "task_id": 852845770556612685,
        "task_status": "succeed",
        "task_result": {"videos": [{"url": "https://x.example/a.mp4", "duration": "long", "new": 1}], "new": {}},
        "final_unit_deduction": {"no": 1},
        "updated_at": "yesterday",
        "task_info": "none",
        "new": [1],
    }
    observation = observed(document)
    assert observation.reference.task_id == "852845770556612685"
    assert observation.clip_url == "https://x.example/a.mp4"
    assert (observation.seconds, observation.cost, observation.completed_at) == (None, None, None)


@pytest.mark.parametrize(
    ("value", "amount"),
    [("2.5", "2.5"), ("4", "4"), (5, "5"), (0, "0"), (Decimal("0.05"), "0.05"), ("-1", None), ("NaN", None),
     ("", None), (None, None), (True, None)],
)  # fmt: skip
def test_the_deduction_is_exact_or_nothing(value: Any, amount: str | None) -> None:
    document = finished("1") | {"final_unit_deduction": value}
    assert observed(document).cost == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize("data", [None, [], "task", 7])
def test_what_is_no_object_is_no_task(data: Any) -> None:
    assert read(Task, data) is None


@pytest.mark.parametrize("task_id", ["\ud800", "1\n2", "x" * 129, ["1"], {}, True, 1.5])
def test_what_cannot_be_an_id_is_none(task_id: Any) -> None:
    assert observed(task(task_id)).reference.task_id is None


@pytest.mark.parametrize(
    ("message", "moderation"),
    [
        ("Failure to pass the risk control system", True),
        ("The resolution or aspect ratio of the input image is invalid. Please ensure it meets the …", False),
        ("Image pixel is invalid", False),
        ("Something went wrong when we tried to get the contents of the file.", False),
        ("", False),
        ("out of memory", False),
    ],
)
def test_a_failure_says_whether_it_was_for_content(*, message: str, moderation: bool) -> None:
    observation = observed(task("1", "failed", task_status_msg=message, final_unit_deduction="0"))
    assert (observation.state, observation.moderation) == (TaskState.FAILED, moderation)
    assert bool(observation.reason) is bool(message)
    assert observation.cost == 0


def test_an_unknown_reason_is_passed_on_without_links() -> None:
    message = "cannot read https://cdn.example.org/a.png?pkey=SECRET"
    assert observed(task("1", "failed", task_status_msg=message)).reason == Sentence(
        "kling.task-said", words="cannot read [link]"
    )


def test_the_marked_clip_is_taken_where_it_is_wanted_and_there() -> None:
    marked = finished("1")
    marked["task_result"]["videos"][0]["watermark_url"] = "https://v15-kling.klingai.com/marked.mp4"
    assert observed(marked, watermarked=True).clip_url == "https://v15-kling.klingai.com/marked.mp4"
    assert observed(finished("1"), watermarked=True).clip_url == "https://v15-kling.klingai.com/clip.mp4?pkey=AAAA"


def test_the_repr_of_an_answer_shows_no_link() -> None:
    assert "pkey" not in repr(read(Task, finished("1")))
