from __future__ import annotations

import asyncio
import hashlib
import ssl
import time
from typing import TYPE_CHECKING

import pytest
import trustme
from aiohttp import web

from bot.errors import DownloadFailed, MediaRefused
from bot.media.addresses import AddressPolicy
from bot.media.download import Downloader, Patience
from tests.support.clips import names
from tests.support.web import PUBLIC, Names, Wire, answering, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

CLIP = bytes(range(256)) * 4000
VENDOR = AddressPolicy(hosts=("*.vendor.example", "files.example"))
MEBIBYTE = 1 << 20


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


class Internet:
    """One TLS server that holds every public name of these tests, and the parts that lead to it."""

    def __init__(self) -> None:
        self.names = Names({host: [[PUBLIC]] for host in ("clips.vendor.example", "files.example")})
        self.seen: list[web.Request] = []
        self.application = web.Application()
        self.application.router.add_get("/clip.mp4", self._clip)
        self.application.router.add_get("/to", self._redirect)
        self.wire: Wire

    def downloader(self) -> Downloader:
        return Downloader(resolver=self.names, transport=self.wire)

    async def _clip(self, request: web.Request) -> web.Response:
        self.seen.append(request)
        return web.Response(body=CLIP)

    async def _redirect(self, request: web.Request) -> web.Response:
        self.seen.append(request)
        return web.Response(status=302, headers={"Location": request.query["url"]})


@pytest.fixture
async def internet(authority: trustme.CA) -> AsyncIterator[Internet]:
    world = Internet()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("clips.vendor.example", "files.example", "xn--fa-hia.vendor.example").configure_cert(context)
    async with serving(world.application, context) as port:
        world.wire = Wire(port, authority)
        yield world
        await world.wire.aclose()


async def fetch_local(
    port: int, destination: Path, *, max_bytes: int = MEBIBYTE, patience: Patience | None = None
) -> int:
    """Fetch from a server on this machine that the operator configured."""
    downloader = Downloader(patience=patience)
    policy = AddressPolicy(local_origins=(f"http://127.0.0.1:{port}",))
    try:
        return await downloader.fetch(f"http://127.0.0.1:{port}/x", destination, max_bytes=max_bytes, policy=policy)
    finally:
        await downloader.close()


