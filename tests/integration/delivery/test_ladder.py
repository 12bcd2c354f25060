"""What fits is posted, what does not is made to fit, and what cannot be posted is told: never silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bot.delivery import store
from bot.delivery.card import Form
from bot.delivery.destination import Channel
from bot.delivery.parts import Stalled
from bot.delivery.shaping import HEADROOM, KNOWN_LIMITS, limit_below, room
from bot.media.probe import probe
from bot.sandbox.discord import DIRECT, Fault
from tests.support.post_office import PUBLIC_URL, SEND, SERVER, PostOffice, size_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.delivery.destination import Posted
    from bot.delivery.parts import Outgoing, Place
    from bot.discord.poster import DiscordPoster
    from bot.sandbox.discord.model import Message


def know(office: PostOffice, limit: int) -> None:
    """Let both sides agree on the limit of the server."""
    office.limits[0] = limit
    office.stand_in.stagehand.set_upload_limit(SERVER, limit)


async def delivered(office: PostOffice, source: Path) -> Message:
    job = await office.job(str(Channel(office.channel_id("stage"))))
    await office.deliver(job, await office.clip(job, source))
    return office.posts("stage")[-1]


def sizes(office: PostOffice) -> list[int]:
    """The sizes of all files that were sent, in turn."""
    return [file.size for record in office.stand_in.journal.of(SEND) for file in record.files]


async def test_a_clip_over_the_known_limit_is_encoded_before_it_is_sent(
    office: PostOffice, source: Path, tmp_path: Path
) -> None:
    limit = size_of(source) * 3 // 4
    know(office, limit)
    message = await delivered(office, source)

    (size,) = sizes(office)
    assert size <= limit * HEADROOM
    received = tmp_path / "received.mp4"
    received.write_bytes(office.content(message))
    facts = await probe(received)
    assert facts.seconds == pytest.approx(5.04, abs=0.1)
    assert facts.audio is not None
    assert facts.index_first
    assert office.forms == [Form.FITTED]


async def test_three_percent_are_left_free(office: PostOffice, source: Path) -> None:
    know(office, round(size_of(source) / 0.98))
    await delivered(office, source)
    assert office.forms == [Form.FITTED]


async def test_a_refusal_teaches_the_limit_for_a_day(office: PostOffice, source: Path) -> None:
    size = size_of(source)
    office.stand_in.stagehand.set_upload_limit(SERVER, size * 3 // 4)
    await delivered(office, source)
    assert office.forms == [Form.VIDEO, Form.FITTED]
    assert len(office.posts("stage")) == 1

    office.writer.showings.clear()
    await delivered(office, source)
    assert office.forms == [Form.FITTED]
    server = int(office.stand_in.stagehand.guild(SERVER).id)
    day = 86_400_000
    now = office.clock.now()
    known, later, elsewhere = await office.database.read(
        lambda tx: (
            store.learned_limit(tx, server, at=now),
            store.learned_limit(tx, server, at=now + day),
            store.learned_limit(tx, 0, at=now),
        )
    )
    assert (known, later, elsewhere) == (size // 2, None, None)


async def test_what_cannot_be_made_to_fit_is_posted_as_picture_and_link(office: PostOffice, source: Path) -> None:
    know(office, 35_000)
    message = await delivered(office, source)
    assert office.content(message).startswith(b"\xff\xd8\xff")
    assert message.attachments[0].filename.endswith(".jpg")
    assert f"{PUBLIC_URL}/clips/" in office.words(message)
    assert office.forms == [Form.POSTER]


async def test_a_clip_that_takes_too_long_to_encode_is_posted_as_picture_and_link(
    office: PostOffice, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.shaping.ENCODING_SECONDS", 0.0)
    know(office, size_of(source) // 2)
    await delivered(office, source)
    assert office.forms == [Form.POSTER]


async def test_without_a_public_address_the_card_says_where_the_clip_is(office: PostOffice, source: Path) -> None:
    office.public_url = ""
    know(office, 35_000)
    message = await delivered(office, source)
    assert office.writer.showings[-1].link is None
    assert "/library" in office.words(message)


async def test_words_and_a_link_always_fit(office: PostOffice, source: Path) -> None:
    know(office, 1000)
    message = await delivered(office, source)
    assert message.attachments == []
    assert f"{PUBLIC_URL}/clips/" in office.words(message)
    assert office.forms == [Form.WORDS]


async def test_a_server_that_refuses_every_file_still_hears_of_the_clip(office: PostOffice, source: Path) -> None:
    refusal = Fault(SEND, status=413, code=40005, message="Request entity too large", times=3)
    office.stand_in.faults.add(refusal)
    message = await delivered(office, source)
    assert office.forms == [Form.VIDEO, Form.FITTED, Form.POSTER, Form.WORDS]
    assert message.attachments == []
    assert sizes(office) == sorted(sizes(office), reverse=True)
    assert len(office.posts("stage")) == 1
    assert office.posts(DIRECT) == []


@dataclass
class StallingPoster:
    """The real poster, through which no file gets in time."""

    poster: DiscordPoster

    async def channel(self, channel_id: int) -> Place:
        """Look at a channel."""
        return await self.poster.channel(channel_id)

    async def direct(self, person: int) -> Place:
        """Open direct messages."""
        return await self.poster.direct(person)

    async def find(self, place: Place, nonce: str, *, since: int) -> Posted | None:
        """Look for a message."""
        return await self.poster.find(place, nonce, since=since)

    async def post(self, place: Place, outgoing: Outgoing) -> Posted:
        """Stall where a video is sent."""
        if outgoing.upload is not None and outgoing.upload.name.endswith(".mp4"):
            raise Stalled
        return await self.poster.post(place, outgoing)


async def test_transfers_that_never_end_lead_to_a_link(office: PostOffice, source: Path) -> None:
    job = await office.job(str(Channel(office.channel_id("stage"))))
    clip = await office.clip(job, source)
    delivery = office.delivery(poster=StallingPoster(office.poster))
    stalls = 0
    while not office.posts("stage"):
        try:
            await office.deliver(job, clip, delivery=delivery)
        except Stalled:
            stalls += 1
            assert stalls < 10
    (message,) = office.posts("stage")
    assert f"{PUBLIC_URL}/clips/" in office.words(message)


@pytest.mark.parametrize("limit", KNOWN_LIMITS)
def test_a_refused_size_points_to_the_next_known_limit(limit: int) -> None:
    assert limit_below(room(limit) + 1) == limit
    assert limit_below(room(limit)) < limit
