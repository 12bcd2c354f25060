"""When the clips that wait will be ready: the queue played through in thought."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.jobs.admission import RunningLimits
    from bot.jobs.quote import Requester


@dataclass(frozen=True, slots=True)
class Work:
    """One clip of somebody, and the seconds that the vendor needs for it, or still needs where it is running."""

    requester: Requester
    seconds: float


def go_now(running: Iterable[Requester], waiting: Sequence[Requester], limits: RunningLimits) -> list[bool]:
    """Say of each who waits, in their order, whether there is room at the vendor at this moment."""
    taken = list(running)
    going = []
    for who in waiting:
        of_person = sum(one == who for one in taken)
        of_server = sum(one.server == who.server for one in taken)
        room = len(taken) < limits.slots and of_person < limits.per_person and of_server < limits.per_server
        going.append(room)
        if room:
            taken.append(who)
    return going


def ready_in(running: Iterable[Work], waiting: Sequence[Work], limits: RunningLimits) -> list[float]:
    """Return in how many seconds each of the waiting clips is probably ready, in the order in which they wait.

    Whenever something is ready, the first that `limits` let in goes to the vendor; each limit is at least 1.
    """
    busy = [(max(0.0, work.seconds), -number, work.requester) for number, work in enumerate(running, start=1)]
    heapq.heapify(busy)
    of_person = Counter(requester for _, _, requester in busy)
    of_server = Counter(requester.server for _, _, requester in busy)

    def has_room(who: Requester) -> bool:
        return of_person[who] < limits.per_person and of_server[who.server] < limits.per_server

    now = 0.0
    ready = [0.0] * len(waiting)
    line = list(range(len(waiting)))
    while line:
        fits = (place for place, number in enumerate(line) if has_room(waiting[number].requester))
        place = next(fits, None) if len(busy) < limits.slots else None
        if place is None:
            now, _, done = heapq.heappop(busy)
            of_person[done] -= 1
            of_server[done.server] -= 1
            continue
        number = line.pop(place)
        who = waiting[number].requester
        ready[number] = now + waiting[number].seconds
        heapq.heappush(busy, (ready[number], number, who))
        of_person[who] += 1
        of_server[who.server] += 1
    return ready
