"""Delivery into Discord: once, wherever it is still possible, and never in silence.

```text
the channel ──(may not, gone, closed)──► the author's direct messages ──(may not)──► the library, and a notice
     │
     └ as it is ──(too large)──► encoded again, once ──(too large)──► poster and link ──(too large)──► words and link
```
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from bot.delivery import store
from bot.delivery.card import Detour, Form, Showing
from bot.delivery.destination import (
    DELETED_RECEIPT,
    KEPT_RECEIPT,
    Channel,
    Direct,
    Folder,
    Library,
    parse_destination,
)
from bot.delivery.folder import file_name
from bot.delivery.parts import DeletedMeanwhile, Interrupted, Kind, Place, TooLarge, Unreachable
from bot.delivery.sender import Errand, Sender

if TYPE_CHECKING:
    from pathlib import Path

    from bot.clock import Clock
    from bot.delivery.card import CardWriter, ClipLink
    from bot.delivery.destination import Destination
    from bot.delivery.folder import FolderDelivery
    from bot.delivery.parts import Poster
    from bot.delivery.plain import PlainCards
    from bot.delivery.shaping import Shaper, Shapes
    from bot.jobs.job import Clip, Job
    from bot.storage.database import Database

_log = logging.getLogger(__name__)

_PostAt: TypeAlias = Callable[[Place, Detour | None], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class DeliveryPolicy:
    """When a clip is put into the library instead of being tried again.

    `patience` is for how many seconds an outage of Discord is waited out, `most_faults` after how many faults of our
    own it is enough. Both are less than what the engine allows, which would give the credits back and keep the clip
    from its author.
    """

    patience: float = 5 * 3600.0
    most_faults: int = 3


class ChannelDelivery:
    """Brings clips, and the news that there is none, to where they were asked for.

    `writer` finds the words, `plain` does where Discord refuses those or they cannot be written.
    `link` makes the public address of a job's clip, or returns None where there is no public address. Jobs that name
    a folder are left to `folder`.
    """

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        poster: Poster,
        writer: CardWriter,
        plain: PlainCards,
        shaper: Shaper,
        link: Callable[[Job], ClipLink | None],
        folder: FolderDelivery,
        policy: DeliveryPolicy | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._poster = poster
        self._writer = writer
        self._plain = plain
        self._shaper = shaper
        self._link = link
        self._folder = folder
        self._policy = policy or DeliveryPolicy()
        self._sender = Sender(database=database, clock=clock, poster=poster)

    async def deliver(self, job: Job, clip: Clip, path: Path) -> str:
        """Post the clip of a job and return a receipt; a repetition leads to the same single message.

        What cannot be posted is kept in the library and a notice is left. Raises `Interrupted` where Discord cannot be
        reached, and for jobs with a folder what that delivery raises.
        """
        destination = parse_destination(job.destination)
        if isinstance(destination, Folder):
            return await self._folder.deliver(job, clip, path)
        errand = Errand(job, Kind.CLIP, partial(self._writer.clip, job, clip), partial(self._plain.clip, job))
        async with self._shaper.shapes(path, file_name(job).removesuffix(".mp4")) as shapes:
            post_at = partial(self._post_clip, errand, shapes)
            return await self._bring(errand, Library() if job.keep else destination, post_at)

    async def notify(self, job: Job) -> str:
        """Tell the author of a job that it ended without a clip, once; raises `Interrupted`.

        For jobs from the terminal the command itself says it.
        """
        destination = parse_destination(job.destination)
        if isinstance(destination, Folder):
            return KEPT_RECEIPT
        errand = Errand(job, Kind.NOTICE, partial(self._writer.notice, job), lambda _: self._plain.notice(job))
        return await self._bring(errand, destination, partial(self._post_notice, errand))

    async def keep(self, job: Job, kind: Kind, reason: Detour) -> str:
        """Leave a notice for the author's next visit instead of posting, and return the receipt."""
        at = self._clock.now()
        await self._database.run(lambda tx: store.leave_notice(tx, job, kind, reason, at=at))
        return KEPT_RECEIPT

    async def _bring(self, errand: Errand, destination: Destination, post_at: _PostAt) -> str:
        job, kind = errand.job, errand.kind
        last = await self._database.read(lambda tx: store.latest(tx, job.id, kind))
        if last is not None and last.receipt is not None:
            return last.receipt
        try:
            if last is not None and last.open and (receipt := await self._sender.look_for(errand, last)):
                return receipt
            return await self._walk(errand, destination, post_at)
        except DeletedMeanwhile:
            return DELETED_RECEIPT
        except Interrupted:
            if self._clock.now() - job.state_since <= self._policy.patience * 1000:
                raise
            return await self.keep(job, kind, Detour.OUTAGE)
        except Exception:
            if job.recoveries < self._policy.most_faults:
                raise
            _log.exception("the %s of job %s cannot be posted", kind, job.id)
            return await self.keep(job, kind, Detour.OUTAGE)

    async def _walk(self, errand: Errand, destination: Destination, post_at: _PostAt) -> str:
        """Try one station after the other; the library takes everything."""
        detour: Detour | None = None
        for station in _stations(destination):
            try:
                return await post_at(await self._place(station, errand.job), detour)
            except Unreachable as obstacle:
                detour = detour or obstacle.reason
                _log.info("job %s: no %s in %s (%s)", errand.job.id, errand.kind, station, obstacle.reason)
        return await self.keep(errand.job, errand.kind, detour or Detour.ASKED)

    async def _place(self, station: Channel | Direct, job: Job) -> Place:
        if isinstance(station, Channel):
            return await self._poster.channel(station.id)
        return await self._poster.direct(job.requester.person)

    async def _post_clip(self, errand: Errand, shapes: Shapes, place: Place, detour: Detour | None) -> str:
        """Post the best form that the place takes."""
        for form in Form:
            upload = await shapes.make(form, await self._sender.limit_of(place))
            if upload is None and form is not Form.WORDS:
                continue
            link = None if form.is_clip else self._link(errand.job)
            showing = Showing(form, direct=place.direct, detour=detour, link=link)
            try:
                return await self._sender.send(errand, place, showing, upload)
            except TooLarge:
                continue
        raise Unreachable(Detour.FORBIDDEN)

    async def _post_notice(self, errand: Errand, place: Place, detour: Detour | None) -> str:
        showing = Showing(Form.WORDS, direct=place.direct, detour=detour)
        try:
            return await self._sender.send(errand, place, showing, None)
        except TooLarge as refusal:
            raise Unreachable(Detour.FORBIDDEN) from refusal


def _stations(destination: Destination) -> tuple[Channel | Direct, ...]:
    """Return where to try, in turn."""
    if isinstance(destination, Channel):
        return (destination, Direct())
    return (destination,) if isinstance(destination, Direct) else ()
