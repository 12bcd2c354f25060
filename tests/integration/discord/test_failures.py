"""Whatever fails, the person gets one sentence that only they see, and the log knows the reference."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest
from discord import app_commands

from bot.sandbox.discord import Fault, Reply
from bot.sandbox.discord.model import MessageFlag
from tests.support.discord_trial import EXTENSION
from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox.discord import Interaction

FORESEEN = "This needs 50 credits and 7 are available."


@pytest.fixture
async def trial(tmp_path: Path) -> AsyncIterator[Theatre]:
    """A bot with commands that fail."""
    async with open_theatre(tmp_path, cogs=[EXTENSION]) as theatre:
        yield theatre


def told(answer: Interaction) -> str:
    """What the person was told, and only they."""
    said = answer.followups[-1] if answer.followups else answer.message
    assert answer.failure is None
    assert said is not None
    assert said.flags & MessageFlag.EPHEMERAL
    return said.content


@pytest.mark.parametrize("when", ["first", "deferred", "answered"])
async def test_a_foreseen_failure_of_a_command_is_its_sentence(trial: Theatre, when: str) -> None:
    answer = await trial.as_person("Mia").slash("/trial fail", how="foreseen", when=when)
    await trial.discord.until(lambda: when == "first" or len(answer.followups) or _edited(answer))

    assert FORESEEN in told(answer)


def _edited(answer: Interaction) -> bool:
    return answer.message is not None and FORESEEN in answer.message.content


@pytest.mark.parametrize("how", ["foreseen", "unforeseen"])
async def test_every_failure_gives_a_reference_that_the_log_knows(
    trial: Theatre, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    with caplog.at_level(logging.INFO):
        answer = await trial.as_person("Mia").slash("/trial fail", how=how)

    sentence = told(answer)
    found = re.search(r"Reference: `(\w{16})`", sentence)
    assert found
    assert "lamp" not in sentence
    record = next(record for record in caplog.records if getattr(record, "reference", None) == found[1])
    assert getattr(record, "command", None) == "trial fail"


async def test_a_failure_is_told_in_the_language_of_the_reader(trial: Theatre) -> None:
    mia = trial.as_person("Mia")
    mia.person.user.locale = "zh-CN"

    assert "编号" in told(await mia.slash("/trial fail", how="unforeseen"))


@pytest.mark.parametrize(("button", "sentence"), [("Foreseen", FORESEEN), ("Unforeseen", "Reference: ")])
async def test_a_failing_button_is_answered(trial: Theatre, button: str, sentence: str) -> None:
    mia = trial.as_person("Mia")
    card = (await mia.slash("/trial card")).message
    assert card is not None

    assert sentence in told(await mia.press(card, button))


async def test_a_failing_menu_and_modal_are_answered(trial: Theatre) -> None:
    mia = trial.as_person("Mia")
    card = (await mia.slash("/trial card")).message
    assert card is not None

    assert FORESEEN in told(await mia.choose(card, "Colour", "foreseen"))
    opened = await mia.press(card, "Open")
    assert FORESEEN in told(await mia.submit(opened, line="foreseen"))


async def test_a_failing_autocomplete_offers_nothing_and_the_command_still_runs(trial: Theatre) -> None:
    mia = trial.as_person("Mia")

    assert await mia.autocomplete("/trial fail", "how", "unforeseen") == []
    assert (await mia.slash("/trial fail", how="none")).reply is Reply.MESSAGE


async def test_a_command_that_this_version_does_not_have_says_so(trial: Theatre) -> None:
    trial.bot.tree.remove_command("trial")

    assert "out of date" in told(await trial.as_person("Mia").slash("/trial fail", how="none"))


async def test_a_failed_check_is_a_refusal(trial: Theatre) -> None:
    command = trial.bot.tree.get_command("trial")
    assert isinstance(command, app_commands.Group)
    leaf = command.get_command("fail")
    assert isinstance(leaf, app_commands.Command)
    leaf.add_check(lambda _: False)

    assert "You may not do this here" in told(await trial.as_person("Mia").slash("/trial fail", how="none"))


async def test_nothing_is_said_where_nobody_can_be_told_any_more(
    trial: Theatre, caplog: pytest.LogCaptureFixture
) -> None:
    trial.discord.faults.add(
        Fault(route="POST /interactions/{interaction_id}/{token}/callback", status=404, code=10062)
    )
    trial.discord.interactions.answer_seconds = 0.3

    with caplog.at_level(logging.INFO):
        answer = await trial.as_person("Mia").slash("/trial fail", how="foreseen")

    assert answer.failure is not None
    assert "could not be told" in caplog.text
    assert "Traceback" not in caplog.text
