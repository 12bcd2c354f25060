"""From a slash command to a clip in the channel, through the real client."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.theatre import Theatre


async def test_words_become_a_clip_in_the_channel(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")

    answer = await mia.slash("/video text", prompt="Rain on neon", seconds=5)
    card = await mia.sees(lambda one: "Rain on neon" in str(one.components))
    await mia.press(card, "Confirm · 50 credits")
    posted = await mia.sees(lambda one: bool(one.attachments) and one.visible_to is None)

    assert answer.failure is None
    [placed] = await theatre.jobs("Mia")
    job = await theatre.app.engine.wait(placed.id)
    assert posted.attachments[0].content_type == "video/mp4"
    assert (await theatre.balance("Mia")).available == 50
    assert job.state == "delivered"
    await theatre.check_books()
