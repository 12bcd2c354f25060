"""One file in the folder of locales is a language: commands, replies, ends of jobs and findings speak it."""

# Chinese punctuation is data here.
# ruff: noqa: RUF001

from __future__ import annotations

import shutil
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import discord
import pytest

from bot.catalog import Catalogue
from bot.clock import RandomIds, SystemClock
from bot.delivery.card import Form, Showing, Text
from bot.discord.errors import Failures
from bot.discord.results import ResultCards
from bot.discord.texts import CommandTranslator
from bot.errors import NotYours, UnknownJob
from bot.jobs import messages
from bot.jobs.state import JobState
from bot.prompts import lint
from bot.texts import LOCALES, SOURCE, Texts
from tests.support.job_rows import QUEUED
from tests.support.offline import offline_bot

if TYPE_CHECKING:
    from pathlib import Path

GERMAN = """
plural = "n != 1"

[commands.video]
name = "film"

[errors]
NotYours = "Das gehört jemand anderem."

[ends]
cancelled = "Du hast rechtzeitig abgebrochen."

[findings]
A004 = "Das Lied lässt offen: {missing}."

[parts]
style = "Stil"
accompaniment = "Begleitung"
"""


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    """The languages of the program and one more file."""
    shutil.copytree(LOCALES, tmp_path / "locales")
    (tmp_path / "locales" / "de.toml").write_text(GERMAN, encoding="utf-8")
    return Texts.load(tmp_path / "locales")


async def test_a_command_has_its_name(texts: Texts, tmp_path: Path) -> None:
    async with offline_bot(tmp_path / "bot") as bot:
        await bot.tree.set_translator(CommandTranslator(texts))
        command = bot.tree.get_command("video")
        assert command is not None
        definition = await command.get_translated_payload(bot.tree, cast("Any", bot.tree.translator))

    assert definition["name_localizations"] == {"de": "film", "zh-CN": "视频"}
    assert set(definition["description_localizations"]) == {"zh-CN"}


def test_a_reply_speaks_it_and_what_it_lacks_is_said_in_english(texts: Texts) -> None:
    failures = Failures(texts, RandomIds(SystemClock()))
    interaction = cast(
        "discord.Interaction[Any]", SimpleNamespace(locale=discord.Locale.german, command=None, data={}, guild_id=None)
    )

    assert failures.sentence(interaction, NotYours()).splitlines()[0] == "Das gehört jemand anderem."
    assert failures.sentence(interaction, UnknownJob("x1")).splitlines()[0] == "There is no job x1."


async def test_the_end_of_a_job_speaks_it(texts: Texts) -> None:
    job = replace(QUEUED, state=JobState.CANCELLED, message=messages.CANCELLED)

    card = await ResultCards(texts, Catalogue.load(), lambda _: "de").notice(job, Showing(Form.WORDS))

    [words] = [block.markdown for block in card.blocks if isinstance(block, Text) and "abgebrochen" in block.markdown]
    assert words == "<@4711> Du hast rechtzeitig abgebrochen."


def test_a_finding_speaks_it(texts: Texts) -> None:
    [finding] = [one for one in lint('A girl sings: "La la la."').findings if one.rule == "A004"]

    told = {locale: texts.tell(locale, finding.message) for locale in ("de", SOURCE, "zh-CN")}

    assert told["de"].startswith("Das Lied lässt offen: Stil, Begleitung, emotion")
    assert told["zh-CN"].startswith("演唱还缺少：风格、伴奏")
    assert told[SOURCE].startswith("The song leaves open: style, accompaniment")
