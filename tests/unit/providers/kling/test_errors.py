import pytest

from bot.providers.base import Advice, ProviderFailure
from bot.providers.kling.errors import (
    MOST_DETAIL_CHARACTERS,
    VERDICTS,
    KlingFailure,
    is_unknown_task,
    quotable,
    refusal,
    unanswered,
    unreachable,
    unreadable,
)

OPERATOR, USER, RETRY, SLOT, ADOPT = (
    Advice.TELL_OPERATOR,
    Advice.TELL_USER,
    Advice.RETRY,
    Advice.WAIT_FOR_SLOT,
    Advice.ADOPT,
)
# The vendor's table: HTTP status, code, what to do, whether a create may have worked, whether it is about content.
TABLE = [
    (401, 1000, OPERATOR, False, False),
    (401, 1001, OPERATOR, False, False),
    (401, 1002, OPERATOR, False, False),
    (401, 1003, OPERATOR, False, False),
    (401, 1004, OPERATOR, False, False),
    (429, 1100, OPERATOR, False, False),
    (429, 1101, OPERATOR, False, False),
    (429, 1102, OPERATOR, False, False),
    (403, 1103, OPERATOR, False, False),
    (400, 1200, USER, False, False),
    (400, 1201, USER, False, False),
    (404, 1202, OPERATOR, False, False),
    (404, 1203, OPERATOR, False, False),
    (400, 1300, USER, False, True),
    (400, 1301, USER, False, True),
    (429, 1302, RETRY, False, False),
    (429, 1303, SLOT, False, False),
    (429, 1304, OPERATOR, False, False),
    (500, 5000, RETRY, True, False),
    (503, 5001, RETRY, True, False),
    (504, 5002, RETRY, True, False),
]
MESSAGES = [
    ("External_task_id job-1 already exists", ADOPT),
    ("model_name value 'kling-v9' is invalid", OPERATOR),
    ("model is not supported", OPERATOR),
    ("The model 'kling-v1' has been discontinued and is no longer available.", OPERATOR),
    ("This API is no longer available", OPERATOR),
    ("Failed to resolve the request body", OPERATOR),
    ("mode value 'x' is invalid", USER),
    ("duration value '7' is invalid", USER),
    ("model/mode(kling-v2-6/std) is not supported with sound on", USER),
    ("model/mode/duration(kling-v2-5-turbo/std/5) is not supported with image_tail", USER),
    ("Image tail is not supported by the current model", USER),
    ("camera_control is only supported in std mode with 5s duration and kling-v1", USER),
    ("File is not in a valid base64 format", USER),
    ("Image pixel is invalid", USER),
    ("Something went wrong when we tried to get the contents of the file.", USER),
    ("Voice id not found", USER),
]


def refused(code: int = 1201, message: str = "no", *, status: int = 400, creating: bool = True) -> KlingFailure:
    return refusal(code=code, message=message, http_status=status, creating=creating)


def test_the_table_is_complete() -> None:
    assert set(VERDICTS) == {code for _, code, *_ in TABLE}


@pytest.mark.parametrize(("status", "code", "advice", "uncertain", "moderation"), TABLE)
def test_every_code_has_its_consequence(
    *, status: int, code: int, advice: Advice, uncertain: bool, moderation: bool
) -> None:
    failure = refused(code, status=status)
    assert isinstance(failure, ProviderFailure)
    assert (failure.advice, failure.uncertain, failure.moderation) == (advice, uncertain, moderation)
    assert (failure.code, failure.http_status) == (code, status)
    assert not refused(code, status=status, creating=False).uncertain


@pytest.mark.parametrize(("status", "code", "advice", "uncertain", "moderation"), TABLE)
def test_a_code_inside_a_success_means_the_same(
    *, status: int, code: int, advice: Advice, uncertain: bool, moderation: bool
) -> None:
    del status
    failure = refused(code, status=200)
    assert (failure.advice, failure.uncertain, failure.moderation) == (advice, uncertain, moderation)


@pytest.mark.parametrize("code", sorted(VERDICTS))
def test_every_sentence_is_whole(code: int) -> None:
    sentence = str(refused(code, "duration value '7' is invalid"))
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "{" not in sentence


@pytest.mark.parametrize(("message", "advice"), MESSAGES)
def test_messages_seen_on_the_wire_are_understood(message: str, advice: Advice) -> None:
    failure = refused(message=message)
    assert failure.advice is advice
    assert failure.detail == message


def test_a_message_counts_with_its_own_code_only() -> None:
    assert refused(1301, "External_task_id job-1 already exists").advice is USER


def test_a_refused_setting_is_named_to_the_user() -> None:
    assert "duration value '7' is invalid" in str(refused(message="duration value '7' is invalid"))


@pytest.mark.parametrize(
    ("status", "advice", "uncertain"),
    [
        (200, RETRY, True),
        (302, RETRY, True),
        (400, USER, False),
        (401, OPERATOR, False),
        (403, OPERATOR, False),
        (404, OPERATOR, False),
        (408, RETRY, True),
        (422, USER, False),
        (429, RETRY, False),
        (500, RETRY, True),
        (599, RETRY, True),
    ],
)
def test_for_an_unknown_code_the_http_status_decides(*, status: int, advice: Advice, uncertain: bool) -> None:
    failure = refused(1999, status=status)
    assert (failure.advice, failure.uncertain, failure.code) == (advice, uncertain, 1999)


def test_any_server_error_leaves_a_create_in_doubt() -> None:
    assert refused(1302, status=503).uncertain


def test_only_a_call_that_was_sent_leaves_a_create_in_doubt() -> None:
    assert not unreachable("unreachable").uncertain
    assert unanswered("timeout", creating=True).uncertain
    assert unreadable("HTTP 502", creating=True).uncertain
    assert not unanswered("timeout", creating=False).uncertain
    assert not unreadable("HTTP 502", creating=False).uncertain


@pytest.mark.parametrize(
    ("code", "status", "message", "unknown"),
    [
        (1201, 400, "Task not found by id/external id: 123", True),
        (1203, 404, "resource does not exist", True),
        (1201, 400, "pageSize is invalid", False),
        (1000, 404, "Task not found", False),
        (5000, 500, "Task not found", False),
    ],
)
def test_both_forms_of_an_unknown_task_are_recognised(*, code: int, status: int, message: str, unknown: bool) -> None:
    assert is_unknown_task(refused(code, message, status=status, creating=False)) is unknown


PROMPT = "An old sailor whispers the code of the safe: 7734"


@pytest.mark.parametrize(
    "message",
    [
        f"prompt value '{PROMPT}' is invalid",
        "prompt value 'AN OLD SAILOR WHISPERS…' is invalid",
        "invalid near 'the code of the safe'",
        "invalid:\n an old   sailor whispers",
    ],
)
def test_what_repeats_the_prompt_is_not_quoted(message: str) -> None:
    assert quotable(message, (PROMPT,)) == ""


def test_a_short_prompt_is_not_quoted_either() -> None:
    assert quotable("prompt value 'Ann Lee' is invalid", ("Ann Lee",)) == ""


def test_links_and_control_characters_are_not_quoted() -> None:
    message = "cannot fetch\x1b[2J https://cdn.example.org/a.png?pkey=SECRET now\u202e"
    assert quotable(message) == "cannot fetch [2J [link] now"


def test_long_messages_are_cut() -> None:
    assert len(quotable("word " * 200)) == MOST_DETAIL_CHARACTERS


def test_a_message_cannot_smuggle_a_placeholder() -> None:
    assert "{detail}" in str(refused(message="bad {detail} {0}"))
