"""What Kling's refusals mean: one table of codes, one of messages, and the failures made from them.

Source of the codes and messages: the vendor's error table and answers seen on its live API.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.providers.base import Advice, ProviderFailure

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
        message: str,
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
            message,
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

    `sentence` says what is wrong and what to do, and may hold `{detail}`; it says nothing about credits, which are not
    the vendor's to promise. `server_fault` marks failures after which a create may nevertheless have made its task.
    """

    advice: Advice
    sentence: str
    moderation: bool = False
    server_fault: bool = False


_KEYS = "An operator has to check the Kling keys in the configuration."
_CLOCK = "An operator has to set the clock of this machine."
_ACCOUNT = "An operator has to look into the Kling account."
_VERSION = "An operator has to check kling.base_url and the version of this program."
_MODEL = "An operator has to choose another model in the catalogue."
_CHANGE = "Change the request and try again."
_IMAGE = "Use another image."
_LATER = "Try again later."

VERDICTS: Mapping[int, Verdict] = {
    1000: Verdict(Advice.TELL_OPERATOR, f"Kling does not accept our keys. {_KEYS}"),
    1001: Verdict(Advice.TELL_OPERATOR, f"Kling received no key from us. {_KEYS}"),
    1002: Verdict(Advice.TELL_OPERATOR, f"Kling does not know our key, or its secret does not fit. {_KEYS}"),
    1003: Verdict(Advice.TELL_OPERATOR, f"Kling says that our token is dated in the future. {_CLOCK}"),
    1004: Verdict(Advice.TELL_OPERATOR, f"Kling says that our token has expired. {_CLOCK}"),
    1100: Verdict(Advice.TELL_OPERATOR, f"Kling has put the account into an abnormal state. {_ACCOUNT}"),
    1101: Verdict(Advice.TELL_OPERATOR, f"The Kling account has unpaid bills. {_ACCOUNT}"),
    1102: Verdict(Advice.TELL_OPERATOR, f"The Kling account has no units left, or its pack has expired. {_ACCOUNT}"),
    1103: Verdict(Advice.TELL_OPERATOR, f"The Kling account may not use this model or function. {_ACCOUNT}"),
    1200: Verdict(Advice.TELL_USER, f"Kling refused this request as invalid{{detail}}. {_CHANGE}"),
    1201: Verdict(Advice.TELL_USER, f"Kling refused a setting of this request{{detail}}. {_CHANGE}"),
    1202: Verdict(Advice.TELL_OPERATOR, f"Kling does not offer this call in the form we make it. {_VERSION}"),
    1203: Verdict(Advice.TELL_OPERATOR, f"Kling does not know the model that was asked for. {_MODEL}"),
    1300: Verdict(Advice.TELL_USER, f"Kling's platform rules do not allow this request. {_CHANGE}", moderation=True),
    1301: Verdict(
        Advice.TELL_USER, f"Kling's content check refused the prompt or the image. {_CHANGE}", moderation=True
    ),
    1302: Verdict(Advice.RETRY, f"Kling is being asked too often. {_LATER}"),
    1303: Verdict(Advice.WAIT_FOR_SLOT, "All places at Kling are taken. Wait for a free one."),
    1304: Verdict(
        Advice.TELL_OPERATOR,
        "Kling does not accept calls from this machine's address. An operator has to add it to the account's allow "
        "list.",
    ),
    5000: Verdict(Advice.RETRY, f"Kling had an internal error. {_LATER}", server_fault=True),
    5001: Verdict(Advice.RETRY, f"Kling is down for maintenance. {_LATER}", server_fault=True),
    5002: Verdict(Advice.RETRY, f"Kling was too busy to answer. {_LATER}", server_fault=True),
}
"""The vendor's whole table of error codes."""

MESSAGE_VERDICTS: tuple[tuple[re.Pattern[str], Verdict], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), verdict)
    for pattern, verdict in (
        (
            r"external_task_id .* already exists",
            Verdict(Advice.ADOPT, "Kling has this task already; it is taken up as it stands."),
        ),
        (
            r"has been discontinued|no longer available",
            Verdict(Advice.TELL_OPERATOR, f"Kling has switched this model off. {_MODEL}"),
        ),
        (
            r"model_name value .* is invalid|^model is not supported",
            Verdict(Advice.TELL_OPERATOR, f"Kling does not offer this model for this kind of clip. {_MODEL}"),
        ),
        (
            r"failed to resolve the request body",
            Verdict(Advice.TELL_OPERATOR, f"Kling could not read our request. {_VERSION}"),
        ),
        (
            r"is not supported with (sound on|image_tail)|image tail is not supported",
            Verdict(
                Advice.TELL_USER,
                "Kling does not offer this combination of model, mode, sound and end image. Change one of them.",
            ),
        ),
        (
            r"file is not in a valid base64 format|get the contents of the file",
            Verdict(Advice.TELL_USER, f"Kling could not read the image. {_IMAGE}"),
        ),
        (
            r"image pixel is invalid|resolution or aspect ratio of the input image",
            Verdict(
                Advice.TELL_USER,
                "Kling refused the size of the image: each side needs at least 300 pixels, and neither side may be "
                f"more than two and a half times the other. {_IMAGE}",
            ),
        ),
        (
            r"voice id not found",
            Verdict(Advice.TELL_USER, "Kling no longer knows a chosen voice. Choose another voice."),
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
    quoted = f" (“{detail}”)" if detail else ""
    return KlingFailure(
        verdict.sentence.format(detail=quoted),
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
    return KlingFailure(f"Kling cannot be reached. {_LATER}", advice=Advice.RETRY, detail=reason)


def unanswered(reason: str, *, creating: bool) -> KlingFailure:
    """Make the failure for a call without an answer: a timeout, or a connection that broke."""
    return KlingFailure(f"Kling did not answer. {_LATER}", advice=Advice.RETRY, uncertain=creating, detail=reason)


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
        f"Kling's answer could not be read. {_LATER}",
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
