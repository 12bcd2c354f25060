"""Credits from slash commands: balance, history, grants and gifts, through the real client."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from bot.errors import LedgerDrift, PostingConflict
from bot.ledger import AuditReport, Cap, Problem, allowance, capture, grant, hold
from bot.preferences import ServerChoices
from bot.preferences.store import save_server
from bot.sandbox.discord.permissions import Permission
from cogs.credits._views import desk_of
from tests.support.reading import answer_of, buttons_of, is_private, told, words_of
from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def theatre(tmp_path: Path) -> AsyncIterator[Theatre]:
    """A bot with the commands about credits."""
    async with open_theatre(tmp_path, cogs=["cogs.credits"]) as running:
        yield running
        await running.check_books()


async def choose(theatre: Theatre, **choices: Any) -> None:
    """Let the demo server choose."""
    at = theatre.app.clock.now()
    await theatre.app.database.run(lambda tx: save_server(tx, theatre.server, ServerChoices(**choices), at=at))


async def test_a_balance_shows_what_expires_and_what_is_held(theatre: Theatre) -> None:
    mia, at = theatre.as_person("Mia"), theatre.app.clock.now()
    await theatre.give("Mia", 40)
    await theatre.app.database.run(
        lambda tx: (
            allowance(tx, owner=mia.requester.owner, period="day", amount=10, expires_at=at + 86_400_000, at=at),
            hold(tx, job="j", owner=mia.requester.owner, amount=15, at=at),
        )
    )

    said = told(await mia.slash("/credits balance"))

    assert "**35** credits to spend" in said
    assert "15 more are set aside" in said
    assert "expire" not in said, "the allowance was drawn first and is used up"


async def test_a_balance_tells_when_credits_expire_and_what_today_allows(theatre: Theatre) -> None:
    mia, at = theatre.as_person("Mia"), theatre.app.clock.now()
    await choose(theatre, person_cap=50)
    await theatre.app.database.run(
        lambda tx: allowance(tx, owner=mia.requester.owner, period="d", amount=10, expires_at=at + 86_400_000, at=at)
    )
    day = datetime.fromtimestamp(at / 1000, UTC).date().isoformat()
    cap = Cap(f"person:{theatre.server}:{mia.person.id}", day, 50)
    await theatre.app.database.run(lambda tx: hold(tx, job="j", owner=mia.requester.owner, amount=4, caps=[cap], at=at))

    said = told(await mia.slash("/credits balance"))

    assert f"6 expire <t:{(at + 86_400_000) // 1000}:R>" in said
    assert "used 4 of your 50 credits a day" in said


async def test_a_newcomer_learns_where_credits_come_from(theatre: Theatre) -> None:
    said = told(await theatre.as_person("Mia").slash("/credits balance"))

    assert "**0** credits" in said
    assert "administrator" in said


async def test_credits_are_spoken_of_in_the_language_of_the_reader(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    mia.person.user.locale = "zh-CN"
    await theatre.give("Mia", 7)

    assert "可用积分 **7**" in told(await mia.slash("/credits balance"))
    assert "成员" in told(await mia.slash("/credits gift", member="Soundstage", amount=1))


async def test_an_administrator_grants_and_takes_back(theatre: Theatre) -> None:
    sam = theatre.as_person("Sam")

    given = await sam.slash("/credits grant", member="Mia", amount=50, note="For the <@&1> *premiere*")
    taken = await sam.slash("/credits grant", member="Mia", amount=-20)

    assert "**50** credits" in told(given)
    assert "**20** credits" in told(taken)
    assert (await theatre.balance("Mia")).permanent == 30
    history = told(await theatre.as_person("Mia").slash("/credits history"))
    assert f"`+50` granted by <@{sam.person.id}>" in history
    assert "\\*premiere\\*" in history
    assert "<@&1>" not in history
    assert "`-20` taken back" in history


@pytest.mark.parametrize(
    ("actor", "says", "in_chinese"),
    [
        ("sandbox", "granted by the sandbox", "由 沙盒 发放"),
        ("terminal", "granted by the operator of the bot", "由 机器人运营者 发放"),
        ("server:1/erased:x", "granted by somebody whose data was deleted", "由 已删除数据的人 发放"),
    ],
)
async def test_a_history_says_who_gave_credits_without_a_command(
    theatre: Theatre, actor: str, says: str, in_chinese: str
) -> None:
    mia, at = theatre.as_person("Mia"), theatre.app.clock.now()
    await theatre.app.database.run(
        lambda tx: grant(tx, command="c", owner=mia.requester.owner, amount=9, actor=actor, note="", at=at)
    )

    assert f"`+9` {says}" in told(await mia.slash("/credits history"))
    mia.person.user.locale = "zh-CN"
    assert in_chinese in told(await mia.slash("/credits history"))


async def test_what_a_clip_cost_is_not_shown_as_if_it_was_paid_twice(theatre: Theatre) -> None:
    mia, at = theatre.as_person("Mia"), theatre.app.clock.now()
    await theatre.give("Mia", 40)
    await theatre.app.database.run(
        lambda tx: (
            hold(tx, job="j", owner=mia.requester.owner, amount=15, at=at),
            capture(tx, job="j", amount=12, at=at),
            hold(tx, job="k", owner=mia.requester.owner, amount=5, at=at),
            capture(tx, job="k", amount=5, at=at),
        )
    )

    said = told(await mia.slash("/credits history"))

    assert "`-15` set aside for job `j`" in said
    assert "`+3` 12 of those set aside for job `j` were spent, the others came back" in said
    assert "`±0` the 5 set aside for job `k` were spent" in said


async def test_nobody_takes_back_more_than_there_is(theatre: Theatre) -> None:
    await theatre.give("Mia", 5)

    said = told(await theatre.as_person("Sam").slash("/credits grant", member="Mia", amount=-6))

    assert "there are 5 of them" in said
    assert (await theatre.balance("Mia")).permanent == 5


@pytest.mark.parametrize("who", ["Mia", "Noor"])
async def test_only_administrators_grant(theatre: Theatre, who: str) -> None:
    said = told(await theatre.as_person(who).slash("/credits grant", member=who, amount=1000))

    assert "Only administrators" in said
    assert (await theatre.balance(who)).available == 0


async def test_a_grant_is_logged_where_the_server_wants_it(theatre: Theatre) -> None:
    channel = theatre.discord.stagehand.channel("control-room")
    await choose(theatre, log_channel=int(channel.id))
    sam, noor = theatre.as_person("Sam"), theatre.as_person("Noor")

    await sam.slash("/credits grant", member="Mia", amount=12, note="prize")

    logged = await noor.sees(lambda message: "12" in words_of(message), channel="control-room")
    assert f"<@{sam.person.id}> gave" in words_of(logged)
    assert "prize" in words_of(logged)


async def test_a_grant_that_cannot_be_logged_says_so(theatre: Theatre) -> None:
    channel = theatre.discord.stagehand.channel("control-room")
    await choose(theatre, log_channel=int(channel.id))
    theatre.discord.stagehand.set_bot_permissions("control-room", deny=int(Permission.SEND_MESSAGES))

    answer = await theatre.as_person("Sam").slash("/credits grant", member="Mia", amount=12)
    await theatre.discord.until(lambda: answer.followups)

    assert "log channel" in told(answer)
    assert (await theatre.balance("Mia")).available == 12


async def test_a_gift_is_seen_by_everybody_and_mentions_the_one_who_gets_it(theatre: Theatre) -> None:
    await theatre.give("Mia", 30)
    mia, noor = theatre.as_person("Mia"), theatre.as_person("Noor")

    answer = answer_of(await mia.slash("/credits gift", member="Noor", amount=20, note="@everyone popcorn"))

    assert not is_private(answer)
    assert answer.mentioned_users == [noor.person.id]
    assert not answer.mentions_everyone
    assert ((await theatre.balance("Mia")).permanent, (await theatre.balance("Noor")).permanent) == (10, 20)
    assert f"`-20` gift to <@{noor.person.id}>" in told(await mia.slash("/credits history"))
    assert f"`+20` gift from <@{mia.person.id}>" in told(await noor.slash("/credits history"))


@pytest.mark.parametrize(
    ("recipient", "amount", "says"),
    [("Mia", 5, "to oneself"), ("Soundstage", 5, "member of this server"), ("Noor", 31, "there are 30 of them")],
)
async def test_a_gift_that_cannot_be_moves_nothing(theatre: Theatre, recipient: str, amount: int, says: str) -> None:
    await theatre.give("Mia", 30)

    said = told(await theatre.as_person("Mia").slash("/credits gift", member=recipient, amount=amount))

    assert says in said
    assert (await theatre.balance("Mia")).permanent == 30


async def test_an_allowance_cannot_be_given_away(theatre: Theatre) -> None:
    mia, at = theatre.as_person("Mia"), theatre.app.clock.now()
    await theatre.app.database.run(
        lambda tx: allowance(tx, owner=mia.requester.owner, period="d", amount=10, expires_at=at + 86_400_000, at=at)
    )

    assert "Only permanent credits" in told(await mia.slash("/credits gift", member="Noor", amount=10))
    mia.person.user.locale = "zh-CN"
    assert "只有永久积分" in told(await mia.slash("/credits gift", member="Noor", amount=10))


async def test_a_grant_of_nothing_is_refused(theatre: Theatre) -> None:
    assert "other than 0" in told(await theatre.as_person("Sam").slash("/credits grant", member="Mia", amount=0))


async def test_gifts_need_a_server_of_the_bot(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")

    for channel in ("@bot", "chapter-one"):
        said = told(await mia.slash("/credits gift", channel=channel, member="Noor", amount=1))
        assert "only in a server" in said


async def test_the_same_command_twice_moves_credits_once(theatre: Theatre) -> None:
    await theatre.give("Mia", 30)
    mia, noor, sam = (theatre.as_person(name).requester for name in ("Mia", "Noor", "Sam"))
    desk = desk_of(theatre.bot.services)

    for _ in range(2):
        await desk.gift(mia, noor, 10, command="77")
        await desk.grant(noor, 5, actor=sam, command="78")
    with pytest.raises(PostingConflict):
        await desk.gift(mia, noor, 11, command="77")

    assert (await theatre.balance("Noor")).permanent == 15


async def test_nothing_moves_while_the_books_are_wrong(theatre: Theatre) -> None:
    await theatre.give("Mia", 30)
    theatre.app.engine.housekeeping.spending.observe(AuditReport(1, (Problem("r", "s", 1, 2),)))

    said = told(await theatre.as_person("Mia").slash("/credits gift", member="Noor", amount=3))
    with pytest.raises(LedgerDrift):
        await desk_of(theatre.bot.services).grant(
            theatre.as_person("Mia").requester, 1, actor=theatre.as_person("Sam").requester, command="9"
        )

    assert "paused" in said
    assert "**30** credits" in told(await theatre.as_person("Mia").slash("/credits balance"))


async def test_a_history_is_leafed_through_and_survives_a_restart(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    for amount in range(1, 24):
        await theatre.give("Mia", amount)

    first = answer_of(await mia.slash("/credits history"))
    assert buttons_of(first) == ["Older"]
    assert "`+23`" in words_of(first)
    assert "`+13`" not in words_of(first)
    second = answer_of(await mia.press(first, "Older"))
    assert "`+13`" in words_of(second)
    await theatre.restart_bot()
    third = answer_of(await mia.press(second, "Older"))
    assert buttons_of(third) == ["Newer"]
    assert "`+1` granted by the operator of the bot" in words_of(third)
    assert third.id == first.id
