"""What people do with finished clips: again, edit, extend and join, delete, report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.jobs.store import load_clip
from bot.media.probe import probe
from bot.moderation.reports import Reason, reports_of_server
from bot.preferences import ServerChoices
from bot.preferences.store import save_server
from tests.support.ordering import CHEAP, confirm, made, picture, shown
from tests.support.reading import buttons_of, is_private, told, words_of

if TYPE_CHECKING:
    from bot.jobs.job import Job
    from bot.sandbox.discord.model import Message
    from tests.support.theatre import Theatre

FORM: dict[str, Any] = {"negative": "", "look": ["standard silent"], "format": ["5"], "outputs": ["1"]}
REASONS: dict[str, Any] = {"reason": ["person"], "details": "That is @everyone **me**"}


@pytest.fixture
async def clip(theatre: Theatre) -> tuple[Message, Job]:
    """A clip of Mia's in #stage."""
    await theatre.give("Mia", 100)
    return await made(theatre.as_person("Mia"), **CHEAP)


async def test_again_asks_for_the_same_at_the_same_price(theatre: Theatre, clip: tuple[Message, Job]) -> None:
    message, job = clip
    await theatre.restart_bot()

    card = await shown(theatre, await theatre.as_person("Mia").press(message, "Again"), button="Confirm · 15 credits")
    await confirm(theatre.as_person("Mia"), card)
    await theatre.discord.until(lambda: "Confirm" not in str(buttons_of(card)) or None)

    newest, first = await theatre.jobs("Mia")
    assert first.id == job.id
    assert newest.request == job.request


async def test_edit_starts_from_the_request_of_the_clip(theatre: Theatre, clip: tuple[Message, Job]) -> None:
    message, _ = clip
    mia = theatre.as_person("Mia")

    opened = await mia.press(message, "Edit")
    form = FORM | {"format": ["10 9:16"]}
    card = await shown(theatre, await mia.submit(opened, prompt="Now with snow", **form), button="Confirm · 30 credits")

    assert "10 s · 9:16" in words_of(card)


@pytest.mark.parametrize("button", ["Again", "Edit"])
async def test_a_picture_that_is_no_longer_stored_is_asked_for_before_anybody_writes_or_pays(
    theatre: Theatre, button: str
) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    message, job = await made(mia, "/video image", image=picture(), prompt="It moves", **CHEAP)
    assert job.request.image is not None
    theatre.app.files.path(job.request.image.digest).unlink()

    answer = await mia.press(message, button)
    await theatre.discord.until(lambda: (answer.message and words_of(answer.message)) or answer.followups or None)

    assert answer.modal is None
    assert "no longer stored. Nothing was charged; send it again with /video image" in told(answer)
    assert len(await theatre.jobs("Mia")) == 1


async def test_a_clip_goes_on_from_its_last_frame_and_both_are_joined(
    theatre: Theatre, clip: tuple[Message, Job]
) -> None:
    message, job = clip
    mia = theatre.as_person("Mia")

    opened = await mia.press(message, "Extend")
    assert opened.modal is not None
    assert opened.modal["title"] == "What happens next?"
    answer = await mia.submit(opened, prompt="The tram stops", **FORM)
    card = await shown(theatre, answer, "go on from the last frame", button="Confirm · 15 credits")
    await confirm(mia, card)
    following = await mia.sees(lambda one: "Join with the clip before" in buttons_of(one))
    [newest, _] = await theatre.jobs("Mia")
    assert newest.request.continues == job.id
    assert newest.request.image is not None
    first = await theatre.app.database.read(lambda tx: load_clip(tx, job.id))
    assert first is not None
    assert (newest.request.image.width, newest.request.image.height) == (first.width, first.height)

    await mia.press(following, "Join with the clip before")
    film = await mia.sees(lambda one: "Both clips as one" in words_of(one))

    facts = await probe(theatre.discord.files.path(film.attachments[0].id))
    assert facts.seconds == pytest.approx(2 * first.seconds, abs=0.2)
    assert not is_private(film)


