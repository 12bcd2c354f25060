"""What could not be told when it happened is told at the next command, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.delivery.card import Detour
from bot.delivery.parts import Kind
from bot.delivery.store import leave_notice, unseen_notices
from tests.support.orders import make
from tests.support.theatre import open_theatre

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_clip_that_could_not_be_posted_is_told_once(tmp_path: Path, prepared_clips: Path) -> None:
    async with open_theatre(tmp_path, cogs=["cogs.generate", "cogs.library"], clips=prepared_clips) as theatre:
        await theatre.give("Mia", 200)
        await make(theatre, "Mia", "A pier in the rain")
        mia = theatre.as_person("Mia")
        [job] = await theatre.jobs("Mia")
        at = theatre.app.clock.now()
        await theatre.app.database.run(lambda tx: leave_notice(tx, job, Kind.CLIP, Detour.GONE, at=at))

        first = await mia.slash("/library")
        await theatre.discord.until(lambda: first.followups)
        [told] = first.followups
        assert "could not be posted because its channel is gone" in told.content
        assert "waits for you in `/library`: A pier in the rain" in told.content
        await theatre.restart_bot()  # a stop waits until what is under way is finished
        person = job.requester.person
        assert await theatre.app.database.read(lambda tx: unseen_notices(tx, person)) == []
        second = await mia.slash("/library")
        await theatre.restart_bot()
        assert second.message is not None
        assert second.followups == []
