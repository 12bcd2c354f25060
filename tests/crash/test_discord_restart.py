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
from bot.sandbox.kling.faults import AnswerAction, AnswerFault, DownloadAction, DownloadFault, Moment
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
ANSWER = "POST /interactions/{interaction_id}/{token}/callback"
LATER = "PATCH /webhooks/{application_id}/{token}/messages/{message_id}"

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


async def before_the_quote_is_shown(tour: Tour) -> None:
    """Killed when the quote is stored and its card will not arrive; the command works again in the next life."""
    tour.discord.faults.add(Fault(route=LATER, status=0, delay=0.5))
    asking = asyncio.create_task(tour.mia.slash("video text", {"prompt": "Rain on neon."}, channel="stage"))
    await tour.until(lambda: tour.stored("SELECT 1 FROM quote"))
    await tour.kill()
    await asking
    await tour.start()
    await press_confirm(tour, (await ask(tour)).message)


async def before_the_confirmation_is_read(tour: Tour) -> None:
    """Killed as soon as the button was pressed; the person sees a failure and presses again in the next life."""
    card = (await ask(tour)).message
    tour.discord.interactions.answer_seconds = 0.3
    tour.discord.faults.add(Fault(route=ANSWER, status=0, delay=0.5))
    pressed = asyncio.create_task(press_confirm(tour, card))
    await asyncio.sleep(0)
    await tour.kill()
    assert (await pressed).failure is not None
    tour.discord.interactions.answer_seconds = 3.0
    await tour.start()
    assert (await press_confirm(tour, card)).failure is None


async def before_the_confirmation_is_shown(tour: Tour) -> None:
    """Killed when the job is placed and the card still asks; pressing again neither pays nor makes twice."""
    card = (await ask(tour)).message
    tour.discord.faults.add(Fault(route=LATER, status=0, delay=0.5))
    await press_confirm(tour, card)
    await tour.until(lambda: tour.stored("SELECT 1 FROM job"))
    await tour.kill()
    await tour.start()
    assert (await press_confirm(tour, card)).failure is None


async def after_the_confirmation(tour: Tour) -> None:
    """Killed as soon as the card says that the confirmation counted."""
    answer = await ask(tour)
    await press_confirm(tour, answer.message)
    await tour.until(lambda: not confirm_button(answer.message))
    await tour.kill()
    await tour.start()


async def before_the_vendor_hears_of_it(tour: Tour) -> None:
    """Killed while the request is on its way and will not arrive."""
    tour.kling.faults.add(AnswerFault(action=AnswerAction.HANG, times=1))
    await press_confirm(tour, (await ask(tour)).message)
    await tour.until(lambda: tour.kling.counters["create_attempts"])
    await tour.kill()
    await tour.start()


async def before_the_vendor_answers(tour: Tour) -> None:
    """Killed when the vendor has the task and the bot does not know it."""
    tour.kling.faults.add(AnswerFault(action=AnswerAction.HANG, moment=Moment.AFTER, times=1))
    await press_confirm(tour, (await ask(tour)).message)
    await tour.until(lambda: tasks(tour))
    await tour.kill()
    await tour.start()


async def while_the_vendor_works(tour: Tour) -> None:
    """Killed when the bot knows that the vendor has the task."""
    await press_confirm(tour, (await ask(tour)).message)
    await tour.until(lambda: tour.stored("SELECT 1 FROM job WHERE state = 'running'"))
    await tour.kill()
    await tour.start()


async def while_downloading(tour: Tour) -> None:
    """Killed when half of the clip is there."""
    tour.kling.faults.add(DownloadFault(action=DownloadAction.HANG, times=1))
    await press_confirm(tour, (await ask(tour)).message)
    await tour.until(lambda: tour.kling.counters["downloads_started"])
    await tour.kill()
    await tour.start()


async def while_checking(tour: Tour) -> None:
    """Killed when the whole clip is there and not looked at."""
    await press_confirm(tour, (await ask(tour)).message)
    await tour.until(lambda: tour.kling.counters["downloads_finished"])
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


async def after_the_message_is_recorded(tour: Tour) -> None:
    """Killed when the bot knows its message, at about the time at which the credits are captured."""
    await press_confirm(tour, (await ask(tour)).message)
    await tour.until(lambda: tour.stored("SELECT 1 FROM delivery WHERE state = 'posted'"))
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
    before_the_quote_is_shown,
    after_the_quote,
    before_the_confirmation_is_read,
    before_the_confirmation_is_shown,
    after_the_confirmation,
    before_the_vendor_hears_of_it,
    before_the_vendor_answers,
    while_the_vendor_works,
    while_downloading,
    while_checking,
    before_the_message_is_stored,
    after_the_message_is_stored,
    after_the_message_is_recorded,
    after_everything,
]


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: moment.__name__)
async def test_killed(tour: Tour, moment: Callable[[Tour], Awaitable[None]]) -> None:
    await moment(tour)
    await tour.until(lambda: tour.stored("SELECT 1 FROM job WHERE state = 'delivered'"), seconds=40)
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
    assert [job.state for job in jobs] == [JobState.DELIVERED]
    assert (left.available, left.held) == (GIVEN - PRICE, 0)
