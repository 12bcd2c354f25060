import json
from base64 import urlsafe_b64decode

import jwt
import pytest

from bot.errors import ConfigurationError
from bot.providers.kling import AccessKeyPair, ApiKey, credentials_from
from bot.providers.kling.auth import RENEW_SECONDS, TOKEN_SECONDS, BearerSource
from tests.support.kling import START, StillClock

PAIR = AccessKeyPair("ak-demo-0001", "sk-demo-0001-not-a-real-secret")
GOLDEN = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
    "eyJpc3MiOiJhay1kZW1vLTAwMDEiLCJleHAiOjE3NjcyMjc0MDAsIm5iZiI6MTc2NzIyNTU5NX0."
    "Ixe4Ud3G6VYIz31_WkPEgmZz2l-j15n5ocTgZU3rtm8"
)
NOW = START // 1000


def claims(header: str) -> dict[str, int]:
    payload = header.removeprefix("Bearer ").split(".")[1]
    loaded: dict[str, int] = json.loads(urlsafe_b64decode(payload + "=="))
    return loaded


def test_the_token_is_the_documented_one() -> None:
    assert BearerSource(PAIR, StillClock()).header() == f"Bearer {GOLDEN}"


def test_a_token_verifies_with_the_secret() -> None:
    long_secret = AccessKeyPair("ak", "s" * 32)
    token = BearerSource(long_secret, StillClock()).header().removeprefix("Bearer ")
    options = {"verify_exp": False, "verify_nbf": False}
    assert jwt.decode(token, "s" * 32, algorithms=["HS256"], options=options)["iss"] == "ak"  # type: ignore[arg-type]


def test_a_token_is_kept_until_shortly_before_it_expires() -> None:
    clock = StillClock()
    bearer = BearerSource(PAIR, clock)
    first = bearer.header()
    clock.advance(TOKEN_SECONDS - RENEW_SECONDS - 1)
    assert bearer.header() == first
    clock.advance(1)
    assert claims(bearer.header())["exp"] == NOW + 2 * TOKEN_SECONDS - RENEW_SECONDS


def test_a_clock_that_is_set_back_makes_a_new_token() -> None:
    clock = StillClock()
    bearer = BearerSource(PAIR, clock)
    bearer.header()
    clock.advance(-3600)
    assert claims(bearer.header())["exp"] == NOW - 3600 + TOKEN_SECONDS


@pytest.mark.parametrize("skew", [-7200, -60, 60, 7200])
def test_after_a_complaint_tokens_are_dated_by_the_vendors_clock(skew: int) -> None:
    clock = StillClock()
    bearer = BearerSource(PAIR, clock)
    bearer.header()
    assert bearer.renew(NOW + skew)
    assert claims(bearer.header())["exp"] == NOW + skew + TOKEN_SECONDS
    clock.advance(TOKEN_SECONDS)
    assert claims(bearer.header())["exp"] == NOW + skew + 2 * TOKEN_SECONDS


def test_without_the_vendors_time_a_new_token_is_dated_further_back() -> None:
    bearer = BearerSource(PAIR, StillClock())
    before = claims(bearer.header())["nbf"]
    assert bearer.renew(None)
    assert claims(bearer.header())["nbf"] <= before - 200


def test_travel_time_is_not_taken_for_skew() -> None:
    bearer = BearerSource(PAIR, StillClock())
    bearer.renew(NOW - 1)
    assert claims(bearer.header())["exp"] == NOW + TOKEN_SECONDS


def test_an_api_key_is_sent_as_it_is_and_cannot_be_renewed() -> None:
    bearer = BearerSource(ApiKey("key-1"), StillClock())
    assert bearer.header() == "Bearer key-1"
    assert not bearer.renew(NOW + 500)


def test_no_repr_shows_a_secret() -> None:
    bearer = BearerSource(PAIR, StillClock())
    header = bearer.header()
    shown = repr([PAIR, ApiKey("key-1"), bearer, BearerSource(ApiKey("key-1"), StillClock())])
    for secret in (PAIR.access_key, PAIR.secret_key, "key-1", header.removeprefix("Bearer ")):
        assert secret not in shown


def test_the_api_key_is_preferred() -> None:
    assert credentials_from(access_key="a", secret_key="b", api_key="c") == ApiKey("c")
    assert credentials_from(access_key="a", secret_key="b") == AccessKeyPair("a", "b")


@pytest.mark.parametrize(
    "keys", [{}, {"access_key": "a"}, {"secret_key": "b"}, {"api_key": "a b"}, {"api_key": "a\n"}, {"secret_key": "ä"}]
)
def test_unusable_keys_are_refused_without_repeating_them(keys: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match=r"kling\.") as caught:
        credentials_from(**keys)
    assert not any(value in str(caught.value).split() for value in keys.values())