def reply(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


class TestPublicHosts:
    async def test_the_file_arrives_whole(self, internet: Internet, tmp_path: Path) -> None:
        target = tmp_path / "clip.mp4"
        url = "https://clips.vendor.example/clip.mp4?pkey=SIGNED"
        size = await internet.downloader().fetch(url, target, max_bytes=2 * MEBIBYTE, policy=VENDOR)
        assert size == len(CLIP)
        assert hashlib.sha256(target.read_bytes()).digest() == hashlib.sha256(CLIP).digest()
        assert names(tmp_path) == ["clip.mp4"]
        assert target.stat().st_mode & 0o777 == 0o600

    async def test_the_connection_goes_to_the_checked_address_under_the_original_name(
        self, internet: Internet, tmp_path: Path
    ) -> None:
        url = "https://clips.vendor.example/clip.mp4?pkey=SIGNED"
        await internet.downloader().fetch(url, tmp_path / "clip", max_bytes=2 * MEBIBYTE, policy=VENDOR)
        assert internet.wire.dialled == [(PUBLIC, "clips.vendor.example")]
        (request,) = internet.seen
        assert request.host == "clips.vendor.example"
        assert request.query_string == "pkey=SIGNED"
        assert request.headers["Accept-Encoding"] == "identity"
        assert "Cookie" not in request.headers
        assert "Authorization" not in request.headers

    async def test_a_name_that_changes_its_mind_changes_nothing(self, internet: Internet, tmp_path: Path) -> None:
        internet.names.book["clips.vendor.example"] = [[PUBLIC], ["127.0.0.1"]]
        url = "https://clips.vendor.example/clip.mp4"
        await internet.downloader().fetch(url, tmp_path / "clip", max_bytes=2 * MEBIBYTE, policy=VENDOR)
        assert internet.names.asked == ["clips.vendor.example"]
        assert internet.wire.dialled == [(PUBLIC, "clips.vendor.example")]

    async def test_a_certificate_for_another_name_is_not_accepted(self, internet: Internet, tmp_path: Path) -> None:
        internet.names.book["other.vendor.example"] = [[PUBLIC]]
        url = "https://other.vendor.example/clip.mp4"
        with pytest.raises(DownloadFailed, match="No connection"):
            await internet.downloader().fetch(url, tmp_path / "clip", max_bytes=MEBIBYTE, policy=VENDOR)
        assert internet.seen == []

    async def test_international_names_are_compared_in_their_plain_form(
        self, internet: Internet, tmp_path: Path
    ) -> None:
        internet.names.book["xn--fa-hia.vendor.example"] = [[PUBLIC]]
        url = "https://FAß.vendor。example/clip.mp4"
        await internet.downloader().fetch(url, tmp_path / "clip", max_bytes=2 * MEBIBYTE, policy=VENDOR)
        assert internet.wire.dialled == [(PUBLIC, "xn--fa-hia.vendor.example")]

    async def test_an_address_that_does_not_answer_is_followed_by_the_next(
        self, internet: Internet, authority: trustme.CA, tmp_path: Path
    ) -> None:
        internet.names.book["files.example"] = [["2606:2800:21f::1", PUBLIC]]
        wire = Wire(internet.wire.port, authority, deaf=frozenset({"2606:2800:21f::1"}))
        downloader = Downloader(resolver=internet.names, transport=wire)
        await downloader.fetch(
            "https://files.example/clip.mp4", tmp_path / "clip", max_bytes=2 * MEBIBYTE, policy=VENDOR
        )
        assert [address for address, _ in wire.dialled] == ["2606:2800:21f::1", PUBLIC]
        await downloader.close()

    @pytest.mark.parametrize(
        "addresses",
        [
            ["127.0.0.1"],
            ["10.1.2.3"],
            ["172.16.0.1"],
            ["192.168.1.1"],
            ["169.254.169.254"],
            ["100.100.100.200"],
            ["168.63.129.16"],
            ["192.0.0.192"],
            ["0.0.0.0"],
            ["255.255.255.255"],
            ["224.0.0.1"],
            ["::1"],
            ["::"],
            ["fe80::1%2"],
            ["fd00:ec2::254"],
            ["::ffff:10.0.0.1"],
            ["::ffff:93.184.215.14"],
            ["::127.0.0.1"],
            ["64:ff9b::a00:1"],
            ["64:ff9b:1::a00:1"],
            ["2002:7f00:1::"],
            ["2001:0:4136:e378:8000:63bf:3fff:fdd2"],
            ["2001:db8::1"],
            ["ff02::1"],
            [PUBLIC, "10.0.0.1"],
        ],
    )
    async def test_a_host_that_is_not_public_is_refused_unasked(
        self, internet: Internet, tmp_path: Path, addresses: list[str]
    ) -> None:
        internet.names.book["files.example"] = [addresses]
        with pytest.raises(MediaRefused, match="not on the public internet"):
            await internet.downloader().fetch(
                "https://files.example/clip.mp4", tmp_path / "clip", max_bytes=MEBIBYTE, policy=VENDOR
            )
        assert internet.wire.dialled == []
        assert names(tmp_path) == []

    async def test_an_unknown_host_may_be_known_later(self, internet: Internet, tmp_path: Path) -> None:
        with pytest.raises(DownloadFailed, match=r"gone\.vendor\.example cannot be found"):
            await internet.downloader().fetch(
                "https://gone.vendor.example/clip.mp4", tmp_path / "clip", max_bytes=MEBIBYTE, policy=VENDOR
            )


class TestRedirects:
    async def test_they_are_followed_to_allowed_hosts(self, internet: Internet, tmp_path: Path) -> None:
        url = "https://clips.vendor.example/to?url=https://files.example/to?url=/clip.mp4"
        size = await internet.downloader().fetch(url, tmp_path / "clip", max_bytes=2 * MEBIBYTE, policy=VENDOR)
        assert size == len(CLIP)
        assert [host for _, host in internet.wire.dialled] == ["clips.vendor.example", "files.example", "files.example"]
        assert len(internet.names.asked) == 3

    @pytest.mark.parametrize(
        "target",
        [
            "http://169.254.169.254/latest/meta-data/",
            "https://169.254.169.254/latest/meta-data/",
            "https://127.0.0.1/clip.mp4",
            "https://localhost/clip.mp4",
            "http://files.example/clip.mp4",
            "https://files.example:8443/clip.mp4",
            "https://user:word@files.example/clip.mp4",
            "https://evil.example/clip.mp4",
            "//evil.example/clip.mp4",
            "https://inside.vendor.example/clip.mp4",
            "file:///etc/passwd",
            "gopher://files.example/",
            "https://[::1]/clip.mp4",
        ],
    )
    async def test_they_are_checked_like_the_first_address(
        self, internet: Internet, tmp_path: Path, target: str
    ) -> None:
        internet.names.book["inside.vendor.example"] = [["10.0.0.5"]]
        url = f"https://clips.vendor.example/to?url={target}"
        with pytest.raises(MediaRefused):
            await internet.downloader().fetch(url, tmp_path / "clip", max_bytes=MEBIBYTE, policy=VENDOR)
        assert internet.wire.dialled == [(PUBLIC, "clips.vendor.example")]
        assert names(tmp_path) == []

    async def test_they_end(self, internet: Internet, tmp_path: Path) -> None:
        loop = "https://clips.vendor.example/to?url="
        with pytest.raises(MediaRefused, match="too many redirects"):
            await internet.downloader().fetch(loop + loop * 8, tmp_path / "clip", max_bytes=MEBIBYTE, policy=VENDOR)
        assert len(internet.wire.dialled) == 4

    async def test_they_do_not_lead_from_the_internet_to_a_stand_in(self, internet: Internet, tmp_path: Path) -> None:
        policy = AddressPolicy(hosts=VENDOR.hosts, local_origins=("http://127.0.0.1:8710",))
        url = "https://clips.vendor.example/to?url=http://127.0.0.1:8710/admin"
        with pytest.raises(MediaRefused, match="from the internet to this machine"):
            await internet.downloader().fetch(url, tmp_path / "clip", max_bytes=MEBIBYTE, policy=policy)


class TestLimits:
    async def test_a_declared_size_beyond_the_limit_is_refused_before_the_body(self, tmp_path: Path) -> None:
        async with answering(reply(b"", f"Content-Length: {300 * MEBIBYTE}"), stay=True) as port:
            with pytest.raises(MediaRefused, match="larger than 1 MB"):
                await fetch_local(port, tmp_path / "clip")
        assert names(tmp_path) == []

    async def test_300_megabytes_without_a_declared_size_are_cut_off(self, tmp_path: Path) -> None:
        sent = 0

        async def pour(request: web.Request) -> web.StreamResponse:
            nonlocal sent
            response = web.StreamResponse()
            await response.prepare(request)
            for _ in range(300):
                await response.write(bytes(MEBIBYTE))
                sent += 1
            return response

        application = web.Application()
        application.router.add_get("/x", pour)
        async with serving(application) as port:
            with pytest.raises(MediaRefused, match="larger than 10 MB"):
                await fetch_local(port, tmp_path / "clip", max_bytes=10 * MEBIBYTE)
        assert sent < 100
        assert names(tmp_path) == []

    async def test_exactly_the_limit_is_accepted(self, tmp_path: Path) -> None:
        async with answering(reply(bytes(1000), "Content-Length: 1000")) as port:
            assert await fetch_local(port, tmp_path / "clip", max_bytes=1000) == 1000

    async def test_a_silent_server_is_given_up(self, tmp_path: Path) -> None:
        async with answering(reply(b"abc", "Content-Length: 1000"), stay=True) as port:
            with pytest.raises(DownloadFailed, match="stopped answering"):
                await fetch_local(port, tmp_path / "clip", patience=Patience(idle=0.1))
        assert names(tmp_path) == []

    async def test_a_server_that_drips_is_given_up(self, tmp_path: Path) -> None:
        async def drip(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse()
            await response.prepare(request)
            while True:
                await response.write(b".")
                await asyncio.sleep(0.01)

        application = web.Application()
        application.router.add_get("/x", drip)
        async with serving(application) as port:
            with pytest.raises(DownloadFailed, match=r"took longer than 0\.3 s"):
                await fetch_local(port, tmp_path / "clip", patience=Patience(total=0.3))
        assert names(tmp_path) == []

    async def test_cancelling_leaves_nothing_behind(self, tmp_path: Path) -> None:
        begun = asyncio.Event()

        async def begin(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse()
            await response.prepare(request)
            while True:
                await response.write(bytes(MEBIBYTE))
                begun.set()

        application = web.Application()
        application.router.add_get("/x", begin)
        async with serving(application) as port:
            work = asyncio.create_task(fetch_local(port, tmp_path / "clip", max_bytes=1 << 40))
            await begun.wait()
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work
        assert names(tmp_path) == []


class TestBadAnswers:
    @pytest.mark.parametrize(
        ("status", "sentence"),
        [
            ("403 Forbidden", "does not work any more"),
            ("404 Not Found", "does not work any more"),
            ("206 Partial Content", "HTTP 206"),
            ("204 No Content", "HTTP 204"),
            ("500 Oops", "HTTP 500"),
            ("304 Not Modified", "HTTP 304"),
        ],
    )
    async def test_another_status(self, tmp_path: Path, status: str, sentence: str) -> None:
        async with answering(reply(b"", "Content-Length: 0", status=status)) as port:
            with pytest.raises(DownloadFailed, match=sentence):
                await fetch_local(port, tmp_path / "clip")
        assert names(tmp_path) == []

    @pytest.mark.parametrize(
        "raw",
        [
            reply(b"short", "Content-Length: 1000"),
            reply(b"5\r\nshort\r\n", "Transfer-Encoding: chunked"),
            reply(b"zz\r\nshort\r\n", "Transfer-Encoding: chunked"),
            reply(b"", "Content-Length: 0"),
            reply(b"abc", "Content-Length: many"),
            reply(b"", status="302 Found").replace(b"HTTP", b"SMTP"),
            b"",
        ],
        ids=["cut", "cut chunk", "bad chunk", "empty", "bad length", "not http", "nothing"],
    )
    async def test_a_broken_answer(self, tmp_path: Path, raw: bytes) -> None:
        async with answering(raw) as port:
            with pytest.raises(DownloadFailed):
                await fetch_local(port, tmp_path / "clip")
        assert names(tmp_path) == []

    async def test_a_compressed_answer_is_not_unpacked(self, tmp_path: Path) -> None:
        async with answering(reply(b"\x1f\x8b", "Content-Length: 2", "Content-Encoding: gzip")) as port:
            with pytest.raises(MediaRefused, match="compressed"):
                await fetch_local(port, tmp_path / "clip")

    async def test_a_redirect_to_nowhere(self, tmp_path: Path) -> None:
        async with answering(reply(b"", "Content-Length: 0", status="302 Found")) as port:
            with pytest.raises(MediaRefused, match="invalid address"):
                await fetch_local(port, tmp_path / "clip")

    async def test_nobody_listening(self, tmp_path: Path) -> None:
        async with answering(b"") as port:
            pass
        with pytest.raises(DownloadFailed, match="No connection"):
            await fetch_local(port, tmp_path / "clip")

    async def test_a_missing_directory(self, tmp_path: Path) -> None:
        async with answering(reply(b"abc", "Content-Length: 3")) as port:
            with pytest.raises(DownloadFailed, match="cannot be saved"):
                await fetch_local(port, tmp_path / "missing" / "clip")

    async def test_an_existing_file_survives_a_failure(self, tmp_path: Path) -> None:
        (tmp_path / "clip").write_bytes(b"before")
        async with answering(reply(b"short", "Content-Length: 1000")) as port:
            with pytest.raises(DownloadFailed):
                await fetch_local(port, tmp_path / "clip")
        assert (tmp_path / "clip").read_bytes() == b"before"
        assert names(tmp_path) == ["clip"]


async def test_no_sentence_and_no_log_repeats_a_signed_link(
    internet: Internet, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    downloader = internet.downloader()
    sentences = []
    for path in ("clip.mp4", "missing", "to?url=https://evil.example/%3Fpkey=SECRET", "clip.mp4?pkey=SECRET"):
        mark = "&" if "?" in path else "?"
        url = f"https://clips.vendor.example/{path}{mark}pkey=SECRET"
        with pytest.raises((DownloadFailed, MediaRefused)) as refusal:
            await downloader.fetch(url, tmp_path / "clip", max_bytes=10, policy=VENDOR)
        sentences.append(str(refusal.value))
    assert "SECRET" not in " ".join(sentences)
    assert "SECRET" not in caplog.text


def test_many_downloaders_read_the_certificates_once() -> None:
    Downloader()
    begun = time.perf_counter()

    for _ in range(30):
        Downloader()

    assert time.perf_counter() - begun < 0.5
