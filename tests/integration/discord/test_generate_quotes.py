"""A price binds whom it was shown to, for what was shown, until it is used, changed or too old."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from bot.discord.identifiers import CustomId
from bot.jobs.request import Mode
from bot.preferences import PersonChoices, ServerChoices
from bot.preferences.store import save_person, save_server
from bot.sandbox.discord import Upload
from bot.sandbox.discord.model import CommandType
from tests.support.ordering import CHEAP, PROMPT, confirm, picture, quoted, shown
from tests.support.pressing import forge, hears, id_of
from tests.support.reading import buttons_of, is_private, parts_of, told, words_of

if TYPE_CHECKING:
    from tests.support.theatre import Theatre

MENU = 3
FORM: dict[str, Any] = {"negative": "", "look": ["standard silent"], "format": ["5 1:1"], "outputs": ["1"]}


async def test_edit_makes_the_next_revision_with_its_own_price(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    card = await quoted(mia, seconds=5)
    old, before = copy.deepcopy(card), id_of(card, "Confirm")

    opened = await mia.press(card, "Edit")
    assert opened.modal is not None
    assert PROMPT in str(opened.modal)
    answer = await mia.submit(opened, prompt="Snow instead", **FORM)
    await shown(theatre, answer, "Snow instead", button="Confirm · 15 credits")

    assert "Standard, silent · 5 s · 1:1" in words_of(card)
    assert id_of(card, "Confirm") == str(CustomId("quote", "confirm", before.split(":")[3], 2))
    await hears(theatre, await forge(mia, card, before), "This card has changed meanwhile")
    await hears(theatre, await forge(mia, old, before), "The request changed after this price was shown")
    assert await theatre.jobs("Mia") == []
    await confirm(mia, card)
    await theatre.discord.until(lambda: "Confirm" not in str(buttons_of(card)) or None)
    [job] = await theatre.jobs("Mia")
    assert (job.request.prompt, job.request.mode, job.credits) == ("Snow instead", Mode.STANDARD, 15)


async def test_what_was_typed_into_the_form_survives_a_restart(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    card = await quoted(mia)
    opened = await mia.press(card, "Edit")
    await theatre.restart_bot()

    answer = await mia.submit(opened, prompt="Typed before the restart", **FORM)

    await shown(theatre, answer, "Typed before the restart", button="Confirm")


async def test_two_presses_make_one_job(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    card = await quoted(mia, **CHEAP)
    button = id_of(card, "Confirm")

    answers = [await forge(mia, card, button) for _ in range(3)]
    await theatre.discord.until(lambda: "Confirm" not in str(buttons_of(card)) or None)

    [job] = await theatre.jobs("Mia")
    await theatre.app.engine.wait(job.id)
    assert all(answer.failure is None and not answer.followups for answer in answers)
    assert (await theatre.balance("Mia")).available == 85
    await theatre.check_books()


async def test_nobody_else_can_use_a_quote(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    await theatre.give("Noor", 100)
    mia, noor = theatre.as_person("Mia"), theatre.as_person("Noor")
    card = await quoted(mia, **CHEAP)

    for label in ("Confirm", "Cancel"):
        answer = await forge(noor, card, id_of(card, label))
        await hears(theatre, answer, "belongs to somebody else")
    edit = await forge(noor, card, id_of(card, "Edit"))

    assert "belongs to somebody else" in told(edit)
    assert await theatre.jobs("Noor") == []
    assert (await theatre.balance("Mia")).available == 100
    await confirm(mia, card)


async def test_an_old_price_is_no_longer_good(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    card = await quoted(mia, **CHEAP)
    await theatre.app.database.run(lambda tx: tx.execute("UPDATE quote SET expires_at = 1"))

    answer = await confirm(mia, card)

    await hears(theatre, answer, "Nothing was charged")
    assert (await theatre.balance("Mia")).available == 100


async def test_what_somebody_cannot_pay_cannot_be_confirmed_until_they_can(theatre: Theatre) -> None:
    await theatre.give("Mia", 7)
    mia = theatre.as_person("Mia")
    card = await shown(theatre, await mia.slash("/video text", prompt=PROMPT, **CHEAP), button="Look again")
    assert "8 credits are missing. Ask an administrator of this server" in words_of(card)
    assert buttons_of(card) == ["Look again", "Edit", "Cancel"]
    await theatre.restart_bot()

    await mia.press(card, "Look again")
    await theatre.give("Mia", 8)
    answer = await mia.press(card, "Look again")
    await shown(theatre, answer, "0 left afterwards", button="Confirm · 15 credits")
    assert "missing" not in words_of(card)
    assert "Look again" not in buttons_of(card)

    await confirm(mia, card)
    await theatre.discord.until(lambda: "Confirm" not in str(buttons_of(card)) or None)
    assert len(await theatre.jobs("Mia")) == 1


async def test_credits_that_went_elsewhere_meanwhile_are_missed_and_nothing_is_charged(theatre: Theatre) -> None:
    await theatre.give("Mia", 20)
    mia = theatre.as_person("Mia")
    card = await quoted(mia, **CHEAP)
    await mia.slash("/credits gift", member="Noor", amount=13)

    answer = await confirm(mia, card)

    await hears(theatre, answer, "This needs 15 credits and 7 are available")
    assert "8 credits are missing" in words_of(card)
    assert buttons_of(card) == ["Look again", "Edit", "Cancel"]
    assert await theatre.jobs("Mia") == []
    assert (await theatre.balance("Mia")).available == 7


async def test_who_agreed_in_advance_sees_what_is_missing_too(theatre: Theatre) -> None:
    await theatre.give("Mia", 7)
    mia, at = theatre.as_person("Mia"), theatre.app.clock.now()
    choices = PersonChoices(confirm_limit=50)
    await theatre.app.database.run(lambda tx: save_person(tx, int(mia.person.id), choices, at=at))
    answer = await mia.slash("/video text", prompt=PROMPT, **CHEAP)
    card = await shown(theatre, answer, "8 credits are missing", button="Look again")

    await theatre.give("Mia", 8)
    again = await mia.press(card, "Look again")

    await shown(theatre, again, button="Confirm · 15 credits")
    assert await theatre.jobs("Mia") == [], "looking orders nothing"


async def test_in_direct_messages_the_operator_is_asked_for_credits(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia", channel="@bot")

    card = await shown(theatre, await mia.slash("/video text", prompt=PROMPT, **CHEAP), button="Look again")

    assert "Credits of servers do not count here" in words_of(card)
    assert "administrator" not in words_of(card)


async def test_cancel_leaves_the_words_and_nothing_to_press(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    card = await quoted(mia, **CHEAP)
    button = id_of(card, "Confirm")

    await mia.press(card, "Cancel")
    await theatre.discord.until(lambda: buttons_of(card) == [] or None)

    assert "Rain on neon, a tram passes." in words_of(card)
    late = await forge(mia, card, button)
    await hears(theatre, late, "This card has changed meanwhile")
    assert await theatre.jobs("Mia") == []


async def test_what_cannot_be_made_is_explained_and_can_be_mended(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    answer = await mia.slash("/video text", prompt=PROMPT, mode="standard", audio=True)
    card = await shown(theatre, answer, "This cannot be made yet", button="Edit")
    await theatre.restart_bot()

    opened = await mia.press(card, "Edit")
    changed = await mia.submit(opened, prompt="Snow", **FORM)
    await shown(theatre, changed, "Snow", button="Confirm · 15 credits")

    assert is_private(card)


async def test_a_finding_is_mended_with_one_press(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    answer = await mia.slash("/video text", prompt="A man with a sign says: “Hello there.", seconds=5)
    card = await shown(theatre, answer, button="Apply fixes")
    before = words_of(card)

    await mia.press(card, "Apply fixes")
    await theatre.discord.until(lambda: words_of(card) != before or None)

    assert "Apply fixes" not in buttons_of(card)


async def test_a_setting_is_changed_as_a_finding_suggests(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    answer = await mia.slash("/video text", prompt='A man says: "Hello."', mode="standard", seconds=5)
    card = await shown(theatre, answer, button="Confirm · 15 credits")
    [menu] = parts_of(card, MENU)

    await mia.choose(card, str(menu["custom_id"]), "0")
    await shown(theatre, answer, "with sound", button="Confirm · 50 credits")


async def test_values_that_were_never_offered_are_refused(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")

    unknown = await mia.slash("/video text", prompt=PROMPT, model="kling-99")
    unfit = await mia.slash("/video text", prompt=PROMPT, model="kling-3.0")

    await hears(theatre, unknown, "There is no model")
    card = await shown(theatre, unfit, "This cannot be made yet", button="Edit")
    opened = await mia.press(card, "Edit")
    changed = await mia.submit(opened, prompt=PROMPT, **FORM)
    await shown(theatre, changed, "Kling 2.6", button="Confirm")


@pytest.mark.parametrize("option", [{"mode": "cinema"}, {"seconds": 7}, {"ratio": "21:9"}])
async def test_choices_of_a_forged_client_are_refused(theatre: Theatre, option: dict[str, Any]) -> None:
    mia = theatre.as_person("Mia")
    leaf = mia.person.book.find(mia.person.id, mia.person.channel("stage"), "video text", CommandType.CHAT_INPUT)
    for one in leaf.options:
        one.pop("choices", None)

    answer = await mia.slash("/video text", prompt=PROMPT, **option)

    await hears(theatre, answer, "Nothing was charged")
    assert await theatre.jobs("Mia") == []


async def test_a_price_below_the_persons_limit_needs_no_confirmation(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    await theatre.app.database.run(
        lambda tx: save_person(tx, mia.requester.person, PersonChoices(confirm_limit=20), at=1)
    )

    answer = await mia.slash("/video text", prompt=PROMPT, **CHEAP)
    await theatre.discord.until(lambda: (answer.message and "Refresh" in buttons_of(answer.message)) or None)

    assert len(await theatre.jobs("Mia")) == 1
    await quoted(mia, seconds=5)
    assert len(await theatre.jobs("Mia")) == 1


HOSTILE = [
    "@everyone <@&1> <@2> **bold** [click](https://evil.example) `code` ||secret|| # big",
    "\u202egnp.exe\u202c\u200b\u2066 reversed " + "a\u0301\u0302\u0303\u0304\u0305" * 30,
    "\n".join(["> quote", "- list", "1. one", "### heading", "-# small"] * 3),
    "*_~`|<>[]()#\\" * 190,
]


@pytest.mark.parametrize("prompt", HOSTILE, ids=["markdown", "invisible", "lines", "escapes"])
async def test_hostile_words_do_nothing(theatre: Theatre, prompt: str) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")

    answer = await mia.slash("/video text", prompt=prompt, negative=prompt, **CHEAP)
    card = await shown(theatre, answer, button="Edit")

    words = words_of(card)
    assert card.mentioned_users == []
    assert not card.mentions_everyone
    assert not set("\u202e\u202c\u200b\u2066") & set(words.replace("@\u200b", ""))
    assert "](https" not in words
    assert len(words) <= 4000


async def test_six_thousand_characters_are_too_many_and_are_kept(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")

    answer = await mia.slash("/video text", prompt="rain " * 1200, seconds=5)
    card = await shown(theatre, answer, "too long", button="Edit")
    opened = await mia.press(card, "Edit")

    assert opened.modal is not None
    assert "rain rain" in str(opened.modal)
    assert "The last 2000 of your prompt are missing here" in str(opened.modal)
    [whole] = answer.followups
    assert is_private(whole)
    [file] = whole.attachments
    assert theatre.discord.files.path(file.id).read_text(encoding="utf-8") == "rain " * 1200


async def test_a_form_that_has_all_words_says_nothing_of_missing_ones(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")

    answer = await mia.slash("/video text", prompt="rain " * 800, seconds=5)
    opened = await mia.press(await shown(theatre, answer, "too long", button="Edit"), "Edit")

    assert "missing here" not in str(opened.modal)
    assert answer.followups == []


@pytest.mark.parametrize("prompt", [" ", "\u200b\u2060\u200b"])
async def test_no_words_and_no_picture_is_said_as_it_is(theatre: Theatre, prompt: str) -> None:
    answer = await theatre.as_person("Mia").slash("/video text", prompt=prompt, seconds=5)
    card = await shown(theatre, answer, "No words: nothing says yet what the clip shall show", button="Edit")

    assert "the picture alone decides" not in words_of(card)


@pytest.mark.parametrize("content", [b"GIF89a not a picture", b"<svg/>", b"\x89PNG\r\n\x1a\n cut off"])
async def test_files_that_lie_are_refused(theatre: Theatre, content: bytes) -> None:
    mia = theatre.as_person("Mia")

    answer = await mia.slash("/video image", image=Upload("holiday.png", content, "image/png"), prompt="It moves")

    await hears(theatre, answer, "image")
    assert await theatre.jobs("Mia") == []


async def test_a_picture_that_is_too_small_is_refused_with_its_size(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")

    answer = await mia.slash("/video image", image=picture((120, 90)), prompt="It moves")

    await hears(theatre, answer, "120 x 90 pixels")


async def test_where_others_may_generate_a_stranger_may_not(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    card = await quoted(mia, **CHEAP)
    choices = ServerChoices(generate_roles=frozenset({5}))
    await theatre.app.database.run(lambda tx: save_server(tx, theatre.server, choices, at=1))

    answer = await confirm(mia, card)

    await hears(theatre, answer, "may not make clips")
    assert await theatre.jobs("Mia") == []
