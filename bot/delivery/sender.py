"""Sending one thing once: the attempt is durable before the first byte, its outcome right after the last.

Whoever takes a job up again after a crash or an unclear answer looks for its message first (`look_for`) and otherwise
sends it under the same nonce, which Discord honours for some minutes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.delivery import store
from bot.delivery.card import Detour
from bot.delivery.limits import UploadLimits
from bot.delivery.parts import CardRefused, DeletedMeanwhile, Outgoing, Stalled, TooLarge, Unreachable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.clock import Clock
    from bot.delivery.card import Card, Form, Showing
    from bot.delivery.destination import Posted
    from bot.delivery.parts import Kind, Place, Poster, Upload
    from bot.delivery.store import Attempt
    from bot.jobs.job import Job
    from bot.storage.database import Database

_log = logging.getLogger(__name__)

_MOST_STALLS: Final = 2


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be posted for a job: `write` finds the words, `plain` is the card that nobody can refuse."""

    job: Job
    kind: Kind
    write: Callable[[Showing], Awaitable[Card]]
    plain: Callable[[Showing], Card]


class Sender:
    """Sends errands to places and keeps the record of it."""

    def __init__(self, *, database: Database, clock: Clock, poster: Poster) -> None:
        self._database = database
        self._clock = clock
        self._poster = poster
        self._limits = UploadLimits(database, clock)

    async def look_for(self, errand: Errand, attempt: Attempt) -> str | None:
        """Return the receipt of an attempt whose outcome is unknown, if its message is found; raises `Interrupted`."""
        try:
            place = await self._poster.channel(attempt.channel)
        except Unreachable:
            return None
        found = await self._poster.find(place, attempt.nonce, since=attempt.intended_at)
        if found is None:
            return None
        at = self._clock.now()
        await self._database.run(lambda tx: store.settle(tx, attempt.nonce, found, at=at))
        _log.info("the %s of job %s had been posted already", errand.kind, errand.job.id)
        return found.receipt

    async def limit_of(self, place: Place) -> int:
        """Return how large a file a place takes: what Discord says, or less where a refusal taught us so today."""
        return await self._limits.of(place.server, place.upload_limit)

    async def send(self, errand: Errand, place: Place, showing: Showing, upload: Upload | None) -> str:
        """Send one form and return the receipt; a card that cannot be used is replaced by the plainest one.

        Raises `TooLarge`, which is remembered for the server, `Unreachable`, `DeletedMeanwhile` or `Interrupted`.
        """
        try:
            return await self._attempt(errand, place, showing.form, await self._card(errand, showing), upload)
        except CardRefused:
            _log.exception("Discord refuses the card of job %s; a plain one goes out", errand.job.id)
        try:
            return await self._attempt(errand, place, showing.form, errand.plain(showing), upload)
        except CardRefused as refusal:
            raise Unreachable(Detour.FORBIDDEN) from refusal

    async def _card(self, errand: Errand, showing: Showing) -> Card:
        try:
            return await errand.write(showing)
        except Exception:  # noqa: BLE001 - a fault in the words must not cost the clip
            _log.exception("the card of job %s cannot be written; a plain one goes out", errand.job.id)
            return errand.plain(showing)

    async def _attempt(self, errand: Errand, place: Place, form: Form, card: Card, upload: Upload | None) -> str:
        job, kind, at = errand.job, errand.kind, self._clock.now()
        attempt = await self._database.run(
            lambda tx: store.intend(tx, job.id, kind, channel=place.channel, form=form, at=at),
        )
        try:
            posted = await self._post(attempt, place, Outgoing(attempt.nonce, card, job.requester.person, upload))
        except Stalled:
            await self._database.run(lambda tx: store.stall(tx, attempt.nonce))
            raise
        except DeletedMeanwhile:
            await self._close(attempt, deleted=True)
            raise
        except TooLarge:
            await self._close(attempt)
            if upload is not None:
                await self._limits.refused(place.server, upload.size)
            raise
        except (Unreachable, CardRefused):
            await self._close(attempt)
            raise
        at = self._clock.now()
        await self._database.run(lambda tx: store.settle(tx, attempt.nonce, posted, at=at))
        return posted.receipt

    async def _post(self, attempt: Attempt, place: Place, outgoing: Outgoing) -> Posted:
        if outgoing.upload is not None and attempt.stalls >= _MOST_STALLS:
            raise TooLarge
        return await self._poster.post(place, outgoing)

    async def _close(self, attempt: Attempt, *, deleted: bool = False) -> None:
        at = self._clock.now()
        close = store.settle_deleted if deleted else store.refuse
        await self._database.run(lambda tx: close(tx, attempt.nonce, at=at))
