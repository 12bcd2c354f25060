"""Which occasions a rule strikes."""

import pytest

from bot.sandbox.kling.faults import AnswerFault, FaultBook, Moment, Operation, Subject, TaskFault
from bot.sandbox.kling.models import Product

TEXT = Subject(product=Product.TEXT_TO_VIDEO, external_task_id="job-1")


def strikes(book: FaultBook, occasions: int, subject: Subject = TEXT) -> list[bool]:
    return [book.answers(Operation.CREATE, Moment.BEFORE, subject) is not None for _ in range(occasions)]


def test_skip_and_times_bound_a_rule() -> None:
    book = FaultBook(1)
    book.add(AnswerFault(skip=2, times=3))
    assert strikes(book, 7) == [False, False, True, True, True, False, False]


@pytest.mark.parametrize("share", [0.05, 0.1, 0.5])
def test_a_share_is_kept_over_many_occasions(share: float) -> None:
    book = FaultBook(1)
    book.add(AnswerFault(share=share))
    assert sum(strikes(book, 10_000)) == pytest.approx(10_000 * share, rel=0.1)


def test_the_same_seed_strikes_the_same_occasions() -> None:
    first, second, other = FaultBook(1), FaultBook(1), FaultBook(2)
    for book in (first, second, other):
        book.add(AnswerFault(share=0.5))
    outcome = strikes(first, 100)
    assert outcome == strikes(second, 100)
    assert outcome != strikes(other, 100)


def test_a_rule_is_independent_of_how_often_others_are_asked() -> None:
    alone, together = FaultBook(1), FaultBook(1)
    alone.add(TaskFault(share=0.5), AnswerFault(share=0.5))
    together.add(TaskFault(share=0.5), AnswerFault(share=0.5))
    for _ in range(50):
        together.tasks(TEXT)
    assert strikes(alone, 50) == strikes(together, 50)


def test_a_rule_looks_at_product_and_external_id() -> None:
    book = FaultBook(1)
    book.add(AnswerFault(product=Product.IMAGE_TO_VIDEO), AnswerFault(external_task_id="job-2"))
    assert strikes(book, 1) == [False]
    assert strikes(book, 1, Subject(Product.IMAGE_TO_VIDEO, "job-1")) == [True]
    assert strikes(book, 1, Subject(Product.TEXT_TO_VIDEO, "job-2")) == [True]


def test_other_moments_and_operations_are_not_occasions() -> None:
    book = FaultBook(1)
    book.add(AnswerFault(times=1))
    assert book.answers(Operation.CREATE, Moment.AFTER, TEXT) is None
    assert book.answers(Operation.QUERY, Moment.BEFORE, TEXT) is None
    assert strikes(book, 1) == [True]


def test_the_first_rule_that_strikes_an_answer_wins_but_every_rule_strikes_a_task() -> None:
    book = FaultBook(1)
    book.add(AnswerFault(code=1302), AnswerFault(code=1303), TaskFault(message="one"), TaskFault(message="two"))
    fault = book.answers(Operation.CREATE, Moment.BEFORE, TEXT)
    assert fault is not None
    assert fault.code == 1302
    assert [fault.message for fault in book.tasks(TEXT)] == ["one", "two"]
