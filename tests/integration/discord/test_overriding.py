"""An error that the catalogue lets a person live with: accepted with one press, shown with the price, asked again."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from tests.support.ordering import confirm, picture, shown
from tests.support.pressing import forge, hears, id_of
from tests.support.reading import buttons_of, is_private, words_of

if TYPE_CHECKING:
    from bot.sandbox.discord.model import Message
    from tests.support.theatre import Actor, Theatre

ONE_VOICE = (
    '[Cook@Voice Nora] stirs the pot. [Cook@Voice Nora]: "Dinner." '
    'Immediately, [Waiter@Voice Nora] turns. [Waiter@Voice Nora]: "Coming."'
)
SAME_SOUND = "would sound the same"
ANYWAY = "Generate anyway"
FORM: dict[str, Any] = {"negative": "", "look": ["professional sound"], "format": ["10"], "outputs": ["1"]}


async def refused(mia: Actor, prompt: str = ONE_VOICE, **options: Any) -> Message:
    """Ask for a clip in which two characters share a voice, and return the card that says so."""
    answer = await mia.slash("/video image", image=picture(), prompt=prompt, **options)
    return await shown(mia.theatre, answer, SAME_SOUND, button="Edit")


async def accepted(mia: Actor) -> Message:
    """Accept the shared voice and return the card with the price."""
    card = await refused(mia, seconds=10)
    return await shown(mia.theatre, await mia.press(card, ANYWAY), "Accepted by you", button="Confirm")


async def test_one_press_turns_the_refusal_into_a_price(theatre: Theatre) -> None:
    await theatre.give("Mia", 500)
    mia = theatre.as_person("Mia")
    card = await accepted(mia)
    assert is_private(card)
    assert SAME_SOUND in words_of(card)
    assert await theatre.jobs("Mia") == []

    await confirm(mia, card)
    await theatre.discord.until(lambda: "Confirm" not in str(buttons_of(card)) or None)

    [job] = await theatre.jobs("Mia")
    assert [one.rule for one in job.request.accepted] == ["V002"]


async def test_what_was_accepted_outlives_a_restart_and_other_settings(theatre: Theatre) -> None:
    await theatre.give("Mia", 500)
    mia = theatre.as_person("Mia")
    card = await accepted(mia)
    await theatre.restart_bot()

    opened = await mia.press(card, "Edit")
    changed = await mia.submit(opened, prompt=ONE_VOICE, **FORM | {"outputs": ["2"]})

    card = await shown(theatre, changed, "2 clips", button="Confirm")
    assert "Accepted by you" in words_of(card)


async def test_other_words_ask_again(theatre: Theatre) -> None:
    await theatre.give("Mia", 100)
    mia = theatre.as_person("Mia")
    card = await accepted(mia)

    opened = await mia.press(card, "Edit")
    changed = await mia.submit(opened, prompt=ONE_VOICE.replace("Dinner", "Lunch"), **FORM)

    card = await shown(theatre, changed, "Lunch", button=ANYWAY)
    assert "Accepted by you" not in words_of(card)


async def test_what_cannot_be_made_cannot_be_accepted(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")

    card = await refused(mia, mode="standard", audio=True)

    assert ANYWAY not in buttons_of(card)
    forged = id_of(card, "Edit").replace("edit", "accept")
    await hears(theatre, await forge(mia, card, forged), "This card has changed meanwhile")
    assert await theatre.app.database.read(lambda tx: tx.rows("SELECT id FROM quote")) == []


async def test_two_presses_make_one_price_and_one_clip(theatre: Theatre) -> None:
    await theatre.give("Mia", 500)
    mia = theatre.as_person("Mia")
    card = await refused(mia, seconds=10)
    button = id_of(card, ANYWAY)

    first, second = await forge(mia, card, button), await forge(mia, card, button)
    await theatre.discord.until(lambda: "Confirm" in str(buttons_of(card)) or None)
    assert (first.failure, second.failure) == (None, None)
    await confirm(mia, card)
    await theatre.discord.until(lambda: "Confirm" not in str(buttons_of(card)) or None)

    assert len(await theatre.jobs("Mia")) == 1
    await theatre.check_books()


async def test_nobody_else_can_accept_it(theatre: Theatre) -> None:
    mia, noor = theatre.as_person("Mia"), theatre.as_person("Noor")
    card = await refused(mia)

    answer = await forge(noor, card, id_of(card, ANYWAY))

    await hears(theatre, answer, "belongs to somebody else")
    assert await theatre.app.database.read(lambda tx: tx.rows("SELECT id FROM quote")) == []
    assert ANYWAY in buttons_of(card)


async def test_an_older_card_accepts_nothing(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    card = await refused(mia)
    old, button = copy.deepcopy(card), id_of(card, ANYWAY)
    opened = await mia.press(card, "Edit")
    changed = await mia.submit(opened, prompt=ONE_VOICE.replace("Dinner", "Lunch"), **FORM)
    await shown(theatre, changed, "Lunch", button=ANYWAY)

    answer = await forge(mia, old, button)

    await hears(theatre, answer, "The request changed after this price was shown")
    assert await theatre.app.database.read(lambda tx: tx.rows("SELECT id FROM quote")) == []


async def test_what_is_in_the_way_at_the_confirmation_is_said_instead_of_charged(theatre: Theatre) -> None:
    await theatre.give("Mia", 500)
    mia = theatre.as_person("Mia")
    card = await accepted(mia)
    forget = """UPDATE quote SET request = json_set(request, '$.accepted', json('[]'))"""
    await theatre.app.database.run(lambda tx: tx.execute(forget))

    await confirm(mia, card)
    await theatre.discord.until(lambda: ANYWAY in buttons_of(card) or None)

    assert await theatre.jobs("Mia") == []
    assert (await theatre.balance("Mia")).available == 500
