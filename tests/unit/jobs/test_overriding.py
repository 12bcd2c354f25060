"""Errors that a person may live with: which, for how long, and that nothing else slips through with them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from bot.catalog import Catalogue
from bot.clock import RandomIds, SystemClock
from bot.errors import RequestRefused
from bot.jobs.inspection import Inspection
from bot.jobs.overriding import can_be_accepted, in_the_way, is_accepted
from bot.jobs.quote import Requester, load_quote
from bot.jobs.quoting import QuoteDesk
from bot.jobs.request import InputKind, Request, StoredFile
from bot.media.download import Downloader
from bot.prompts.rules import RULES
from bot.providers.kling import KlingProvider, credentials_from
from bot.storage.files import FileStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.jobs.quoting import Offer
    from bot.storage.sqlite import SqliteDatabase

MIA = Requester(server=1, person=2)
ONE_VOICE = (
    '[Cook@Voice Nora] stirs the pot. [Cook@Voice Nora]: "Dinner." '
    'Immediately, [Waiter@Voice Nora] turns. [Waiter@Voice Nora]: "Coming."'
)
CONTENT = b"a picture"
PICTURE = StoredFile(
    digest=sha256(CONTENT).hexdigest(), media_type="image/png", size=len(CONTENT), width=960, height=720
)
CLOCK = SystemClock()


def request(**changes: object) -> Request:
    """Two characters with one voice in a clip from an image: possible, but they would sound the same."""
    fields = {"input": InputKind.IMAGE, "prompt": ONE_VOICE, "seconds": 10, "aspect_ratio": None, "image": PICTURE}
    return Request.model_validate(fields | changes)


@pytest.fixture
async def desk(database: SqliteDatabase, tmp_path: Path) -> AsyncIterator[QuoteDesk]:
    files = FileStore(tmp_path, CLOCK)
    await files.put_bytes(CONTENT, PICTURE.media_type)
    catalogue, downloader = Catalogue.load(), Downloader()
    provider = KlingProvider(
        base_url="http://127.0.0.1:9",
        credentials=credentials_from(access_key="key", secret_key="secret" * 6),
        catalogue=catalogue,
        downloader=downloader,
        clock=CLOCK,
    )
    inspection = Inspection(catalogue, {"kling": provider})
    yield QuoteDesk(inspection, files, database, CLOCK, RandomIds(CLOCK), validity=60.0)
    await provider.close()
    await downloader.close()


async def offered(desk: QuoteDesk, wanted: Request) -> Offer:
    return await desk.offer(wanted, MIA, destination="library")


def rules(refusal: pytest.ExceptionInfo[RequestRefused]) -> list[str]:
    return [one.rule for one in refusal.value.findings]


async def test_an_error_stops_the_request_until_it_is_accepted(desk: QuoteDesk) -> None:
    with pytest.raises(RequestRefused) as refusal:
        await offered(desk, request())
    assert rules(refusal) == ["V002"]
    assert can_be_accepted(refusal.value.findings)

    offer = await offered(desk, await desk.accept(request()))

    [error] = [one for one in offer.findings if one.rule == "V002"]
    assert is_accepted(offer.quote.request, error)
    stored = await desk.database.read(lambda tx: load_quote(tx, offer.quote.id))
    assert in_the_way(stored.request, offer.findings) == []


async def test_other_settings_keep_an_acceptance_and_other_words_lose_it(desk: QuoteDesk) -> None:
    accepted = await desk.accept(request())

    offer = await offered(desk, accepted.model_copy(update={"outputs": 2, "negative_prompt": "rain"}))
    assert offer.quote.request.outputs == 2
    with pytest.raises(RequestRefused) as refusal:
        await offered(desk, accepted.model_copy(update={"prompt": ONE_VOICE + " "}))

    assert rules(refusal) == ["V002"]


async def test_what_is_mended_is_no_longer_accepted(desk: QuoteDesk) -> None:
    accepted = await desk.accept(request())
    mended = accepted.model_copy(update={"prompt": ONE_VOICE.replace("Waiter@Voice Nora", "Waiter@Voice Emil")})

    offer = await offered(desk, mended)

    assert offer.quote.request.accepted == ()


async def test_what_the_vendor_would_refuse_cannot_be_accepted(desk: QuoteDesk) -> None:
    impossible = request(audio=False, seconds=7)

    accepted = await desk.accept(impossible)
    with pytest.raises(RequestRefused) as refusal:
        await offered(desk, accepted)

    assert "C001" in rules(refusal)
    assert "V002" not in rules(refusal)
    assert not can_be_accepted(refusal.value.findings)


async def test_rules_that_were_not_named_are_not_accepted(desk: QuoteDesk) -> None:
    accepted = await desk.accept(request(), rules={"V005"})

    assert accepted == request()


def test_only_what_the_catalogue_names_may_be_accepted() -> None:
    assert [rule.id for rule in RULES.values() if rule.overridable] == ["V002"]