async def test_the_form_of_the_next_shot_does_not_repeat_what_was_said(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    message, _ = await made(mia, prompt='Rain on a pier. A woman says: "The tide is turning."', **CHEAP)

    opened = await mia.press(message, "Extend")

    assert "Rain on a pier." in str(opened.modal)
    assert "tide" not in str(opened.modal)
    assert "this clip's last frame" in str(opened.modal)


async def test_delete_asks_first_and_then_leaves_nothing(theatre: Theatre, clip: tuple[Message, Job]) -> None:
    message, job = clip
    mia = theatre.as_person("Mia")

    asked = (await mia.press(message, "Delete")).message
    assert asked is not None
    await mia.press(asked, "Keep it")
    assert message in mia.messages()
    asked = (await mia.press(message, "Delete")).message
    assert asked is not None
    await mia.press(asked, "Delete for good")
    await theatre.discord.until(lambda: "are deleted" in words_of(asked) or None)

    assert message not in mia.messages()
    assert await theatre.app.database.read(lambda tx: load_clip(tx, job.id)) is None
    assert buttons_of(asked) == []


async def test_what_was_deleted_cannot_be_extended(theatre: Theatre, clip: tuple[Message, Job]) -> None:
    message, job = clip
    mia = theatre.as_person("Mia")
    opened = await mia.press(message, "Extend")
    await theatre.app.database.run(lambda tx: tx.execute("DELETE FROM clip WHERE job = :job", job=job.id))

    answer = await mia.submit(opened, prompt="The tram stops", **FORM)

    await theatre.discord.until(
        lambda: (answer.message and "no longer stored" in words_of(answer.message)) or answer.followups or None
    )
    assert "no longer stored" in told(answer)


@pytest.mark.parametrize("button", ["Again", "Edit", "Extend", "Delete"])
async def test_only_the_author_acts_on_a_clip(theatre: Theatre, clip: tuple[Message, Job], button: str) -> None:
    message, _ = clip
    noor = theatre.as_person("Noor")

    answer = await noor.press(message, button)
    await theatre.discord.until(lambda: (answer.message and words_of(answer.message)) or answer.followups or None)

    assert answer.modal is None
    assert "belongs to somebody else" in told(answer)
    assert message in noor.messages()


async def test_a_report_that_no_channel_takes_says_so(theatre: Theatre, clip: tuple[Message, Job]) -> None:
    message, job = clip
    noor = theatre.as_person("Noor")

    thanks = await noor.submit(await noor.press(message, "Report"), **REASONS)
    await theatre.discord.until(
        lambda: (thanks.message and "please tell one of them" in words_of(thanks.message)) or None
    )

    [report] = await theatre.app.database.read(lambda tx: reports_of_server(tx, theatre.server))
    assert report.job == job.id


async def test_everybody_can_report_a_clip_once(theatre: Theatre, clip: tuple[Message, Job]) -> None:
    message, job = clip
    noor, sam = theatre.as_person("Noor"), theatre.as_person("Sam", channel="control-room")
    room = int(sam.person.channel("control-room").id)
    choices = ServerChoices(report_channel=room)
    await theatre.app.database.run(lambda tx: save_server(tx, theatre.server, choices, at=1))

    opened = await noor.press(message, "Report")
    await theatre.restart_bot()
    thanks = await noor.submit(opened, **REASONS)
    await theatre.discord.until(lambda: (thanks.message and "have your report" in words_of(thanks.message)) or None)
    told_room = await sam.sees(lambda one: "A clip was reported" in words_of(one))
    again = await noor.submit(await noor.press(message, "Report"), **REASONS)
    await theatre.discord.until(lambda: (again.message and "already" in words_of(again.message)) or None)

    [report] = await theatre.app.database.read(lambda tx: reports_of_server(tx, theatre.server))
    assert (report.job, report.reason, report.person) == (job.id, Reason.PERSON, int(noor.person.id))
    assert told_room.mentioned_users == []
    assert not told_room.mentions_everyone
    assert r"\*\*me\*\*" in words_of(told_room)
    assert len([one for one in sam.messages() if "reported" in words_of(one)]) == 1
