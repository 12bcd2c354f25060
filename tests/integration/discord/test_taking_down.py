"""Messages that show deleted clips: all of them go, also after a failure and after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.discord.faults import Fault
from tests.support.ordering import CHEAP, confirm, made, shown
from tests.support.orders import make
from tests.support.pressing import with_file
from tests.support.reading import answer_of, buttons_of, is_private, words_of
from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.privacy.office import PrivacyOffice
    from bot.sandbox.discord.model import Message

DELETE = "DELETE /channels/{channel_id}/messages/{message_id}"
FORM: dict[str, Any] = {"negative": "", "look": ["standard silent"], "format": ["5"], "outputs": ["1"]}


@pytest.fixture
async def theatre(tmp_path: Path, prepared_clips: Path) -> AsyncIterator[Theatre]:
    """A bot with everything that shows clips and deletes them; Mia has credits."""
    cogs = ["cogs.generate", "cogs.library", "cogs.privacy"]
    async with open_theatre(tmp_path, cogs=cogs, clips=prepared_clips) as running:
        await running.give("Mia", 200)
        yield running
        await running.check_books()


async def post_again(theatre: Theatre) -> Message:
    """Let Mia post her newest clip from the library."""
    mia = theatre.as_person("Mia")
    card = answer_of(await mia.press(answer_of(await mia.slash("/library")), "Open"))
    return await with_file(theatre, await mia.press(card, "Post here"))


async def film(theatre: Theatre) -> tuple[Message, Message]:
    """Let Mia make a clip and one that goes on from it, and join them; return the first message and the film."""
    mia = theatre.as_person("Mia")
    first, _ = await made(mia, **CHEAP)
    answer = await mia.submit(await mia.press(first, "Extend"), prompt="The tram stops", **FORM)
    await confirm(mia, await shown(theatre, answer, "go on from the last frame", button="Confirm · 15 credits"))
    await mia.press(
        await mia.sees(lambda one: "Join with the clip before" in buttons_of(one)), "Join with the clip before"
    )
    return first, await mia.sees(lambda one: "Both clips as one" in words_of(one) and one.attachments)


def public_clips(theatre: Theatre) -> list[Message]:
    return [one for one in theatre.as_person("Mia").messages() if one.attachments and not is_private(one)]


async def all_gone(theatre: Theatre) -> None:
    await theatre.discord.until(lambda: not public_clips(theatre))


async def delete_everything(theatre: Theatre) -> Message:
    mia = theatre.as_person("Mia")
    question = answer_of(await mia.press(answer_of(await mia.slash("/privacy")), "Delete my data…"))
    await mia.press(question, "Delete everything")
    await theatre.discord.until(lambda: "everything else about you" in words_of(question))
    return question


def office(theatre: Theatre) -> PrivacyOffice:
    cog: Any = theatre.bot.get_cog("Privacy")
    found: PrivacyOffice = cog.office
    return found


async def test_films_go_with_everything_else(theatre: Theatre) -> None:
    await film(theatre)
    assert len(public_clips(theatre)) == 3

    card = await delete_everything(theatre)

    await all_gone(theatre)
    await theatre.discord.until(lambda: "could not be removed" not in words_of(card))


async def test_what_was_posted_from_the_library_goes_with_everything_else(theatre: Theatre) -> None:
    await make(theatre, "Mia", destination="library")
    await post_again(theatre)

    await delete_everything(theatre)

    await all_gone(theatre)


async def test_a_film_goes_with_each_of_its_clips(theatre: Theatre) -> None:
    first, joined = await film(theatre)
    mia = theatre.as_person("Mia")

    asked = answer_of(await mia.press(first, "Delete"))
    await mia.press(asked, "Delete for good")
    await theatre.discord.until(lambda: "are deleted" in words_of(asked))

    left = {one.id for one in public_clips(theatre)}
    assert len(left) == 1
    assert not {first.id, joined.id} & left


async def test_what_was_posted_in_a_server_goes_with_its_data(theatre: Theatre) -> None:
    await make(theatre, "Mia")
    await post_again(theatre)

    await office(theatre).erase_server(theatre.server)
    await theatre.restart_bot()

    await all_gone(theatre)


async def test_a_message_that_cannot_be_removed_is_told_of_and_removed_later(theatre: Theatre) -> None:
    await make(theatre, "Mia")
    theatre.discord.faults.add(Fault(DELETE, status=503))

    card = await delete_everything(theatre)

    await theatre.discord.until(lambda: not theatre.discord.faults.waiting)
    await theatre.discord.until(lambda: "1 message with your clips could not be removed yet" in words_of(card))
    assert len(public_clips(theatre)) == 1
    await theatre.restart_bot()
    await all_gone(theatre)


async def test_a_deleted_clip_whose_message_cannot_be_removed_is_removed_later(theatre: Theatre) -> None:
    message, _ = await made(theatre.as_person("Mia"), **CHEAP)
    theatre.discord.faults.add(Fault(DELETE, status=403, code=50013))
    mia = theatre.as_person("Mia")

    asked = answer_of(await mia.press(message, "Delete"))
    await mia.press(asked, "Delete for good")

    await theatre.discord.until(lambda: "keeps trying" in words_of(asked))
    await theatre.restart_bot()
    await all_gone(theatre)


async def test_a_restart_between_deletion_and_removal_loses_no_message(theatre: Theatre) -> None:
    await make(theatre, "Mia")
    person = theatre.as_person("Mia").requester.person

    erased = await office(theatre).erase_person(person)
    assert (erased.jobs, len(public_clips(theatre))) == (1, 1)
    await theatre.restart_bot()

    await all_gone(theatre)
