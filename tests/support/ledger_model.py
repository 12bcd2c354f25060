"""What the ledger should do, said again in the plainest way: dictionaries, no database."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.ledger import Balance, Lot


@dataclass
class LotModel:
    """One allowance lot."""

    owner: str
    period: str
    expires_at: int
    amount: int
    swept: bool = False


@dataclass
class HoldModel:
    """One hold: what it took from each lot (in order), and from the permanent credits."""

    owner: str
    amount: int
    from_lots: list[tuple[LotModel, int]]
    from_permanent: int
    caps: list[tuple[str, str]]
    settled: bool = False


@dataclass
class LedgerModel:
    """The expected state of all books."""

    permanent: dict[str, int] = field(default_factory=dict)
    lots: list[LotModel] = field(default_factory=list)
    holds: dict[str, HoldModel] = field(default_factory=dict)
    used: dict[tuple[str, str], int] = field(default_factory=dict)
    minted: int = 0
    captured: int = 0
    expired: int = 0

    def give(self, owner: str, amount: int) -> None:
        self.permanent[owner] = self.permanent.get(owner, 0) + amount
        self.minted += amount

    def pass_on(self, giver: str, recipient: str, amount: int) -> None:
        self.permanent[giver] -= amount
        self.permanent[recipient] = self.permanent.get(recipient, 0) + amount

    def allow(self, owner: str, period: str, amount: int, expires_at: int) -> None:
        self.lots.append(LotModel(owner, period, expires_at, amount))
        self.minted += amount

    def has_lot(self, owner: str, period: str) -> bool:
        return any(lot.owner == owner and lot.period == period for lot in self.lots)

    def hold(self, job: str, owner: str, amount: int, caps: list[tuple[str, str]], at: int) -> None:
        missing = amount
        from_lots = []
        for lot in self._spendable(owner, at):
            part = min(missing, lot.amount)
            if part:
                lot.amount -= part
                missing -= part
                from_lots.append((lot, part))
        self.permanent[owner] = self.permanent.get(owner, 0) - missing
        for cap in caps:
            self.used[cap] = self.used.get(cap, 0) + amount
        self.holds[job] = HoldModel(owner, amount, from_lots, missing, caps)

    def settle(self, job: str, captured: int, at: int) -> None:
        hold = self.holds[job]
        hold.settled = True
        rest = hold.amount - captured
        self.captured += captured
        for cap in hold.caps:
            self.used[cap] -= rest
        part = min(rest, hold.from_permanent)
        self.permanent[hold.owner] = self.permanent.get(hold.owner, 0) + part
        rest -= part
        for lot, drawn in reversed(hold.from_lots):
            part = min(rest, drawn)
            rest -= part
            if lot.expires_at <= at or lot.swept:
                self.permanent[hold.owner] += part
            else:
                lot.amount += part

    def sweep(self, at: int) -> tuple[int, int]:
        """Empty expired lots; return how many there were and what was in them."""
        expired = [lot for lot in self.lots if lot.expires_at <= at and lot.amount]
        amount = sum(lot.amount for lot in expired)
        for lot in expired:
            lot.amount, lot.swept = 0, True
        self.expired += amount
        return len(expired), amount

    def available(self, owner: str, at: int) -> int:
        return self.permanent.get(owner, 0) + sum(lot.amount for lot in self._spendable(owner, at))

    def balance(self, owner: str, at: int) -> Balance:
        return Balance(
            permanent=self.permanent.get(owner, 0),
            lots=tuple(Lot(lot.period, lot.amount, lot.expires_at) for lot in self._spendable(owner, at) if lot.amount),
            held=sum(hold.amount for hold in self.holds.values() if hold.owner == owner and not hold.settled),
        )

    def _spendable(self, owner: str, at: int) -> list[LotModel]:
        mine = [lot for lot in self.lots if lot.owner == owner and lot.expires_at > at]
        return sorted(mine, key=lambda lot: (lot.expires_at, lot.period))
