"""A delivery with everything real around it: discord.py, the stand-in, the database and a clip."""

from __future__ import annotations

import contextlib
import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from bot.clock import RandomIds, SystemClock
from bot.delivery.card import Button, Buttons, Card, Form, Media, Text
from bot.delivery.channel import ChannelDelivery, DeliveryPolicy
from bot.delivery.destination import Channel
from bot.delivery.folder import FolderDelivery
from bot.delivery.links import ClipLinks
from bot.delivery.plain import PlainCards
from bot.delivery.shaping import Shaper
from bot.discord.poster import DiscordPoster
from bot.jobs import settle, store
from bot.jobs.job import Clip
from bot.jobs.quote import Requester
from bot.jobs.state import JobState
from bot.media.ffmpeg import Ffmpeg
from bot.sandbox.discord import DiscordStandIn
from bot.storage.files import FileStore
from bot.storage.open import open_database
from bot.texts import Texts, verbatim
from tests.support.discord_bot import RunningBot, TestBot
from tests.support.jobs import NOW, give, placed, quoted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import discord

    from bot.delivery.card import Showing
    from bot.delivery.parts import Poster
    from bot.jobs.job import Job
    from bot.sandbox.discord import Person
    from bot.sandbox.discord.model import Message
    from bot.storage.database import Transaction
    from bot.storage.sqlite import SqliteDatabase

SERVER = "Soundstage Demo"
SEND = "POST /channels/{channel_id}/messages"
PUBLIC_URL = "https://bot.example"
PLENTY = {0: 20 << 20, 1: 20 << 20, 2: 50 << 20, 3: 100 << 20}


class Writer:
    """Writes short cards and remembers under which circumstances."""

    def __init__(self) -> None:
        self.showings: list[Showing] = []

    async def clip(self, job: Job, clip: Clip, showing: Showing) -> Card:
        """Write a card that shows the clip."""
        del clip
        self.showings.append(showing)
        where = "" if showing.form.is_clip else (showing.link.url if showing.link else "/library")
        again = Button("Again", custom_id=f"v1:clip:again:{job.id}")
        words = Text(f"<@{job.requester.person}> ready {where} {job.request.prompt}")
        return Card("A pier at dusk", (words, Media("A pier at dusk"), Buttons((again,))))

    async def notice(self, job: Job, showing: Showing) -> Card:
        """Write a card with the sentence of the job."""
        self.showings.append(showing)
        return Card("No clip", (Text(f"<@{job.requester.person}> {job.message}"),))


