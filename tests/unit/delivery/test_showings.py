"""Messages that show clips are known, removed once, and given up after some days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.delivery import library, showings
from bot.delivery.destination import KEPT_RECEIPT, Posted
from bot.errors import ClipGone
from tests.support.clip_rows import delivered
from tests.support.jobs import MIA, NOW

if TYPE_CHECKING:
    from bot.storage.database import Database, Transaction

DAY = 86_400_000
FILM = Posted(7, 70)


def film_of_two(tx: Transaction) -> None:
    for name in ("first", "second"):
        delivered(tx, name, receipt=KEPT_RECEIPT)
    showings.note(tx, FILM, ["first1", "second1"], at=NOW)


async def test_a_film_is_asked_for_once_whichever_clip_goes(database: Database) -> None:
    await database.run(film_of_two)

    first = await database.run(lambda tx: showings.take_down(tx, "first1", at=NOW))
    second = await database.run(lambda tx: showings.take_down(tx, "second1", at=NOW))

    assert (first, second) == ({FILM}, set())
    assert await database.read(showings.to_remove) == [FILM]
    await database.run(lambda tx: showings.removed(tx, FILM))
    assert await database.read(showings.to_remove) == []


async def test_nothing_shows_a_clip_that_was_deleted_meanwhile(database: Database) -> None:
    await database.run(film_of_two)
    await database.run(lambda tx: library.delete(tx, "second1", MIA.person))

    with pytest.raises(ClipGone):
        await database.run(lambda tx: showings.note(tx, Posted(7, 71), ["first1", "second1"], at=NOW))

    assert await database.run(lambda tx: showings.take_down(tx, "first1", at=NOW)) == {FILM}


async def test_what_cannot_be_removed_is_given_up_after_days(database: Database) -> None:
    await database.run(film_of_two)
    await database.run(lambda tx: showings.take_down(tx, "first1", at=NOW))
    end = NOW + showings.GIVE_UP_DAYS * DAY

    assert await database.run(lambda tx: showings.give_up(tx, at=end - 1)) == 0
    assert await database.read(showings.to_remove) == [FILM]
    assert await database.run(lambda tx: showings.give_up(tx, at=end)) == 1
    assert await database.read(showings.to_remove) == []
