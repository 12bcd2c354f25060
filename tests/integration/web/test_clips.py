"""Links to clips over real sockets: who gets them, which part of them, and until when."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.delivery.links import ClipLinks
from bot.metrics import Metrics
from bot.storage.open import open_database
from bot.web import ClipPages, WebServer, load_link_key
from tests.support.clip_rows import delivered
from tests.support.clock import ManualClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.jobs.job import Job

CONTENT = bytes(range(256)) * 1000
PUBLIC_URL = "https://bot.example"
HOURS = 2.0


@dataclass
class Site:
    """A web server with one clip, and a client."""

    server: WebServer
    session: aiohttp.ClientSession
    clock: ManualClock
    links: ClipLinks
    job: Job
    file: Path

    def path(self) -> str:
        """The path of a fresh link."""
        link = self.links(self.job)
        assert link is not None
        assert link.url.startswith(PUBLIC_URL)
        return urlsplit(link.url).path

    def get(self, path: str, **headers: str) -> aiohttp.client._RequestContextManager:
        """Ask for a path."""
        return self.session.get(f"http://127.0.0.1:{self.server.port}{path}", headers=headers)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    clock, file = ManualClock(), tmp_path / "clip"
    file.write_bytes(CONTENT)
    async with open_database(f"sqlite:///{tmp_path / 'test.db'}") as database:
        job = await database.run(lambda tx: delivered(tx, "q"))
    links = ClipLinks(public_url=PUBLIC_URL, key=load_link_key(tmp_path), hours=HOURS, clock=clock)

    async def find(job_id: str) -> Path | None:
        return file if job_id == job.id and file.exists() else None

    server = WebServer(host="127.0.0.1", port=0, metrics=Metrics(), checks={}, clips=ClipPages(links, find))
    async with server, aiohttp.ClientSession() as session:
        yield Site(server, session, clock, links, job, file)


async def test_a_link_gives_the_clip_byte_for_byte(site: Site) -> None:
    async with site.get(site.path()) as answer:
        assert answer.status == 200
        assert await answer.read() == CONTENT
        assert answer.headers["Content-Type"] == "video/mp4"
        assert answer.headers["Content-Disposition"].startswith('inline; filename="')
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Cache-Control"].startswith("private, max-age=")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_a_browser_may_save_it(site: Site) -> None:
    async with site.get(site.path() + "?download") as answer:
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{site.path().rpartition("/")[2]}"'


@pytest.mark.parametrize(
    ("wanted", "part"),
    [("bytes=0-99", CONTENT[:100]), ("bytes=1000-", CONTENT[1000:]), ("bytes=-50", CONTENT[-50:])],
)
async def test_players_seek_in_it(site: Site, wanted: str, part: bytes) -> None:
    async with site.get(site.path(), Range=wanted) as answer:
        assert answer.status == 206
        assert await answer.read() == part
        assert answer.headers["Content-Range"].endswith(f"/{len(CONTENT)}")


async def test_a_part_beyond_the_end_is_refused(site: Site) -> None:
    async with site.get(site.path(), Range=f"bytes={len(CONTENT)}-") as answer:
        assert answer.status == 416


async def test_a_link_ends_after_its_time(site: Site) -> None:
    path = site.path()
    await site.clock.advance(HOURS * 3600 - 1)
    async with site.get(path) as answer:
        assert answer.status == 200
    await site.clock.advance(1)
    async with site.get(path) as answer:
        assert answer.status == 410
        assert "/library" in await answer.text()


async def test_a_deleted_clip_is_gone_at_once(site: Site) -> None:
    path = site.path()
    site.file.unlink()
    async with site.get(path) as answer:
        assert answer.status == 410


def tampered(path: str) -> list[str]:
    _, _, job, expiry, signature, name = path.split("/")
    flipped = ("b" if signature[0] == "a" else "a") + signature[1:]
    return [
        f"/clips/{job}x/{expiry}/{signature}/{name}",
        f"/clips/{job}/{int(expiry) + 1}/{signature}/{name}",
        f"/clips/{job}/0{expiry}/{signature}/{name}",
        f"/clips/{job}/{expiry}/{flipped}/{name}",
        f"/clips/{job}/{expiry}/{signature[:-1]}/{name}",
        f"/clips/{job}/{expiry}/na%C3%AFve/{name}",
        f"/clips/{job}/{expiry}/{signature}/a%22b.mp4",
        f"/clips/{job}/{expiry}/{signature}/..%2f..%2fetc.mp4",
        f"/clips/{job}/{expiry}/{signature}",
        f"/clips/{job}",
        "/clips/",
    ]


async def test_no_other_address_gives_it(site: Site) -> None:
    statuses = []
    for path in tampered(site.path()):
        async with site.get(path) as answer:
            statuses.append(answer.status)
            assert CONTENT[:100] not in await answer.read()
    assert statuses == [404] * len(statuses)


async def test_another_key_signs_another_link(site: Site, tmp_path: Path) -> None:
    other = ClipLinks(public_url=PUBLIC_URL, key=load_link_key(tmp_path / "other"), hours=HOURS, clock=site.clock)
    link = other(site.job)
    assert link is not None
    async with site.get(urlsplit(link.url).path) as answer:
        assert answer.status == 404


async def test_without_a_public_address_there_is_no_link(site: Site) -> None:
    links = ClipLinks(public_url="", key="key", hours=HOURS, clock=site.clock)
    assert links(site.job) is None


async def test_links_are_not_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    path = site.path()
    with caplog.at_level(logging.DEBUG):
        async with site.get(path) as answer:
            assert answer.status == 200
    assert path.split("/")[4] not in caplog.text
