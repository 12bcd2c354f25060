"""A bad prompt is checked and mended, and a good one built from a template, by a person in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.browser import CHROMIUM, Browser, page_of, start_command
from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")

BAD = 'A kitchen at night. [Cook, warm voice] stirs a pot and says: "It is ready. [Guest, hoarse voice] says: "Finally'


@pytest.fixture
async def theatre(tmp_path: Path) -> AsyncIterator[Theatre]:
    """Both stand-ins and the bot with all its commands."""
    async with open_theatre(tmp_path) as running:
        yield running


@pytest.fixture
async def browser(tmp_path: Path, theatre: Theatre) -> AsyncIterator[Browser]:
    """The page, opened as Mia in #stage; afterwards it must not have reported any error."""
    async with page_of(theatre.discord.page_url, tmp_path / "profile", height=1100) as opened:
        yield opened


async def sees(browser: Browser, text: str) -> None:
    """Wait until the page shows a text."""
    await browser.wait_for(f"document.body.innerText.includes({text!r})")


async def test_a_bad_prompt_is_mended(browser: Browser, tmp_path: Path) -> None:
    await start_command(browser, "prompt check")
    await browser.type(BAD)
    await browser.click("form.command [type=submit]")
    await sees(browser, "no closing quotation mark")
    await browser.screenshot(tmp_path / "check.png")

    await browser.click(".button", "Apply all safe fixes")
    await sees(browser, "Changed:")
    await browser.screenshot(tmp_path / "fixed.png")

    assert not await browser.run("return document.body.innerText.includes('no closing quotation mark')")


async def test_a_prompt_is_built_from_a_template_and_priced(browser: Browser, theatre: Theatre, tmp_path: Path) -> None:
    await theatre.give("Mia", 200)
    await start_command(browser, "prompt build")
    await browser.click("form.command [type=submit]")
    await sees(browser, "Choose a kind of clip")
    await browser.screenshot(tmp_path / "start.png")
    await browser.click(".menu-opener", "Choose a kind of clip")
    await browser.click("[role=option]", "Interview")
    await browser.wait_for("document.querySelector('dialog[open] textarea')")
    await browser.screenshot(tmp_path / "form.png")
    await browser.click("dialog [type=submit]")
    await sees(browser, "how each of them sounds")
    await browser.screenshot(tmp_path / "voices.png")
    await browser.click(".menu-opener", "Pace")
    await browser.click("[role=option]", "Fast talking")
    await sees(browser, "fast talking, clear voice]")
    await browser.click(".button", "Sounds")
    await sees(browser, "what is heard besides")
    await browser.screenshot(tmp_path / "sounds.png")
    await browser.click(".button", "Check")
    await sees(browser, "What this prompt says")
    await browser.screenshot(tmp_path / "checked.png")
    await browser.click(".button", "Make this clip")
    await sees(browser, "Confirm · 50 credits")
    await browser.screenshot(tmp_path / "quote.png")
