"""Drafts belong to one person, move forward only, and end by themselves."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.errors import Outdated
from bot.jobs.drafts import (
    Draft,
    digests_of_drafts,
    drop_draft,
    drop_expired_drafts,
    forget_drafts_of,
    load_draft,
    save_draft,
)
from bot.jobs.quote import Requester
from bot.jobs.request import Request, StoredFile
from tests.support.books import Books
from tests.support.jobs import MIA, NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

IMAGE = StoredFile(digest="cd" * 32, media_type="image/png", size=1)
DRAFT = Draft("d1", 1, MIA, Request(prompt="", image=IMAGE), NOW)


@pytest.fixture
def books() -> Iterator[Books]:
    """A database of its own for each test."""
    books = Books()
    yield books
    books.close()


def test_a_draft_is_kept_as_it_is(books: Books) -> None:
    books.write(lambda tx: save_draft(tx, DRAFT))

    assert books.write(lambda tx: load_draft(tx, "d1")) == DRAFT
    assert books.write(digests_of_drafts) == {IMAGE.digest}
    books.write(lambda tx: drop_draft(tx, "d1"))
    assert books.write(lambda tx: load_draft(tx, "d1")) is None
    assert books.write(digests_of_drafts) == set()


def test_only_the_next_revision_of_the_same_person_replaces_it(books: Books) -> None:
    books.write(lambda tx: save_draft(tx, DRAFT))
    newer = replace(DRAFT, revision=2, request=Request(prompt="rain"))
    books.write(lambda tx: save_draft(tx, newer))

    for late in (DRAFT, newer, replace(DRAFT, revision=3, requester=Requester(MIA.server, 99))):
        with pytest.raises(Outdated):
            books.write(partial(save_draft, draft=late))
    assert books.write(lambda tx: load_draft(tx, "d1")) == newer


def test_drafts_end_with_their_time_or_with_their_person(books: Books) -> None:
    books.write(lambda tx: save_draft(tx, DRAFT))
    books.write(lambda tx: save_draft(tx, replace(DRAFT, id="d2", expires_at=NOW + 10)))

    assert books.write(lambda tx: drop_expired_drafts(tx, NOW + 1)) == 1
    assert books.write(lambda tx: load_draft(tx, "d2")) is not None
    assert books.write(lambda tx: forget_drafts_of(tx, MIA.person)) == 1
