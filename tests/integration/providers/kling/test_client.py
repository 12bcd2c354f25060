"""How one call goes over a real connection: answers, no answers, tokens, deadlines, secrets."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from contextlib import asynccontextmanager
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from bot.errors import ConfigurationError
from bot.providers.base import Advice
from bot.providers.kling import AccessKeyPair, ApiKey, KlingFailure
from bot.providers.kling import client as module
from bot.providers.kling.client import Call, KlingClient
from tests.support.kling import START, StillClock, drop, hang, raw, refuse, succeed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.kling import ScriptedVendor

PAIR = AccessKeyPair("ak-demo-0001", "sk-demo-0001-not-a-real-secret-at-all")
READ = Call(endpoint="query text2video", method="GET", path="/v1/videos/text2video/1")
CREATE = Call(endpoint="create text2video", method="POST", path="/v1/videos/text2video", body=b"{}", creates=True)
NOW = START // 1000


@asynccontextmanager
async def client_of(url: str, **changes: Any) -> AsyncIterator[KlingClient]:
    settings: dict[str, Any] = {"credentials": ApiKey("key-1"), "clock": StillClock()}
    async with KlingClient(base_url=url, **(settings | changes)) as client:
        yield client


async def failure_of(vendor: ScriptedVendor, call: Call, **changes: Any) -> KlingFailure:
    async with client_of(vendor.url, **changes) as client:
        with pytest.raises(KlingFailure) as caught:
            await client.call(call)
    return caught.value


async def test_a_call_sends_the_key_and_returns_the_data(vendor: ScriptedVendor) -> None:
    vendor.replies(succeed({"task_id": "1"}))
    async with client_of(vendor.url) as client:
        assert await client.call(CREATE) == {"task_id": "1"}
    (seen,) = vendor.seen
    assert (seen.method, seen.path, seen.body) == ("POST", "/v1/videos/text2video", b"{}")
    assert seen.headers["Authorization"] == "Bearer key-1"
    assert seen.headers["Content-Type"] == "application/json"


async def test_a_path_in_the_address_is_kept(vendor: ScriptedVendor) -> None:
    vendor.replies(succeed(None))
    async with client_of(f"{vendor.url}/gate/") as client:
        await client.call(READ)
    assert vendor.calls == ["/gate/v1/videos/text2video/1"]


async def test_a_refusal_keeps_what_the_log_needs(vendor: ScriptedVendor) -> None:
    vendor.replies(refuse(1303, "parallel task over resource pack limit", status=429, headers={"Retry-After": "7"}))
    failure = await failure_of(vendor, CREATE)
    assert (failure.code, failure.http_status, failure.retry_after) == (1303, 429, 7.0)
    assert failure.request_id == "3f0e5b58-6a0c-4c1f-8a39-0a6a5c7d1011"
    assert failure.advice is Advice.WAIT_FOR_SLOT


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("30", 30.0),
        ("999999", 3600.0),
        ("9" * 400, 3600.0),
        (formatdate(NOW + 90, usegmt=True), 90.0),
        (formatdate(NOW - 90, usegmt=True), 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
async def test_retry_after_is_read_in_both_forms(vendor: ScriptedVendor, value: str, seconds: float | None) -> None:
    vendor.replies(refuse(1302, status=429, headers={"Retry-After": value, "Date": formatdate(NOW, usegmt=True)}))
    assert (await failure_of(vendor, READ)).retry_after == seconds


@pytest.mark.parametrize("call", [READ, CREATE], ids=["read", "create"])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"<html>Bad Gateway</html>", 502),
        (b"<html>Welcome</html>", 200),
        (b"", 200),
        (b'{"code":0,"da', 200),
        (b"[1]", 200),
        (b'{"data":{}}', 200),
        (b'{"code":true}', 200),
        (b'{"code":0,"data":{}}', 500),
        (b'{"code":0,"data":{}}', 404),
        (b"\xff\xfe\x00", 200),
        (b"[" * 200_000, 200),
        (b'{"code":' + b"9" * 5000 + b"}", 200),
    ],
    ids=lambda value: value[:12].decode("latin-1") if isinstance(value, bytes) else str(value),
)
async def test_an_answer_in_another_form_is_no_answer(
    vendor: ScriptedVendor, call: Call, body: bytes, status: int
) -> None:
    vendor.replies(raw(body, status=status))
    failure = await failure_of(vendor, call)
    assert (failure.advice, failure.uncertain, failure.http_status) == (Advice.RETRY, call.creates, status)


async def test_a_gateway_that_is_busy_says_when_to_come_back(vendor: ScriptedVendor) -> None:
    vendor.replies(refuse(0, status=429, headers={"Retry-After": "12"}))
    assert (await failure_of(vendor, READ)).retry_after == 12.0


async def test_an_endless_answer_is_not_kept(vendor: ScriptedVendor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ANSWER_BYTES", 1000)
    vendor.replies(succeed("x" * 2000))
    assert (await failure_of(vendor, READ)).advice is Advice.RETRY


@pytest.mark.parametrize("call", [READ, CREATE], ids=["read", "create"])
async def test_a_dropped_connection_leaves_a_create_in_doubt(vendor: ScriptedVendor, call: Call) -> None:
    vendor.replies(drop())
    failure = await failure_of(vendor, call)
    assert (failure.advice, failure.uncertain, failure.detail) == (Advice.RETRY, call.creates, "dropped")
    assert len(vendor.seen) == 1


@pytest.mark.parametrize("call", [READ, CREATE], ids=["read", "create"])
async def test_silence_ends_at_the_deadline_and_leaves_a_create_in_doubt(vendor: ScriptedVendor, call: Call) -> None:
    over = asyncio.Event()
    vendor.replies(hang(over))
    failure = await failure_of(vendor, call, read_seconds=0.1, create_seconds=0.1)
    over.set()
    assert (failure.advice, failure.uncertain, failure.detail) == (Advice.RETRY, call.creates, "timeout")


async def test_a_vendor_that_cannot_be_reached_leaves_nothing_in_doubt() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        async with client_of(url) as client:
            with pytest.raises(KlingFailure) as caught:
                await client.call(CREATE)
    assert (caught.value.advice, caught.value.uncertain) == (Advice.RETRY, False)


async def test_a_redirect_is_not_followed(vendor: ScriptedVendor) -> None:
    vendor.replies(raw(b"", status=307, headers={"Location": f"{vendor.url}/elsewhere"}), succeed({}))
    assert (await failure_of(vendor, READ)).http_status == 307
    assert vendor.calls == [READ.path]


@pytest.mark.parametrize("code", [1003, 1004])
async def test_a_token_out_of_time_is_replaced_once(vendor: ScriptedVendor, code: int) -> None:
    vendor.replies(refuse(code, status=401), succeed({"task_id": "1"}))
    async with client_of(vendor.url, credentials=PAIR) as client:
        assert await client.call(CREATE) == {"task_id": "1"}
    assert len(vendor.seen) == 2


@pytest.mark.parametrize("code", [1003, 1004])
async def test_a_token_refused_twice_is_for_the_operator(vendor: ScriptedVendor, code: int) -> None:
    vendor.replies(refuse(code, status=401))
    failure = await failure_of(vendor, CREATE, credentials=PAIR)
    assert (failure.advice, failure.uncertain, failure.code) == (Advice.TELL_OPERATOR, False, code)
    assert len(vendor.seen) == 2


@pytest.mark.parametrize(("credentials", "code"), [(ApiKey("key-1"), 1004), (PAIR, 1002), (PAIR, 1000)])
async def test_what_a_new_token_cannot_heal_is_not_repeated(
    vendor: ScriptedVendor, credentials: AccessKeyPair | ApiKey, code: int
) -> None:
    vendor.replies(refuse(code, status=401))
    await failure_of(vendor, READ, credentials=credentials)
    assert len(vendor.seen) == 1


@pytest.mark.parametrize("skew", [-86_400, -120, 120, 86_400])
async def test_the_vendors_clock_is_learnt_from_its_refusal(vendor: ScriptedVendor, skew: int) -> None:
    date = formatdate(NOW + skew, usegmt=True)
    vendor.replies(refuse(1003, status=401, headers={"Date": date}), succeed({}))
    async with client_of(vendor.url, credentials=PAIR) as client:
        await client.call(READ)
        await client.call(READ)
    tokens = [seen.headers["Authorization"].removeprefix("Bearer ") for seen in vendor.seen]
    claims = [jwt.decode(token, options={"verify_signature": False}) for token in tokens]
    assert [claim["exp"] - NOW - 1800 for claim in claims] == [0, skew, skew]
    assert tokens[1] == tokens[2]


async def test_the_observer_hears_of_every_call(vendor: ScriptedVendor) -> None:
    heard: list[tuple[str, str]] = []
    vendor.replies(refuse(1004, status=401), succeed({}), refuse(1303, status=429), raw(b"<html>", status=502), drop())
    async with client_of(
        vendor.url, credentials=PAIR, observer=lambda endpoint, outcome, _: heard.append((endpoint, outcome))
    ) as client:
        await client.call(READ)
        for _ in range(3):
            with pytest.raises(KlingFailure):
                await client.call(CREATE)
    assert heard == [
        ("query text2video", "code 1004"),
        ("query text2video", "ok"),
        ("create text2video", "code 1303"),
        ("create text2video", "unreadable HTTP 502"),
        ("create text2video", "dropped"),
    ]


async def test_an_abandoned_call_is_heard_of_too(vendor: ScriptedVendor) -> None:
    heard: list[str] = []
    arrived, over = asyncio.Event(), asyncio.Event()

    async def reply(request: Any) -> Any:
        arrived.set()
        return await hang(over)(request)

    vendor.replies(reply)
    async with client_of(vendor.url, observer=lambda _, outcome, __: heard.append(outcome)) as client:
        call = asyncio.create_task(client.call(CREATE))
        await arrived.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        over.set()
    assert heard == ["abandoned"]


async def test_many_calls_share_few_connections(vendor: ScriptedVendor) -> None:
    ports = set()

    async def reply(request: Any) -> Any:
        ports.add(request.transport.get_extra_info("peername"))
        return await succeed({})(request)

    vendor.replies(reply)
    async with client_of(vendor.url) as client:
        await asyncio.gather(*(client.call(READ) for _ in range(60)))
    assert len(vendor.seen) == 60
    assert len(ports) <= module.MOST_CONNECTIONS


@pytest.mark.parametrize(
    "address",
    ["", "klingai.com", "ftp://klingai.com", "http://klingai.com", "https://me:secret@klingai.com", "https://", "http://["],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_a_configuration_error(address: str) -> None:
    with pytest.raises(ConfigurationError, match=r"kling\.base_url") as caught:
        KlingClient(base_url=address, credentials=ApiKey("key-1"), clock=StillClock())
    assert "secret" not in str(caught.value)


PROMPT = "An old sailor whispers the code of the safe"
SECRET_CALL = Call(
    endpoint="create text2video",
    method="POST",
    path="/v1/videos/text2video",
    body=json.dumps({"prompt": PROMPT}).encode(),
    creates=True,
    private=(PROMPT,),
)


@pytest.mark.parametrize(
    "reply",
    [
        refuse(1201, f"prompt value '{PROMPT}' is invalid"),
        refuse(1002, "token eyJhbGciOi is invalid", status=401),
        raw(PROMPT.encode(), status=502),
        drop(),
    ],
    ids=["echo", "token", "page", "drop"],
)
async def test_no_failure_and_no_log_shows_a_secret(
    vendor: ScriptedVendor, reply: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    caplog.set_level(logging.INFO, "httpx")
    vendor.replies(reply)
    failure = await failure_of(vendor, SECRET_CALL, credentials=PAIR)
    token = vendor.seen[0].headers["Authorization"].removeprefix("Bearer ")
    async with client_of(vendor.url, credentials=PAIR) as client:
        shown = " ".join(
            [
                str(failure),
                repr(failure),
                failure.detail,
                repr(vars(failure)),
                caplog.text,
                repr(client),
                repr(SECRET_CALL),
            ]
        )
    assert failure.__cause__ is None
    for secret in (token, PAIR.secret_key, PAIR.access_key, PROMPT, PROMPT[:20]):
        assert secret not in shown
