"""What counts for one request, put together from the configuration, the server and the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.catalog import Catalogue
from bot.jobs.quote import Requester
from bot.jobs.request import Mode
from bot.ledger import Cap
from bot.preferences import NO_CHOICES, Defaults, PersonChoices, ServerChoices, terms_of
from bot.preferences.choices import NotANumberOfCredits, NotOffered, check_defaults, read_limit
from bot.preferences.store import forget_person, forget_server, load_person, load_server, save_person, save_server
from bot.settings import CapSettings
from tests.support.books import Books

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.preferences import Terms

MIA = Requester(server=1, person=2)
NOON = 1_767_268_800_000
LATE = NOON + 12 * 3_600_000 - 1


def terms(
    *roles: int,
    person: PersonChoices | None = None,
    server: ServerChoices | None = None,
    caps: CapSettings | None = None,
) -> Terms:
    return terms_of(
        MIA, roles, person=person or PersonChoices(), server=server or ServerChoices(), caps=caps or CapSettings()
    )


def test_where_nobody_chose_anything_everybody_may_and_is_asked_first() -> None:
    assert terms(7) == NO_CHOICES


def test_only_those_with_one_of_the_roles_may_generate() -> None:
    server = ServerChoices(generate_roles=frozenset({7, 8}))

    assert terms(8, server=server).may_generate
    assert not terms(9, server=server).may_generate
    assert not terms(server=server).may_generate


def test_roles_make_subscribers_and_go_first() -> None:
    server = ServerChoices(subscriber_roles=frozenset({7}), priority_roles=frozenset({8}))

    assert (terms(7, server=server).subscriber, terms(7, server=server).priority) == (True, 0)
    assert (terms(8, server=server).subscriber, terms(8, server=server).priority) == (False, 1)


@pytest.mark.parametrize(
    ("own", "servers", "agreed"), [(None, None, 0), (None, 30, 30), (0, 30, 0), (50, 30, 50), (50, None, 50)]
)
def test_a_persons_confirm_limit_goes_before_the_servers(own: int | None, servers: int | None, agreed: int) -> None:
    assert terms(person=PersonChoices(own), server=ServerChoices(confirm_limit=servers)).confirm_limit == agreed


def test_every_limit_counts_and_the_tighter_one_wins() -> None:
    found = terms(
        7,
        8,
        server=ServerChoices(person_cap=40, server_cap=9000, role_caps={7: 25, 9: 1}),
        caps=CapSettings(person=500, server=5000, role={"7": 30, "8": 60}),
    )

    assert found.caps(NOON) == (
        Cap("person:1:2", "2026-01-01", 40),
        Cap("role:1:7:2", "2026-01-01", 25),
        Cap("role:1:8:2", "2026-01-01", 60),
        Cap("server:1", "2026-01-01", 5000),
    )


def test_a_limit_of_nothing_is_a_limit_and_a_new_day_begins_at_midnight_utc() -> None:
    found = terms(server=ServerChoices(person_cap=0))

    assert [cap.limit for cap in found.caps(NOON)] == [0]
    assert [cap.day for at in (NOON, LATE, LATE + 1) for cap in found.caps(at)] == [
        "2026-01-01",
        "2026-01-01",
        "2026-01-02",
    ]


@pytest.mark.parametrize(
    ("text", "limit"), [("", None), ("  ", None), ("0", 0), (" 250 ", 250), ("1000000", 1_000_000)]
)
def test_a_limit_is_read(text: str, limit: int | None) -> None:
    assert read_limit(text) == limit


@pytest.mark.parametrize("text", ["-1", "1.5", "lots", "1000001", "9" * 5000, "²", "1_0", "0x10", "NaN"])
def test_what_is_no_number_of_credits_is_refused(text: str) -> None:
    with pytest.raises(NotANumberOfCredits):
        read_limit(text)


@pytest.mark.parametrize(
    "defaults", [Defaults(seconds=7), Defaults(ratio="21:9"), Defaults(model="sora"), Defaults(seconds=-5)]
)
def test_defaults_that_no_model_has_are_refused(defaults: Defaults) -> None:
    with pytest.raises(NotOffered):
        check_defaults(defaults, Catalogue.load())


def test_defaults_that_some_model_has_are_fine() -> None:
    check_defaults(Defaults(model="kling-2.6", mode=Mode.STANDARD, seconds=10, ratio="9:16"), Catalogue.load())


@pytest.fixture
def books() -> Iterator[Books]:
    books = Books()
    yield books
    books.close()


def test_what_a_person_chose_is_kept_and_forgotten(books: Books) -> None:
    chosen = PersonChoices(25, Defaults("kling-2.6", Mode.STANDARD, audio=False, seconds=10, ratio="1:1"))

    books.write(lambda tx: save_person(tx, 2, chosen, at=NOON))
    books.restart()
    assert books.read(lambda tx: load_person(tx, 2)) == chosen
    assert books.read(lambda tx: load_person(tx, 3)) == PersonChoices()

    books.write(lambda tx: forget_person(tx, 2))
    assert books.rows("SELECT * FROM person_choice") == []


def test_choosing_nothing_leaves_nothing_behind(books: Books) -> None:
    books.write(lambda tx: save_person(tx, 2, PersonChoices(25), at=NOON))
    books.write(lambda tx: save_person(tx, 2, PersonChoices(), at=NOON))

    assert books.rows("SELECT * FROM person_choice") == []


def test_what_a_server_chose_is_kept_and_forgotten(books: Books) -> None:
    chosen = ServerChoices(
        results_channel=10,
        report_channel=11,
        log_channel=12,
        confirm_limit=0,
        person_cap=5,
        server_cap=6,
        generate_roles=frozenset({1, 2}),
        subscriber_roles=frozenset({2}),
        priority_roles=frozenset({3}),
        role_caps={1: 0, 4: 9},
    )

    books.write(lambda tx: save_server(tx, 1, chosen, at=NOON))
    books.write(lambda tx: save_server(tx, 5, ServerChoices(), at=NOON))
    assert books.read(lambda tx: load_server(tx, 1)) == chosen
    assert books.read(lambda tx: load_server(tx, 5)) == ServerChoices()

    books.write(lambda tx: forget_server(tx, 1))
    assert books.read(lambda tx: load_server(tx, 1)) == ServerChoices()
    assert books.rows("SELECT * FROM server_role") == []
