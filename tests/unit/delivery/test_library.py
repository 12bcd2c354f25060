"""The library shows a person their clips and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.delivery import library, showings
from bot.delivery.card import Detour
from bot.delivery.destination import KEPT_RECEIPT, Posted
from bot.delivery.parts import Kind
from bot.delivery.store import leave_notice, unseen_notices
from bot.errors import UnknownJob
from bot.jobs.quote import Requester
from tests.support.clip_rows import delivered, delivering
from tests.support.jobs import MIA, NOW

if TYPE_CHECKING:
    from bot.delivery.library import LibraryPage
    from bot.storage.database import Database, Transaction

ELSEWHERE = Requester(server=2, person=MIA.person)
NOOR = Requester(server=MIA.server, person=99)


def names(page: LibraryPage) -> list[str]:
    return [clip.job.batch for clip in page.clips]


async def filled(database: Database) -> None:
    def fill(tx: Transaction) -> None:
        for number in range(5):
            delivered(tx, f"q{number}", at=NOW + number)
        delivered(tx, "kept", at=NOW + 5, receipt=KEPT_RECEIPT)
        delivered(tx, "elsewhere", at=NOW + 6, requester=ELSEWHERE)
        delivered(tx, "noors", at=NOW + 7, requester=NOOR)
        delivering(tx, "open", at=NOW + 8)

    await database.run(fill)


async def test_clips_are_paged_newest_first(database: Database) -> None:
    await filled(database)
    first = await database.read(lambda tx: library.page_of(tx, MIA.person, size=3))
    last = await database.read(lambda tx: library.page_of(tx, MIA.person, size=3, number=99))
    assert (names(first), first.number, first.pages, first.total) == (["elsewhere", "kept", "q4"], 1, 3, 7)
    assert (names(last), last.number) == (["q0"], 3)


async def test_one_server_or_what_was_kept(database: Database) -> None:
    await filled(database)
    here = await database.read(lambda tx: library.page_of(tx, MIA.person, server=MIA.server))
    kept = await database.read(lambda tx: library.page_of(tx, MIA.person, kept_only=True))
    assert names(here) == ["kept", "q4", "q3", "q2", "q1", "q0"]
    assert names(kept) == ["kept"]
    assert [clip.posted for clip in here.clips[:2]] == [None, Posted(5, 6)]


async def test_a_kept_clip_that_was_shown_since_is_kept_no_more(database: Database) -> None:
    await filled(database)
    message = Posted(8, 80, direct=True)
    await database.run(lambda tx: showings.note(tx, message, ["kept1"], at=NOW))

    kept = await database.read(lambda tx: library.page_of(tx, MIA.person, kept_only=True))
    found = await database.read(lambda tx: library.find(tx, "kept1", MIA.person))

    assert names(kept) == []
    assert (found.posted, found.shown) == (None, message)
    assert found.shown is not None
    assert found.shown.direct
    await database.run(lambda tx: showings.forget(tx, message))
    assert (await database.read(lambda tx: library.find(tx, "kept1", MIA.person))).shown is None


async def test_clips_in_the_making_are_those_of_a_person_in_a_server_or_in_all(database: Database) -> None:
    await filled(database)
    await database.run(lambda tx: delivering(tx, "abroad", at=NOW + 9, requester=ELSEWHERE))

    assert await database.read(lambda tx: library.open_batches(tx, MIA.person, server=MIA.server)) == ["open"]
    assert await database.read(lambda tx: library.open_batches(tx, MIA.person)) == ["open", "abroad"]
    assert await database.read(lambda tx: library.open_batches(tx, NOOR.person)) == []


async def test_an_empty_library_has_one_page(database: Database) -> None:
    page = await database.read(lambda tx: library.page_of(tx, MIA.person))
    assert (page.clips, page.number, page.pages, page.total) == ((), 1, 1, 0)


@pytest.mark.parametrize("job", ["noors1", "nonsense"])
async def test_other_peoples_clips_are_unknown(database: Database, job: str) -> None:
    await filled(database)
    for act in (library.find, library.delete):
        with pytest.raises(UnknownJob):
            await database.run(lambda tx, act=act: act(tx, job, MIA.person))  # type: ignore[misc]
    assert await database.read(lambda tx: library.page_of(tx, NOOR.person).total) == 1


async def test_a_deleted_clip_is_gone_with_its_notice(database: Database) -> None:
    await filled(database)

    def delete(tx: Transaction) -> str:
        clip = library.find(tx, "kept1", MIA.person)
        leave_notice(tx, clip.job, Kind.CLIP, Detour.ASKED, at=NOW)
        return library.delete(tx, "kept1", MIA.person).clip.digest

    assert await database.run(delete)
    assert await database.read(lambda tx: library.digest_of(tx, "kept1")) is None
    assert await database.read(lambda tx: unseen_notices(tx, MIA.person)) == []
    with pytest.raises(UnknownJob):
        await database.read(lambda tx: library.find(tx, "kept1", MIA.person))
