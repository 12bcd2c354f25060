"""Kill -9 between any two steps of command, quote, confirmation, running and delivery: one clip, the right credits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.jobs import store
from bot.jobs.audit import audit_jobs
from bot.jobs.state import JobState
from bot.ledger import audit, balance
from bot.sandbox.discord import Fault, Interaction, Reply
from bot.sandbox.discord.checks.components import walk
from bot.sandbox.kling.settings import Settings as VendorSettings
from tests.support.bot_process import Tour, on_tour

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from bot.sandbox.discord.model import Message

VENDOR = VendorSettings(speed=100, fixed_submitted=20, fixed_processing=60)
GIVEN = 500
PRICE = 50
POST = "POST /channels/{channel_id}/messages"

pytestmark = pytest.mark.slow


@pytest.fixture
async def tour(tmp_path: Path) -> AsyncIterator[Tour]:
    """A bot that runs, and Mia with credits."""
    async with on_tour(tmp_path, VENDOR) as tour:
        await tour.give(GIVEN)
        await tour.start()
        yield tour


async def ask(tour: Tour) -> Interaction:
    """Run the command and wait for the quote."""
    answer = await tour.mia.slash("video text", {"prompt": "Rain on neon.", "seconds": 5}, channel="stage")
    await tour.until(lambda: answer.failure or confirm_button(answer.message))
    return answer


def confirm_button(card: Message | None) -> str | None:
    """Return the custom id of the button that confirms."""
    if card is None:
        return None
    ids = [str(one.get("custom_id", "")) for one in walk(card.components)]
    return next((one for one in ids if ":confirm" in one), None)


async def press_confirm(tour: Tour, card: Message | None) -> Interaction:
    """Agree to the price."""
    button = confirm_button(card)
    assert card is not None
    assert button is not None
    return await tour.mia.press(card, button)


def clips(tour: Tour) -> list[Message]:
    """The public messages with a clip."""
    return [one for one in tour.mia.messages("stage") if one.attachments and one.visible_to is None]


def tasks(tour: Tour) -> int:
    """How many tasks the vendor was given."""
    return len(list(tour.kling.tasks))


async def after_the_quote(tour: Tour) -> None:
    """Killed when the quote stands; its button works in the next life."""
    card = (await ask(tour)).message
    await tour.kill()
    await tour.start()
    assert (await press_confirm(tour, card)).failure is None


async def before_the_answer_to_the_command(tour: Tour) -> None:
    """Killed before the answer; the person sees a failure, and the command works in the next life."""
    tour.discord.interactions.answer_seconds = 0.3
    await tour.kill()
    lost = await ask(tour)
    assert lost.failure is not None
    tour.discord.interactions.answer_seconds = 3.0
    await tour.start()
    await press_confirm(tour, (await ask(tour)).message)


async def while_confirming(tour: Tour) -> None:
    """Killed with the confirmation under way; confirming again in the next life neither pays nor makes twice."""
    card = (await ask(tour)).message
    pressed = asyncio.create_task(press_confirm(tour, card))
    await asyncio.sleep(0.004)
    await tour.kill()
    tour.discord.interactions.answer_seconds = 0.1
    await pressed
    tour.discord.interactions.answer_seconds = 3.0
    await tour.start()
    if confirm_button(card):
        await press_confirm(tour, card)


async def after_the_confirmation(tour: Tour) -> None:
    """Killed as soon as the card says that the confirmation counted."""
    answer = await ask(tour)
    await press_confirm(tour, answer.message)
    await tour.until(lambda: not confirm_button(answer.message))
    await tour.kill()
    await tour.start()


async def while_the_vendor_works(tour: Tour) -> None:
    """Killed when the vendor has the task."""
    await press_confirm(tour, (await ask(tour)).message)
    await tour.until(lambda: tasks(tour))
    await tour.kill()
    await tour.start()


async def when_the_clip_is_ready(tour: Tour) -> None:
    """Killed when the vendor is done, at about the time of the download."""
    await press_confirm(tour, (await ask(tour)).message)
    await tour.until(lambda: any(task.ended for task in tour.kling.tasks))
    await tour.kill()
    await tour.start()


async def before_the_message_is_stored(tour: Tour) -> None:
    """Killed when the clip is on its way to the channel and will not arrive."""
    tour.discord.faults.add(Fault(route=POST, status=0, delay=0.5))
    await press_confirm(tour, (await ask(tour)).message)
    await tour.until(lambda: not tour.discord.faults.waiting)
    await tour.kill()
    await tour.start()


async def after_the_message_is_stored(tour: Tour) -> None:
    """Killed when the message is there and the bot does not know it yet."""
    tour.discord.faults.add(Fault(route=POST, status=0, when="after", delay=0.5))
    await press_confirm(tour, (await ask(tour)).message)
    await tour.until(lambda: clips(tour))
    await tour.kill()
    await tour.start()


async def after_everything(tour: Tour) -> None:
    """Killed when all is done; the buttons of the clip work in the next life."""
    await press_confirm(tour, (await ask(tour)).message)
    await tour.until(lambda: clips(tour))
    await tour.kill()
    await tour.start()
    again = await tour.mia.press(clips(tour)[0], "Again")
    assert again.failure is None
    assert again.reply is not Reply.DEFERRED_UPDATE


MOMENTS: list[Callable[[Tour], Awaitable[None]]] = [
    before_the_answer_to_the_command,
    after_the_quote,
    while_confirming,
    after_the_confirmation,
    while_the_vendor_works,
    when_the_clip_is_ready,
    before_the_message_is_stored,
    after_the_message_is_stored,
    after_everything,
]


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: moment.__name__)
async def test_killed(tour: Tour, moment: Callable[[Tour], Awaitable[None]]) -> None:
    await moment(tour)
    await tour.until(lambda: clips(tour), seconds=40)
    code = await tour.stop()

    assert code == 0
    assert len(clips(tour)) == 1
    assert tasks(tour) == 1
    async with tour.database() as database:
        jobs = await database.read(lambda tx: store.jobs_of(tx, tour.requester))
        books = await database.read(audit)
        wrong = await database.read(audit_jobs)
        left = await database.read(lambda tx: balance(tx, owner=tour.requester.owner, at=1))
    assert books.problems == ()
    assert not wrong
    assert [job.state for job in jobs] in ([JobState.DELIVERED], [JobState.DELIVERING])
    assert left.available == GIVEN - PRICE
