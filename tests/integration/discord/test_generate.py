"""From a command to a clip where it was asked for, through the real client."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.jobs.state import JobState
from bot.jobs.store import load_clip
from bot.sandbox.discord import Upload
from bot.sandbox.discord.permissions import Permission
from tests.support.ordering import CHEAP, PROMPT, give_privately, made, ordered, picture, quoted, shown
from tests.support.reading import buttons_of, is_private, parts_of, words_of

if TYPE_CHECKING:
    from bot.sandbox.discord.model import Message
    from tests.support.theatre import Theatre

THUMBNAIL = 11
GALLERY = 12


async def bytes_of(theatre: Theatre, message: Message) -> bytes:
    """The bytes of the only file of a message, as Discord has them."""
    [file] = message.attachments
    return theatre.discord.files.path(file.id).read_bytes()


async def test_words_become_a_clip_in_the_channel(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")

    message, job = await made(mia, seconds=5)

    clip = await theatre.app.database.read(lambda tx: load_clip(tx, job.id))
    assert clip is not None
    assert await bytes_of(theatre, message) == theatre.app.files.path(clip.digest).read_bytes()
    assert message.attachments[0].content_type == "video/mp4"
    assert message.mentioned_users == [mia.person.id]
    assert "Rain on neon, a tram passes." in words_of(message)
    assert "Kling 2.6 · Professional, with sound · 5 s · 16:9" in words_of(message)
    assert buttons_of(message) == ["Again", "Edit", "Extend", "Delete", "Report"]
    assert (await theatre.balance("Mia")).available == 50
    assert len(list(theatre.kling.tasks)) == 1
    await theatre.check_books()


async def test_the_quote_says_everything_before_anything_is_spent(theatre: Theatre) -> None:
    await theatre.give("Mia", 300)
    mia = theatre.as_person("Mia")

    card = await quoted(
        mia,
        prompt='A woman on a pier says: "The tide is turning."',
        seconds=10,
        ratio="9:16",
        outputs=2,
        negative="fog",
    )

    words = words_of(card)
    assert is_private(card)
    assert re.search(r"\*\*200 credits\*\* · 10 per second . 10 s . 2 clips", words)
    assert "100 left afterwards" in words
    assert "Kling 2.6 · Professional, with sound · 10 s · 9:16 · 2 clips" in words
    assert "Not in it: fog" in words
    assert "Spoken lines take about 1." in words
    assert "All 2 clips ready a moment after you confirm" in words
    assert f"The result goes to <#{mia.person.channel('stage').id}>" in words
    assert (await theatre.balance("Mia")).available == 300
    assert await theatre.jobs("Mia") == []


async def test_the_quote_says_how_much_of_the_speech_does_not_fit(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    words = " ".join(["river"] * 28)

    card = await quoted(theatre.as_person("Mia"), prompt=f'A woman on a pier says: "{words}"', seconds=5)

    assert "About 8.0 s of speech in a 5 s clip: 3.0 s of it may be cut off." in words_of(card)


async def test_the_card_ends_with_a_link_to_the_clip(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")

    card, [placed] = await ordered(mia, **CHEAP)
    job = await theatre.app.engine.wait(placed.id)
    await theatre.discord.until(lambda: "Your clip is ready" in words_of(card), seconds=10)

    assert job.receipt is not None
    message_id = job.receipt.rpartition(":")[2]
    assert f"/{message_id}) in <#{mia.person.channel('stage').id}>" in words_of(card)
    assert buttons_of(card) == []


async def test_a_clip_that_could_only_be_sent_in_person_is_not_said_to_be_in_the_channel(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    theatre.discord.stagehand.set_bot_permissions("stage", deny=Permission.ATTACH_FILES)
    mia = theatre.as_person("Mia")

    card, [placed] = await ordered(mia, **CHEAP)
    await theatre.app.engine.wait(placed.id)
    await theatre.discord.until(lambda: "Your clip is ready" in words_of(card), seconds=10)

    assert "in your direct messages" in words_of(card)
    assert "discord.com/channels/@me/" in words_of(card)
    assert str(mia.person.channel("stage").id) not in words_of(card)


async def test_a_picture_becomes_a_clip(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")

    card = await quoted(mia, "/video image", image=picture(), prompt="The ball rolls away", **CHEAP)
    [thumbnail] = parts_of(card, THUMBNAIL)
    message, job = await made(mia, "/video image", image=picture(), prompt="The ball rolls away", **CHEAP)

    assert thumbnail["description"]
    assert card.attachments[0].content_type.startswith("image/")
    assert "from your image" in words_of(message)
    assert job.request.image is not None
    assert (job.request.image.width, job.request.image.height) == (960, 720)
    assert job.request.aspect_ratio is None
    assert theatre.app.files.path(job.request.image.digest).is_file()


async def test_a_clip_between_two_pictures_is_silent_without_asking(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")

    card = await quoted(
        mia, "/video image", image=picture(), end_image=picture(name="end.png"), prompt="It rolls", seconds=5
    )

    assert "Professional, silent · 5 s · from your image to your end image" in words_of(card)
    assert len(parts_of(card, GALLERY)[0]["items"]) == 2
    assert "**25 credits**" in words_of(card)


async def test_the_image_of_a_message_can_be_animated(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia, noor = theatre.as_person("Mia"), theatre.as_person("Noor")
    written = await noor.say("look", Upload("notes.txt", b"hello"), picture())

    opened = await mia.use_on_message("Animate this image", written)
    answer = await mia.submit(
        opened, prompt="The ball bounces", negative="", look=["standard silent"], format=["5"], outputs=["1"]
    )
    card = await shown(theatre, answer, button="Confirm · 15 credits")

    assert "The ball bounces" in words_of(card)
    assert is_private(card)


async def test_a_message_without_an_image_cannot_be_animated(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    written = await mia.say("only words")

    answer = await mia.use_on_message("Animate this image", written)

    assert answer.modal is None
    assert answer.message is not None
    assert "no image" in words_of(answer.message)


async def test_models_are_suggested_by_input(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")

    assert await mia.autocomplete("/video text", "model", "kl") == [{"name": "Kling 2.6", "value": "kling-2.6"}]
    assert await mia.autocomplete("/video image", "model", "3.0", prompt="x") == []


async def test_a_batch_is_several_clips_and_one_card(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")

    card, jobs = await ordered(mia, outputs=3, **CHEAP)
    ended = [await theatre.app.engine.wait(job.id) for job in jobs]
    await theatre.discord.until(lambda: "3 clips are ready" in words_of(card), seconds=10)

    assert [job.state for job in ended] == [JobState.DELIVERED] * 3
    clips = [one for one in mia.messages() if one.attachments and not is_private(one)]
    assert len(clips) == 3
    assert sorted(words_of(one).count("3 of 3") for one in clips) == [0, 0, 1]
    assert (await theatre.balance("Mia")).available == 55
    await theatre.check_books()


@pytest.mark.parametrize("channel", ["Rain scene", "The Lighthouse", "welcome"])
async def test_a_clip_goes_to_the_thread_or_channel_where_it_was_asked_for(theatre: Theatre, channel: str) -> None:
    await theatre.give("Mia", 100)

    message, _ = await made(theatre.as_person("Mia", channel=channel), **CHEAP)

    assert message.attachments


async def test_in_direct_messages_credits_of_ones_own_count(theatre: Theatre) -> None:
    await give_privately(theatre, "Mia", 20)
    mia = theatre.as_person("Mia", channel="@bot")

    card = await quoted(mia, **CHEAP)
    assert "direct messages" in words_of(card)
    await mia.press(card, "Confirm · 15 credits")
    message = await mia.sees(lambda one: bool(one.attachments))
    await theatre.discord.until(lambda: "Your clip is ready" in words_of(card), seconds=10)

    assert "Report" not in buttons_of(message)
    assert "in your direct messages" in words_of(card)
    assert f"discord.com/channels/@me/{message.channel_id}/{message.id}" in words_of(card)


async def test_where_the_bot_is_no_member_the_clip_waits_in_the_library(theatre: Theatre) -> None:
    await give_privately(theatre, "Mia", 20)
    mia = theatre.as_person("Mia", channel="chapter-one")

    card = await quoted(mia, **CHEAP)
    assert "/library" in words_of(card)
    await mia.press(card, "Confirm · 15 credits")
    await theatre.discord.until(lambda: "it waits in /library" in words_of(card), seconds=10)

    assert not [one for one in mia.messages() if one.attachments]


async def test_everything_is_said_in_the_language_of_the_person(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    mia.person.user.locale = "zh-CN"

    card = await shown(theatre, await mia.slash("/video text", prompt=PROMPT, seconds=5), button="确认")

    assert "**50 积分**" in words_of(card)
