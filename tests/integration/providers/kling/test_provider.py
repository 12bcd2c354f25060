"""What the provider sends, what it takes for an answer, and the file it fetches."""

from __future__ import annotations

import base64
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from bot.errors import DownloadFailed, MediaRefused
from bot.jobs.request import InputKind, Mode
from bot.providers.base import Advice, Submission, TaskObservation, TaskReference, TaskState
from bot.providers.kling import KlingFailure, KlingProvider
from tests.support.kling import (
    JPEG,
    PNG,
    finished,
    image_request,
    raw,
    reference,
    refuse,
    stored,
    succeed,
    task,
    text_request,
    text_submission,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.providers.kling.conftest import ProviderFactory
    from tests.support.kling import ScriptedVendor

CREATED = succeed(task("852845770556612685", "submitted"))


async def sent(vendor: ScriptedVendor, provider: KlingProvider, submission: Submission) -> Any:
    vendor.replies(CREATED)
    made = await provider.submit(submission)
    assert made == TaskReference(submission.request.input, submission.client_key, "852845770556612685")
    return vendor.seen[-1].document


async def refused(provider: KlingProvider, submission: Submission) -> KlingFailure:
    with pytest.raises(KlingFailure) as caught:
        await provider.submit(submission)
    return caught.value


async def test_a_clip_from_text_is_ordered_with_everything_that_was_asked_for(
    vendor: ScriptedVendor, provider: KlingProvider
) -> None:
    request = text_request(negative_prompt="text, logo", seconds=10, aspect_ratio="9:16")
    body = await sent(
        vendor, provider, Submission(client_key="job-1", request=request, callback_url="https://bot.example.org/cb")
    )
    assert body == {
        "model_name": "kling-v2-6",
        "prompt": request.prompt,
        "negative_prompt": "text, logo",
        "mode": "pro",
        "sound": "on",
        "duration": "10",
        "aspect_ratio": "9:16",
        "callback_url": "https://bot.example.org/cb",
        "external_task_id": "job-1",
    }
    assert vendor.calls == ["/v1/videos/text2video"]


async def test_what_was_not_asked_for_is_not_sent(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    body = await sent(vendor, provider, text_submission(mode=Mode.STANDARD, audio=False, aspect_ratio=None))
    assert body == {
        "model_name": "kling-v2-6",
        "prompt": text_request().prompt,
        "mode": "std",
        "sound": "off",
        "duration": "5",
        "external_task_id": "job-1",
    }


async def test_a_clip_between_two_images_is_ordered_with_both_in_plain_base64(
    vendor: ScriptedVendor, provider: KlingProvider
) -> None:
    request = image_request(end_image=stored())
    body = await sent(vendor, provider, Submission(client_key="job-1", request=request, image=PNG, end_image=JPEG))
    assert (base64.b64decode(body.pop("image")), base64.b64decode(body.pop("image_tail"))) == (PNG, JPEG)
    assert body == {
        "model_name": "kling-v2-6",
        "prompt": request.prompt,
        "mode": "pro",
        "sound": "off",
        "duration": "5",
        "external_task_id": "job-1",
    }
    assert vendor.calls == ["/v1/videos/image2video"]


async def test_voices_are_ordered_in_their_order(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    request = image_request(audio=True, voices=("891495440020668439", "17"))
    body = await sent(vendor, provider, Submission(client_key="job-1", request=request, image=PNG))
    assert body["voice_list"] == [{"voice_id": "891495440020668439"}, {"voice_id": "17"}]
    assert body["sound"] == "on"


async def test_the_shape_of_a_clip_from_an_image_is_the_images(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    request = image_request(aspect_ratio="1:1")
    body = await sent(vendor, provider, Submission(client_key="job-1", request=request, image=PNG))
    assert "aspect_ratio" not in body


async def test_text_in_any_writing_arrives_unchanged(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    request = text_request().model_copy(update={"prompt": '灯笼飘过夜市。 "Fresh dumplings!" \U0001f3ee\u2028'})
    body = await sent(vendor, provider, Submission(client_key="job-1", request=request))
    assert body["prompt"] == request.prompt


async def test_a_watermark_is_asked_for_where_it_is_wanted(
    vendor: ScriptedVendor, make_provider: ProviderFactory
) -> None:
    body = await sent(vendor, make_provider(vendor.url, watermark=True), text_submission())
    assert body["watermark_info"] == {"enabled": True}


@pytest.mark.parametrize(
    "submission",
    [
        text_submission(mode=Mode.STANDARD),
        text_submission(seconds=7),
        Submission("job-1", image_request(), image=b"GIF89a" + bytes(64)),
        Submission("job-1", image_request(), image=PNG + bytes(10 * 1024 * 1024)),
        Submission("job-1", image_request(end_image=stored()), image=PNG, end_image=b"data:image/png;base64,"),
        Submission("job-1", image_request()),
    ],
    ids=["sound in standard", "seconds", "gif", "size", "end image", "no image"],
)
async def test_what_the_vendor_would_refuse_is_not_sent(
    vendor: ScriptedVendor, provider: KlingProvider, submission: Submission
) -> None:
    failure = await refused(provider, submission)
    assert (failure.advice, failure.uncertain) == (Advice.TELL_USER, False)
    assert vendor.seen == []


async def test_a_second_create_with_our_key_is_to_be_adopted(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    vendor.replies(refuse(1201, "External_task_id job-1 already exists"))
    failure = await refused(provider, text_submission())
    assert (failure.advice, failure.uncertain) == (Advice.ADOPT, False)


@pytest.mark.parametrize("data", [None, [], {}, {"task_id": ""}, {"task_id": None}, "852845770556612685"])
async def test_a_success_without_a_task_leaves_the_create_in_doubt(
    vendor: ScriptedVendor, provider: KlingProvider, data: Any
) -> None:
    vendor.replies(succeed(data))
    failure = await refused(provider, text_submission())
    assert (failure.advice, failure.uncertain) == (Advice.RETRY, True)


async def test_a_number_as_an_id_keeps_all_its_digits(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    vendor.replies(raw(b'{"code":0,"data":{"task_id":852845770556612685,"task_status":"submitted"}}'))
    made = await provider.submit(text_submission())
    assert made.task_id == "852845770556612685"


async def test_the_cost_is_what_the_vendor_charged(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    one = reference(1)
    vendor.replies(succeed(finished(str(one.task_id))), succeed(task(str(one.task_id))))
    assert await provider.actual_cost(one) == Decimal("2.5")
    assert await provider.actual_cost(one) is None


def observation(url: str | None) -> TaskObservation:
    return TaskObservation(reference(1), TaskState.SUCCEEDED, clip_url=url)


async def test_a_clip_is_fetched_from_the_vendor_on_this_machine(
    vendor: ScriptedVendor, provider: KlingProvider, tmp_path: Path
) -> None:
    vendor.replies(raw(b"clip", headers={"Content-Type": "video/mp4"}))
    destination = tmp_path / "clip.mp4"
    assert await provider.fetch(observation(f"{vendor.url}/clip/1.mp4?pkey=A"), destination) == 4
    assert destination.read_bytes() == b"clip"
    assert "Authorization" not in vendor.seen[0].headers


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/clip.mp4?pkey=SECRET",
        "http://v15-kling.klingai.com/clip.mp4?pkey=SECRET",
        "http://127.0.0.1:9/clip.mp4?pkey=SECRET",
        "http://169.254.169.254/latest?pkey=SECRET",
        "file:///etc/passwd?pkey=SECRET",
        "?pkey=SECRET",
    ],
)
async def test_a_clip_from_anywhere_else_is_refused(
    vendor: ScriptedVendor, make_provider: ProviderFactory, tmp_path: Path, url: str
) -> None:
    provider = make_provider(vendor.url, result_hosts=("*.klingai.com",))
    with pytest.raises(MediaRefused) as caught:
        await provider.fetch(observation(url), tmp_path / "clip.mp4")
    assert "SECRET" not in str(caught.value)
    assert not (tmp_path / "clip.mp4").exists()


async def test_a_vendor_on_the_internet_does_not_open_this_machine(
    vendor: ScriptedVendor, make_provider: ProviderFactory, tmp_path: Path
) -> None:
    vendor.replies(raw(b"clip"))
    provider = make_provider("https://api-singapore.klingai.com", result_hosts=("*.klingai.com",))
    with pytest.raises(MediaRefused):
        await provider.fetch(observation(f"{vendor.url}/clip/1.mp4"), tmp_path / "clip.mp4")
    assert vendor.seen == []


async def test_without_a_link_there_is_nothing_to_fetch(provider: KlingProvider, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed):
        await provider.fetch(observation(None), tmp_path / "clip.mp4")


def test_the_provider_shows_no_secret(make_provider: ProviderFactory) -> None:
    provider = make_provider("https://api-singapore.klingai.com", webhook_secret="whsec_dGVzdHNlY3JldA==")
    assert repr(provider) == "KlingProvider(KlingClient('api-singapore.klingai.com'))"
    assert provider.name == "kling"


async def test_a_motion_task_can_be_looked_up(vendor: ScriptedVendor, provider: KlingProvider) -> None:
    vendor.replies(succeed(task("1")))
    found = await provider.find(TaskReference(InputKind.MOTION, "job-1", "1"))
    assert found is not None
    assert vendor.calls == ["/v1/videos/motion-control/1"]
