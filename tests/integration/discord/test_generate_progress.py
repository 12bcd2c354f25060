"""While a clip is made: how it comes along, cancelling it with the truth about what cannot be stopped, and failure."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from bot.delivery.retention import forget_job
from bot.jobs.cancel import cancel
from bot.jobs.state import JobState
from bot.sandbox.kling.faults import TaskAction, TaskFault
from bot.sandbox.kling.settings import Settings as VendorSettings
from cogs.generate._progress import Pace, Progress
from tests.support.ordering import CHEAP, PROMPT, ordered, shown
from tests.support.reading import buttons_of, is_private, words_of
from tests.support.theatre import open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox.discord.model import Message
    from bot.storage.database import Transaction
    from cogs.generate._cog import GenerateCog
    from tests.support.theatre import Theatre

SLOW = VendorSettings(speed=1.0, fixed_submitted=1, fixed_processing=3600)


@pytest.fixture
async def slow(tmp_path: Path, prepared_clips: Path) -> AsyncIterator[Theatre]:
    """A vendor with one slot that works for an hour on each clip, until the test lets it finish."""
    async with open_theatre(tmp_path, vendor=SLOW, slots=1, clips=prepared_clips) as theatre:
        await theatre.give("Mia", 100)
        yield theatre


def progress(theatre: Theatre) -> Progress:
    """What lets the cards move."""
    # discord.py loads a package anew for each bot, so its classes are not those that a test imports.
    return cast("GenerateCog", theatre.bot.get_cog("Generate")).studio.progress


async def reads(theatre: Theatre, card: Message, words: str) -> None:
    """Wait until a card says something."""
    await theatre.discord.until(lambda: words in words_of(card) or None, seconds=15)


async def test_the_card_follows_the_clip_and_tells_that_nobody_has_to_wait(slow: Theatre) -> None:
    mia = slow.as_person("Mia")

    first, _ = await ordered(mia, **CHEAP)
    await reads(slow, first, "Your clip is being made")
    second, _ = await ordered(mia, **CHEAP)
    await reads(slow, second, "place 1 in the queue")

    assert "✅ Waiting  ✅ Sending  ⏳ **Making**" in words_of(first)
    assert "You can close Discord: I mention you in" in words_of(first)
    assert "15 credits are set aside" in words_of(first)
    assert buttons_of(first) == ["Cancel", "Refresh"]
    assert is_private(first)


async def test_what_waits_is_cancelled_and_costs_nothing(slow: Theatre) -> None:
    mia = slow.as_person("Mia")
    await ordered(mia, **CHEAP)
    card, [waiting] = await ordered(mia, **CHEAP)

    await mia.press(card, "Cancel")
    job = await slow.app.engine.wait(waiting.id)
    await reads(slow, card, "Cancelled in time")

    assert job.state is JobState.CANCELLED
    assert (await slow.balance("Mia")).available == 85
    assert buttons_of(card) == ["Try again", "Edit and try again"]
    assert not [
        one for one in mia.messages() if not is_private(one) and one.author_id == slow.discord.world.application_id
    ]


@pytest.mark.parametrize(("choice", "keep"), [("Keep it for me, do not post", True), ("Post it as planned", False)])
async def test_what_is_being_made_cannot_be_stopped_but_kept(slow: Theatre, choice: str, *, keep: bool) -> None:
    mia = slow.as_person("Mia")
    card, [placed] = await ordered(mia, **CHEAP)
    await reads(slow, card, "Your clip is being made")

    answer = await mia.press(card, "Cancel")
    asked = await slow.discord.until(lambda: answer.followups[0] if answer.followups else None)
    assert "cannot be stopped, so the price stays" in words_of(asked)
    assert is_private(asked)
    await mia.press(asked, choice)
    await reads(slow, asked, "library" if keep else "posted as planned")

    [job] = await slow.jobs("Mia")
    assert job.id == placed.id
    assert job.keep is keep
    assert (await slow.balance("Mia")).available == 85
    if keep:
        await reads(slow, card, "It will not be posted")


async def test_refresh_lets_a_card_move_again_after_a_restart(slow: Theatre) -> None:
    mia = slow.as_person("Mia")
    await ordered(mia, **CHEAP)
    card, [waiting] = await ordered(mia, **CHEAP)
    await reads(slow, card, "Your clip waits for its turn")
    await slow.restart_bot()

    await mia.press(card, "Refresh")
    await slow.app.engine.cancel(waiting.id, mia.requester)

    await reads(slow, card, "Cancelled in time")


async def test_a_card_says_when_it_stops_moving(slow: Theatre) -> None:
    progress(slow).pace = Pace(edit=0.05, look=0.1, token=0.3)
    mia = slow.as_person("Mia")

    card, _ = await ordered(mia, **CHEAP)
    await reads(slow, card, "This card has stopped moving")

    progress(slow).pace = Pace()
    await mia.press(card, "Refresh")
    await slow.discord.until(lambda: "stopped moving" not in words_of(card) or None)


async def test_a_card_of_requests_that_were_deleted_says_so_and_rests(
    slow: Theatre, caplog: pytest.LogCaptureFixture
) -> None:
    progress(slow).pace = Pace(edit=0.05, look=0.1)
    mia = slow.as_person("Mia")
    await ordered(mia, **CHEAP)
    card, [waiting] = await ordered(mia, **CHEAP)
    await reads(slow, card, "place 1 in the queue")

    def delete(tx: Transaction) -> None:
        cancel(tx, waiting.id, mia.requester, keep=True, at=slow.app.clock.now())
        forget_job(tx, waiting.id)

    await slow.app.database.run(delete)
    await reads(slow, card, "was deleted at your request")

    assert buttons_of(card) == []
    assert PROMPT not in words_of(card)
    assert "follow" not in caplog.text


async def test_a_failure_says_what_happened_and_gives_the_credits_back(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    theatre.kling.faults.add(TaskFault(action=TaskAction.FAIL, message="out of paint", times=1))
    mia = theatre.as_person("Mia")

    card, [placed] = await ordered(mia, **CHEAP)
    await theatre.app.engine.wait(placed.id)
    await reads(theatre, card, "No clip came of it")
    notice = await mia.sees(lambda one: "No clip was made" in words_of(one))

    for message in (card, notice):
        assert "out of paint" in words_of(message)
        assert "Your credits are back" in words_of(message)
    assert notice.mentioned_users == [mia.person.id]
    assert (await theatre.balance("Mia")).available == 100
    answer = await mia.press(notice, "Try again")
    await shown(theatre, answer, "Rain on neon", button="Confirm · 15 credits")


async def test_nobody_else_can_cancel(slow: Theatre) -> None:
    mia, noor = slow.as_person("Mia"), slow.as_person("Noor")
    card, [placed] = await ordered(mia, **CHEAP)
    await reads(slow, card, "Your clip is being made")
    card.visible_to = None

    answer = await noor.press(card, "Cancel")
    said = await slow.discord.until(lambda: answer.followups[0] if answer.followups else None)

    assert "belongs to somebody else" in words_of(said)
    assert not (await slow.jobs("Mia"))[0].state.ended
    assert placed.state is not JobState.CANCELLED
