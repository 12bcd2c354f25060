"""The library: a person's own clips, watched, posted and deleted, through the real client."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import pytest

from bot.delivery.store import unseen_notices
from bot.jobs import store
from bot.jobs.quote import Requester
from bot.sandbox.discord.faults import Fault
from bot.sandbox.kling.settings import Settings as VendorSettings
from tests.support.ordering import CHEAP, confirm, give_privately, quoted
from tests.support.orders import PROMPT, make
from tests.support.pressing import BUTTON, hears, with_file
from tests.support.reading import answer_of, buttons_of, is_private, parts_of, told, words_of
from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox.discord.model import Message


SLOW = VendorSettings(speed=1.0, fixed_submitted=1, fixed_processing=3600)


@pytest.fixture
async def theatre(tmp_path: Path, prepared_clips: Path) -> AsyncIterator[Theatre]:
    """A bot with the library; Mia has credits."""
    async with open_theatre(tmp_path, cogs=["cogs.generate", "cogs.library"], clips=prepared_clips) as running:
        await running.give("Mia", 200)
        yield running
        await running.check_books()


async def opened(theatre: Theatre, *, channel: str = "stage") -> Message:
    """Return the card of Mia's newest clip."""
    mia = theatre.as_person("Mia")
    return answer_of(await mia.press(answer_of(await mia.slash("/library", channel=channel)), "Open"))


async def stored(theatre: Theatre, job_id: str) -> bytes:
    row = await theatre.app.database.read(lambda tx: tx.row("SELECT digest FROM clip WHERE job = :job", job=job_id))
    assert row is not None
    return theatre.app.files.path(row["digest"]).read_bytes()


