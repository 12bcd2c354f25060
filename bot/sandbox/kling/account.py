"""The account: how many tasks may run at once, and how many units are left."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.sandbox.kling.answers import VendorError

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.sandbox.kling.settings import LiveSettings
    from bot.sandbox.kling.tasks import Task

_PACK_DAYS = 30
_DAY_MILLISECONDS = 86_400_000


class Account:
    """Slots and units. A task takes its slots from acceptance to its end; units go when it succeeds."""

    def __init__(self, settings: LiveSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self.clear()

    def clear(self) -> None:
        """Open the account anew: all slots free, no unit spent."""
        self._opened_at = self._clock.now()
        self._slots_taken: Counter[str] = Counter()
        self._promised = Decimal(0)
        self._spent = Decimal(0)
        self._deductions: list[tuple[int, Decimal, Task]] = []

    @property
    def slots_taken(self) -> int:
        """The number of slots in use."""
        return self._slots_taken.total()

    @property
    def units_left(self) -> Decimal:
        """The units that are not spent."""
        return self._settings.current.units - self._spent

    def check_balance(self, price: Decimal) -> None:
        """Raise 1102 if the units that are neither spent nor promised to running tasks do not cover `price`."""
        if self.units_left - self._promised < price:
            raise VendorError(1102)

    def take_slots(self, model_name: str, number: int = 1) -> None:
        """Take slots, or raise 1303 and take none."""
        taken = self._slots_taken[model_name] if self._settings.current.slots_per_model else self.slots_taken
        if taken + number > self._settings.current.slots:
            raise VendorError(1303)
        self._slots_taken[model_name] += number

    def free_slots(self, model_name: str, number: int = 1) -> None:
        """Give slots back."""
        self._slots_taken[model_name] -= number

    def promise(self, price: Decimal) -> None:
        """Set units aside for a running task."""
        self._promised += price

    def settle(self, task: Task, charge: Decimal) -> None:
        """End the promise to a task and deduct what it really cost."""
        self._promised -= task.price
        self._spent += charge
        task.deduction = charge
        if charge:
            self._deductions.append((self._clock.now(), charge, task))

    def costs(self) -> dict[str, Any]:
        """Return `data` of `GET /account/costs`, which lags behind."""
        settings = self._settings.current
        known_until = self._clock.now() - settings.costs_lag / settings.speed * 1000
        known = sum((charge for moment, charge, _ in self._deductions if moment <= known_until), Decimal(0))
        remaining = settings.units - known
        pack = {
            "resource_pack_name": f"Trial-Video-{settings.units:f}Units-{settings.slots}Con-1Months",
            "resource_pack_id": "509f3fd3d4ab4a3f9eec5db27aa44f27",
            "resource_pack_type": "decreasing_total",
            "total_quantity": float(settings.units),
            "remaining_quantity": float(remaining),
            "purchase_time": self._opened_at,
            "effective_time": self._opened_at,
            "invalid_time": self._opened_at + _PACK_DAYS * _DAY_MILLISECONDS,
            "status": "online" if remaining > 0 else "runOut",
        }
        return {"code": 0, "msg": "SUCCEED", "resource_pack_subscribe_infos": [pack]}
