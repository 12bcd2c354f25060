"""Buttons, menus, modals, ephemeral and deferred answers, cards with files."""

from __future__ import annotations

import hashlib
import io
import re
from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest
from PIL import Image

from bot.sandbox.discord import DiscordStandIn, NotPossibleError, Person, Reply, Upload
from tests.support.discord_bot import RunningBot, TestBot, add_everything, card, file_of

if TYPE_CHECKING:
    from bot.sandbox.discord.model import Message


def picture() -> bytes:
    """Return a PNG of 64 by 36 pixels."""
    stream = io.BytesIO()
    Image.new("RGB", (64, 36), (200, 60, 90)).save(stream, "PNG")
    return stream.getvalue()


async def open_menu(person: Person) -> Message:
    """Return the message with buttons and menus."""
    answer = await person.slash("menu", channel="stage")
    assert answer.message is not None
    return answer.message


@pytest.mark.usefixtures("bot")
async def test_a_button_edits_its_message_also_for_others(stand_in: DiscordStandIn, mia: Person) -> None:
    message = await open_menu(mia)
    assert (await mia.press(message, "Count")).reply is Reply.UPDATE
    await stand_in.person("noor").press(message, "count")
    assert message.content == "2"
    with pytest.raises(NotPossibleError):
        await mia.press(message, "Missing")


@pytest.mark.usefixtures("bot")
async def test_menus_deliver_what_was_chosen(mia: Person) -> None:
    message = await open_menu(mia)
    chosen = await mia.choose(message, "colour", ["blue"])
    picked = await mia.choose(message, "who", ["Noor"])
    assert chosen.message is not None
    assert picked.message is not None
    assert (chosen.message.content, picked.message.content) == ("chose blue", "picked noor")
    with pytest.raises(NotPossibleError):
        await mia.choose(message, "colour", ["green"])


@pytest.mark.usefixtures("bot")
async def test_a_modal_with_text_menu_and_file_is_filled_and_answered_ephemerally(
    stand_in: DiscordStandIn, mia: Person
) -> None:
    opened = await mia.press(await open_menu(mia), "Ask")
    assert opened.reply is Reply.MODAL
    with pytest.raises(NotPossibleError, match="Line"):
        await mia.submit(opened, {"mood": "wild"})
    fields = {"Line": "hello", "mood": "wild", "picture": [Upload("a.png", b"12345")]}
    answer = await mia.submit(opened, fields)
    assert answer.message is not None
    assert answer.message.content == "hello|wild|[5]"
    assert answer.message not in stand_in.person("sam").messages("stage")
    mia.dismiss(answer.message)
    assert answer.message not in mia.messages("stage")


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("hidden", [True, False])
async def test_a_deferred_answer_is_filled_and_followed_up(
    stand_in: DiscordStandIn, mia: Person, *, hidden: bool
) -> None:
    answer = await mia.slash("slow", {"hidden": hidden}, channel="stage")
    assert answer.reply is Reply.DEFERRED
    original = answer.message
    assert original is not None
    await stand_in.until(lambda: answer.followups)
    assert original.content == "done"
    assert answer.followups[0].content == "and more"
    seen_by_others = original in stand_in.person("noor").messages("stage")
    assert seen_by_others is not hidden


@pytest.mark.usefixtures("bot")
async def test_a_card_shows_a_file_that_arrives_byte_for_byte(stand_in: DiscordStandIn, mia: Person) -> None:
    data = picture()
    answer = await mia.slash("show", {"file": Upload("rain.png", data)}, channel="stage")
    message = answer.message
    assert message is not None
    attachment = message.attachments[0]
    assert (attachment.width, attachment.height) == (64, 36)
    shown = stand_in.parts.payloads.message(message)
    media = shown["components"][0]["components"][1]["items"][0]["media"]
    async with aiohttp.ClientSession() as session:
        async with session.get(media["url"]) as response:
            assert hashlib.sha256(await response.read()).digest() == hashlib.sha256(data).digest()
            assert response.content_type == "image/png"
        async with session.get(media["url"], headers={"Range": "bytes=10-19"}) as response:
            assert response.status == 206
            assert await response.read() == data[10:20]
        async with session.get(re.sub("hm=.", "hm=x", media["url"])) as response:
            assert response.status == 404
    assert stand_in.journal.notices == []


async def test_an_edit_drops_attachments_that_it_does_not_list(bot: TestBot, stand_in: DiscordStandIn) -> None:
    stage = bot.get_partial_messageable(int(stand_in.person("mia").channel("stage").id))
    sent = await stage.send(file=file_of(b"one", "one.txt"))
    kept = await sent.edit(content="still there")
    assert [one.filename for one in kept.attachments] == ["one.txt"]
    replaced = await sent.edit(attachments=[file_of(b"two", "two.txt")])
    assert [one.filename for one in replaced.attachments] == ["two.txt"]
    assert await replaced.attachments[0].read() == b"two"


async def test_broken_cards_are_refused(bot: TestBot, stand_in: DiscordStandIn) -> None:
    stage = bot.get_partial_messageable(int(stand_in.person("mia").channel("stage").id))
    with pytest.raises(discord.HTTPException, match="was not found"):
        await stage.send(view=card("missing.png"))
    with pytest.raises(discord.HTTPException, match="IS_COMPONENTS_V2"):
        await stage.send("text too", view=card("a.png"), file=file_of(b"x", "a.png"))  # type: ignore[call-overload]
    wordy = discord.ui.LayoutView()
    wordy.add_item(discord.ui.TextDisplay("x" * 2500)).add_item(discord.ui.TextDisplay("y" * 1501))
    with pytest.raises(discord.HTTPException, match="maximum is 4000"):
        await stage.send(view=wordy)
    assert stand_in.person("mia").messages("stage")[-1].author_id != str(bot.application_id)


async def test_buttons_work_after_the_bot_was_started_again(stand_in: DiscordStandIn, mia: Person) -> None:
    first, second = TestBot(), TestBot()
    add_everything(first)
    add_everything(second)
    async with RunningBot(stand_in, first):
        await first.tree.sync()
        answer = await mia.slash("ticket", {"number": 7}, channel="stage")
        counter = await open_menu(mia)
    message = answer.message
    assert message is not None
    async with RunningBot(stand_in, second):
        await mia.press(message, "v1:ticket:7")
        await mia.press(counter, "Count")
    assert message.content == "ticket 7 taken"
    assert counter.content == "1"
