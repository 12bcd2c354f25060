"""Clips reach their channel once, whatever happens on the way."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest

from bot.delivery import store
from bot.delivery.card import Detour
from bot.delivery.channel import DeliveryPolicy
from bot.delivery.destination import KEPT_RECEIPT, Direct, Library, parse_receipt
from bot.delivery.parts import Kind, Stalled
from bot.sandbox.discord import DIRECT, Fault
from bot.sandbox.discord.permissions import Permission
from bot.texts import Sentence
from tests.support.post_office import SEND, PostOffice, bytes_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.delivery.card import Card, Showing
    from bot.delivery.parts import Place
    from bot.jobs.job import Clip, Job


async def notices(office: PostOffice) -> list[tuple[Kind, Detour]]:
    found = await office.database.read(lambda tx: store.unseen_notices(tx, int(office.mia.id)))
    return [(notice.kind, notice.reason) for notice in found]


async def test_a_clip_arrives_byte_for_byte_with_its_buttons_and_its_author_mentioned(
    office: PostOffice, source: Path
) -> None:
    job = await office.job(office.destination("stage"))
    clip = await office.clip(job, source)
    receipt = await office.deliver(job, clip)

    (message,) = office.posts("stage")
    assert office.content(message) == bytes_of(source)
    assert message.attachments[0].filename.endswith(f"{job.id}.mp4")
    assert message.mentioned_users == [office.mia.id]
    assert parse_receipt(receipt) is not None
    assert receipt == f"channel:{message.channel_id}/message:{message.id}"
    assert office.stand_in.journal.notices == []
    sent = office.stand_in.journal.of(SEND)[0].payload
    assert isinstance(sent, dict)
    assert len(sent["nonce"]) <= store.NONCE_LENGTH
    assert sent["enforce_nonce"]
    assert "v1:clip:again" in str(message.components)


async def test_delivering_again_changes_nothing(office: PostOffice, source: Path) -> None:
    job = await office.job(office.destination("stage"))
    clip = await office.clip(job, source)
    first = await office.deliver(job, clip)
    assert await office.deliver(job, clip) == first
    assert len(office.stand_in.journal.of(SEND)) == 1


async def test_hostile_words_notify_nobody_but_the_author(office: PostOffice, source: Path) -> None:
    job = await office.job(office.destination("stage"))
    noor = office.stand_in.person("noor")
    request = job.request.model_copy(update={"prompt": f"@everyone <@{noor.id}> x"})
    hostile = replace(job, request=request)
    await office.deliver(hostile, await office.clip(job, source))
    (message,) = office.posts("stage")
    assert message.mentioned_users == [office.mia.id]
    assert not message.mentions_everyone


async def test_a_502_after_the_message_was_stored_leads_to_one_message(office: PostOffice, source: Path) -> None:
    office.stand_in.faults.add(Fault(SEND, status=502, when="after"))
    job = await office.job(office.destination("stage"))
    await office.deliver(job, await office.clip(job, source))
    assert [record.status for record in office.stand_in.journal.of(SEND)] == [502, 200]
    assert len(office.posts("stage")) == 1


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_500_when_a_clip_is_posted_leads_to_one_message(
    office: PostOffice, source: Path, when: Literal["before", "after"]
) -> None:
    office.stand_in.faults.add(Fault(SEND, status=500, when=when))
    job = await office.job(office.destination("stage"))
    clip = await office.clip(job, source)
    receipt = parse_receipt(await office.deliver(job, clip))
    (message,) = office.posts("stage")
    assert receipt is not None
    assert int(message.id) == receipt.message
    assert office.content(message) == bytes_of(source)
    assert [record.status for record in office.stand_in.journal.of(SEND)] == [500, 200]
    assert office.posts(DIRECT) == []


async def test_a_429_is_waited_out(office: PostOffice, source: Path) -> None:
    office.stand_in.faults.add(Fault(SEND, status=429, retry_after=0.1))
    job = await office.job(office.destination("stage"))
    await office.deliver(job, await office.clip(job, source))
    assert len(office.posts("stage")) == 1


async def test_without_permission_the_author_gets_the_clip_in_person(office: PostOffice, source: Path) -> None:
    office.stand_in.stagehand.set_bot_permissions("stage", deny=Permission.ATTACH_FILES)
    job = await office.job(office.destination("stage"))
    await office.deliver(job, await office.clip(job, source))
    (message,) = office.posts(DIRECT)
    assert office.content(message) == bytes_of(source)
    assert [(one.direct, one.detour) for one in office.writer.showings] == [(False, None), (True, Detour.FORBIDDEN)]


async def test_without_the_channel_the_author_gets_the_clip_in_person(office: PostOffice, source: Path) -> None:
    job = await office.job(office.destination("stage"))
    office.stand_in.stagehand.delete_channel("stage")
    await office.deliver(job, await office.clip(job, source))
    assert len(office.posts(DIRECT)) == 1
    assert office.writer.showings[-1].detour is Detour.GONE


async def test_without_any_place_the_clip_is_kept_and_a_notice_left(office: PostOffice, source: Path) -> None:
    office.stand_in.stagehand.remove_bot("Soundstage Demo")
    office.stand_in.faults.add(Fault(SEND, status=403, code=50007, message="Cannot send", times=2))
    job = await office.job(office.destination("stage"))
    assert await office.deliver(job, await office.clip(job, source)) == KEPT_RECEIPT
    assert office.posts(DIRECT) == []
    assert await notices(office) == [(Kind.CLIP, Detour.FORBIDDEN)]


async def test_an_archived_thread_is_opened(office: PostOffice, source: Path) -> None:
    office.stand_in.stagehand.set_thread("Rain scene", archived=True)
    office.stand_in.faults.add(Fault(SEND, status=400, code=50083, message="Thread is archived"))
    job = await office.job(office.destination("Rain scene"))
    await office.deliver(job, await office.clip(job, source))
    assert len(office.posts("Rain scene")) == 1
    thread = office.stand_in.stagehand.channel("Rain scene").thread
    assert thread is not None
    assert not thread.archived


async def test_an_archived_thread_that_may_not_be_opened_sends_the_author_the_clip_in_person(
    office: PostOffice, source: Path
) -> None:
    office.stand_in.faults.add(Fault(SEND, status=400, code=50083, message="Thread is archived"))
    office.stand_in.faults.add(Fault("PATCH /channels/{channel_id}", status=403, code=50013, message="Missing"))
    job = await office.job(office.destination("Rain scene"))
    await office.deliver(job, await office.clip(job, source))
    assert len(office.posts(DIRECT)) == 1
    assert office.writer.showings[-1].detour is Detour.CLOSED


async def test_an_author_whose_messages_cannot_be_opened_finds_the_clip_in_the_library(
    office: PostOffice, source: Path
) -> None:
    office.stand_in.faults.add(Fault("POST /users/@me/channels", status=400, code=50007, message="Cannot send"))
    job = await office.job(str(Direct()))
    assert await office.deliver(job, await office.clip(job, source)) == KEPT_RECEIPT
    assert await notices(office) == [(Kind.CLIP, Detour.FORBIDDEN)]


async def test_a_locked_thread_sends_the_author_the_clip_in_person(office: PostOffice, source: Path) -> None:
    office.stand_in.stagehand.set_thread("Rain scene", archived=True, locked=True)
    office.stand_in.stagehand.set_bot_permissions("stage", deny=Permission.MANAGE_THREADS)
    job = await office.job(office.destination("Rain scene"))
    await office.deliver(job, await office.clip(job, source))
    assert office.posts("Rain scene") == []
    assert len(office.posts(DIRECT)) == 1


async def test_a_forum_gets_a_post_with_the_tag_it_insists_on(office: PostOffice, source: Path) -> None:
    learned = asyncio.create_task(office.client.wait_for("guild_channel_update", timeout=5))
    await asyncio.sleep(0)
    office.stand_in.stagehand.channel("projects").requires_tag = True
    office.stand_in.stagehand.set_bot_permissions("projects")
    await learned
    job = await office.job(office.destination("projects"))
    receipt = parse_receipt(await office.deliver(job, await office.clip(job, source)))
    assert receipt is not None
    post = office.stand_in.stagehand.channel(str(receipt.channel))
    assert post.name == "A pier at dusk"
    assert post.thread is not None
    assert len(post.thread.applied_tags) == 1


@pytest.mark.parametrize("keep", [True, False])
async def test_what_is_to_be_kept_is_not_posted(office: PostOffice, source: Path, *, keep: bool) -> None:
    job = await office.job(office.destination("stage") if keep else str(Library()), keep=keep)
    assert await office.deliver(job, await office.clip(job, source)) == KEPT_RECEIPT
    assert office.stand_in.journal.of(SEND) == []
    assert await notices(office) == [(Kind.CLIP, Detour.ASKED)]


async def test_a_long_outage_ends_in_the_library(office: PostOffice, source: Path) -> None:
    office.policy = DeliveryPolicy(patience=-1)
    office.stand_in.faults.add(Fault("*", status=0, times=50))
    job = await office.job(office.destination("stage"))
    assert await office.deliver(job, await office.clip(job, source)) == KEPT_RECEIPT
    assert await notices(office) == [(Kind.CLIP, Detour.OUTAGE)]


async def test_a_card_that_discord_refuses_does_not_cost_the_clip(
    office: PostOffice, source: Path, caplog: pytest.LogCaptureFixture
) -> None:
    office.stand_in.faults.add(Fault(SEND, status=400, code=50035, message="Invalid Form Body"))
    job = await office.job(office.destination("stage"))
    await office.deliver(job, await office.clip(job, source))
    (message,) = office.posts("stage")
    assert office.content(message) == bytes_of(source)
    assert "Your clip is ready" in office.words(message)
    assert "refuses the card" in caplog.text


@pytest.mark.parametrize(
    ("locale", "ready", "failed"),
    [
        ("en-US", "Your clip is ready", "The video service could not make this clip"),
        ("zh-CN", "您的片段完成了", "视频服务未能制作这个片段"),
    ],
)
async def test_the_plain_cards_speak_the_language_of_the_author(
    office: PostOffice, source: Path, locale: str, ready: str, failed: str
) -> None:
    refused = Fault(SEND, status=400, code=50035, message="Invalid Form Body")
    job = replace(await office.job(office.destination("stage")), locale=locale)
    office.stand_in.faults.add(refused)
    await office.deliver(job, await office.clip(job, source))
    ended = replace(await office.failed(office.destination("stage")), locale=locale, message=Sentence("ends.not-made"))
    office.stand_in.faults.add(refused)
    await office.delivery().notify(ended)

    clip, notice = office.posts("stage")
    assert ready in office.words(clip)
    assert failed in office.words(notice)
    assert all(f"<@{office.mia.id}>" in office.words(one) for one in (clip, notice))


async def test_a_card_that_is_too_long_does_not_cost_the_clip(office: PostOffice, source: Path) -> None:
    job = await office.job(office.destination("stage"))
    long = replace(job, request=job.request.model_copy(update={"prompt": "rain " * 1200}))
    await office.deliver(long, await office.clip(job, source))
    (message,) = office.posts("stage")
    assert office.content(message) == bytes_of(source)


async def test_a_fault_in_the_words_does_not_cost_the_clip(
    office: PostOffice, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(job: Job, clip: Clip, showing: Showing) -> Card:
        raise KeyError(job.id, clip.job, showing.form)

    monkeypatch.setattr(office.writer, "clip", fail)
    job = await office.job(office.destination("stage"))
    await office.deliver(job, await office.clip(job, source))
    (message,) = office.posts("stage")
    assert office.content(message) == bytes_of(source)


async def test_faults_of_our_own_end_in_the_library(
    office: PostOffice, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: int) -> Place:
        raise ZeroDivisionError

    job = await office.job(office.destination("stage"))
    clip = await office.clip(job, source)
    poster = office.poster
    monkeypatch.setattr(poster, "channel", fail)
    delivery = office.delivery(poster=poster)
    with pytest.raises(ZeroDivisionError):
        await office.deliver(replace(job, recoveries=2), clip, delivery=delivery)
    assert await office.deliver(replace(job, recoveries=3), clip, delivery=delivery) == KEPT_RECEIPT
    assert await notices(office) == [(Kind.CLIP, Detour.OUTAGE)]


async def test_an_answer_that_does_not_come_is_not_waited_for(office: PostOffice) -> None:
    office.patience = 0.2
    office.stand_in.faults.add(Fault(SEND, status=0, delay=0.8))
    job = await office.failed(office.destination("stage"))
    with pytest.raises(Stalled):
        await office.delivery().notify(job)
    office.patience = 10
    receipt = await office.delivery().notify(job)
    (message,) = office.posts("stage")
    assert receipt.endswith(message.id)


async def test_many_clips_at_once_arrive_once_each(office: PostOffice, source: Path) -> None:
    jobs = [await office.job(office.destination("stage")) for _ in range(8)]
    clips = [await office.clip(job, source) for job in jobs]
    receipts = await asyncio.gather(*(office.deliver(job, clip) for job, clip in zip(jobs, clips, strict=True)))
    assert len(set(receipts)) == len(office.posts("stage")) == 8
