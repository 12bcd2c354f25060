"""One person reports one clip once; what was told first stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.moderation.reports import (
    DETAILS_LENGTH,
    Reason,
    Report,
    file_report,
    forget_reports_by,
    reports_by,
    reports_of_server,
)
from tests.support.books import Books
from tests.support.clip_rows import delivered
from tests.support.jobs import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def books() -> Iterator[Books]:
    """A database of its own for each test."""
    books = Books()
    yield books
    books.close()


@pytest.fixture
def report(books: Books) -> Report:
    """A report about a clip that exists, not filed yet."""
    job = books.write(lambda tx: delivered(tx, "q1"))
    return Report("r1", job.id, job.requester.server, 7, Reason.PERSON, "That is me.", NOW)


def test_a_report_is_kept_and_found(books: Books, report: Report) -> None:
    assert books.write(lambda tx: file_report(tx, report)) == report

    assert books.write(lambda tx: reports_of_server(tx, report.server)) == [report]
    assert books.write(lambda tx: reports_of_server(tx, report.server + 1)) == []
    assert books.write(lambda tx: reports_by(tx, report.person)) == [report]


def test_a_second_report_of_the_same_person_changes_nothing(books: Books, report: Report) -> None:
    books.write(lambda tx: file_report(tx, report))

    again = books.write(
        lambda tx: file_report(tx, replace(report, id="r2", reason=Reason.OTHER, details="changed my mind"))
    )
    other = books.write(lambda tx: file_report(tx, replace(report, id="r3", person=8)))

    assert again == report
    assert other.id == "r3"
    assert len(books.write(lambda tx: reports_of_server(tx, report.server))) == 2


def test_long_details_are_cut_and_a_person_can_be_forgotten(books: Books, report: Report) -> None:
    kept = books.write(lambda tx: file_report(tx, replace(report, details="x" * 5000)))

    assert len(kept.details) == DETAILS_LENGTH
    assert books.write(lambda tx: forget_reports_by(tx, report.person)) == 1
    assert books.write(lambda tx: reports_by(tx, report.person)) == []
