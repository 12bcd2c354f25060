"""Slash commands, options, autocomplete and message commands through the real client."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.discord import DiscordStandIn, Interaction, NotPossibleError, Person, Reply, Upload

if TYPE_CHECKING:
    from tests.support.discord_bot import TestBot

PICTURE = bytes(range(256)) * 300


def content_of(answer: Interaction) -> str:
    """Return what the bot answered."""
    assert answer.failure is None
    assert answer.message is not None
    return answer.message.content


async def test_a_sub_command_gets_its_options(bot: TestBot, mia: Person) -> None:
    answer = await mia.slash("video text", {"prompt": "rain", "mode": "pro", "outputs": 3}, channel="stage")
    assert content_of(answer) == "rain|pro|3"
    assert content_of(await mia.slash("video text", {"prompt": "x" * 1900})).startswith("xxx")
    assert bot.user is not None


async def test_every_kind_of_option_arrives(bot: TestBot, mia: Person) -> None:
    options = {
        "number": 1.5,
        "flag": True,
        "user": "noor",
        "channel": "stage",
        "role": "Moderator",
        "anyone": "Sam",
        "file": Upload("a picture.png", PICTURE),
    }
    answer = await mia.slash("everything", options, channel="stage")
    digest = hashlib.sha256(PICTURE).hexdigest()
    assert content_of(answer) == f"1.5|True|noor|stage|Moderator|sam|image/png|{digest}"
    assert bot.user is not None


@pytest.mark.usefixtures("bot")
async def test_a_client_refuses_what_the_definition_forbids(mia: Person) -> None:
    with pytest.raises(NotPossibleError, match="needs the option 'prompt'"):
        await mia.slash("video text")
    with pytest.raises(NotPossibleError, match="choices"):
        await mia.slash("video text", {"prompt": "x", "mode": "best"})
    with pytest.raises(NotPossibleError, match="from 1 to 4"):
        await mia.slash("video text", {"prompt": "x", "outputs": 5})
    with pytest.raises(NotPossibleError, match="no command"):
        await mia.slash("video missing")


@pytest.mark.usefixtures("bot")
async def test_autocomplete_suggests_and_free_text_is_still_possible(mia: Person) -> None:
    suggestions = await mia.autocomplete("model", "name", "kl")
    assert suggestions.reply is Reply.CHOICES
    assert [choice["value"] for choice in suggestions.choices] == ["kling-2.6", "kling-3.0"]
    assert content_of(await mia.slash("model", {"name": "never offered"})) == "never offered"


@pytest.mark.usefixtures("bot")
async def test_a_message_command_reads_the_message_and_its_file(stand_in: DiscordStandIn, mia: Person) -> None:
    posted = await stand_in.person("noor").say("look", "stage", [Upload("photo.png", PICTURE)])
    answer = await mia.use_on_message("Animate this image", posted)
    assert content_of(answer) == hashlib.sha256(PICTURE).hexdigest()
    assert answer.message in mia.messages("stage")
    assert answer.message not in stand_in.person("noor").messages("stage")


@pytest.mark.usefixtures("bot")
async def test_commands_work_in_threads_and_direct_conversations(mia: Person) -> None:
    for place in ("Rain scene", "The Lighthouse", "@bot"):
        answer = await mia.slash("model", {"name": place}, channel=place)
        assert content_of(answer) == place
        assert mia.messages(place)[-1] is answer.message


async def test_permissions_and_contexts_limit_what_is_offered(bot: TestBot, stand_in: DiscordStandIn) -> None:
    command = bot.tree.get_command("model")
    assert command is not None
    definition: Any = command.to_dict(bot.tree)
    definition |= {"name": "grant", "default_member_permissions": str(1 << 5), "contexts": [0]}
    await bot.http.upsert_global_command(int(stand_in.world.application_id), definition)
    assert "grant" in stand_in.person("sam").commands("stage")
    assert "grant" not in stand_in.person("mia").commands("stage")
    assert "grant" not in stand_in.person("sam").commands("@bot")


async def test_user_installed_commands_are_offered_where_the_bot_is_no_member(bot: TestBot, mia: Person) -> None:
    assert mia.commands("chapter-one") == []
    command = bot.tree.get_command("model")
    assert command is not None
    assert bot.user is not None
    definition: Any = command.to_dict(bot.tree) | {"integration_types": [0, 1], "contexts": [0, 1, 2]}
    await bot.http.upsert_global_command(bot.user.id, definition)
    answer = await mia.slash("model", {"name": "anywhere"}, channel="chapter-one")
    assert content_of(answer) == "anywhere"


async def test_a_client_speaks_the_languages_that_discord_has(stand_in: DiscordStandIn, mia: Person) -> None:
    mia.speak("zh-CN")
    assert mia.user.locale == "zh-CN"
    with pytest.raises(NotPossibleError, match="does not speak 'tlh'"):
        mia.speak("tlh")
    assert stand_in.person("mia").user.locale == "zh-CN"
