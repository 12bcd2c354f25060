"""Clips that belong together are joined into one film, and whatever is in the way is said."""

from __future__ import annotations

import asyncio
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.delivery.store import learn_limit, learned_limit
from bot.jobs.store import load_clip
from bot.media.probe import probe
from bot.sandbox.discord.faults import Fault
from tests.support.ordering import CHEAP, confirm, made, shown
from tests.support.reading import answer_of, buttons_of, is_private, told, words_of
from tests.support.theatre import Theatre, open_theatre

if TYPE_CHECKING:
    from bot.sandbox.discord.model import Message
    from tests.support.theatre import Actor

FORM = {"negative": "", "look": ["standard silent"], "format": ["5"], "outputs": ["1"]}
JOIN = "Join with the clip before"
FILM = "Both clips as one"
FOLLOW = "POST /webhooks/{application_id}/{token}"


async def sequel(mia: Actor) -> Message:
    """Make a clip and the one that continues it; return the message of the latter."""
    await mia.theatre.give("Mia", 100)
    first, _ = await made(mia, **CHEAP)
    opened = await mia.press(first, "Extend")
    answer = await mia.submit(opened, prompt="The tram stops", **FORM)
    await confirm(mia, await shown(mia.theatre, answer, button="Confirm"))
    return await mia.sees(lambda one: JOIN in buttons_of(one))


def films(mia: Actor) -> list[Message]:
    return [one for one in mia.messages() if FILM in words_of(one)]


async def spoil_newest_clip(theatre: Theatre) -> None:
    """Leave something in place of the newest clip that is no film."""
    newest, *_ = await theatre.jobs("Mia")
    clip = await theatre.app.database.read(lambda tx: load_clip(tx, newest.id))
    assert clip is not None
    path = theatre.app.files.path(clip.digest)
    path.chmod(0o600)
    path.write_bytes(b"no film" * 4000)


async def test_a_data_directory_named_from_where_the_bot_runs_serves_as_well(
    tmp_path: Path, prepared_clips: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_theatre(Path("house"), clips=prepared_clips) as theatre:
        assert not theatre.settings.data.dir.is_absolute()
        mia = theatre.as_person("Mia")

        await mia.press(await sequel(mia), JOIN)
        film = await mia.sees(lambda one: FILM in words_of(one))

        facts = await probe(theatre.discord.files.path(film.attachments[0].id))
        assert facts.seconds == pytest.approx(10, abs=0.5)


async def test_of_two_presses_at_once_the_second_hears_that_it_is_on_its_way(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    clip = await sequel(mia)

    answers = await asyncio.gather(mia.press(clip, JOIN), mia.press(clip, JOIN))
    await mia.sees(lambda one: FILM in words_of(one))

    assert [answer.failure for answer in answers] == [None, None]
    assert sum("on its way already" in words_of(answer_of(answer)) for answer in answers) == 1
    assert len(films(mia)) == 1


async def test_while_a_film_is_joined_only_its_person_hears_of_it(theatre: Theatre) -> None:
    mia, noor = theatre.as_person("Mia"), theatre.as_person("Noor")
    clip = await sequel(mia)
    before = noor.messages()

    answer = await mia.press(clip, JOIN)
    film = await mia.sees(lambda one: FILM in words_of(one))
    await theatre.discord.until(lambda: "The film is ready" in words_of(answer_of(answer)) or None)

    assert is_private(answer_of(answer))
    assert film.id in words_of(answer_of(answer))
    assert noor.messages() == [*before, film]


async def test_a_film_that_is_refused_for_its_size_comes_smaller_or_as_a_picture(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    clip = await sequel(mia)
    theatre.discord.faults.add(Fault(FOLLOW, status=413, code=40005, message="Request entity too large", times=1))

    await mia.press(clip, JOIN)
    film = await mia.sees(lambda one: FILM in words_of(one), seconds=30)

    assert [file.filename.rpartition(".")[2] in {"mp4", "jpg"} for file in film.attachments] == [True]
    assert "upload limit" in words_of(film) or "too large" in words_of(film)
    at = theatre.app.clock.now()
    assert await theatre.app.database.read(lambda tx: learned_limit(tx, theatre.server, at=at))


async def test_a_film_that_no_place_takes_is_at_least_told_with_where_its_clips_are(theatre: Theatre) -> None:
    mia, noor = theatre.as_person("Mia"), theatre.as_person("Noor")
    clip = await sequel(mia)
    at = theatre.app.clock.now()
    await theatre.app.database.run(lambda tx: learn_limit(tx, theatre.server, 100, at=at))

    await mia.press(clip, JOIN)
    film = await noor.sees(lambda one: FILM in words_of(one), seconds=30)

    assert film.attachments == []
    assert "too large to be posted here; its clips are in /library" in words_of(film)


async def test_a_film_can_be_reported_and_deleted_with_its_clip(theatre: Theatre) -> None:
    mia, noor = theatre.as_person("Mia"), theatre.as_person("Noor")
    clip = await sequel(mia)
    await mia.press(clip, JOIN)
    film = await mia.sees(lambda one: FILM in words_of(one))

    assert (await noor.press(film, "Report")).modal is not None
    asked = (await mia.press(film, "Delete")).message
    assert asked is not None
    await mia.press(asked, "Delete for good")
    await theatre.discord.until(lambda: "are deleted" in words_of(asked) or None)

    assert film not in mia.messages()
    assert clip not in mia.messages()


async def test_putting_away_a_draft_that_is_gone_says_so(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")
    answer = await mia.slash("/video text", prompt="x" * 2600, **CHEAP)
    card = await shown(theatre, answer, button="Cancel")
    await theatre.app.database.run(lambda tx: tx.execute("DELETE FROM draft"))

    pressed = await mia.press(card, "Cancel")
    await theatre.discord.until(lambda: pressed.followups or None)

    assert "out of date" in told(pressed)


async def test_a_film_that_cannot_be_made_is_told_to_its_person_alone_and_logged(
    theatre: Theatre, caplog: pytest.LogCaptureFixture
) -> None:
    mia = theatre.as_person("Mia")
    clip = await sequel(mia)
    await spoil_newest_clip(theatre)
    before = theatre.as_person("Noor").messages()

    with caplog.at_level(logging.INFO):
        answer = await mia.press(clip, JOIN)
        await theatre.discord.until(lambda: answer.followups or None, seconds=10)

    said = re.search(r"Reference: `(\w{16})`", told(answer))
    assert said
    record = next(record for record in caplog.records if getattr(record, "reference", None) == said[1])
    assert getattr(record, "detail", "")
    assert theatre.as_person("Noor").messages() == before
