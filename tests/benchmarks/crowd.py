"""A crowd of running jobs: how they are called, when they were submitted, and how they come into a database."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.jobs import store
from bot.jobs.place import Agreement, WaitingLimits, place
from bot.jobs.quote import Quote, Requester, save_quote
from bot.jobs.request import Request
from bot.jobs.state import JobState
from bot.ledger import grant
from bot.storage import connection as session
from bot.storage.migrate import load_migrations, migrate

if TYPE_CHECKING:
    from pathlib import Path

    from bot.storage.database import Transaction

AGES_SECONDS = 300
CREDITS = 50
PEOPLE = 200
SERVERS = 50
PER_TRANSACTION = 500
_FIRST_TASK = 800_000_000_000_000_000
_PROMPT = (
    "Night market in the rain, number {number}. A paper lantern drifts between the stalls, its light on wet stone. "
    '[Cook, warm tired voice]: "We close when the last lantern is out, not before." '
    '[Girl, bright voice]: "Then I will hold mine up until morning!" '
    "Rain on canvas, a distant train, the hiss of a pan. Slow push in, shallow focus, steam across the frame."
)


@dataclass(frozen=True, slots=True)
class Member:
    """One job of a crowd of `size`, seen at the moment `now`; its submission lies up to five minutes back."""

    number: int
    size: int
    now: int

    @property
    def quote_id(self) -> str:
        return f"q{self.number:07}"

    @property
    def client_key(self) -> str:
        return f"{self.quote_id}1-1"

    @property
    def task_id(self) -> str:
        return str(_FIRST_TASK + self.number)

    @property
    def submitted_at(self) -> int:
        """Unix milliseconds; the first of the crowd is the oldest."""
        return self.now - AGES_SECONDS * 1000 * (self.size - self.number) // self.size

    @property
    def prompt(self) -> str:
        return _PROMPT.format(number=self.number)


def crowd(size: int, now: int) -> list[Member]:
    """Return all members, oldest first."""
    return [Member(number, size, now) for number in range(size)]


def leave_running(path: Path, members: list[Member]) -> None:
    """Make a database with running jobs as a process leaves them that dies while the vendor works."""
    with closing(session.connect(path)) as connection:
        session.write(connection, lambda tx: migrate(tx, load_migrations(), at=0))
        for first in range(0, len(members), PER_TRANSACTION):
            session.write(connection, partial(_run_some, members[first : first + PER_TRANSACTION]))


def _run_some(members: list[Member], tx: Transaction) -> None:
    for member in members:
        _run(tx, member)


def _run(tx: Transaction, member: Member) -> None:
    at = member.submitted_at
    requester = Requester(server=1 + member.number % SERVERS, person=1 + member.number % PEOPLE)
    quote = Quote(
        id=member.quote_id,
        revision=1,
        requester=requester,
        destination="channel:1",
        request=Request(prompt=member.prompt),
        subscriber=False,
        credits=CREDITS,
        created_at=at,
        expires_at=at + 900_000,
    )
    save_quote(tx, quote)
    grant(tx, command=quote.id, owner=requester.owner, amount=CREDITS, actor="benchmark", note="", at=at)
    agreement = Agreement(quote.id, 1, CREDITS, requester)
    limits = WaitingLimits(per_person=member.size, per_server=member.size)
    [job] = place(tx, agreement, provider="kling", limits=limits, caps=(), priority=0, at=at).jobs
    store.move(tx, job, JobState.SUBMITTING, at=at, owner="a dead process", attempt=1)
    job = store.load(tx, job.id)
    store.move(tx, job, JobState.RUNNING, at=at, task_id=member.task_id, submitted_at=at)
