"""Clips reach their channel once, although the process dies or forgets between sending and recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.delivery import store
from bot.delivery.card import Form
from bot.delivery.destination import DELETED_RECEIPT, Direct, parse_receipt
from bot.delivery.parts import Interrupted, Kind
from bot.sandbox.discord import Fault
from bot.sandbox.discord.permissions import Permission
from tests.support.post_office import SEND, PostOffice, bytes_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.delivery.destination import Posted
    from bot.delivery.parts import Outgoing, Place
    from bot.discord.poster import DiscordPoster


class Killed(BaseException):
    """The process ends here."""


class DyingPoster:
    """The real poster, of which the process dies when a message was sent."""

    def __init__(self, poster: DiscordPoster) -> None:
        self._poster = poster
        self.channel = poster.channel
        self.direct = poster.direct
        self.find = poster.find

    async def post(self, place: Place, outgoing: Outgoing) -> Posted:
        """Post and die."""
        await self._poster.post(place, outgoing)
        raise Killed


def posts_of_forum(office: PostOffice) -> list[str]:
    """The ids of the posts in the forum."""
    forum = str(office.channel_id("projects"))
    return [one.id for one in office.stand_in.world.channels.values() if one.parent_id == forum]


@pytest.mark.parametrize("remembered", [True, False])
async def test_after_a_lost_answer_the_message_is_found(office: PostOffice, source: Path, *, remembered: bool) -> None:
    office.stand_in.faults.add(Fault(SEND, status=0, when="after"))
    job = await office.job(office.destination("stage"))
    clip = await office.clip(job, source)
    with pytest.raises(Interrupted):
        await office.deliver(job, clip)
    if not remembered:
        forget_nonces(office)
    receipt = await office.deliver(job, clip)
    (message,) = office.posts("stage")
    assert receipt.endswith(message.id)


@pytest.mark.parametrize("destination", ["stage", "projects", "Rain scene", "direct"])
async def test_a_process_that_dies_between_sending_and_recording_posts_once(
    office: PostOffice, source: Path, destination: str
) -> None:
    where = str(Direct()) if destination == "direct" else office.destination(destination)
    job = await office.job(where)
    clip = await office.clip(job, source)
    with pytest.raises(Killed):
        await office.deliver(job, clip, delivery=office.delivery(poster=DyingPoster(office.poster)))
    forget_nonces(office)
    receipt = parse_receipt(await office.deliver(job, clip))

    assert receipt is not None
    world = office.stand_in.world
    ours = [one for channel in world.channels for one in world.messages(channel) if one.by_application]
    assert [(int(one.channel_id), int(one.id)) for one in ours] == [(receipt.channel, receipt.message)]
    assert office.content(ours[0]) == bytes_of(source)


async def test_a_forum_post_that_was_archived_before_it_was_recorded_is_found(office: PostOffice, source: Path) -> None:
    before = set(posts_of_forum(office))
    job = await office.job(office.destination("projects"))
    clip = await office.clip(job, source)
    with pytest.raises(Killed):
        await office.deliver(job, clip, delivery=office.delivery(poster=DyingPoster(office.poster)))
    (post,) = set(posts_of_forum(office)) - before
    office.stand_in.stagehand.set_thread(post, archived=True)

    receipt = parse_receipt(await office.deliver(job, clip))

    assert receipt is not None
    assert str(receipt.channel) == post
    assert set(posts_of_forum(office)) == {*before, post}


async def test_a_process_that_dies_before_sending_posts_once(office: PostOffice, source: Path) -> None:
    job = await office.job(office.destination("stage"))
    clip = await office.clip(job, source)
    at, channel = office.clock.now(), office.channel_id("stage")
    attempt = await office.database.run(
        lambda tx: store.intend(tx, job.id, Kind.CLIP, channel=channel, form=Form.VIDEO, at=at)
    )
    await office.deliver(job, clip)
    (message,) = office.posts("stage")
    assert message.nonce == attempt.nonce


async def test_where_history_may_not_be_read_the_nonce_protects(office: PostOffice, source: Path) -> None:
    office.stand_in.stagehand.set_bot_permissions("stage", deny=Permission.READ_MESSAGE_HISTORY)
    job = await office.job(office.destination("stage"))
    clip = await office.clip(job, source)
    with pytest.raises(Killed):
        await office.deliver(job, clip, delivery=office.delivery(poster=DyingPoster(office.poster)))
    await office.deliver(job, clip)
    assert len(office.posts("stage")) == 1


async def test_a_message_that_was_deleted_before_we_knew_it_counts_as_delivered(
    office: PostOffice, source: Path
) -> None:
    job = await office.job(office.destination("stage"))
    clip = await office.clip(job, source)
    with pytest.raises(Killed):
        await office.deliver(job, clip, delivery=office.delivery(poster=DyingPoster(office.poster)))
    (message,) = office.posts("stage")
    office.stand_in.stagehand.delete_message(message)
    assert await office.deliver(job, clip) == DELETED_RECEIPT
    assert await office.deliver(job, clip) == DELETED_RECEIPT
    assert office.posts("stage") == []


def forget_nonces(office: PostOffice) -> None:
    """Let the minutes pass in which Discord remembers nonces."""
    office.stand_in.parts.posts._nonces.clear()
