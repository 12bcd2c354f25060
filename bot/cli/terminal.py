"""A person at the terminal as a requester: takes in files, shows the quote, places it and waits for the clips."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, Final

import click

from bot.cli.common import open_folder
from bot.cli.progress import show_progress
from bot.cli.stopping import interruptible_question
from bot.errors import ConfigurationError, MediaRefused, RequestRefused, SoundstageError
from bot.jobs import store
from bot.jobs.overriding import can_be_accepted, is_accepted
from bot.jobs.place import Agreement
from bot.jobs.quote import Requester
from bot.jobs.quoting import QuoteDesk
from bot.jobs.state import JobState
from bot.ledger import balance, grant
from bot.media.images import prepare_image_file

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from bot.app import Application
    from bot.jobs.job import Job
    from bot.jobs.quoting import Offer
    from bot.jobs.request import Request, StoredFile
    from bot.storage.database import Transaction

OPERATOR: Final = Requester(server=0, person=0)
"""Whoever sits at the terminal; Discord has no server and no person with the id 0."""
_WITH_VENDOR: Final = frozenset({JobState.RUNNING, JobState.FETCHING})
_SHOWN_CHARACTERS: Final = 60
_NOT_CHARGED: Final = "Nothing was charged."


@dataclass(frozen=True, slots=True)
class Terminal:
    """One request from the terminal through a running application.

    `vendor_forgets` says that the vendor ends with this command and takes along what it was making.
    """

    app: Application
    vendor_forgets: bool = False

    async def take_in(self, image: Path | None) -> StoredFile | None:
        """Check and keep an image file; raises `MediaRefused`, which names the file."""
        if image is None:
            return None
        try:
            return await prepare_image_file(image, self.app.files)
        except MediaRefused as refusal:
            raise MediaRefused(f"{image}: {refusal} {_NOT_CHARGED}") from None

    async def make(self, request: Request, folder: Path, *, agreed: bool, accept: Collection[str] = ()) -> list[Job]:
        """Quote a request, ask for agreement unless `agreed`, and wait until every clip has ended.

        `accept` names the rules whose errors do not matter to the operator.
        """
        desk = self._desk()
        try:
            request = await desk.accept(request, rules=accept)
            offer = await desk.offer(request, OPERATOR, destination=str(folder))
        except RequestRefused as refusal:
            raise SoundstageError(f"{refusal} {_NOT_CHARGED}{_way_out(refusal)}") from None
        _show(request, offer)
        _open_folder(folder)
        if not agreed and sys.stdin.isatty():
            with interruptible_question():
                click.confirm("Make it?", abort=True, err=True)
        jobs = await self._place(offer)
        return await show_progress(self.app.engine, jobs)

    async def unfinished(self) -> list[Job]:
        """Return the clips that an earlier command left unfinished; the engine carries on with them.

        Those that a vendor has forgotten are told of and left out.
        """
        left, lost = await self._open_jobs()
        for job in lost:
            click.echo(f'A preview was stopped while it was made and is lost: "{_shortened(job)}"', err=True)
        if left:
            click.echo(f"Carrying on with {_clips(len(left))} of an earlier command as well.", err=True)
        return left

    async def say_what_stays(self) -> None:
        """Tell somebody who stops a command what becomes of the clips that have not ended."""
        left, lost = await self._open_jobs()
        waiting = sum(job.state is JobState.QUEUED for job in left)
        stays = [
            f"{_clips(number)} {one if number == 1 else several}"
            for number, one, several in (
                (len(left) - waiting, "stays ordered", "stay ordered"),
                (waiting, "waits to be ordered", "wait to be ordered"),
            )
            if number
        ]
        if stays:
            click.echo(f"{' and '.join(stays)}. The next command carries on.", err=True)
        if lost:
            click.echo(f"{_clips(len(lost))} will not come: a preview ends with its command.", err=True)

    async def _open_jobs(self) -> tuple[list[Job], list[Job]]:
        """Return the open jobs that can be carried on with, and those that cannot."""
        recent = await self.app.database.read(lambda tx: store.jobs_of(tx, OPERATOR))
        left = [job for job in recent if not job.state.ended]
        lost = [job for job in left if self.vendor_forgets and job.state in _WITH_VENDOR]
        return [job for job in left if job not in lost], lost

    async def now(self, jobs: Sequence[Job]) -> list[Job]:
        """Return jobs as they stand by now."""
        return await self.app.database.read(lambda tx: [store.load(tx, job.id) for job in jobs])

    def _desk(self) -> QuoteDesk:
        return QuoteDesk(
            inspection=self.app.engine.inspection,
            files=self.app.files,
            database=self.app.database,
            clock=self.app.clock,
            ids=self.app.ids,
            validity=60.0 * self.app.settings.jobs.quote_minutes,
        )

    async def _place(self, offer: Offer) -> Sequence[Job]:
        """Place the quote, and give the operator what the clips cost beyond the credits that came back earlier."""
        quote = offer.quote
        at = self.app.clock.now()

        def fund(tx: Transaction) -> None:
            missing = quote.credits - balance(tx, owner=OPERATOR.owner, at=at).available
            if missing > 0:
                grant(
                    tx,
                    command=f"terminal-{quote.id}",
                    owner=OPERATOR.owner,
                    amount=missing,
                    actor="terminal",
                    note="for a request from the terminal",
                    at=at,
                )

        placement = await self.app.engine.place(
            Agreement(quote.id, quote.revision, quote.credits, OPERATOR),
            provider=self.app.catalogue.card(quote.request.model).provider,
            caps=(),
            fund=fund,
        )
        return placement.jobs


def report(jobs: Sequence[Job]) -> bool:
    """Print the path of every clip on standard output and every other end on standard error; say whether all came."""
    for job in jobs:
        if job.state is JobState.DELIVERED:
            click.echo(job.receipt)
        elif job.state.ended:
            click.echo(str(job.message or ""), err=True)
    if waiting := sum(not job.state.ended for job in jobs):
        click.echo(f"Not ready yet: {_clips(waiting)} of an earlier command. The next command carries on.", err=True)
    return all(job.state is JobState.DELIVERED for job in jobs)


def _show(request: Request, offer: Offer) -> None:
    sound = "with sound" if request.audio else "silent"
    click.echo(
        f"{_clips(request.outputs)} of {request.seconds:g} s, {request.mode}, {sound}: {offer.quote.credits} credits",
        err=True,
    )
    for finding in offer.findings:
        standing = "accepted" if is_accepted(offer.quote.request, finding) else str(finding.severity)
        click.echo(f"{standing} {finding.rule}: {finding.message}", err=True)


def _way_out(refusal: RequestRefused) -> str:
    """Say how to have it made all the same, where that is possible."""
    if not can_be_accepted(refusal.findings):
        return ""
    options = " ".join(dict.fromkeys(f"--accept {one.rule}" for one in refusal.findings))
    return f" Change the prompt, or add {options} to have it made as it is."


def _shortened(job: Job) -> str:
    return shorten(job.request.prompt, _SHOWN_CHARACTERS, placeholder="…")


def _clips(number: int) -> str:
    return "1 clip" if number == 1 else f"{number} clips"


def _open_folder(folder: Path) -> None:
    """Make the folder for the clips, and refuse one that takes no files before anything is paid for."""
    if reason := open_folder(folder):
        raise ConfigurationError(f"Clips cannot be put into {folder}: {reason}. {_NOT_CHARGED} Choose another --out.")
