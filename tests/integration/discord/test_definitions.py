"""Every command, button and modal there is, and every one to come: definitions, translations, custom ids."""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord import app_commands

from bot.discord.identifiers import template
from bot.discord.items import StageButton, StageMenu, StageModal
from bot.discord.sync import definitions
from bot.discord.texts import CommandTranslator, keys_of
from bot.texts import Texts
from tests.support.offline import offline_bot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.discord.client import StageBot

NAME = re.compile(r"^[-_'\w]{1,32}$")
MOST_DEFINITION_CHARACTERS = 8000
MOST_MESSAGE_COMMANDS = 5
COMPLETE = ("zh-CN",)
Leaf = app_commands.Command[Any, Any, Any]


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[StageBot]:
    """The bot with all its commands, connected to nothing."""
    async with offline_bot(tmp_path) as bot:
        yield bot


def leaves(bot: StageBot) -> list[Leaf]:
    return [one for one in bot.tree.walk_commands() if isinstance(one, app_commands.Command)]


def parts(definition: Any) -> Iterator[dict[str, Any]]:
    """The definition and everything in it that has a name."""
    yield definition
    for inner in (*definition.get("options", ()), *definition.get("choices", ())):
        yield from parts(inner)


async def test_all_commands_of_the_contract_are_there(bot: StageBot) -> None:
    names = {command.qualified_name for command in leaves(bot)}

    assert names >= {
        *("video text", "video image"),
        *("job show", "job list", "job cancel", "job retry"),
        *("credits balance", "credits history", "credits grant", "credits gift"),
        *("library", "help", "prompt check", "prompt build", "prompt words"),
    }
    assert any(name.startswith("settings") for name in names)
    assert any(name.startswith("privacy") for name in names)
    menus = bot.tree.get_commands(type=discord.AppCommandType.message)
    assert "Animate this image" in {menu.name for menu in menus}
    assert len(menus) <= MOST_MESSAGE_COMMANDS


async def test_every_name_and_description_is_what_discord_takes(bot: StageBot) -> None:
    for definition in await definitions(bot.tree):
        is_menu = definition.get("type", 1) != 1
        for part in parts(definition):
            names = [part["name"], *(part.get("name_localizations") or {}).values()]
            descriptions = [part.get("description", ""), *(part.get("description_localizations") or {}).values()]
            if "value" in part or is_menu:
                assert all(1 <= len(name) <= 100 for name in names), part
                continue
            assert all(NAME.match(name) and name == name.lower() for name in names), part
            assert all(3 <= len(text) <= 100 for text in descriptions), part


async def test_a_definition_fits_in_every_language(bot: StageBot) -> None:
    for definition in await definitions(bot.tree):
        length = 0
        for part in parts(definition):
            for field in ("name", "description"):
                texts = [part.get(field, ""), *(part.get(f"{field}_localizations") or {}).values()]
                length += max(len(text) for text in texts)
            length += len(str(part.get("value", "")))
        assert length <= MOST_DEFINITION_CHARACTERS, definition["name"]


async def test_a_definition_is_the_same_each_time(bot: StageBot) -> None:
    assert json.dumps(await definitions(bot.tree)) == json.dumps(await definitions(bot.tree))


async def test_every_command_says_where_it_works(bot: StageBot) -> None:
    for definition in await definitions(bot.tree):
        assert definition.get("contexts"), definition["name"]
        assert definition.get("integration_types") is not None, definition["name"]


@pytest.mark.parametrize("locale", COMPLETE)
async def test_every_part_of_a_definition_is_translated(bot: StageBot, locale: str) -> None:
    language = bot.services.texts.languages[locale]
    missing = [keys for keys in await asked_for(bot) if not any(key in language.texts for key in keys)]

    assert missing == []


async def test_no_translation_is_left_over(bot: StageBot) -> None:
    wanted = set(itertools.chain.from_iterable(await asked_for(bot)))
    for language in bot.services.texts.languages.values():
        given = {key for key in language.texts if key.startswith(("commands.", "options.", "choices."))}
        assert given <= wanted, given - wanted


async def asked_for(bot: StageBot) -> set[tuple[str, ...]]:
    """The keys of every part that has words; a choice of digits and signs needs no translation."""
    asked: set[tuple[str, ...]] = set()

    class Listener(CommandTranslator):
        async def translate(self, string: Any, _locale: Any, context: Any) -> str | None:
            if re.search(r"[a-z]{2}", string.message):
                asked.add(keys_of(context))
            return None

    await bot.tree.set_translator(Listener(Texts.load()))
    await definitions(bot.tree)
    return asked


async def test_custom_ids_are_disjoint_and_have_one_class_each(bot: StageBot) -> None:
    classes: list[Any] = [*bot.items, *bot.modals]
    patterns = [getattr(one, "pattern", None) or one.__discord_ui_compiled_template__ for one in classes]

    assert all(hasattr(one, "area") and hasattr(one, "action") for one in classes), (
        "use StageButton, StageMenu, StageModal"
    )
    places = [(one.area, one.action) for one in classes]
    assert [pattern.pattern for pattern in patterns] == [template(*place).pattern for place in places]
    assert len(set(places)) == len(places), "two classes have the same custom ids"


async def test_everything_that_can_be_used_is_registered(bot: StageBot) -> None:
    bases = (StageButton, StageMenu, StageModal)
    kinds = {one for base in bases for one in subclasses(base) if not one.__subclasses__()}
    defined = {name_of(one) for one in kinds if one.__module__.startswith("cogs.")}

    assert defined <= {name_of(one) for one in (*bot.items, *bot.modals)}


def name_of(kind: type[Any]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def subclasses(kind: type[Any]) -> set[type[Any]]:
    return set(kind.__subclasses__()).union(*(subclasses(one) for one in kind.__subclasses__()))
