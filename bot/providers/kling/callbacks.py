"""Reading Kling's callbacks: who knocks is checked where a secret is set, what is said is never believed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from typing import TYPE_CHECKING

from bot.errors import ConfigurationError
from bot.providers.base import CallbackHint
from bot.providers.kling.wire import CalledTask, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.clock import Clock

MOST_BODY_BYTES = 256 * 1024
TOLERANCE_SECONDS = 300
"""How far the time of a signature may be off, both ways (the vendor's documentation)."""
_MOST_TIMESTAMP_DIGITS = 12
_SECRET_PREFIX = "whsec_"  # noqa: S105 - the public prefix of every such secret
_SIGNATURE_PREFIX = "v1,"


class CallbackReader:
    """Turns a callback into a hint which task to ask about.

    With a secret, a callback counts only with a valid Standard Webhooks signature; without one, signatures are not
    looked at. Raises `ConfigurationError` where the secret is not one.
    """

    def __init__(self, secret: str, clock: Clock) -> None:
        self._key = _key_of(secret)
        self._clock = clock

    def __repr__(self) -> str:
        return f"CallbackReader(signed={self._key is not None})"

    def read(self, body: bytes, headers: Mapping[str, str]) -> CallbackHint | None:
        """Return the task that a callback names; None where it is malformed or not signed as it must be."""
        if len(body) > MOST_BODY_BYTES or not self._is_signed(body, headers):
            return None
        try:
            document = json.loads(body)
        except (ValueError, RecursionError):
            return None
        task = read(CalledTask, _task_of(document))
        if task is None:
            return None
        client_key = task.task_info.external_task_id or task.external_id
        task_id = task.task_id or task.id
        return CallbackHint(client_key or None, task_id or None) if client_key or task_id else None

    def _is_signed(self, body: bytes, headers: Mapping[str, str]) -> bool:
        if self._key is None:
            return True
        named = {name.lower(): value for name, value in headers.items()}
        delivery, timestamp = named.get("webhook-id", ""), named.get("webhook-timestamp", "")
        if not (delivery and _is_number(timestamp)):
            return False
        if abs(int(timestamp) - self._clock.now() // 1000) > TOLERANCE_SECONDS:
            return False
        signed = b".".join((delivery.encode(), timestamp.encode(), body))
        expected = base64.b64encode(hmac.digest(self._key, signed, hashlib.sha256))
        given = named.get("webhook-signature", "").split(" ")
        # Several signatures stand there while secrets are exchanged; all are compared, in constant time each.
        matches = [
            hmac.compare_digest(expected, signature.removeprefix(_SIGNATURE_PREFIX).encode())
            for signature in given
            if signature.startswith(_SIGNATURE_PREFIX)
        ]
        return any(matches)


def _key_of(secret: str) -> bytes | None:
    if not secret:
        return None
    try:
        key = base64.b64decode(secret.removeprefix(_SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key:
        raise ConfigurationError("kling.webhook_secret is not a webhook secret; copy it again from Kling's console.")
    return key


def _task_of(document: object) -> object:
    """Return the task object, which is sent bare; an envelope around it is opened."""
    data = document.get("data") if isinstance(document, dict) and "task_id" not in document else None
    return data if isinstance(data, dict) else document


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_TIMESTAMP_DIGITS
