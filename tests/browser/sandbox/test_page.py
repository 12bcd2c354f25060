"""The page of the Discord stand-in, used by a person in a real browser with a real bot behind it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import imageio_ffmpeg  # type: ignore[import-untyped]  # the package carries no types
import pytest

from bot.clock import RandomIds, SystemClock
from bot.sandbox.discord import DiscordStandIn
from tests.support.browser import CHROMIUM, Browser, page_of, start_command
from tests.support.discord_bot import RunningBot, TestBot, add_everything, card, file_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import discord

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Two seconds of moving picture with a tone."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    sources = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=12:d=2", "-f", "lavfi", "-i", "sine=f=330:d=2"]
    encoding = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", *sources, *encoding, str(path)]
    subprocess.run(command, check=True)
    return path.read_bytes()


@pytest.fixture
async def stand_in(tmp_path: Path, clip: bytes) -> AsyncIterator[DiscordStandIn]:
    """A stand-in with a bot that knows one more command: a slow one that ends in a film."""
    clock = SystemClock()
    client = TestBot()
    add_everything(client)

    @client.tree.command(description="Make a film")
    async def film(interaction: discord.Interaction, prompt: str) -> None:
        await interaction.response.defer(thinking=True)
        await interaction.edit_original_response(view=card("film.mp4"), attachments=[file_of(clip, "film.mp4")])
        assert prompt

    async with (
        DiscordStandIn(clock=clock, ids=RandomIds(clock), directory=tmp_path / "state") as running,
        RunningBot(running, client),
    ):
        await client.tree.sync()
        yield running


@pytest.fixture
async def browser(tmp_path: Path, stand_in: DiscordStandIn) -> AsyncIterator[Browser]:
    """The page, opened as Mia in #stage; afterwards it must not have reported any error."""
    async with page_of(stand_in.page_url, tmp_path / "profile", height=800) as opened:
        yield opened


async def test_a_film_is_made_by_keyboard_and_plays_with_sound(browser: Browser, stand_in: DiscordStandIn) -> None:
    await start_command(browser, "film")
    await browser.type("rain on neon")
    await browser.press("Enter")
    await browser.wait_for("document.querySelector('.card video')?.readyState >= 2")
    sounding = await browser.run(
        "const film = document.querySelector('video'); film.muted = false; await film.play();"
        "await new Promise((done) => { film.ontimeupdate = () => film.currentTime > 0.3 && done(); });"
        "film.currentTime = 1.5; await new Promise((done) => { film.onseeked = done; });"
        "return film.webkitAudioDecodedByteCount > 0 && film.currentTime >= 1.5;"
    )
    assert sounding
    message = stand_in.person("mia").messages("stage")[-1]
    assert await browser.run("return document.querySelector('.media .alt').title") == "Rain on neon"
    assert message.attachments[0].seconds == pytest.approx(2, abs=0.2)


async def test_a_modal_is_filled_and_its_ephemeral_answer_dismissed(browser: Browser, stand_in: DiscordStandIn) -> None:
    await stand_in.person("mia").slash("menu", channel="stage")
    await browser.click(".button", "Ask")
    await browser.wait_for("document.querySelector('dialog[open] input')")
    await browser.type("<b>hello</b> **there**")
    await browser.click("dialog .menu-opener")
    await browser.click("dialog [role=option]", "wild")
    await browser.click("dialog [type=submit]")
    await browser.wait_for("document.querySelector('.ephemeral .text strong')?.innerText === 'there'")
    assert await browser.run("return document.querySelector('.ephemeral .text b')") is None
    await browser.click(".as-link", "Dismiss")
    await browser.wait_for("!document.querySelector('.ephemeral')")


async def test_suggestions_files_and_menus_are_usable(
    browser: Browser, stand_in: DiscordStandIn, tmp_path: Path
) -> None:
    await start_command(browser, "model")
    await browser.type("kl")
    await browser.wait_for("document.querySelectorAll('.field-box [role=option]').length === 2")
    await browser.press("ArrowDown", "ArrowDown", "Enter", "Enter")
    await browser.wait_for("document.querySelector('.message .text') && document.body.innerText.includes('kling-3.0')")
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"not really a picture")
    await start_command(browser, "show")
    await browser.click("form.command [type=submit]")
    await browser.wait_for("document.querySelector('.field-box.wrong')")
    assert await browser.run("return document.querySelector('.command .hint').innerText") == (
        "file is needed before this can be sent."
    )
    await browser.choose_file("form.command input[type=file]", picture)
    await browser.click("form.command [type=submit]")
    answered = await stand_in.until(
        lambda: next((one for one in stand_in.person("mia").messages("stage") if one.attachments), None)
    )
    assert answered.attachments[0].filename == "picture.png"


async def test_everybody_sees_what_concerns_them(browser: Browser, stand_in: DiscordStandIn) -> None:
    noor = stand_in.person("noor")
    await stand_in.person("mia").say(f"secret plan, <@{noor.id}>", "stage")
    await browser.wait_for("document.body.innerText.includes('secret plan')")
    assert not await browser.run("return document.body.innerText.includes('control-room')")
    await browser.click("#person summary")
    await browser.click(".person-choice", "Noor")
    await browser.wait_for("document.querySelector('.message.for-you .mention.you')")
    assert await browser.run("return document.querySelector('#channels').innerText.includes('control-room')")
    await noor.say("over in the thread", "Rain scene")
    await browser.wait_for("document.querySelector('.channel.unread')?.innerText.includes('Rain scene')")


async def test_where_nobody_may_write_there_is_no_box_to_write_in(browser: Browser) -> None:
    for channel, words in (("screening-room", "You can read here"), ("projects", "Posts are opened by the bot")):
        await browser.click(".channel", channel)
        await browser.wait_for(f"document.querySelector('#composer .closed')?.innerText.includes('{words}')")
        assert await browser.run("return document.querySelector('#composer textarea, .empty .button')") is None
        await browser.click(".main-head")
        await browser.press("/")


async def test_what_fails_is_said(browser: Browser, stand_in: DiscordStandIn) -> None:
    stand_in.interactions.answer_seconds = 0.2
    await start_command(browser, "silent")
    await browser.click("form.command [type=submit]")
    await browser.wait_for("document.querySelector('.toast')?.innerText.includes('did not respond')")


async def test_the_page_fits_a_phone_and_speaks_to_screen_readers(browser: Browser, stand_in: DiscordStandIn) -> None:
    await stand_in.person("mia").slash("menu", channel="stage")
    await browser.resize(360, 740, phone=True)
    await browser.wait_for("document.querySelector('#open-drawer').getClientRects().length")
    assert await browser.run("return document.documentElement.scrollWidth") <= 360
    unnamed = await browser.run(
        "return [...document.querySelectorAll('button, summary, input, textarea, video, a[href]')]"
        ".filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim() || one.querySelector('img[alt]')))"
        ".map((one) => one.outerHTML)"
    )
    assert unnamed == []
    await browser.click("#open-drawer")
    await browser.click(".channel", "welcome")
    await browser.wait_for("document.querySelector('#channel-name').innerText.includes('welcome')")
