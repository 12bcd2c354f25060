"""What is old goes, what is needed stays, and the books stay right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.delivery import library, store
from bot.delivery.card import Detour, Form
from bot.delivery.destination import Posted
from bot.delivery.parts import Kind
from bot.delivery.retention import drop_clips, drop_history, needed_digests
from bot.jobs.audit import audit_jobs
from bot.jobs.request import InputKind, Request, StoredFile
from bot.ledger import audit, totals
from tests.support.clip_rows import delivered, delivering
from tests.support.jobs import MIA, NOW, quoted

if TYPE_CHECKING:
    from bot.storage.database import Database, Transaction

DAY = 86_400_000


def image(letter: str) -> Request:
    file = StoredFile(digest=letter * 64, media_type="image/png", size=10, width=300, height=300)
    return Request(prompt="Rain", input=InputKind.IMAGE, image=file, end_image=None, aspect_ratio=None)


async def test_old_clips_go_and_open_jobs_keep_theirs(database: Database) -> None:
    def scenario(tx: Transaction) -> tuple[int, int, list[str]]:
        delivered(tx, "old", at=NOW)
        delivered(tx, "new", at=NOW + 2 * DAY)
        delivering(tx, "open", at=NOW)
        first, second = drop_clips(tx, before=NOW + DAY), drop_clips(tx, before=NOW + DAY)
        return first, second, [row["job"] for row in tx.rows("SELECT job FROM clip ORDER BY job")]

    assert await database.run(scenario) == (1, 0, ["new1", "open1"])


async def test_history_goes_as_a_whole_and_the_books_stay(database: Database) -> None:
    def scenario(tx: Transaction) -> int:
        job = delivered(tx, "old", at=NOW)
        attempt = store.intend(tx, job.id, Kind.CLIP, channel=5, form=Form.VIDEO, at=NOW)
        store.settle(tx, attempt.nonce, Posted(5, 6), at=NOW)
        store.leave_notice(tx, job, Kind.NOTICE, Detour.ASKED, at=NOW)
        delivered(tx, "new", at=NOW + 2 * DAY)
        delivering(tx, "open", at=NOW)
        quoted(tx, "waiting", at=NOW)
        return drop_history(tx, before=NOW + DAY)

    before = await database.read(totals)
    assert await database.run(scenario) == 1
    left = await database.read(
        lambda tx: {
            table: tx.rows(f"SELECT * FROM {table}") for table in ("job", "clip", "delivery", "notice", "quote")
        }
    )
    assert {table: len(rows) for table, rows in left.items()} == {
        "job": 2,
        "clip": 2,
        "delivery": 0,
        "notice": 0,
        "quote": 3,
    }
    assert "old" not in str(left)
    report = await database.read(audit)
    assert report.clean
    assert await database.read(audit_jobs) == []
    assert await database.read(totals) != before


async def test_many_go_in_small_portions(database: Database) -> None:
    def scenario(tx: Transaction) -> list[int]:
        for number in range(5):
            delivered(tx, f"q{number}", at=NOW)
        return [drop_history(tx, before=NOW + DAY, limit=2) for _ in range(4)]

    assert await database.run(scenario) == [2, 2, 1, 0]


async def test_files_are_needed_by_clips_open_jobs_recent_jobs_and_valid_quotes(database: Database) -> None:
    def scenario(tx: Transaction) -> set[str]:
        delivered(tx, "old", at=NOW, request=image("1"), digest="a" * 64)
        delivered(tx, "recent", at=NOW + 9 * DAY, request=image("2"), digest="b" * 64)
        delivering(tx, "open", at=NOW, request=image("3"), digest="c" * 64)
        quoted(tx, "expired", at=NOW, request=image("4"))
        quoted(tx, "valid", at=NOW + 10 * DAY, request=image("5"))
        library.delete(tx, "recent1", MIA.person)
        return needed_digests(tx, at=NOW + 10 * DAY, uploads_since=NOW + 5 * DAY)

    needed = await database.run(scenario)
    assert {digest[0] for digest in needed} == set("ac235")
