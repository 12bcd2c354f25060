"""A machine that does anything, in any order, twice, to the ledger, and compares it with a model after every step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from bot import ledger
from bot.errors import CapReached, InsufficientCredits, LedgerError, PostingConflict
from tests.support.books import Books
from tests.support.ledger_model import LedgerModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.ledger import Expiry, Hold, Movement, Settlement

OWNERS = st.sampled_from(["server:1/person:1", "server:1/person:2", "server:2/person:1"])
AMOUNTS = st.integers(1, 60)
CAP_LIMITS = st.sampled_from([None, None, 40, 120])
DAY = 50
START = 1_000


class Operations:
    """The operations under test. Faults are planted by overriding one of them."""

    def grant(self, books: Books, **arguments: Any) -> Movement:
        return books.write(lambda tx: ledger.grant(tx, **arguments))

    def gift(self, books: Books, **arguments: Any) -> Movement:
        return books.write(lambda tx: ledger.gift(tx, **arguments))

    def allowance(self, books: Books, **arguments: Any) -> Movement:
        return books.write(lambda tx: ledger.allowance(tx, **arguments))

    def hold(self, books: Books, **arguments: Any) -> Hold:
        return books.write(lambda tx: ledger.hold(tx, **arguments))

    def capture(self, books: Books, **arguments: Any) -> Settlement:
        return books.write(lambda tx: ledger.capture(tx, **arguments))

    def release(self, books: Books, **arguments: Any) -> Settlement:
        return books.write(lambda tx: ledger.release(tx, **arguments))

    def expire_lots(self, books: Books, *, at: int) -> Expiry:
        return books.write(lambda tx: ledger.expire_lots(tx, at=at))


@dataclass(frozen=True)
class Command:
    """A command that succeeded, ready to be repeated at any later time."""

    operation: Callable[..., Any]
    arguments: dict[str, Any]
    outcome: Any


class LedgerMachine(RuleBasedStateMachine):
    """Random operations on real books."""

    operations: ClassVar[Operations] = Operations()

    commands = Bundle("commands")
    open_jobs = Bundle("open_jobs")

    def __init__(self) -> None:
        super().__init__()
        self.books = Books()
        self.model = LedgerModel()
        self.at = START
        self.count = 0

    def teardown(self) -> None:
        self.books.close()

    # Operations. Each succeeds or fails as the model says, and doing it once more changes nothing.

    @rule(target=commands, owner=OWNERS, amount=st.integers(-60, 120).filter(bool))
    def grant(self, owner: str, amount: int) -> Any:
        arguments = {"command": self._new_id(), "owner": owner, "amount": amount, "actor": "admin", "note": "thanks"}
        if self.model.permanent.get(owner, 0) + amount < 0:
            return self._refused(self.operations.grant, arguments, InsufficientCredits)
        self.model.give(owner, amount)
        return self._done(self.operations.grant, arguments)

    @rule(target=commands, giver=OWNERS, recipient=OWNERS, amount=AMOUNTS)
    def gift(self, giver: str, recipient: str, amount: int) -> Any:
        arguments = {"command": self._new_id(), "giver": giver, "recipient": recipient, "amount": amount}
        if giver == recipient:
            return self._refused(self.operations.gift, arguments, LedgerError)
        if self.model.permanent.get(giver, 0) < amount:
            return self._refused(self.operations.gift, arguments, InsufficientCredits)
        self.model.pass_on(giver, recipient, amount)
        return self._done(self.operations.gift, arguments)

    @rule(target=commands, owner=OWNERS, amount=AMOUNTS, length=st.integers(1, 3))
    def allowance(self, owner: str, amount: int, length: int) -> Any:
        period = f"{length}:{self.at // (DAY * length)}"
        expires_at = (self.at // (DAY * length) + 1) * DAY * length
        arguments = {"owner": owner, "period": period, "amount": amount, "expires_at": expires_at}
        if self.model.has_lot(owner, period):  # another figure in the same period: the first touch has decided
            assert self.operations.allowance(self.books, **arguments, at=self.at).repeated
            return multiple()
        self.model.allow(owner, period, amount, expires_at)
        return self._done(self.operations.allowance, arguments)

    @rule(targets=(commands, open_jobs), owner=OWNERS, amount=st.integers(0, 60), limit=CAP_LIMITS)
    def hold(self, owner: str, amount: int, limit: int | None) -> Any:
        command = self._hold(owner, amount, limit)
        return multiple() if command is None else command

    @rule(targets=(commands, open_jobs), owner=OWNERS, first=AMOUNTS, second=AMOUNTS)
    def two_holds_at_once(self, owner: str, first: int, second: int) -> Any:
        """Do what two fast clicks do: the second gets in at the first chance that the first one leaves."""
        amounts = {self._new_id(): first, self._new_id(): second}
        early, late = amounts
        done: dict[str, Any] = {}

        def click(job: str) -> None:
            try:
                done[job] = self.operations.hold(self.books, job=job, owner=owner, amount=amounts[job], at=self.at)
            except InsufficientCredits:
                done[job] = None

        self.books.competitor = lambda: click(late)
        click(early)
        if self.books.competitor is not None:  # the first one left no chance: it failed in its only transaction
            self.books.competitor = None
            click(late)
        succeeded = {job for job in amounts if done[job] is not None}
        for order in ((early, late), (late, early)):
            if self._those_that_fit(owner, amounts, order) == succeeded:
                break
        else:
            raise AssertionError(f"no order of two holds of {first} and {second} lets {len(succeeded)} of them succeed")
        commands = []
        for job in order:
            if job in succeeded:
                self.model.hold(job, owner, amounts[job], [], self.at)
                arguments = {"job": job, "owner": owner, "amount": amounts[job]}
                commands.append(Command(self.operations.hold, arguments, done[job]))
        return multiple(*commands)

    @rule(target=commands, held=consumes(open_jobs), percent=st.integers(0, 100))
    def capture(self, held: Command, percent: int) -> Any:
        job, amount = held.arguments["job"], held.arguments["amount"] * percent // 100
        self._refused(self.operations.capture, {"job": job, "amount": held.arguments["amount"] + 1}, LedgerError)
        self.model.settle(job, amount, self.at)
        command = self._done(self.operations.capture, {"job": job, "amount": amount})
        self._refused(self.operations.release, {"job": job}, PostingConflict)
        return command

    @rule(target=commands, held=consumes(open_jobs))
    def release(self, held: Command) -> Any:
        job = held.arguments["job"]
        self.model.settle(job, 0, self.at)
        command = self._done(self.operations.release, {"job": job})
        self._refused(self.operations.capture, {"job": job, "amount": 0}, PostingConflict)
        return command

    @rule()
    def expire(self) -> None:
        swept = self.operations.expire_lots(self.books, at=self.at)
        assert (swept.lots, swept.credits) == self.model.sweep(self.at)

    @rule(command=commands)
    def repeat(self, command: Command) -> None:
        outcome = command.operation(self.books, **command.arguments, at=self.at)
        assert outcome == command.outcome, "a repeated command reports its first outcome"
        assert outcome.repeated

    @rule(command=commands)
    def repeat_with_other_content(self, command: Command) -> None:
        """Use the same key for another amount."""
        if "amount" not in command.arguments or "period" in command.arguments:
            return
        changed = command.arguments | {"amount": command.arguments["amount"] + 1}
        if changed["amount"] == 0:
            changed["amount"] = 1
        self._refused(command.operation, changed, LedgerError)

    @rule(held=open_jobs)
    def settle_nothing(self, held: Command) -> None:
        """Settle a job that never held anything."""
        self._refused(self.operations.release, {"job": f"{held.arguments['job']}-unknown"}, LedgerError)

    @rule(span=st.integers(-DAY // 4, DAY))
    def pass_time(self, span: int) -> None:
        """Move the clock, now and then backwards as wall clocks do."""
        self.at = max(START, self.at + span)

    @rule()
    def restart(self) -> None:
        self.books.restart()

    # What must hold after every step.

    @invariant()
    def books_are_as_the_model_says(self) -> None:
        for owner in ("server:1/person:1", "server:1/person:2", "server:2/person:1"):
            found = self.books.read(partial(ledger.balance, owner=owner, at=self.at))
            expected = self.model.balance(owner, self.at)
            assert found == expected, f"{owner} has {found}, not {expected}"
        totals = self.books.read(ledger.totals)
        assert (totals.minted, totals.captured, totals.expired) == (
            self.model.minted,
            self.model.captured,
            self.model.expired,
        )
        assert totals.minted == totals.permanent + totals.lots + totals.held + totals.captured + totals.expired
        used = {(row["scope"], row["day"]): row["amount"] for row in self.books.rows("SELECT * FROM cap_use")}
        assert used == self.model.used

    @invariant()
    def audit_is_clean(self) -> None:
        report = self.books.read(ledger.audit)
        assert report.clean, "the audit found: " + "; ".join(str(problem) for problem in report.problems)

    @invariant()
    def every_hold_has_one_outcome_at_most(self) -> None:
        settled = {row["settles"] for row in self.books.rows("SELECT settles FROM posting WHERE settles IS NOT NULL")}
        assert settled == {f"hold:{job}" for job, hold in self.model.holds.items() if hold.settled}

    @invariant()
    def cached_balances_are_sums(self) -> None:
        """Say it once more without SQL sums, so that a fault of the audit cannot hide a fault of the books."""
        sums: dict[str, int] = {}
        for row in self.books.rows("SELECT account, amount FROM entry"):
            sums[row["account"]] = sums.get(row["account"], 0) + row["amount"]
        assert sum(sums.values()) == 0
        for row in self.books.rows("SELECT id, balance FROM account WHERE balance IS NOT NULL"):
            assert row["balance"] == sums.get(row["id"], 0) >= 0, f"the balance of {row['id']} is not its sum"

    def _those_that_fit(self, owner: str, amounts: dict[str, int], order: tuple[str, str]) -> set[str]:
        left = self.model.available(owner, self.at)
        fitting = set()
        for job in order:
            if amounts[job] <= left:
                left -= amounts[job]
                fitting.add(job)
        return fitting

    def _hold(self, owner: str, amount: int, limit: int | None) -> Command | None:
        day = str(self.at // DAY)
        caps = [] if limit is None else [ledger.Cap(f"person:{owner}", day, limit), ledger.Cap("server:1", day, 200)]
        job = self._new_id()
        arguments = {"job": job, "owner": owner, "amount": amount, "caps": caps}
        if self.model.available(owner, self.at) < amount:
            self._refused(self.operations.hold, arguments, InsufficientCredits)
            return None
        if amount and any(self.model.used.get((cap.scope, cap.day), 0) + amount > cap.limit for cap in caps):
            self._refused(self.operations.hold, arguments, CapReached)
            return None
        counted = [(cap.scope, cap.day) for cap in caps] if amount else []
        self.model.hold(job, owner, amount, counted, self.at)
        return self._done(self.operations.hold, arguments)

    def _done(self, operation: Callable[..., Any], arguments: dict[str, Any]) -> Command:
        """Carry a command out, and once more."""
        outcome = operation(self.books, **arguments, at=self.at)
        assert not outcome.repeated
        command = Command(operation, arguments, outcome)
        self.repeat(command)
        return command

    def _refused(self, operation: Callable[..., Any], arguments: dict[str, Any], error: type[LedgerError]) -> Any:
        """Expect a command to be refused, also the second time."""
        for _ in range(2):
            try:
                operation(self.books, **arguments, at=self.at)
            except error:
                continue
            raise AssertionError(f"{operation.__name__} {arguments} was not refused with {error.__name__}")
        return multiple()

    def _new_id(self) -> str:
        self.count += 1
        return f"id{self.count}"
