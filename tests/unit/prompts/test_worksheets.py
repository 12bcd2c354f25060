"""Worksheets are kept for one person, changed one revision after the other, and forgotten after a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import NotYours
from bot.jobs.quote import Requester
from bot.jobs.request import Request
from bot.prompts.templates import TEMPLATES
from bot.prompts.worksheets import (
    VALIDITY,
    Content,
    Step,
    Worksheet,
    WorksheetGone,
    forget_worksheets_of,
    load_worksheet,
    save_worksheet,
    start_worksheet,
)
from bot.storage.migrate import load_migrations, migrate
from bot.storage.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

MIA = Requester(server=1, person=2)
CONTENT = Content(request=Request(prompt=""), step=Step.VOICES).with_draft(TEMPLATES["rap"].draft)
SHEET = Worksheet("one", 1, MIA, CONTENT, changed_at=1000)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    async with await SqliteDatabase.open(tmp_path / "soundstage.db") as opened:
        await opened.run(lambda tx: migrate(tx, load_migrations(), at=0))
        await opened.run(lambda tx: start_worksheet(tx, SHEET))
        yield opened


async def test_everything_comes_back(database: SqliteDatabase) -> None:
    loaded = await database.read(lambda tx: load_worksheet(tx, "one", MIA))

    assert loaded == SHEET
    assert loaded.content.speaker == "MC Rook"
    assert loaded.content.request.prompt == TEMPLATES["rap"].draft.text


@pytest.mark.parametrize("other", [Requester(server=1, person=3), Requester(server=9, person=2)])
async def test_it_is_nobody_elses(database: SqliteDatabase, other: Requester) -> None:
    with pytest.raises(NotYours):
        await database.read(lambda tx: load_worksheet(tx, "one", other))


async def test_of_two_changes_to_one_revision_the_first_counts(database: SqliteDatabase) -> None:
    first, second = (SHEET.changed(CONTENT.with_text(text), at=2000) for text in ("first", "second"))

    assert await database.run(lambda tx: save_worksheet(tx, first))
    assert not await database.run(lambda tx: save_worksheet(tx, second))
    assert (await database.read(lambda tx: load_worksheet(tx, "one", MIA))).content.request.prompt == "first"


async def test_it_is_forgotten_after_a_day_or_on_request(database: SqliteDatabase) -> None:
    def start(sheet_id: str, at: int) -> Worksheet:
        return Worksheet(sheet_id, 1, MIA, CONTENT, at)

    await database.run(lambda tx: start_worksheet(tx, start("two", 1001 + VALIDITY)))
    with pytest.raises(WorksheetGone):
        await database.read(lambda tx: load_worksheet(tx, "one", MIA))

    assert await database.run(lambda tx: forget_worksheets_of(tx, MIA.person)) == 1
    with pytest.raises(WorksheetGone):
        await database.read(lambda tx: load_worksheet(tx, "two", MIA))
