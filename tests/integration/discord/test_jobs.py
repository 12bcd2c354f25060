"""Jobs from slash commands: showing, listing, cancelling and trying again, through the real client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.jobs import store
from bot.jobs.state import JobState
from tests.support.ordering import CHEAP, made
from tests.support.orders import PRICE, PROMPT, make, order, reaches
from tests.support.reading import answer_of, buttons_of, is_private, told, words_of
from tests.support.theatre import VENDOR, Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.jobs.job import Job

COGS = ["cogs.generate", "cogs.jobs"]
SLOW = VENDOR.model_copy(update={"fixed_processing": 300})


@pytest.fixture
async def theatre(tmp_path: Path, prepared_clips: Path) -> AsyncIterator[Theatre]:
    """A bot with one slot at a slow vendor: one job runs, the next one waits."""
    async with open_theatre(tmp_path, cogs=COGS, clips=prepared_clips, vendor=SLOW, slots=1) as running:
        await running.give("Mia", 100)
        yield running
        await running.check_books()


async def load(theatre: Theatre, job: Job) -> Job:
    return await theatre.app.database.read(lambda tx: store.load(tx, job.id))


async def running_and_waiting(theatre: Theatre) -> tuple[Job, Job]:
    """Return a job that is with the vendor and one that waits for its slot."""
    running = await order(theatre, "Mia", "The lighthouse by day")
    await reaches(theatre, running, JobState.RUNNING)
    return running, await order(theatre, "Mia", "The lighthouse by night")


async def test_jobs_are_suggested_by_their_words_and_only_to_their_person(theatre: Theatre) -> None:
    running, waiting = await running_and_waiting(theatre)
    mia, noor = theatre.as_person("Mia"), theatre.as_person("Noor")

    suggested = await mia.autocomplete("/job show", "job", "night")
    assert suggested == [{"name": "The lighthouse by night · waiting", "value": waiting.id}]
    assert {one["value"] for one in await mia.autocomplete("/job cancel", "job", "")} == {running.id, waiting.id}
    assert await mia.autocomplete("/job retry", "job", "") == []
    assert await noor.autocomplete("/job show", "job", "") == []
    mia.person.user.locale = "zh-CN"
    assert (await mia.autocomplete("/job show", "job", "night"))[0]["name"].endswith("等待中")


async def test_a_deleted_clip_is_not_suggested(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    gone, job = await made(mia, prompt="A secret garden", **CHEAP)
    _, kept = await made(mia, prompt="A public garden", **CHEAP)
    assert len(await mia.autocomplete("/job retry", "job", "garden")) == 2

    asked = answer_of(await mia.press(gone, "Delete"))
    await mia.press(asked, "Delete for good")
    await theatre.discord.until(lambda: "are deleted" in words_of(asked) or None)

    for command in ("/job retry", "/job show"):
        assert [one["value"] for one in await mia.autocomplete(command, "job", "")] == [kept.id]
    assert job.id != kept.id


async def test_suggestions_fit_whatever_the_prompt_is(theatre: Theatre) -> None:
    for prompt in ("word " * 400, "\u202e**bold** <b>\n\n" * 8):
        await order(theatre, "Mia", prompt)

    suggested = await theatre.as_person("Mia").autocomplete("/job show", "job", "")

    assert len(suggested) == 2
    assert all(1 <= len(one["name"]) <= 100 for one in suggested)


async def test_a_waiting_job_is_cancelled_and_its_credits_are_back(theatre: Theatre) -> None:
    _, waiting = await running_and_waiting(theatre)
    mia = theatre.as_person("Mia")

    said = told(await mia.slash("/job cancel", job=waiting.id))

    assert f"{PRICE} credits are back" in said
    assert (await load(theatre, waiting)).state is JobState.CANCELLED
    assert (await theatre.balance("Mia")).held == PRICE
    assert "ended already" in told(await mia.slash("/job cancel", job=waiting.id))


async def test_a_running_job_cannot_be_stopped_but_kept_or_posted_after_all(theatre: Theatre) -> None:
    running, _ = await running_and_waiting(theatre)
    mia, noor = theatre.as_person("Mia"), theatre.as_person("Noor")

    card = answer_of(await mia.slash("/job cancel", job=running.id))
    assert "cannot be stopped" in words_of(card)
    assert buttons_of(card) == ["Keep it for me, do not post"]
    kept = answer_of(await mia.press(card, "Keep it for me, do not post"))
    assert "will not be posted" in words_of(kept)
    assert (await load(theatre, running)).keep
    await theatre.restart_bot()
    posted = answer_of(await mia.press(kept, "Post it after all"))
    assert "cannot be stopped" in words_of(posted)
    assert not (await load(theatre, running)).keep
    assert noor.messages()[-1].visible_to is None


@pytest.mark.parametrize("command", ["/job show", "/job cancel", "/job retry"])
@pytest.mark.parametrize("typed", ["@everyone", "x" * 100, "'; DROP TABLE job; --", "../../etc/passwd", "\u202e", "0"])
async def test_what_was_never_suggested_is_no_job(theatre: Theatre, command: str, typed: str) -> None:
    answer = await theatre.as_person("Mia").slash(command, job=typed)
    await theatre.discord.until(
        lambda: answer.followups or (answer.message and "no such job" in words_of(answer.message))
    )

    assert "no such job of yours" in told(answer)


async def test_a_job_of_somebody_else_is_no_job(theatre: Theatre) -> None:
    running, waiting = await running_and_waiting(theatre)
    noor = theatre.as_person("Noor")

    for job in (running, waiting):
        assert "no such job" in told(await noor.slash("/job cancel", job=job.id))
    assert not (await load(theatre, waiting)).state.ended


async def test_a_job_in_a_server_is_not_found_in_direct_messages(theatre: Theatre) -> None:
    _, waiting = await running_and_waiting(theatre)

    assert "no such job" in told(await theatre.as_person("Mia").slash("/job cancel", channel="@bot", job=waiting.id))


async def test_a_job_shows_how_it_stands(theatre: Theatre) -> None:
    _, waiting = await running_and_waiting(theatre)
    mia = theatre.as_person("Mia")

    answer = await mia.slash("/job show", job=waiting.id)
    await theatre.discord.until(lambda: answer.message is not None and "place 1" in words_of(answer.message))

    assert is_private(answer_of(answer))


async def test_the_list_is_leafed_through_and_opens_jobs(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    assert "no jobs here yet" in told(await theatre.as_person("Noor").slash("/job list"))
    await theatre.give("Mia", 100)
    for number in range(8):
        await order(theatre, "Mia", f"Take {number}, *softly* <b>")

    first = answer_of(await mia.slash("/job list"))
    assert buttons_of(first) == ["Open"] * 6 + ["Older"]
    assert "Take 7" in words_of(first)
    assert "\\*softly\\*" in words_of(first)
    second = answer_of(await mia.press(first, "Older"))
    assert buttons_of(second) == ["Open"] * 2 + ["Newer"]
    assert "Take 0" in words_of(second)
    opened = await mia.press(second, "Open")
    await theatre.discord.until(lambda: opened.message is not None and "Take 1" in words_of(opened.message))


async def test_a_retry_is_a_new_quote_for_the_same_request(tmp_path: Path, prepared_clips: Path) -> None:
    async with open_theatre(tmp_path, cogs=COGS, clips=prepared_clips) as theatre:
        await theatre.give("Mia", 100)
        job = await make(theatre, "Mia")
        mia = theatre.as_person("Mia")

        answer = await mia.slash("/job retry", job=job.id)
        await theatre.discord.until(lambda: answer.message is not None and PROMPT in words_of(answer.message))

        assert is_private(answer_of(answer))
        assert any(label.startswith("Confirm") for label in buttons_of(answer_of(answer)))
        assert [one.id for one in await theatre.jobs("Mia")] == [job.id]
        assert (await theatre.balance("Mia")).available == 100 - PRICE
