"""Buttons, menus and modals of messages from before a restart work, and gone ones say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox.discord import Upload
from tests.support.discord_trial import EXTENSION
from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def trial(tmp_path: Path) -> AsyncIterator[Theatre]:
    """A bot with a card that has everything."""
    async with open_theatre(tmp_path, cogs=[EXTENSION]) as theatre:
        yield theatre


async def test_a_card_survives_a_restart(trial: Theatre) -> None:
    mia = trial.as_person("Mia")
    card = (await mia.slash("/trial card", subject="rain", revision=3)).message
    assert card is not None
    await trial.restart_bot()

    pressed = await mia.press(card, "Press")
    chosen = await mia.choose(card, "Colour", "red")

    assert pressed.message is not None
    assert pressed.message.content == "pressed rain 3"
    assert chosen.message is not None
    assert chosen.message.content == "chose ['red'] rain"


async def test_what_was_typed_into_a_modal_survives_a_restart(trial: Theatre) -> None:
    mia = trial.as_person("Mia")
    card = (await mia.slash("/trial card", subject="rain", revision=3)).message
    assert card is not None
    opened = await mia.press(card, "Open")
    await trial.restart_bot()

    answer = await mia.submit(opened, line="thunder", picture=[Upload("a.png", b"12345", "image/png")])

    assert answer.message is not None, answer.failure
    assert answer.message.content == "rain 3 thunder [5]"


async def test_a_button_that_nobody_knows_any_more_says_so(trial: Theatre) -> None:
    mia = trial.as_person("Mia")
    card = (await mia.slash("/trial card")).message
    assert card is not None
    trial.cogs = ()
    await trial.restart_bot()

    answer = await mia.press(card, "Press")

    assert answer.message is not None, answer.failure
    assert "out of date" in answer.message.content
