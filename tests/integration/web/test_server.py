"""The web server over real sockets: health, readiness, figures, callbacks, and what it refuses."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Mapping

import aiohttp
import pytest

from bot.errors import ConfigurationError
from bot.metrics import Metrics
from bot.web import CALLBACK_PATH, Callback, Check, WebServer
from bot.web.server import MOST_CALLBACK_BYTES

TOKEN = "an-unguessable-token"
HOST = "127.0.0.1"


class Received:
    """Callbacks as the bot would get them."""

    def __init__(self) -> None:
        self.calls: list[tuple[bytes, Mapping[str, str]]] = []

    def __call__(self, body: bytes, headers: Mapping[str, str]) -> None:
        self.calls.append((body, headers))


async def passes() -> bool:
    return True


async def fails() -> bool:
    return False


async def breaks() -> bool:
    raise ConnectionError("database password hunter2 was refused")


async def hangs() -> bool:
    await asyncio.Event().wait()
    return True


def server(
    *, checks: dict[str, Check] | None = None, callback: Callback | None = None, metrics: Metrics | None = None
) -> WebServer:
    return WebServer(host=HOST, port=0, metrics=metrics or Metrics(), checks=checks or {}, callback=callback)


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        yield session


def address(of: WebServer, path: str) -> str:
    return f"http://{HOST}:{of.port}{path}"


async def test_it_is_alive_whatever_else_fails(client: aiohttp.ClientSession) -> None:
    async with server(checks={"database": breaks}) as web, client.get(address(web, "/healthz")) as answer:
        assert (answer.status, await answer.text()) == (200, "alive\n")


@pytest.mark.parametrize(
    ("checks", "status", "answers"),
    [
        ({}, 200, {}),
        ({"database": passes, "gateway": passes}, 200, {"database": True, "gateway": True}),
        ({"database": passes, "gateway": fails}, 503, {"database": True, "gateway": False}),
        ({"database": breaks, "gateway": passes}, 503, {"database": False, "gateway": True}),
    ],
)
async def test_it_is_ready_when_everything_works(
    client: aiohttp.ClientSession, checks: dict[str, Check], status: int, answers: dict[str, bool]
) -> None:
    async with server(checks=checks) as web, client.get(address(web, "/readyz")) as answer:
        assert answer.status == status
        assert await answer.json() == {"ready": status == 200, "checks": answers}
        assert "hunter2" not in await answer.text()


async def test_a_check_that_hangs_counts_as_failed(
    client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.server._CHECK_SECONDS", 0.05)
    async with server(checks={"gateway": hangs}) as web, client.get(address(web, "/readyz")) as answer:
        assert answer.status == 503


async def test_figures_are_fresh_and_readable(client: aiohttp.ClientSession) -> None:
    metrics = Metrics()

    async def refresh() -> None:
        metrics.credits_moved("held", 50)

    web = WebServer(host=HOST, port=0, metrics=metrics, checks={}, refresh=refresh)
    async with web, client.get(address(web, "/metrics")) as answer:
        text = await answer.text()
        assert answer.headers["Content-Type"].startswith("text/plain; version=")

    assert 'soundstage_credit_movements_total{movement="held"} 50.0' in text.splitlines()


async def test_figures_are_shown_when_the_database_is_gone(client: aiohttp.ClientSession) -> None:
    async def refresh() -> None:
        raise ConnectionError

    web = WebServer(host=HOST, port=0, metrics=Metrics(), checks={}, refresh=refresh)
    async with web, client.get(address(web, "/metrics")) as answer:
        assert answer.status == 200
        assert "process_resident_memory_bytes" in await answer.text()


async def test_a_callback_is_handed_on_as_it_came(client: aiohttp.ClientSession) -> None:
    received = Received()
    body = '{"task_id": "1", "prompt": "naïve"}'.encode()
    async with (
        server(callback=Callback(TOKEN, received)) as web,
        client.post(
            address(web, CALLBACK_PATH + TOKEN), data=body, headers={"Webhook-Id": "9", "Webhook-Signature": "v1,x"}
        ) as answer,
    ):
        assert answer.status == 200

    ((given, headers),) = received.calls
    assert given == body
    assert (headers["webhook-id"], headers["webhook-signature"]) == ("9", "v1,x")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", CALLBACK_PATH + "wrong", 404),
        ("POST", CALLBACK_PATH + TOKEN + "x", 404),
        ("POST", CALLBACK_PATH + TOKEN[:-1], 404),
        ("POST", CALLBACK_PATH + "na%C3%AFve", 404),
        ("POST", CALLBACK_PATH, 404),
        ("POST", CALLBACK_PATH + TOKEN + "/more", 404),
        ("GET", CALLBACK_PATH + TOKEN, 405),
        ("PUT", CALLBACK_PATH + TOKEN, 405),
        ("POST", "/healthz", 405),
        ("GET", "/", 404),
        ("GET", "/../../etc/passwd", 404),
    ],
)
async def test_everything_else_is_refused(client: aiohttp.ClientSession, method: str, path: str, status: int) -> None:
    received = Received()
    async with (
        server(callback=Callback(TOKEN, received)) as web,
        client.request(method, address(web, path), data=b"{}") as answer,
    ):
        assert answer.status == status

    assert received.calls == []


async def test_without_a_callback_there_is_no_address_for_one(client: aiohttp.ClientSession) -> None:
    async with server() as web, client.post(address(web, CALLBACK_PATH + TOKEN)) as answer:
        assert answer.status == 404


async def test_a_body_that_is_too_large_is_cut_off(client: aiohttp.ClientSession) -> None:
    received = Received()
    async with (
        server(callback=Callback(TOKEN, received)) as web,
        client.post(
            address(web, CALLBACK_PATH + TOKEN), data=b"x" * (MOST_CALLBACK_BYTES + 1), headers={"Connection": "close"}
        ) as answer,
    ):
        assert answer.status == 413

    assert received.calls == []


async def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.server._BODY_SECONDS", 0.05)
    async with server(callback=Callback(TOKEN, Received())) as web:
        reader, writer = await asyncio.open_connection(HOST, web.port)
        writer.write(f"POST {CALLBACK_PATH}{TOKEN} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{{".encode())
        status = await asyncio.wait_for(reader.readline(), 5)
        writer.close()
        await writer.wait_closed()

    assert b" 408 " in status


async def test_a_handler_that_fails_is_our_problem_alone(
    client: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(body: bytes, headers: Mapping[str, str]) -> None:
        raise ValueError(len(body), len(headers))

    async with (
        server(callback=Callback(TOKEN, fail)) as web,
        client.post(address(web, CALLBACK_PATH + TOKEN), data=b"secret body") as answer,
    ):
        assert answer.status == 200

    assert "could not be handled" in caplog.text


async def test_neither_the_token_nor_a_body_is_logged(
    client: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with (
            server(callback=Callback(TOKEN, Received())) as web,
            client.post(address(web, CALLBACK_PATH + TOKEN), data=b"private body") as answer,
        ):
            assert answer.status == 200

    assert TOKEN not in caplog.text
    assert "private body" not in caplog.text
    assert TOKEN not in repr(Callback(TOKEN, Received()))


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/nothing", CALLBACK_PATH + TOKEN])
async def test_every_answer_is_guarded(client: aiohttp.ClientSession, path: str) -> None:
    async with server(callback=Callback(TOKEN, Received())) as web, client.get(address(web, path)) as answer:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Server"] == "soundstage"


async def test_an_address_in_use_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=rf"port {port}: .*Change web\.host or web\.port"):
            async with WebServer(host=HOST, port=port, metrics=Metrics(), checks={}):
                pass


async def test_it_stops_and_lets_the_port_go() -> None:
    async with server() as web:
        port = web.port
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(HOST, port)
