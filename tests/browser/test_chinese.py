"""Somebody who reads Chinese finds Chinese commands and cards on the page, and anybody can choose the language."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox.kling.settings import Settings as VendorSettings
from tests.support.browser import CHROMIUM, Browser, page_of, start_command
from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")

BRISK = VendorSettings(speed=20.0, fixed_submitted=1, fixed_processing=20)
PROMPT = "雨夜的码头。[船长，低沉的嗓音]：“潮水来了。”海鸥在叫。"
COMMANDS = "[...document.querySelectorAll('.palette .command-name')].map((one) => one.innerText)"


@pytest.fixture
async def theatre(tmp_path: Path) -> AsyncIterator[Theatre]:
    """A vendor that takes about a second for a clip, and credits for everybody who is tried here."""
    async with open_theatre(tmp_path, vendor=BRISK) as running:
        await running.give("Lin", 500)
        yield running


def address(theatre: Theatre) -> str:
    """Return where the page is Lin's."""
    return f"{theatre.discord.page_url}#{theatre.as_person('Lin').person.id}/"


@pytest.fixture
async def browser(tmp_path: Path, theatre: Theatre) -> AsyncIterator[Browser]:
    """The page, opened as Lin, whose language is Chinese; afterwards it must not have reported any error."""
    async with page_of(address(theatre), tmp_path / "profile", height=900) as opened:
        yield opened


async def says(browser: Browser, words: str, *, seconds: float = 20) -> None:
    """Wait until the page shows some words."""
    await browser.wait_for(f"document.body.innerText.includes({words!r})", seconds=seconds)


async def test_a_chinese_reader_makes_a_clip_in_chinese(browser: Browser, theatre: Theatre, tmp_path: Path) -> None:
    assert await browser.run("return document.documentElement.lang") == "zh-CN"
    await browser.click("#composer-text")
    await browser.type("/视频")
    await browser.wait_for(f"{COMMANDS}.includes('/视频 文字')")
    await browser.screenshot(tmp_path / "commands.png")
    await browser.press("ArrowDown", "Enter")
    await browser.wait_for("document.querySelector('form.command')")
    await browser.type(PROMPT)
    await browser.click(".chip", "模式")
    await browser.wait_for("document.querySelector('.field-box [role=option]')")
    await browser.type("标准")
    await browser.press("Enter")
    await browser.screenshot(tmp_path / "options.png")
    await browser.click("form.command [type=submit]")

    await says(browser, "标准模式")
    await says(browser, "只有您能看到")
    await browser.screenshot(tmp_path / "quote.png")
    await browser.click(".button", "确认")
    await says(browser, "您可以关闭 Discord")
    await browser.wait_for("document.querySelector('.card video')?.readyState >= 2", seconds=25)
    await browser.screenshot(tmp_path / "result.png")
    [job] = await theatre.jobs("Lin")
    assert (job.locale, job.request.prompt, job.request.mode) == ("zh-CN", PROMPT, "standard")


async def test_the_language_is_chosen_in_the_menu_and_remembered(browser: Browser, theatre: Theatre) -> None:
    await browser.click("#person summary")
    await browser.click(".language", "English")
    await browser.wait_for("document.documentElement.lang === 'en-US'")
    await says(browser, "Type / and pick a command")
    assert theatre.as_person("Lin").person.user.locale == "en-US"
    await browser.open("about:blank")
    await browser.open(address(theatre))
    await browser.wait_for("document.querySelector('.message')")
    await says(browser, "Type / and pick a command")

    await browser.click("#person summary")
    await browser.click(".language", "中文")
    await says(browser, "输入 / 选择命令")
    await start_command(browser, "credits balance")
    assert await browser.run("return document.querySelector('form.command .command-name').innerText") == "/积分 余额"
    await browser.press("Enter")
    await browser.wait_for("document.querySelector('.reference .command-name')?.innerText === '/积分 余额'")
    await says(browser, "500")
