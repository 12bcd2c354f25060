"""What Kling's refusals mean: one table of codes, one of messages, and the failures made from them.

Source of the codes and messages: the vendor's error table and answers seen on its live API.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.providers.base import Advice, ProviderFailure
from bot.texts import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CLOCK_CODES = frozenset({1003, 1004})
"""The token is too young or too old: a new one may be accepted."""
MOST_DETAIL_CHARACTERS = 200
_OVERLAP_CHARACTERS = 16
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


class KlingFailure(ProviderFailure):
    """A call to Kling failed.

    `detail` is what the vendor said, shortened and without links and without anything of the prompt: for the log.
    """

    def __init__(
        self,
        sentence: Sentence,
        *,
        advice: Advice,
        uncertain: bool = False,
        moderation: bool = False,
        retry_after: float | None = None,
        code: int | None = None,
        http_status: int | None = None,
        request_id: str | None = None,
        detail: str = "",
    ) -> None:
        self.detail = detail
        super().__init__(
            sentence,
            advice=advice,
            uncertain=uncertain,
            moderation=moderation,
            retry_after=retry_after,
            code=code,
            http_status=http_status,
            request_id=request_id,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one kind of refusal means for us.

    `key` names the sentence that says what is wrong and what to do, which may hold `{detail}`; it says nothing about
    credits, which are not the vendor's to promise. `server_fault` marks failures after which a create may nevertheless
    have made its task.
    """

    advice: Advice
    key: str
    moderation: bool = False
    server_fault: bool = False


VERDICTS: Mapping[int, Verdict] = {
    1000: Verdict(Advice.TELL_OPERATOR, "kling.code-1000"),
    1001: Verdict(Advice.TELL_OPERATOR, "kling.code-1001"),
    1002: Verdict(Advice.TELL_OPERATOR, "kling.code-1002"),
    1003: Verdict(Advice.TELL_OPERATOR, "kling.code-1003"),
    1004: Verdict(Advice.TELL_OPERATOR, "kling.code-1004"),
    1100: Verdict(Advice.TELL_OPERATOR, "kling.code-1100"),
    1101: Verdict(Advice.TELL_OPERATOR, "kling.code-1101"),
    1102: Verdict(Advice.TELL_OPERATOR, "kling.code-1102"),
    1103: Verdict(Advice.TELL_OPERATOR, "kling.code-1103"),
    1200: Verdict(Advice.TELL_USER, "kling.code-1200"),
    1201: Verdict(Advice.TELL_USER, "kling.code-1201"),
    1202: Verdict(Advice.TELL_OPERATOR, "kling.code-1202"),
    1203: Verdict(Advice.TELL_OPERATOR, "kling.code-1203"),
    1300: Verdict(Advice.TELL_USER, "kling.code-1300", moderation=True),
    1301: Verdict(Advice.TELL_USER, "kling.code-1301", moderation=True),
    1302: Verdict(Advice.RETRY, "kling.code-1302"),
    1303: Verdict(Advice.WAIT_FOR_SLOT, "kling.code-1303"),
    1304: Verdict(Advice.TELL_OPERATOR, "kling.code-1304"),
    5000: Verdict(Advice.RETRY, "kling.code-5000", server_fault=True),
    5001: Verdict(Advice.RETRY, "kling.code-5001", server_fault=True),
    5002: Verdict(Advice.RETRY, "kling.code-5002", server_fault=True),
}
"""The vendor's whole table of error codes."""

MESSAGE_VERDICTS: tuple[tuple[re.Pattern[str], Verdict], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), verdict)
    for pattern, verdict in (
        (
            r"external_task_id .* already exists",
            Verdict(Advice.ADOPT, "kling.adopted"),
        ),
        (
            r"has been discontinued|no longer available",
            Verdict(Advice.TELL_OPERATOR, "kling.discontinued"),
        ),
        (
            r"model_name value .* is invalid|^model is not supported",
            Verdict(Advice.TELL_OPERATOR, "kling.not-offered"),
        ),
        (
            r"failed to resolve the request body",
            Verdict(Advice.TELL_OPERATOR, "kling.unread"),
        ),
        (
            r"is not supported with (sound on|image_tail)|image tail is not supported",
            Verdict(Advice.TELL_USER, "kling.combination"),
        ),
        (
            r"file is not in a valid base64 format|get the contents of the file",
            Verdict(Advice.TELL_USER, "kling.image-unread"),
        ),
        (
            r"image pixel is invalid|resolution or aspect ratio of the input image",
            Verdict(Advice.TELL_USER, "kling.image-size"),
        ),
        (
            r"voice id not found",
            Verdict(Advice.TELL_USER, "kling.voice-gone"),
        ),
    )
)
"""Refusals with code 1201 whose message says more than the code."""

