"""Privacy through the real client: the export has everything, and what is deleted is nowhere on the disk."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from bot.credits import CreditDesk
from bot.errors import UnknownJob
from bot.jobs.audit import audit_jobs
from bot.jobs.drafts import Draft, save_draft
from bot.jobs.request import InputKind, Mode, Request
from bot.jobs.state import JobState
from bot.ledger import Cap, allowance, expire_lots, totals
from bot.preferences import PersonChoices, ServerChoices
from bot.preferences.store import load_server, save_person, save_server
from bot.privacy import departures
from bot.privacy.office import PrivacyOffice
from bot.sandbox.kling.faults import TaskAction, TaskFault
from tests.support.clock import ManualClock
from tests.support.orders import PROMPT, make, order, reaches
from tests.support.reading import answer_of, buttons_of, is_private, words_of
from tests.support.theatre import VENDOR, Theatre, open_theatre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.jobs.job import Job
    from bot.ledger import Totals

DAY = 86_400_000


@pytest.fixture
async def theatre(tmp_path: Path, prepared_clips: Path) -> AsyncIterator[Theatre]:
    """A bot with the commands about privacy."""
    async with open_theatre(tmp_path, cogs=["cogs.privacy"], clips=prepared_clips) as running:
        yield running
        await running.check_books()
        assert await running.app.database.read(audit_jobs) == []


async def sums(theatre: Theatre) -> Totals:
    return await theatre.app.database.read(totals)


def on_disk(theatre: Theatre, words: str) -> list[str]:
    """Return the files of the bot in which words are to be found."""
    sought = words.encode()
    files = [path for path in theatre.settings.data.dir.parent.rglob("*") if path.is_file()]
    return [path.name for path in files if sought in path.read_bytes()]


async def export_of(theatre: Theatre, who: str) -> dict[str, Any]:
    """Press Export and return the content of the file."""
    person = theatre.as_person(who)
    answer = await person.press(answer_of(await person.slash("/privacy")), "Export my data")
    await theatre.discord.until(lambda: answer.message is not None and answer.message.attachments)
    assert is_private(answer_of(answer))
    attachment = answer_of(answer).attachments[0]
    content = theatre.discord.files.path(attachment.id).read_bytes()
    return dict(json.loads(content))


async def erase(theatre: Theatre, who: str) -> str:
    """Delete everything about somebody and return what they were told."""
    person = theatre.as_person(who)
    card = answer_of(await person.slash("/privacy"))
    question = answer_of(await person.press(card, "Delete my data…"))
    for truth in ("credits are lost", "Small previews of your pictures", "Backups of the database still have"):
        assert truth in words_of(question)
    answer = await person.press(question, "Delete everything")
    await theatre.discord.until(lambda: "was deleted" in words_of(question) or "were deleted" in words_of(question))
    return words_of(answer_of(answer) if answer.message else question)


async def test_everybody_learns_what_is_stored(theatre: Theatre) -> None:
    mia = theatre.as_person("Mia")

    card = answer_of(await mia.slash("/privacy", channel="@bot"))

    assert is_private(card)
    for truth in ("30 days", "small previews of your pictures", "what was deleted is still in the older ones"):
        assert truth in words_of(card)
    assert buttons_of(card) == ["Export my data", "Delete my data…"]
    mia.person.user.locale = "zh-CN"
    assert "您的隐私" in words_of(answer_of(await mia.slash("/privacy")))


async def test_who_thinks_better_of_it_keeps_everything(theatre: Theatre) -> None:
    await theatre.give("Mia", 40)
    await make(theatre, "Mia")
    mia = theatre.as_person("Mia")
    question = answer_of(await mia.press(answer_of(await mia.slash("/privacy")), "Delete my data…"))
    assert buttons_of(question) == ["Delete everything", "Keep my data"]

    await mia.press(question, "Keep my data")

    assert "Nothing was deleted" in words_of(question)
    assert buttons_of(question) == []
    [job] = (await export_of(theatre, "Mia"))["jobs"]
    assert job["request"]["prompt"] == PROMPT


async def test_the_export_says_in_words_how_a_job_ended(theatre: Theatre) -> None:
    await theatre.give("Mia", 40)
    theatre.kling.faults.add(TaskFault(action=TaskAction.FAIL, message="out of paint", times=1))
    await theatre.app.engine.wait((await order(theatre, "Mia")).id)

    [job] = (await export_of(theatre, "Mia"))["jobs"]

    assert job["message"].startswith("The video service could not make this clip: Kling says “out of paint”.")
    assert job["history"][-1]["note"] == job["message"]


async def test_the_export_has_everything_about_the_person_and_nothing_about_others(theatre: Theatre) -> None:
    for who in ("Mia", "Noor"):
        await theatre.give(who, 40)
    job = await make(theatre, "Mia")
    await make(theatre, "Noor", "A secret rehearsal")
    mia = theatre.as_person("Mia")
    at = theatre.app.clock.now()
    await theatre.app.database.run(lambda tx: save_person(tx, mia.requester.person, PersonChoices(25), at=at))

    found = await export_of(theatre, "Mia")

    assert found["person"] == mia.person.id
    assert [one["id"] for one in found["jobs"]] == [job.id]
    assert found["jobs"][0]["request"]["prompt"] == PROMPT
    assert found["jobs"][0]["clip"][0]["seconds"] > 4
    [posted] = [one for one in mia.messages() if PROMPT in words_of(one)]
    assert found["jobs"][0]["messages"][0]["message"] == posted.id
    assert found["credits"][0]["permanent"] == 25
    assert [line["what"] for line in found["credits"][0]["history"]] == [
        f"Spent on job {job.id}",
        f"Set aside for job {job.id}",
        "Granted",
    ]
    assert found["choices"][0]["confirm_limit"] == 25
    assert "rehearsal" not in json.dumps(found)
    assert theatre.as_person("Noor").person.id not in json.dumps(found)


async def test_somebody_unknown_gets_an_empty_export(theatre: Theatre) -> None:
    found = await export_of(theatre, "Noor")

    assert (found["jobs"], found["credits"], found["choices"]) == ([], [], [])


async def test_what_is_deleted_is_nowhere_on_the_disk_and_the_books_add_up(theatre: Theatre) -> None:
    for who in ("Mia", "Noor"):
        await theatre.give(who, 40)
    mia, at = theatre.as_person("Mia"), theatre.app.clock.now()
    caps = [Cap(f"person:{mia.requester.server}:{mia.requester.person}", "2026-01-01", 99), Cap("server:1", "d", 99)]
    job = await theatre.app.engine.wait((await order(theatre, "Mia", caps=caps)).id)
    others = await make(theatre, "Noor", "A secret rehearsal")
    await theatre.app.database.run(
        lambda tx: (
            allowance(tx, owner=mia.requester.owner, period="a", amount=9, expires_at=at + 1, at=at),
            allowance(tx, owner=mia.requester.owner, period="b", amount=9, expires_at=at + DAY, at=at),
            expire_lots(tx, at=at + 2),
        )
    )
    await theatre.app.database.run(lambda tx: save_person(tx, mia.requester.person, PersonChoices(25), at=at))
    await theatre.bot.services.desk.offer(
        Request(prompt=f"{PROMPT} again", mode=Mode.STANDARD, audio=False), mia.requester, destination="library"
    )
    before = await sums(theatre)
    assert on_disk(theatre, PROMPT)
    clip = theatre.app.files.path((await _clip_digest(theatre, job.id)) or "")
    assert clip.exists()

    said = await erase(theatre, "Mia")

    assert "1 request" in said
    assert on_disk(theatre, PROMPT) == []
    assert on_disk(theatre, "A secret rehearsal") != []
    assert on_disk(theatre, f"person:{mia.person.id}") == []
    assert not clip.exists() or (await _clip_digest(theatre, others.id)) == clip.name
    assert await sums(theatre) == before
    await theatre.check_books()
    assert (await theatre.balance("Mia")).available == 0
    assert (await theatre.balance("Noor")).available == 25
    await theatre.discord.until(lambda: not any(PROMPT in words_of(one) for one in mia.messages()))
    assert any("A secret rehearsal" in words_of(one) for one in mia.messages())
    empty = await export_of(theatre, "Mia")
    assert (empty["jobs"], empty["credits"], empty["quotes"], empty["choices"]) == ([], [], [], [])


async def _clip_digest(theatre: Theatre, job_id: str) -> str | None:
    row = await theatre.app.database.read(lambda tx: tx.row("SELECT digest FROM clip WHERE job = :job", job=job_id))
    return None if row is None else str(row["digest"])


async def test_a_clip_in_the_making_is_not_posted_and_forgotten_when_it_ends(
    tmp_path: Path, prepared_clips: Path
) -> None:
    slow = VENDOR.model_copy(update={"fixed_processing": 150})
    async with open_theatre(tmp_path, cogs=["cogs.privacy"], clips=prepared_clips, vendor=slow, slots=1) as theatre:
        await theatre.give("Mia", 60)
        running = await order(theatre, "Mia")
        await reaches(theatre, running, JobState.RUNNING)
        waiting = await order(theatre, "Mia", f"{PROMPT}, seen twice")

        said = await erase(theatre, "Mia")

        assert "1 clip is still being made" in said
        gone = await theatre.app.database.read(lambda tx: tx.row("SELECT id FROM job WHERE id = :id", id=waiting.id))
        assert gone is None
        await _reaches_end(theatre, running)
        assert on_disk(theatre, PROMPT) == []
        assert not any(PROMPT in words_of(one) for one in theatre.as_person("Mia").messages())
        await theatre.check_books()
        assert (await sums(theatre)).held == 0


async def _reaches_end(theatre: Theatre, job: Job) -> None:
    """Wait until a job has ended and what waited for that is done."""
    with contextlib.suppress(UnknownJob):
        await theatre.app.engine.wait(job.id)
    cog: Any = theatre.bot.get_cog("Privacy")
    await cog.office.finish()


async def test_pictures_go_with_the_requests_that_nobody_else_has(theatre: Theatre) -> None:
    mia, noor = theatre.as_person("Mia").requester, theatre.as_person("Noor").requester
    own, shared = [await theatre.app.files.put_bytes(content, "image/png") for content in (b"own", b"shared")]
    at = theatre.app.clock.now()
    for number, (requester, image) in enumerate(((mia, own), (mia, shared), (noor, shared))):
        draft = Draft(f"d{number}", 1, requester, Request(prompt=PROMPT, input=InputKind.IMAGE, image=image), at + DAY)
        await theatre.app.database.run(partial(save_draft, draft=draft))

    await erase(theatre, "Mia")

    assert not theatre.app.files.path(own.digest).exists()
    assert theatre.app.files.path(shared.digest).exists()


async def test_two_presses_at_once_delete_once_and_are_both_answered(theatre: Theatre) -> None:
    await theatre.give("Mia", 40)
    await make(theatre, "Mia")
    mia = theatre.as_person("Mia")
    question = answer_of(await mia.press(answer_of(await mia.slash("/privacy")), "Delete my data…"))

    answers = await asyncio.gather(*(mia.press(question, "Delete everything") for _ in range(2)))

    assert [answer.failure for answer in answers] == [None, None]
    await theatre.discord.until(lambda: "and everything else about you" in words_of(question))
    assert await theatre.jobs("Mia") == []


async def test_a_large_export_is_packed(theatre: Theatre) -> None:
    requester = theatre.as_person("Mia").requester
    at = theatre.app.clock.now()
    for number in range(4):
        draft = Draft(f"d{number}", 1, requester, Request(prompt=f"{number} " * 3_000_000), at + DAY)
        await theatre.app.database.run(partial(save_draft, draft=draft))
    mia = theatre.as_person("Mia")

    answer = await mia.press(answer_of(await mia.slash("/privacy")), "Export my data")
    await theatre.discord.until(lambda: answer.message is not None and answer.message.attachments)

    [attachment] = answer_of(answer).attachments
    content = json.loads(gzip.decompress(theatre.discord.files.path(attachment.id).read_bytes()))
    assert len(content["drafts"]) == 4


async def test_deleting_twice_deletes_nothing_more(theatre: Theatre) -> None:
    await theatre.give("Mia", 40)
    await make(theatre, "Mia")

    await erase(theatre, "Mia")

    assert "0 requests" in await erase(theatre, "Mia")


async def test_a_gift_keeps_its_amount_when_the_giver_is_forgotten(theatre: Theatre) -> None:
    mia, noor = theatre.as_person("Mia").requester, theatre.as_person("Noor").requester
    await theatre.give("Mia", 40)
    services = theatre.bot.services
    desk = CreditDesk(
        theatre.app.database, theatre.app.engine.housekeeping.spending, services.preferences, theatre.app.clock
    )
    await desk.gift(mia, noor, 15, note="for the lighthouse", command="1")

    await erase(theatre, "Mia")

    [line] = (await desk.history(noor)).lines
    assert (line.available, line.note) == (15, "")
    assert "erased:" in line.subject
    assert on_disk(theatre, "for the lighthouse") == []


async def test_the_data_of_a_server_outlives_a_short_absence_and_not_a_long_one(theatre: Theatre) -> None:
    await theatre.give("Mia", 40)
    await make(theatre, "Mia")
    app, server = theatre.app, theatre.server
    office = PrivacyOffice(
        database=app.database,
        engine=app.engine,
        files=app.files,
        retention=app.retention,
        ids=app.ids,
        clock=(clock := ManualClock(app.clock.now())),
    )
    await app.database.run(lambda tx: save_server(tx, server, ServerChoices(person_cap=9), at=clock.now()))

    async def passes(days: float, *, present: bool) -> list[int]:
        await clock.advance(days * 86_400)
        return await office.note_servers([server] if present else [])

    assert await passes(0, present=False) == []
    assert await passes(departures.GRACE_DAYS - 1, present=True) == []
    assert await passes(2, present=False) == []
    assert await passes(departures.GRACE_DAYS - 1, present=False) == []
    assert await theatre.jobs("Mia") != []
    before = await sums(theatre)

    assert await passes(1, present=False) == [server]

    assert await theatre.jobs("Mia") == []
    assert await app.database.read(lambda tx: load_server(tx, server)) == ServerChoices()
    assert on_disk(theatre, PROMPT) == []
    assert on_disk(theatre, f"server:{server}") == []
    assert await sums(theatre) == before
    assert await passes(1, present=False) == []


async def test_being_removed_from_a_server_is_noticed(theatre: Theatre) -> None:
    await theatre.give("Mia", 40)
    await make(theatre, "Mia")

    async def left() -> list[int]:
        # a write waits for its turn behind the one that we wait for
        rows = await theatre.app.database.run(lambda tx: tx.rows("SELECT server FROM departure"))
        return [row["server"] for row in rows]

    assert await left() == []
    theatre.discord.stagehand.remove_bot("Soundstage Demo")

    async with asyncio.timeout(10):
        while await left() != [theatre.server]:
            pass
