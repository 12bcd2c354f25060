"""Settings through the real client: a person's own, and the server's for those who may manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.jobs.request import Mode
from bot.preferences import Defaults, PersonChoices, ServerChoices
from bot.preferences.store import load_person, load_server
from bot.sandbox.discord.permissions import Permission
from tests.support.orders import PRICE, PROMPT
from tests.support.reading import answer_of, buttons_of, is_private, told, words_of
from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.preferences import Terms
    from bot.sandbox.discord import Interaction
    from tests.support.theatre import Actor

OWN = {"mode": "standard", "audio": "off", "seconds": "10", "ratio": "9:16", "confirm": "25"}


@pytest.fixture
async def theatre(tmp_path: Path) -> AsyncIterator[Theatre]:
    """A bot with the settings."""
    async with open_theatre(tmp_path, cogs=["cogs.settings"]) as running:
        yield running


async def server_choices(theatre: Theatre) -> ServerChoices:
    return await theatre.app.database.read(lambda tx: load_server(tx, theatre.server))


async def terms(theatre: Theatre, who: str, *roles: int) -> Terms:
    return await theatre.bot.services.preferences.terms(theatre.as_person(who).requester, roles)


async def form(actor: Actor, button: str) -> Interaction:
    """Open a form from the panel."""
    opened = await actor.press(answer_of(await actor.slash("/settings")), button)
    assert opened.modal is not None, opened.failure
    return opened


def role_id(theatre: Theatre, name: str) -> int:
    guild = theatre.discord.stagehand.guild("Soundstage Demo")
    return int(next(role.id for role in guild.roles if role.name == name))


def channel_id(theatre: Theatre, name: str) -> int:
    return int(theatre.discord.stagehand.channel(name).id)


@pytest.mark.parametrize("channel", ["stage", "@bot", "chapter-one"])
async def test_members_choose_for_themselves_wherever_they_are(theatre: Theatre, channel: str) -> None:
    mia = theatre.as_person("Mia", channel=channel)
    panel = answer_of(await mia.slash("/settings"))
    assert is_private(panel)
    assert buttons_of(panel) == ["Change"]

    changed = answer_of(await mia.submit(await mia.press(panel, "Change"), **OWN))

    assert changed.id == panel.id
    assert "Mode: **Standard**" in words_of(changed)
    assert "**25 credits**" in words_of(changed)
    kept = await theatre.app.database.read(lambda tx: load_person(tx, int(mia.person.id)))
    assert kept == PersonChoices(25, Defaults(mode=Mode.STANDARD, audio=False, seconds=10, ratio="9:16"))
    assert (await terms(theatre, "Mia")).confirm_limit == 25


async def test_a_form_shows_what_is_chosen_and_survives_a_restart(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    await mia.submit(await form(mia, "Change"), **OWN)
    opened = await form(mia, "Change")
    await theatre.restart_bot()

    answer = await mia.submit(opened, audio="auto", confirm="0")

    assert answer.failure is None
    kept = await theatre.app.database.read(lambda tx: load_person(tx, mia.requester.person))
    assert kept == PersonChoices(0, Defaults(mode=Mode.STANDARD, seconds=10, ratio="9:16"))


@pytest.mark.parametrize("typed", ["-1", "1.5", "lots", "9999999", "1e3", "²"])
async def test_a_limit_that_is_no_number_is_refused(theatre: Theatre, typed: str) -> None:
    mia = theatre.as_person("Mia")

    assert "whole number" in told(await mia.submit(await form(mia, "Change"), confirm=typed))
    assert await theatre.app.database.read(lambda tx: load_person(tx, mia.requester.person)) == PersonChoices()


async def test_a_manager_chooses_channels(theatre: Theatre) -> None:
    sam = theatre.as_person("Sam")

    panel = answer_of(
        await sam.submit(
            await form(sam, "Channels"), results=["screening-room"], report=["control-room"], log=["control-room"]
        )
    )

    found = await server_choices(theatre)
    assert found.results_channel == channel_id(theatre, "screening-room")
    assert (found.report_channel, found.log_channel) == (channel_id(theatre, "control-room"),) * 2
    assert f"Clips go to: <#{found.results_channel}>" in words_of(panel)
    assert "⚠️" not in words_of(panel)
    assert (await terms(theatre, "Mia")).results_channel == found.results_channel
    assert (await terms(theatre, "Mia")).results_channel is not None
    await sam.submit(await form(sam, "Channels"), results=[], report=[], log=[])
    assert (await server_choices(theatre)).results_channel is None


async def test_a_channel_in_which_the_bot_may_not_post_is_pointed_out(theatre: Theatre) -> None:
    sam = theatre.as_person("Sam")
    theatre.discord.stagehand.set_bot_permissions("screening-room", deny=int(Permission.ATTACH_FILES))

    panel = answer_of(await sam.submit(await form(sam, "Channels"), results=["screening-room"], report=[], log=[]))

    assert "I need View Channel, Send Messages and Attach Files" in words_of(panel)


async def test_a_manager_says_who_may_generate(theatre: Theatre) -> None:
    sam, member, moderator = theatre.as_person("Sam"), role_id(theatre, "Member"), role_id(theatre, "Moderator")

    await sam.submit(await form(sam, "Roles"), generate=["Moderator"], subscriber=[], priority=["Member"])

    assert not (await terms(theatre, "Mia", member)).may_generate
    assert (await terms(theatre, "Mia", member)).priority == 1
    assert (await terms(theatre, "Noor", moderator)).may_generate


async def test_a_manager_limits_what_is_spent(theatre: Theatre) -> None:
    sam, member = theatre.as_person("Sam"), role_id(theatre, "Member")

    await sam.submit(await form(sam, "Limits"), confirm="10", person="40", server="400")
    panel = answer_of(await sam.submit(await form(sam, "Limit of a role"), role=["Member"], limit="30"))

    assert f"<@&{member}>: 30 credits" in words_of(panel)
    found = await terms(theatre, "Mia", member)
    assert found.confirm_limit == 10
    assert sorted(limit.credits for limit in found.limits) == [30, 40, 400]
    await sam.submit(await form(sam, "Limit of a role"), role=["Member"], limit="")
    assert (await server_choices(theatre)).role_caps == {}
    assert (await server_choices(theatre)).person_cap == 40


@pytest.mark.parametrize("who", ["Mia", "Noor"])
@pytest.mark.parametrize("button", ["Channels", "Roles", "Limits", "Limit of a role"])
async def test_others_cannot_press_what_a_manager_sees(theatre: Theatre, who: str, button: str) -> None:
    other, panel = theatre.as_person(who), answer_of(await theatre.as_person("Sam").slash("/settings"))
    panel.visible_to = other.person.id

    assert "Manage Server" in told(await other.press(panel, button))


async def test_who_lost_the_permission_meanwhile_cannot_submit(theatre: Theatre) -> None:
    sam = theatre.as_person("Sam")
    opened = await form(sam, "Limits")
    guild = theatre.discord.stagehand.guild("Soundstage Demo")
    guild.owner_id = theatre.as_person("Noor").person.id
    guild.members[sam.person.id].role_ids.clear()

    assert "Manage Server" in told(await sam.submit(opened, confirm="1000"))
    assert await server_choices(theatre) == ServerChoices()


async def test_settings_speak_chinese(theatre: Theatre) -> None:
    sam = theatre.as_person("Sam")
    sam.person.user.locale = "zh-CN"

    panel = answer_of(await sam.slash("/settings"))

    assert "本服务器的设置" in words_of(panel)
    opened = await sam.press(panel, "上限")
    assert opened.modal is not None
    assert opened.modal["title"] == "上限"


async def test_a_daily_limit_holds_when_a_clip_is_confirmed(tmp_path: Path, prepared_clips: Path) -> None:
    async with open_theatre(tmp_path, cogs=["cogs.generate", "cogs.settings"], clips=prepared_clips) as theatre:
        mia, sam = theatre.as_person("Mia"), theatre.as_person("Sam")
        await theatre.give("Mia", 100)
        await sam.submit(await form(sam, "Limits"), confirm="", person="20", server="")

        async def confirm() -> Interaction:
            asked = await mia.slash("/video text", prompt=PROMPT, mode="standard", audio=False)
            card = await theatre.discord.until(
                lambda: asked.message if asked.message and asked.message.components else None
            )
            button = next(one for one in buttons_of(card) if one.startswith("Confirm"))
            return await mia.press(card, button)

        await confirm()
        await theatre.discord.until(lambda: any(one.attachments for one in mia.messages()))
        await theatre.app.engine.wait((await theatre.jobs("Mia"))[0].id)
        refused = await confirm()
        await theatre.discord.until(lambda: refused.followups)

        assert "daily limit" in told(refused)
        balance = await theatre.balance("Mia")
        assert (balance.available, balance.held) == (100 - PRICE, 0)
        await theatre.check_books()
