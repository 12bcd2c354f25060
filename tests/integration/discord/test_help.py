"""Help through the real client: short, friendly, and with an example that works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.catalog import Catalogue
from bot.jobs.request import Request
from bot.prompts import LintContext, lint
from bot.texts import Texts
from tests.support.reading import answer_of, buttons_of, is_private, words_of
from tests.support.theatre import open_theatre

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = Texts.load()


async def test_help_leads_to_a_price(tmp_path: Path) -> None:
    async with open_theatre(tmp_path, cogs=["cogs.generate", "cogs.help"]) as theatre:
        await theatre.give("Mia", 100)
        mia = theatre.as_person("Mia")

        card = answer_of(await mia.slash("/help"))
        assert is_private(card)
        assert "/video text" in words_of(card)
        answer = await mia.press(card, "Show me its price")
        await theatre.discord.until(lambda: answer.message is not None and "barista" in words_of(answer.message))

        assert any(label.startswith("Confirm") for label in buttons_of(answer_of(answer)))
        assert await theatre.jobs("Mia") == []


async def test_help_speaks_chinese(tmp_path: Path) -> None:
    async with open_theatre(tmp_path, cogs=["cogs.help"]) as theatre:
        mia = theatre.as_person("Mia")
        mia.person.user.locale = "zh-CN"

        assert "看看价格" in buttons_of(answer_of(await mia.slash("/help")))


@pytest.mark.parametrize("locale", sorted(TEXTS.languages))
def test_the_example_is_a_good_prompt(locale: str) -> None:
    request = Request(prompt=TEXTS.say(locale, "help.example"))

    assert [finding.rule for finding in lint(request.prompt, LintContext.from_request(request)).findings] == []
    assert Catalogue.load().check(request) == []
