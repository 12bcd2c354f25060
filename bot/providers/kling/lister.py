"""Asking about tasks: one alone, or many with as few calls as possible."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.providers.base import Advice, TaskObservation, TaskState
from bot.providers.kling.client import Call
from bot.providers.kling.errors import KlingFailure, is_unknown_task, unreadable
from bot.providers.kling.tasks import PATHS, observe, short_name
from bot.providers.kling.wire import Task, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.jobs.request import InputKind
    from bot.providers.base import TaskReference
    from bot.providers.kling.client import KlingClient

PAGE_SIZE = 500
"""The most tasks that the vendor puts into one list answer."""
MOST_SINGLE_QUERIES = 20
"""The most single queries per product in one round; who is left over is asked about in a later round."""
SINGLE_QUERIES_AT_ONCE = 4
_LIST_REFUSED = frozenset({1200, 1201, 1202, 1203})

_log = logging.getLogger(__name__)


class TaskLister:
    """Reads tasks from Kling.

    One round about `n` tasks of a product makes at most `ceil(n / 500) + 1` list calls (one more than an undisturbed
    list needs, since other work of the account stands in the same list), goes on for as long as every further page
    shows some of them, and then makes at most 20 single queries for tasks that the list did not show. For the usual
    case, fewer than 500 tasks and all of them among the newest 500 of the account, that is one call per product and
    round. A task that is alone, or the last one missing, is asked for directly.
    """

    def __init__(
        self,
        client: KlingClient,
        *,
        page_size: int = PAGE_SIZE,
        most_single_queries: int = MOST_SINGLE_QUERIES,
        watermarked: bool = False,
    ) -> None:
        self._client = client
        self._page_size = page_size
        self._most_single_queries = most_single_queries
        self._watermarked = watermarked
        self._turn = 0

    async def find(self, reference: TaskReference) -> TaskObservation | None:
        """Look one task up by the vendor's id, else by our key; None if the vendor has no such task."""
        sought = reference.task_id or reference.client_key
        call = Call(
            endpoint=f"query {short_name(reference.input)}",
            method="GET",
            path=f"{PATHS[reference.input]}/{quote(sought, safe='')}",
        )
        try:
            data = await self._client.call(call)
        except KlingFailure as failure:
            if is_unknown_task(failure):
                return None
            raise
        task = read(Task, data)
        if task is None or not _is_about(task, reference):
            raise unreadable("answer about another task", creating=False)
        return observe(reference, task, watermarked=self._watermarked)

    async def observe(
        self, references: Sequence[TaskReference], *, along: Sequence[TaskReference] = ()
    ) -> dict[str, TaskObservation]:
        """Ask about many tasks; the answer is keyed by client key.

        Missing from it are tasks that the vendor does not know. Tasks that could not be asked about this time, for a
        passing failure or to keep the number of calls bounded, are in it as not asked. Tasks in `along` are in it where
        a page that was read for the others shows them. Raises `KlingFailure` where no task could be asked about at
        all; of several failures, one that an operator has to know of.
        """
        wanted, welcome = _by_product(references), _by_product(along)
        rounds = [_Round(kind, wanted[kind], welcome[kind]) for kind in wanted]
        async with asyncio.TaskGroup() as group:
            for one in rounds:
                group.create_task(self._ask(one))
        answers = {key: answer for one in rounds for key, answer in one.answers.items()}
        failures = [one.failure for one in rounds if one.failure is not None]
        if failures and all(answer.state is TaskState.NOT_ASKED for answer in answers.values()):
            raise min(failures, key=lambda failure: failure.advice is not Advice.TELL_OPERATOR)
        return answers

    async def _ask(self, one: _Round) -> None:
        """Fill one product's round: by list, then singly; a failure leaves the rest of it not asked."""
        try:
            if one.worth_a_list:
                await self._list_or_pass(one)
            await self._query_missing(one)
        except KlingFailure as failure:
            one.fail(failure)

    async def _list_or_pass(self, one: _Round) -> None:
        """List, unless the vendor does not take our list call: then single queries have to do."""
        try:
            await self._list(one)
        except KlingFailure as failure:
            if failure.code not in _LIST_REFUSED:
                raise
            _log.warning("Kling refuses the list of %s (code %s)", short_name(one.kind), failure.code)

    async def _list(self, one: _Round) -> None:
        pages_at_least = -(-len(one.missing) // self._page_size) + 1
        for page in itertools.count(1):
            missing = len(one.missing)
            call = Call(
                endpoint=f"list {short_name(one.kind)}",
                method="GET",
                path=PATHS[one.kind],
                query={"pageNum": page, "pageSize": self._page_size},
            )
            data = await self._client.call(call)
            if not isinstance(data, list):
                raise unreadable("list is not a list", creating=False)
            for item in data:
                self._take(one, item)
            at_the_end = len(data) < self._page_size
            in_vain = page >= pages_at_least and len(one.missing) == missing
            if len(one.missing) <= 1 or at_the_end or in_vain:
                return

    def _take(self, one: _Round, item: object) -> None:
        """Keep a listed task if it is one of ours; all others are passed over unread."""
        if not isinstance(item, dict):
            return
        reference = one.wanted_as(item)
        task = read(Task, item) if reference is not None else None
        if reference is not None and task is not None:
            one.answer(reference, observe(reference, task, watermarked=self._watermarked))

    async def _query_missing(self, one: _Round) -> None:
        """Query what the list did not show, a bounded number, taking turns over the rounds."""
        missing = sorted(one.missing.values(), key=lambda reference: reference.client_key)
        count = min(len(missing), self._most_single_queries)
        start = self._turn % len(missing) if count < len(missing) else 0
        self._turn += count
        chosen = (missing[start:] + missing[:start])[:count]
        for reference in (missing[start:] + missing[:start])[count:]:
            one.answer(reference, TaskObservation(reference, TaskState.NOT_ASKED))
        places = asyncio.Semaphore(SINGLE_QUERIES_AT_ONCE)

        async def query(reference: TaskReference) -> None:
            async with places:
                if one.failure is not None:
                    return
                try:
                    found = await self.find(reference)
                except KlingFailure as failure:
                    one.failure = failure
                    return
            one.answer(reference, found)

        async with asyncio.TaskGroup() as group:
            for reference in chosen:
                group.create_task(query(reference))
        if one.failure is not None:
            one.fail(one.failure)


def _by_product(references: Sequence[TaskReference]) -> defaultdict[InputKind, list[TaskReference]]:
    products: defaultdict[InputKind, list[TaskReference]] = defaultdict(list)
    for reference in references:
        products[reference.input].append(reference)
    return products


class _Round:
    """One product's part of an observation: who is still missing, what was answered, what went wrong."""

    def __init__(self, kind: InputKind, wanted: Sequence[TaskReference], welcome: Sequence[TaskReference]) -> None:
        self.kind = kind
        self.missing = {reference.client_key: reference for reference in wanted}
        self.answers: dict[str, TaskObservation] = {}
        self.failure: KlingFailure | None = None
        self.worth_a_list = len(wanted) + len(welcome) > 1
        self._by_task_id = {one.task_id: one for references in (wanted, welcome) for one in references if one.task_id}

    def wanted_as(self, item: dict[str, object]) -> TaskReference | None:
        """Return the reference that a listed task belongs to: by the vendor's id, else by our key."""
        by_id = self._by_task_id.get(str(item.get("task_id")))
        if by_id is not None:
            return by_id
        info = item.get("task_info")
        key = info.get("external_task_id") if isinstance(info, dict) else None
        reference = self.missing.get(key) if isinstance(key, str) else None
        return reference if reference is not None and reference.task_id is None else None

    def answer(self, reference: TaskReference, observation: TaskObservation | None) -> None:
        """Settle one task; None says that the vendor does not know it."""
        self.missing.pop(reference.client_key, None)
        if observation is not None:
            self.answers[reference.client_key] = observation

    def fail(self, failure: KlingFailure) -> None:
        """Leave everything that is not settled yet to a later round."""
        self.failure = failure
        _log.warning("Asking Kling about tasks failed: %s", failure.detail or failure.code)
        for reference in list(self.missing.values()):
            self.answer(reference, TaskObservation(reference, TaskState.NOT_ASKED, failure.sentence))


def _is_about(task: Task, reference: TaskReference) -> bool:
    """Say whether an answer is about the task that was asked for."""
    if reference.task_id:
        return task.task_id == reference.task_id
    return bool(task.task_id) and task.task_info.external_task_id in {"", reference.client_key}
