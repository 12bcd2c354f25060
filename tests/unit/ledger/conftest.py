"""Empty books for every test, and the proof after each that they still add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import ledger
from tests.support.books import Books

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def books() -> Iterator[Books]:
    books = Books()
    yield books
    report = books.read(ledger.audit)
    books.close()
    assert report.clean, "; ".join(str(problem) for problem in report.problems)


@pytest.fixture
def tampered_books() -> Iterator[Books]:
    """Books that a test may spoil."""
    books = Books()
    yield books
    books.close()