_TASK_NOT_FOUND = re.compile(r"task not found", re.IGNORECASE)
_RESOURCE_MISSING = 1203
_INVALID_PARAMETER = 1201


def is_unknown_task(failure: KlingFailure) -> bool:
    """Say whether a query was refused because the vendor has no such task.

    The documentation has 404 with code 1203 for it, the live API answers 400 with code 1201 and a message.
    """
    if failure.code == _RESOURCE_MISSING:
        return True
    return failure.code == _INVALID_PARAMETER and bool(_TASK_NOT_FOUND.search(failure.detail))


def refusal(
    *,
    code: int,
    message: str,
    http_status: int,
    creating: bool,
    private: Iterable[str] = (),
    retry_after: float | None = None,
    request_id: str | None = None,
) -> KlingFailure:
    """Make the failure for an answer in which the vendor said no.

    `creating` tells that the call would have made a task; `private` are texts of the request that the vendor may
    repeat but that must not come back in a message.
    """
    verdict = _verdict(code, message, http_status)
    detail = quotable(message, private)
    quoted = Sentence("kling.detail", words=detail) if detail else ""
    return KlingFailure(
        Sentence(verdict.key, detail=quoted),
        advice=verdict.advice,
        uncertain=creating and (verdict.server_fault or http_status >= _SERVER_FAULT),
        moderation=verdict.moderation,
        retry_after=retry_after,
        code=code,
        http_status=http_status,
        request_id=request_id,
        detail=detail,
    )


def unreachable(reason: str) -> KlingFailure:
    """Make the failure for a call that never left this machine, so that nothing can have happened."""
    return KlingFailure(Sentence("kling.unreachable"), advice=Advice.RETRY, detail=reason)


def unanswered(reason: str, *, creating: bool) -> KlingFailure:
    """Make the failure for a call without an answer: a timeout, or a connection that broke."""
    return KlingFailure(Sentence("kling.unanswered"), advice=Advice.RETRY, uncertain=creating, detail=reason)


def unreadable(
    reason: str,
    *,
    creating: bool,
    http_status: int | None = None,
    retry_after: float | None = None,
    request_id: str | None = None,
) -> KlingFailure:
    """Make the failure for an answer that is not in the vendor's form, such as a gateway's error page."""
    return KlingFailure(
        Sentence("kling.unreadable"),
        advice=Advice.RETRY,
        uncertain=creating,
        retry_after=retry_after,
        http_status=http_status,
        request_id=request_id,
        detail=reason,
    )


def quotable(message: str, private: Iterable[str] = ()) -> str:
    """Return the vendor's words in a form that may be logged and shown, or nothing where they repeat the request."""
    words = " ".join(_LINK.sub("[link]", "".join(c if c.isprintable() else " " for c in message)).split())
    folded = words.casefold()
    for text in private:
        secret = " ".join(text.split()).casefold()
        if secret and secret in folded:
            return ""
        windows = range(len(folded) - _OVERLAP_CHARACTERS + 1)
        if any(folded[start : start + _OVERLAP_CHARACTERS] in secret for start in windows):
            return ""
    return words if len(words) <= MOST_DETAIL_CHARACTERS else words[: MOST_DETAIL_CHARACTERS - 1] + "…"


_CLIENT_FAULT = 400
_SERVER_FAULT = 500
_BY_STATUS: Mapping[int, int] = {401: 1000, 403: 1103, 404: 1203, 408: 5002, 429: 1302}


def _verdict(code: int, message: str, http_status: int) -> Verdict:
    if code == _INVALID_PARAMETER:
        for pattern, verdict in MESSAGE_VERDICTS:
            if pattern.search(message):
                return verdict
    known = VERDICTS.get(code)
    if known is not None:
        return known
    # A code that the table does not have: the HTTP status decides, and an unknown code in a success may mean anything.
    if http_status >= _SERVER_FAULT or http_status < _CLIENT_FAULT:
        return VERDICTS[5000]
    return VERDICTS[_BY_STATUS.get(http_status, 1200)]
