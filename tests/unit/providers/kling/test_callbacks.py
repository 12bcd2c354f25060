import base64
import hashlib
import hmac
import json
from typing import Any

import pytest

from bot.errors import ConfigurationError
from bot.providers.base import CallbackHint
from bot.providers.kling.callbacks import MOST_BODY_BYTES, CallbackReader
from tests.support.kling import StillClock

SECRET = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="
BODY = b'{"id":"1234567890","status":"succeeded","message":"","create_time":1781080778802,"update_time":1781080794151}'
HEADERS = {
    "webhook-id": "9876543210",
    "webhook-timestamp": "1781080794",
    "webhook-signature": "v1,UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ4=",
}
SIGNED_AT = 1_781_080_794_000
BARE = {"task_id": "852845770556612685", "task_status": "succeed", "task_info": {"external_task_id": "job-1"}}
HINT = CallbackHint(client_key="job-1", task_id="852845770556612685")


def unsigned(document: Any) -> CallbackHint | None:
    return CallbackReader("", StillClock()).read(json.dumps(document).encode(), {})


def signed(*, body: bytes = BODY, seconds: float = 0, **changes: str) -> CallbackHint | None:
    clock = StillClock(SIGNED_AT)
    clock.advance(seconds)
    headers = HEADERS | {name.replace("_", "-"): value for name, value in changes.items()}
    return CallbackReader(SECRET, clock).read(body, headers)


def test_the_documented_signature_is_accepted() -> None:
    assert signed() == CallbackHint(client_key=None, task_id="1234567890")


@pytest.mark.parametrize("seconds", [-300, 300])
def test_a_signature_is_good_for_five_minutes_both_ways(seconds: int) -> None:
    assert signed(seconds=seconds) is not None
    assert signed(seconds=seconds * 1.01) is None


def test_anything_changed_makes_the_signature_wrong() -> None:
    assert signed(body=BODY + b" ") is None
    assert signed(webhook_id="9876543211") is None
    assert signed(webhook_timestamp="1781080795") is None
    assert signed(webhook_signature="v1,AAAA") is None


@pytest.mark.parametrize(
    "signature", ["", "v1,", HEADERS["webhook-signature"].replace("v1", "v2"), "v1,\N{SNOWMAN}", "v1a,x"]
)
def test_signatures_of_another_form_do_not_count(signature: str) -> None:
    assert signed(webhook_signature=signature) is None


@pytest.mark.parametrize("timestamp", ["", "now", "-1781080794", "9" * 5000, "\N{SUPERSCRIPT TWO}"])
def test_a_timestamp_that_is_none_does_not_count(timestamp: str) -> None:
    assert signed(webhook_timestamp=timestamp) is None


def test_one_right_signature_among_several_is_enough() -> None:
    assert signed(webhook_signature=f"v1,AAAA {HEADERS['webhook-signature']} v2,x") is not None


def test_the_names_of_headers_may_be_written_in_any_case() -> None:
    headers = {name.title(): value for name, value in HEADERS.items()}
    assert CallbackReader(SECRET, StillClock(SIGNED_AT)).read(BODY, headers) is not None


def test_with_a_secret_an_unsigned_callback_does_not_count() -> None:
    assert CallbackReader(SECRET, StillClock(SIGNED_AT)).read(BODY, {}) is None


def test_without_a_secret_signatures_are_not_looked_at() -> None:
    reader = CallbackReader("", StillClock())
    assert reader.read(BODY, HEADERS | {"webhook-signature": "v1,AAAA"}) is not None


def test_a_secret_without_its_prefix_is_taken() -> None:
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signature = base64.b64encode(hmac.digest(key, b"9876543210.1781080794." + BODY, hashlib.sha256)).decode()
    reader = CallbackReader(SECRET.removeprefix("whsec_"), StillClock(SIGNED_AT))
    assert reader.read(BODY, HEADERS | {"webhook-signature": f"v1,{signature}"}) is not None


@pytest.mark.parametrize("secret", ["whsec_", "whsec_not base64", "x"])
def test_a_secret_that_is_none_is_refused(secret: str) -> None:
    with pytest.raises(ConfigurationError, match=r"kling\.webhook_secret"):
        CallbackReader(secret, StillClock())


def test_the_secret_is_not_shown() -> None:
    reader = CallbackReader(SECRET, StillClock())
    assert "dGVzd" not in repr(reader)
    assert "testsecret" not in repr(reader)


def test_a_bare_task_and_one_in_an_envelope_give_the_same_hint() -> None:
    assert unsigned(BARE) == HINT
    assert unsigned({"code": 0, "message": "SUCCEED", "data": BARE}) == HINT


def test_the_newer_form_is_read_too() -> None:
    assert unsigned({"id": "42", "external_id": "job-2", "status": "submitted", "outputs": []}) == CallbackHint(
        "job-2", "42"
    )


@pytest.mark.parametrize(
    ("document", "hint"),
    [
        ({"task_id": 852845770556612685}, CallbackHint(None, "852845770556612685")),
        ({"task_id": "1", "task_info": None}, CallbackHint(None, "1")),
        ({"task_id": None, "task_info": {"external_task_id": "job-3"}}, CallbackHint("job-3", None)),
        ({"task_id": "1", "task_info": {"external_task_id": ""}, "new": [{}]}, CallbackHint(None, "1")),
    ],
)
def test_incomplete_and_odd_tasks_give_what_they_have(document: Any, hint: CallbackHint) -> None:
    assert unsigned(document) == hint


@pytest.mark.parametrize(
    "document", [{}, [], None, 7, "task", {"data": []}, {"task_id": True}, {"task_id": ["1"]}, {"task_id": "a\u0000b"}]
)
def test_what_names_no_task_is_no_hint(document: Any) -> None:
    assert unsigned(document) is None


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"task_id":"' + b"1" * 200 + b'"}'])
def test_malformed_bodies_are_no_hint(body: bytes) -> None:
    assert CallbackReader("", StillClock()).read(body, {}) is None


def test_an_oversized_body_is_not_read() -> None:
    body = json.dumps(BARE).encode()
    assert CallbackReader("", StillClock()).read(body.ljust(MOST_BODY_BYTES), {}) == HINT
    assert CallbackReader("", StillClock()).read(body.ljust(MOST_BODY_BYTES + 1), {}) is None