async def test_an_empty_library_says_how_to_begin(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")

    assert "/video text" in told(await mia.slash("/library"))
    assert "Nothing waits" in told(await mia.slash("/library", kept=True))
    mia.person.user.locale = "zh-CN"
    assert "这里还没有片段" in told(await mia.slash("/library"))


async def test_own_clips_are_listed_page_by_page(theatre: Theatre) -> None:
    for number in range(6):
        await make(theatre, "Mia", f"Take {number} <@&7> **loud**", destination="library" if number == 3 else None)
    mia = theatre.as_person("Mia")

    first = answer_of(await mia.slash("/library"))
    assert is_private(first)
    assert buttons_of(first) == ["Open"] * 5 + ["Older"]
    assert "6 clips" in words_of(first)
    assert "\\*\\*loud\\*\\*" in words_of(first)
    await theatre.restart_bot()
    second = answer_of(await mia.press(first, "Older"))
    assert buttons_of(second) == ["Open", "Newer"]
    assert "Take 0" in words_of(second)
    assert "/channels/" in words_of(second)
    kept = answer_of(await mia.slash("/library", kept=True))
    assert "Take 3" in words_of(kept)
    assert "not posted" in words_of(kept)
    assert "Take 2" not in words_of(kept)
    assert "No clips here yet" in told(await theatre.as_person("Noor").slash("/library"))


async def test_a_clip_is_played_for_its_person_alone_byte_for_byte(theatre: Theatre) -> None:
    job = await make(theatre, "Mia", destination="library")
    mia = theatre.as_person("Mia")

    shown = await with_file(theatre, await mia.press(await opened(theatre), "Play for me"))

    assert is_private(shown)
    assert theatre.discord.files.path(shown.attachments[0].id).read_bytes() == await stored(theatre, job.id)


async def test_a_kept_clip_is_posted_for_everybody_where_the_bot_is_no_member(theatre: Theatre) -> None:
    job = await make(theatre, "Mia", destination="library")
    mia, noor = theatre.as_person("Mia"), theatre.as_person("Noor")

    card = await opened(theatre, channel="chapter-one")
    posted = await with_file(theatre, await mia.press(card, "Post here"))

    assert not is_private(posted)
    assert posted.id in {one.id for one in noor.messages("chapter-one")}
    await theatre.discord.until(lambda: f"posted by you in <#{posted.channel_id}>" in words_of(card))
    assert "waits here" not in words_of(card)
    assert "Post here" in buttons_of(card)
    assert "posted by you" in told(await mia.slash("/library"))
    assert "Nothing waits" in told(await mia.slash("/library", kept=True))
    assert f"<@{mia.person.id}>" in words_of(posted)
    assert theatre.discord.files.path(posted.attachments[0].id).read_bytes() == await stored(theatre, job.id)


async def test_a_clip_in_the_making_is_told_with_its_wait_where_the_bot_is_no_member(
    tmp_path: Path, prepared_clips: Path
) -> None:
    async with open_theatre(tmp_path, vendor=SLOW, slots=1, clips=prepared_clips) as theatre:
        await give_privately(theatre, "Mia", 40)
        mia = theatre.as_person("Mia", channel="chapter-one")
        assert "No clips here yet" in told(await mia.slash("/library"))
        card = await quoted(mia, outputs=2, **CHEAP)
        await confirm(mia, card)
        await theatre.discord.until(lambda: "Confirm" not in str(buttons_of(card)) or None)

        library = answer_of(await mia.slash("/library"))
        assert "2 clips are in the making, the first ready any moment now" in words_of(library)
        assert "No clips here yet" not in words_of(library)

        [job, _] = await theatre.app.database.read(lambda tx: store.jobs_of(tx, Requester(0, int(mia.person.id))))
        theatre.app.engine.driver.forecast.record(job.profile, 600)
        await mia.press(library, "Refresh")
        assert re.search(r"2 clips are in the making, the first probably ready <t:\d+:R>", words_of(library))
        assert "in the making" not in told(await mia.slash("/library", channel="stage"))


async def test_a_clip_that_is_kept_by_design_is_not_said_to_have_failed(theatre: Theatre) -> None:
    await make(theatre, "Mia", destination="library")
    mia = theatre.as_person("Mia")
    quote = await mia.slash("/video text", prompt="Snow")
    await theatre.discord.until(lambda: quote.followups)
    assert "is ready and waits for you in `/library`" in told(quote)

    await make(theatre, "Mia", "A second clip", destination="library")
    shown = await mia.slash("/library")
    await theatre.restart_bot()  # a stop waits until what is under way is finished

    assert "A second clip" in words_of(answer_of(shown))
    assert shown.followups == [], "the library itself has told it"
    person = mia.requester.person
    assert await theatre.app.database.read(lambda tx: unseen_notices(tx, person)) == []


async def test_what_cannot_be_posted_after_all_leaves_nothing_behind(theatre: Theatre) -> None:
    await make(theatre, "Mia", destination="library")
    mia, noor = theatre.as_person("Mia"), theatre.as_person("Noor")
    card = await opened(theatre)
    route = "PATCH /webhooks/{application_id}/{token}/messages/{message_id}"
    theatre.discord.faults.add(Fault(route=route, status=400, code=50035, times=1))

    answer = await mia.press(card, "Post here")
    await hears(theatre, answer, "Something went wrong")

    await theatre.discord.until(lambda: "not posted" in words_of(card) and "Post here" in buttons_of(card))
    assert [one for one in noor.messages() if one.by_application] == []


async def test_what_a_clip_offers_looks_the_same_in_the_channel_and_in_the_library(theatre: Theatre) -> None:
    await make(theatre, "Mia")
    mia = theatre.as_person("Mia")
    posted = await mia.sees(lambda one: bool(one.attachments))

    signs = [
        {part["custom_id"]: part["emoji"]["name"] for part in parts_of(card, BUTTON)}
        for card in (posted, await opened(theatre))
    ]

    shared = signs[0].keys() & signs[1].keys()
    assert {custom_id.split(":")[2] for custom_id in shared} == {"again", "extend", "delete"}
    assert all(signs[0][one] == signs[1][one] for one in shared)


async def test_nobody_posts_where_they_may_not_send_files(theatre: Theatre) -> None:
    await make(theatre, "Mia")

    answer = await theatre.as_person("Mia").press(await opened(theatre, channel="screening-room"), "Post here")

    assert "may not send files" in told(answer)


async def test_a_clip_of_somebody_else_cannot_be_taken(theatre: Theatre) -> None:
    await make(theatre, "Mia")
    card, noor = await opened(theatre), theatre.as_person("Noor")
    card.visible_to = noor.person.id

    for button in ("Play for me", "Post here"):
        assert "no longer" in told(await noor.press(card, button)).lower()


async def test_what_is_deleted_is_gone_from_library_and_channel(theatre: Theatre) -> None:
    await make(theatre, "Mia")
    mia = theatre.as_person("Mia")
    card = await opened(theatre)
    question = answer_of(await mia.press(card, "Delete"))
    yes = buttons_of(question)[0]

    await mia.press(question, yes)
    await theatre.discord.until(lambda: not any(PROMPT in words_of(one) and one.attachments for one in mia.messages()))

    assert "No clips here yet" in told(await mia.slash("/library"))
    assert "no longer" in told(await mia.press(card, "Play for me")).lower()


async def test_a_clip_that_does_not_fit_is_at_least_explained(theatre: Theatre) -> None:
    await make(theatre, "Mia")
    mia = theatre.as_person("Mia")
    card = await opened(theatre)
    route = "PATCH /webhooks/{application_id}/{token}/messages/{message_id}"
    theatre.discord.faults.add(Fault(route=route, status=413, code=40005, times=2))

    answer = await mia.press(card, "Play for me")
    await theatre.discord.until(lambda: answer.message is not None and "too large" in words_of(answer.message))

    assert is_private(answer_of(answer))


async def test_two_presses_at_once_post_one_clip(theatre: Theatre) -> None:
    await make(theatre, "Mia", destination="library")
    mia, noor = theatre.as_person("Mia"), theatre.as_person("Noor")
    card = await opened(theatre)

    answers = await asyncio.gather(*(mia.press(card, "Post here") for _ in range(2)))
    await theatre.discord.until(lambda: any(one.attachments for one in noor.messages()))

    assert [answer.failure for answer in answers] == [None, None]
    assert sum(bool(one.attachments) for one in noor.messages()) == 1
    assert any("on its way" in words_of(one) for one in mia.messages())