@dataclass
class PostOffice:
    """The parts of a delivery, and jobs to deliver."""

    directory: Path
    stand_in: DiscordStandIn
    client: discord.Client
    database: SqliteDatabase
    files: FileStore
    clock: SystemClock = field(default_factory=SystemClock)
    writer: Writer = field(default_factory=Writer)
    limits: dict[int, int] = field(default_factory=PLENTY.copy)
    public_url: str = PUBLIC_URL
    patience: float = 10.0
    policy: DeliveryPolicy = field(default_factory=DeliveryPolicy)
    _numbers: count[int] = field(default_factory=partial(count, 1))

    @property
    def mia(self) -> Person:
        """A member."""
        return self.stand_in.person("mia")

    def destination(self, channel: str) -> str:
        """Return a channel of the server as jobs keep it."""
        return str(Channel(self.channel_id(channel)))

    def channel_id(self, name: str) -> int:
        """The id of a channel."""
        return int(self.stand_in.stagehand.channel(name).id)

    @property
    def poster(self) -> DiscordPoster:
        """The real poster."""
        return DiscordPoster(self.client, limits=self.limits, patience=self.patience)

    def delivery(self, *, poster: Poster | None = None) -> ChannelDelivery:
        """Return a delivery as a newly started process would have it."""
        return ChannelDelivery(
            database=self.database,
            clock=self.clock,
            poster=poster or self.poster,
            writer=self.writer,
            plain=PlainCards(Texts.load(), lambda job: job.locale),
            shaper=Shaper(self.files, Ffmpeg()),
            link=ClipLinks(public_url=self.public_url, key="key", hours=1, clock=self.clock),
            folder=FolderDelivery(),
            policy=self.policy,
        )

    async def job(self, destination: str, *, keep: bool = False) -> Job:
        """Place a job of Mia's and bring it to the moment of delivery."""
        number, at = next(self._numbers), self.clock.now()
        requester = Requester(server=int(self.stand_in.stagehand.guild(SERVER).id), person=int(self.mia.id))

        def make(tx: Transaction) -> Job:
            give(tx, requester, 50, command=f"gift-{number}")
            agreement = quoted(tx, f"quote{number}", requester=requester, destination=destination)
            (job,) = placed(tx, agreement, at=NOW)
            for state in (JobState.SUBMITTING, JobState.RUNNING, JobState.FETCHING, JobState.DELIVERING):
                store.move(tx, job, state, at=at)
                job = store.load(tx, job.id)
            if keep:
                tx.execute("UPDATE job SET keep = 1 WHERE id = :id", id=job.id)
            return store.load(tx, job.id)

        return await self.database.run(make)

    async def clip(self, job: Job, source: Path) -> Clip:
        """Give a job a clip with the content of a file."""
        async with self.files.workspace() as workspace:
            shutil.copyfile(source, workspace / "clip")
            kept = await self.files.put_file(workspace / "clip", "video/mp4")
        clip = Clip(job.id, kept.digest, kept.size, 5.04, 320, 180, has_audio=True, generation=60.0)
        await self.database.run(lambda tx: store.insert_clip(tx, clip, at=self.clock.now()))
        return clip

    async def deliver(self, job: Job, clip: Clip, *, delivery: ChannelDelivery | None = None) -> str:
        """Deliver a clip and return the receipt."""
        return await (delivery or self.delivery()).deliver(job, clip, self.files.path(clip.digest))

    async def failed(self, destination: str, message: str = "It failed. Your credits are back.") -> Job:
        """Return a job of Mia's that ended without a clip."""
        job = await self.job(destination)
        at = self.clock.now()
        return await self.database.run(
            lambda tx: settle.finish_without_clip(tx, job, JobState.FAILED, message=verbatim(message), at=at)
        )

    def posts(self, channel: str) -> list[Message]:
        """The messages of the bot that Mia sees in a channel."""
        return [one for one in self.mia.messages(channel) if one.by_application]

    def words(self, message: Message) -> str:
        """All text of a message."""
        return "\n".join(_texts(message.components))

    def content(self, message: Message) -> bytes:
        """The bytes of the only file of a message."""
        (attachment,) = message.attachments
        return self.stand_in.files.path(attachment.id).read_bytes()

    @property
    def forms(self) -> list[Form]:
        """The forms for which a card was written, in turn."""
        return [showing.form for showing in self.writer.showings]


def bytes_of(path: Path) -> bytes:
    """Return the content of a file."""
    return path.read_bytes()


def size_of(path: Path) -> int:
    """Return the size of a file."""
    return path.stat().st_size


def _texts(components: list[dict[str, Any]]) -> list[str]:
    found = []
    for component in components:
        if "content" in component:
            found.append(str(component["content"]))
        found += _texts(component.get("components") or [])
    return found


@asynccontextmanager
async def open_post_office(directory: Path) -> AsyncIterator[PostOffice]:
    """Start the stand-in and connect a client; no request may have gone to a route that Discord lacks."""
    clock = SystemClock()
    async with contextlib.AsyncExitStack() as stack:
        stand_in = DiscordStandIn(clock=clock, ids=RandomIds(clock), directory=directory / "discord")
        await stack.enter_async_context(stand_in)
        client = TestBot()
        await stack.enter_async_context(RunningBot(stand_in, client))
        database = await stack.enter_async_context(open_database(f"sqlite:///{directory / 'test.db'}"))
        yield PostOffice(directory, stand_in, client, database, FileStore(directory / "data", clock))
        assert [record.path for record in stand_in.journal.unknown] == []
