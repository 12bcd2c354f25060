"""The main job of a member in a real browser: from words and from a picture to a clip that plays with sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox.kling.settings import Settings as VendorSettings
from tests.support.browser import CHROMIUM, Browser, page_of, start_command
from tests.support.ordering import picture
from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")

BRISK = VendorSettings(speed=20.0, fixed_submitted=1, fixed_processing=20)
PROMPT = 'A woman on a pier says: "The tide is turning." Gulls cry, waves lap.'
SOUNDS = """
const film = [...document.querySelectorAll('.card video')].at(-1);
film.muted = false;
await film.play();
await new Promise((done) => { film.ontimeupdate = () => film.currentTime > 0.3 && done(); });
return film.webkitAudioDecodedByteCount > 0 && film.videoWidth > 0 && !film.paused;
"""


@pytest.fixture
async def theatre(tmp_path: Path) -> AsyncIterator[Theatre]:
    """A vendor with one slot that takes about a second for a clip."""
    async with open_theatre(tmp_path, vendor=BRISK, slots=1) as running:
        await running.give("Mia", 500)
        yield running


@pytest.fixture
async def browser(tmp_path: Path, theatre: Theatre) -> AsyncIterator[Browser]:
    """The page, opened as Mia in #stage; afterwards it must not have reported any error."""
    async with page_of(theatre.discord.page_url, tmp_path / "profile", height=900) as opened:
        yield opened


async def says(browser: Browser, words: str, *, seconds: float = 20) -> None:
    """Wait until the page shows some words."""
    await browser.wait_for(f"document.querySelector('main').innerText.includes({words!r})", seconds=seconds)


async def plays_with_sound(browser: Browser, clips: int) -> bool:
    """Wait for a number of clips and play the newest."""
    loaded = f"[...document.querySelectorAll('.card video')].filter((one) => one.readyState >= 2).length === {clips}"
    await browser.wait_for(loaded, seconds=25)
    return bool(await browser.run(SOUNDS))


async def test_words_become_a_clip_that_plays_and_again_makes_another(browser: Browser, tmp_path: Path) -> None:
    await start_command(browser, "video text")
    await browser.type(PROMPT)
    await browser.press("Enter")
    await says(browser, "50 credits · 10 per second")
    await browser.screenshot(tmp_path / "quote.png")
    await browser.click(".button", "Confirm")
    await says(browser, "You can close Discord")
    await browser.screenshot(tmp_path / "status.png")

    assert await plays_with_sound(browser, 1)
    await says(browser, "Your clip is ready")
    await browser.screenshot(tmp_path / "result.png")
    await browser.click(".button", "Again")
    await browser.click(".button", "Confirm")
    assert await plays_with_sound(browser, 2)


async def test_the_credit_history_tells_what_a_clip_cost(browser: Browser, tmp_path: Path) -> None:
    await start_command(browser, "video text")
    await browser.type(PROMPT)
    await browser.press("Enter")
    await browser.click(".button", "Confirm")
    await says(browser, "Your clip is ready")
    await start_command(browser, "credits balance")
    await browser.press("Enter")
    await says(browser, "450")
    await browser.click(".button", "History")
    await says(browser, "granted by")

    await says(browser, "set aside for job")
    await says(browser, "were spent")
    await browser.screenshot(tmp_path / "history.png")
    await start_command(browser, "library")
    await browser.press("Enter")
    await says(browser, "Your clips, page 1 of 1")


async def test_a_picture_becomes_a_clip_after_an_edit(browser: Browser, tmp_path: Path) -> None:
    ball = tmp_path / "ball.png"
    ball.write_bytes(picture().data)
    await start_command(browser, "video image")
    await browser.choose_file("form.command input[type=file]", ball)
    await browser.click("form.command textarea")
    await browser.type("The ball glows and a soft bell rings.")
    await browser.press("Enter")
    await browser.wait_for("document.querySelector('.card .thumbnail img')?.naturalWidth > 0", seconds=20)
    await browser.click(".button", "Edit")
    await browser.wait_for("document.querySelector('dialog[open] textarea')")
    await browser.screenshot(tmp_path / "edit.png")
    await browser.click("dialog[open] textarea")
    await browser.type(" It rolls away.")
    await browser.click("dialog [type=submit]")
    await says(browser, "It rolls away.")
    await browser.click(".button", "Confirm")

    assert await plays_with_sound(browser, 1)


async def test_a_waiting_clip_is_cancelled(browser: Browser, theatre: Theatre) -> None:
    theatre.kling.configure(fixed_processing=3600)
    for _ in range(2):
        await start_command(browser, "video text")
        await browser.type(PROMPT)
        await browser.press("Enter")
        await browser.click(".button", "Confirm")
        await browser.wait_for(
            "![...document.querySelectorAll('.button')].some((one) => one.innerText.includes('Confirm'))"
        )
    await says(browser, "place 1 in the queue")
    await browser.run(
        "[...document.querySelectorAll('.button')].filter((one) => one.innerText.endsWith('Cancel')).at(-1).click()"
    )

    await says(browser, "Cancelled in time")
    await says(browser, "Your credits are back")
    assert (await theatre.balance("Mia")).available == 450
