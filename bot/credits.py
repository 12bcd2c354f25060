"""The credit desk: what people ask about their credits and do with them, outside of jobs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot import ledger
from bot.errors import InsufficientCredits, LedgerError
from bot.ledger.history import LARGEST_PAGE
from bot.texts import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bot.clock import Clock
    from bot.jobs.quote import Requester
    from bot.ledger import Balance, Cap, HistoryLine, Movement, SpendingGuard
    from bot.preferences import Preferences
    from bot.storage.database import Database, Transaction

HISTORY_PAGE: Final = 10
"""Lines on one page of a history."""

MOST_HISTORY_PAGES: Final = 100
"""Pages that a person can leaf through; the export has everything."""

NOTE_LENGTH: Final = 200
"""Characters of a note that goes with credits."""


class PermanentCreditsOnly(InsufficientCredits):
    """An allowance can neither be given away nor taken back, and the permanent credits are not enough."""

    def __init__(self, *, needed: int, available: int) -> None:
        super().__init__(needed=needed, available=available, key="errors.PermanentCreditsOnly")


class NotToOneself(LedgerError):
    """A gift to oneself."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.NotToOneself"))


class NothingToGrant(LedgerError):
    """A grant of nothing."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.NothingToGrant"))


@dataclass(frozen=True, slots=True)
class CapUse:
    """A limit and how many credits count under it today."""

    cap: Cap
    used: int


@dataclass(frozen=True, slots=True)
class Purse:
    """What somebody has, and what today's limits leave them, tightest first."""

    balance: Balance
    caps: tuple[CapUse, ...]


@dataclass(frozen=True, slots=True)
class HistoryPart:
    """Some lines of a history, newest first; `number` counts pages from 1, `more` says that there are older ones."""

    lines: tuple[HistoryLine, ...]
    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class CreditDesk:
    """Answers questions about credits and moves them between people.

    `command` is the id of the command that asked: the same command once more moves nothing. Moves raise `LedgerDrift`
    while spending is stopped, besides what the ledger raises.
    """

    database: Database
    spending: SpendingGuard
    preferences: Preferences
    clock: Clock

    async def purse(self, requester: Requester, roles: Collection[int]) -> Purse:
        """Return what somebody has and may still spend today."""
        at = self.clock.now()

        def look(tx: Transaction) -> Purse:
            caps = self.preferences.terms_in(tx, requester, roles).caps(at)
            uses = [CapUse(cap, ledger.cap_used(tx, cap.scope, cap.day)) for cap in caps]
            uses.sort(key=lambda use: use.cap.limit - use.used)
            return Purse(ledger.balance(tx, owner=requester.owner, at=at), tuple(uses))

        return await self.database.read(look)

    async def history(self, requester: Requester, number: int = 1) -> HistoryPart:
        """Return a page of what happened to somebody's credits; beyond the last page there are no lines."""
        number = min(max(1, number), MOST_HISTORY_PAGES)
        return await self.database.read(lambda tx: _history_part(tx, requester.owner, number))

    async def grant(
        self, recipient: Requester, amount: int, *, actor: Requester, note: str = "", command: str
    ) -> Movement:
        """Give permanent credits to somebody, or take some back where `amount` is negative.

        Raises `NothingToGrant` or `PermanentCreditsOnly`.
        """
        self.spending.check()
        if amount == 0:
            raise NothingToGrant
        at = self.clock.now()
        return await self._move(
            lambda tx: ledger.grant(
                tx,
                command=command,
                owner=recipient.owner,
                amount=amount,
                actor=actor.owner,
                note=note[:NOTE_LENGTH],
                at=at,
            )
        )

    async def gift(
        self, giver: Requester, recipient: Requester, amount: int, *, note: str = "", command: str
    ) -> Movement:
        """Pass permanent credits from one person to another; raises `NotToOneself` or `PermanentCreditsOnly`."""
        self.spending.check()
        if giver == recipient:
            raise NotToOneself
        at = self.clock.now()
        return await self._move(
            lambda tx: ledger.gift(
                tx,
                command=command,
                giver=giver.owner,
                recipient=recipient.owner,
                amount=amount,
                note=note[:NOTE_LENGTH],
                at=at,
            )
        )

    async def _move(self, move: Callable[[Transaction], Movement]) -> Movement:
        try:
            return await self.database.run(move)
        except InsufficientCredits as error:
            raise PermanentCreditsOnly(needed=error.needed, available=error.available) from None


def _history_part(tx: Transaction, owner: str, number: int) -> HistoryPart:
    """Walk to a page in steps as large as the ledger allows."""
    skip, before = (number - 1) * HISTORY_PAGE, None
    while skip > 0:
        page = ledger.history(tx, owner=owner, before=before, limit=min(skip, LARGEST_PAGE))
        skip -= len(page.lines)
        before = page.next
        if before is None:
            return HistoryPart((), number, more=False)
    page = ledger.history(tx, owner=owner, before=before, limit=HISTORY_PAGE)
    return HistoryPart(page.lines, number, more=page.next is not None and number < MOST_HISTORY_PAGES)
