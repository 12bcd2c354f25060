"""Who may call the stand-in: every code from 1000 to 1004."""

import ssl
from typing import Any

import httpx
import jwt
import pytest

from bot.sandbox.kling import KlingStandIn
from tests.support.clock import ManualClock
from tests.support.kling_stand_in import TEXT, refused


def token(stand_in: KlingStandIn, clock: ManualClock, *, key: str | None = None, **changes: Any) -> str:
    now = clock.now() // 1000
    claims = {"iss": stand_in.credentials.access_key, "exp": now + 1800, "nbf": now - 5} | changes
    return jwt.encode(claims, key or stand_in.credentials.secret_key, "HS256")


async def ask(stand_in: KlingStandIn, authorization: str | None) -> httpx.Response:
    headers = {} if authorization is None else {"Authorization": authorization}
    async with httpx.AsyncClient(base_url=stand_in.base_url, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)) as http:
        return await http.get(TEXT, headers=headers)


async def test_a_signed_token_is_accepted(stand_in: KlingStandIn, clock: ManualClock) -> None:
    assert (await ask(stand_in, f"Bearer {token(stand_in, clock)}")).status_code == 200


async def test_the_api_key_is_accepted(stand_in: KlingStandIn) -> None:
    assert (await ask(stand_in, f"Bearer {stand_in.credentials.api_key}")).status_code == 200


@pytest.mark.parametrize(("header", "code"), [(None, 1001), ("", 1001), ("Basic YTpi", 1000)])
async def test_other_headers_are_refused(stand_in: KlingStandIn, header: str | None, code: int) -> None:
    assert refused(await ask(stand_in, header))[:2] == (401, code)


@pytest.mark.parametrize(("text", "parts"), [("nonsense", 0), ("a.b", 2), ("a.b.c.d", 4)])
async def test_a_token_has_three_parts(stand_in: KlingStandIn, text: str, parts: int) -> None:
    answer = refused(await ask(stand_in, f"Bearer {text}"))
    assert answer == (401, 1002, f"The token was expected to have 3 parts, but got {parts}")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"iss": "somebody-else"}, 1002),
        ({"key": "another secret key that is long enough"}, 1002),
        ({"exp": "soon"}, 1002),
        ({"nbf": 1_767_225_601}, 1003),
        ({"exp": 1_767_225_600}, 1004),
    ],
    ids=["unknown issuer", "wrong signature", "unreadable expiry", "not yet valid", "expired"],
)
async def test_a_wrong_token_is_refused(
    stand_in: KlingStandIn, clock: ManualClock, changes: dict[str, Any], code: int
) -> None:
    assert clock.now() == 1_767_225_600_000
    answer = refused(await ask(stand_in, f"Bearer {token(stand_in, clock, **changes)}"))
    assert answer[:2] == (401, code)


async def test_a_token_must_say_when_it_expires(stand_in: KlingStandIn) -> None:
    bare = jwt.encode({"iss": stand_in.credentials.access_key}, stand_in.credentials.secret_key, "HS256")
    assert refused(await ask(stand_in, f"Bearer {bare}"))[:2] == (401, 1002)


async def test_an_unsigned_token_is_refused(stand_in: KlingStandIn, clock: ManualClock) -> None:
    header, claims, _ = token(stand_in, clock).split(".")
    unsigned = jwt.encode({"iss": stand_in.credentials.access_key, "exp": 1_767_229_200}, "", "none")
    for wrong in (unsigned, f"{header}.{claims}."):
        assert refused(await ask(stand_in, f"Bearer {wrong}"))[:2] == (401, 1002)


async def test_a_token_expires_while_it_is_in_use(stand_in: KlingStandIn, clock: ManualClock) -> None:
    header = f"Bearer {token(stand_in, clock)}"
    assert (await ask(stand_in, header)).status_code == 200
    await clock.advance(1800)
    assert refused(await ask(stand_in, header))[:2] == (401, 1004)
