"""Tasks and the book of all of them: what the vendor knows, and how it tells."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.sandbox.kling.answers import invalid
from bot.sandbox.kling.faults import Subject, TaskAction, TaskFault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from bot.sandbox.kling.models import Product


class Status(StrEnum):
    """Where a task stands, in the vendor's spelling."""

    SUBMITTED = "submitted"
    PROCESSING = "processing"
    SUCCEED = "succeed"
    FAILED = "failed"


ENDED = frozenset({Status.SUCCEED, Status.FAILED})


@dataclass(slots=True, eq=False)
class Task:
    """One task. Times are Unix milliseconds, `price` and `deduction` units.

    `hurry` ends the present stage at once when it is set. `downloads` counts complete transfers of the clip.
    """

    task_id: str
    product: Product
    model_name: str
    prompt: str
    price: Decimal
    created_at: int
    external_task_id: str | None = None
    callback_url: str | None = None
    watermark: bool = False
    faults: tuple[TaskFault, ...] = ()
    status: Status = Status.SUBMITTED
    message: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    deduction: Decimal | None = None
    updated_at: int = 0
    downloads: int = 0
    hurry: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def subject(self) -> Subject:
        """What rules about faults may ask of this task."""
        return Subject(product=self.product, external_task_id=self.external_task_id)

    @property
    def ended(self) -> bool:
        """Whether the task has succeeded or failed."""
        return self.status in ENDED

    def fault(self, action: TaskAction) -> TaskFault | None:
        """Return the fault of this kind that struck the task, if one did."""
        return next((fault for fault in self.faults if fault.action == action), None)

    def creation_view(self) -> dict[str, Any]:
        """Return `data` of the answer to the create call."""
        return {
            "task_id": self.task_id,
            "task_info": self._info(),
            "task_status": Status.SUBMITTED,
            "created_at": self.created_at,
            "updated_at": self.created_at,
        }

    def view(self) -> dict[str, Any]:
        """Return the task as a query, a list or a callback shows it."""
        view: dict[str, Any] = {
            "task_id": self.task_id,
            "task_status": self._shown_status(),
            "task_status_msg": self.message,
            "task_info": self._info(),
            "task_result": self.result,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        }
        if self.watermark:
            view["watermark_info"] = {"enabled": True}
        if self.deduction is not None:
            view["final_unit_deduction"] = units_text(self.deduction)
        if self.fault(TaskAction.SPARSE):
            optional = {"task_status_msg", "task_info", "watermark_info", "final_unit_deduction", "updated_at"}
            view = {key: value for key, value in view.items() if key not in optional and value != {}}
        if self.fault(TaskAction.PADDED):
            view |= {"queue_rank": 3, "task_progress": {"percent": "41"}, "final_balance_deduction": None}
        return view

    def _info(self) -> dict[str, str]:
        return {"external_task_id": self.external_task_id} if self.external_task_id else {}

    def _shown_status(self) -> str:
        strange = self.fault(TaskAction.STRANGE)
        return strange.message if strange and self.status == Status.PROCESSING else self.status


class TaskBook:
    """All tasks of the account, found by the vendor's id or by the client's."""

    def __init__(self) -> None:
        self._by_id: dict[str, Task] = {}
        self._by_external_id: dict[str, Task] = {}
        self._by_product: dict[Product, list[Task]] = defaultdict(list)
        self._reserved: set[str] = set()
        self._changed = asyncio.Condition()

    def clear(self) -> None:
        """Forget every task."""
        self._by_id.clear()
        self._by_external_id.clear()
        self._by_product.clear()

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Task]:
        return iter(self._by_id.values())

    def reserve(self, external_task_id: str | None) -> None:
        """Claim a client's id for a task about to be made; raise the vendor's refusal if it is taken."""
        if external_task_id is None:
            return
        if external_task_id in self._by_external_id or external_task_id in self._reserved:
            raise invalid(f"External_task_id {external_task_id} already exists")
        self._reserved.add(external_task_id)

    def release(self, external_task_id: str | None) -> None:
        """Give a claimed id back, whether or not a task was made under it."""
        self._reserved.discard(external_task_id or "")

    def add(self, task: Task) -> None:
        """Record a new task."""
        self._by_id[task.task_id] = task
        self._by_product[task.product].append(task)
        if task.external_task_id:
            self._by_external_id[task.external_task_id] = task

    def get(self, task_id: str) -> Task | None:
        """Return the task with this vendor's id, of whatever product."""
        return self._by_id.get(task_id)

    def find(self, product: Product, key: str, now: int) -> Task:
        """Return a task by either id, as the product's query path does; raise the vendor's refusal if unknown."""
        task = self._by_id.get(key) or self._by_external_id.get(key)
        if task is None or task.product != product or not _visible(task, now):
            raise invalid(f"Task not found by id/external id: {key}")
        return task

    def subject(self, product: Product, key: str) -> Subject:
        """Return what rules may ask about the task behind either id, whether or not it is known."""
        task = self._by_id.get(key) or self._by_external_id.get(key)
        return task.subject if task else Subject(product=product, external_task_id=key)

    def newest_first(self, product: Product, now: int) -> list[Task]:
        """Return a product's tasks as its list shows them; the order is assumed."""
        return [task for task in reversed(self._by_product[product]) if _visible(task, now)]

    async def announce(self) -> None:
        """Wake everybody who waits for a change."""
        async with self._changed:
            self._changed.notify_all()

    async def wait_for_end(self, task_id: str) -> Task:
        """Wait until a task has succeeded or failed."""
        task = self._by_id[task_id]
        async with self._changed:
            await self._changed.wait_for(lambda: task.ended)
        return task


def units_text(units: Decimal) -> str:
    """Write units as the vendor does: a decimal number without padding."""
    return f"{units.normalize():f}"


def _visible(task: Task, now: int) -> bool:
    hidden = task.fault(TaskAction.HIDE)
    return hidden is None or now >= task.created_at + hidden.seconds * 1000
