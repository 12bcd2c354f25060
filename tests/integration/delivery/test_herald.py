"""Authors hear of every job that ended without a clip, once, also across restarts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.delivery import store
from bot.delivery.card import Detour
from bot.delivery.destination import Channel, Direct
from bot.delivery.herald import Herald
from bot.delivery.parts import Kind
from bot.sandbox.discord import DIRECT, Fault
from tests.support.post_office import SEND, PostOffice

if TYPE_CHECKING:
    from pathlib import Path


def stage(office: PostOffice) -> str:
    return str(Channel(office.channel_id("stage")))


def herald_of(office: PostOffice) -> Herald:
    return Herald(office.delivery(), office.database, office.clock)


async def test_a_failure_is_told_where_the_clip_was_asked_for(office: PostOffice) -> None:
    job = await office.failed(stage(office))
    async with herald_of(office) as herald:
        herald(job)
        await herald.finish()
    (message,) = office.posts("stage")
    assert "Your credits are back." in office.words(message)
    assert message.mentioned_users == [office.mia.id]


async def test_it_is_told_once_whoever_tells_it(office: PostOffice) -> None:
    job = await office.failed(stage(office))
    for _ in range(3):
        async with herald_of(office) as herald:
            herald(job)
            herald(job)
            await herald.finish()
    assert len(office.posts("stage")) == 1


async def test_what_an_earlier_process_did_not_tell_is_told_at_the_start(office: PostOffice) -> None:
    await office.failed(stage(office))
    async with herald_of(office) as herald:
        await herald.finish()
    assert len(office.posts("stage")) == 1


async def test_a_notice_and_a_clip_do_not_swallow_each_other(office: PostOffice, source: Path) -> None:
    job = await office.job(stage(office))
    await office.deliver(job, await office.clip(job, source))
    await office.delivery().notify(job)
    assert len(office.posts("stage")) == 2


async def test_without_the_channel_the_author_is_told_in_person(office: PostOffice) -> None:
    await office.failed(stage(office))
    office.stand_in.stagehand.delete_channel("stage")
    async with herald_of(office) as herald:
        await herald.finish()
    assert len(office.posts(DIRECT)) == 1


async def test_who_cannot_be_reached_is_told_at_the_next_visit(office: PostOffice) -> None:
    job = await office.failed(str(Direct()))
    office.stand_in.faults.add(Fault(SEND, status=403, code=50007, message="Cannot send messages to this user"))
    async with herald_of(office) as herald:
        await herald.finish()
    (notice,) = await office.database.read(lambda tx: store.unseen_notices(tx, int(office.mia.id)))
    assert (notice.job, notice.kind, notice.reason) == (job.id, Kind.NOTICE, Detour.FORBIDDEN)

    at = office.clock.now()
    await office.database.run(lambda tx: store.mark_seen(tx, notice, at=at))
    assert await office.database.read(lambda tx: store.unseen_notices(tx, int(office.mia.id))) == []
    async with herald_of(office) as herald:
        await herald.finish()
    assert len(office.stand_in.journal.of(SEND)) == 1


@pytest.mark.parametrize("destination", ["/tmp/out", "relative/folder"])
async def test_jobs_of_the_terminal_are_not_told_in_discord(office: PostOffice, destination: str) -> None:
    job = await office.failed(destination)
    async with herald_of(office) as herald:
        herald(job)
        await herald.finish()
    assert office.stand_in.journal.of(SEND) == []
