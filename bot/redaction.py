"""Taking secrets out of text that is about to be shown or stored."""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote, quote_plus

REDACTED: Final = "[redacted]"
_SHORTEST_SECRET: Final = 6
"""Anything shorter would be found in ordinary words."""

_DEEPEST: Final = 5
"""Nested values below this level are written as one piece of text."""

_SENSITIVE_NAME: Final = re.compile(
    r"(?i)(token|secret|password|passwd|authorization|cookie|signature|credential"
    r"|(api|access|secret|private)[-_ ]?key)s?$"
)

_PATTERNS: Final = (
    # A signed link is a key: everything behind the question mark goes, and a password in front of the host.
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://[^\s\"'<>?#\\]*)\?[^\s\"'<>\\]+"), rf"\1?{REDACTED}"),
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://[^\s/@:]*):[^\s/@]+@"), rf"\1:{REDACTED}@"),
    # Discord's interaction and webhook tokens are part of the path, and so is the secret of our callback address.
    (re.compile(r"(/(?:webhooks/\d+|interactions/\d+|callback)/)[\w-]+"), rf"\1{REDACTED}"),
    (re.compile(r"(?i)(authorization[\"']?\s*[:=,]\s*b?[\"']?)[^\"'\r\n,;)}\]]+"), rf"\1{REDACTED}"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[a-z0-9._~+/=-]{8,}"), rf"\1 {REDACTED}"),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*"), REDACTED),
    (re.compile(r"\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"), REDACTED),
    (re.compile(r"\bwhsec_[A-Za-z0-9+/=_-]+"), REDACTED),
    (
        re.compile(
            r"(?i)\b((?:[a-z]+[-_])*(?:token|secret|password|(?:api|access|secret|private)[-_]?key|signature)"
            r"[\"']?\s*[:=]\s*b?[\"']?)[^\s\"',;&)}\]]+"
        ),
        rf"\1{REDACTED}",
    ),
    # Encoded files and long tokens; 64 hexadecimal digits are a digest and stay.
    (re.compile(r"(?:[A-Za-z0-9+/_-]|%2[BF]){80,}={0,2}"), "[base64]"),
)


class Redactor:
    """Replaces the given secrets, in every spelling that programs use, and whatever looks like a secret."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        spellings = {
            spelling
            for secret in secrets
            if len(secret) >= _SHORTEST_SECRET
            for spelling in _spellings(secret)
            if len(spelling) >= _SHORTEST_SECRET
        }
        longest_first = sorted(spellings, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def __repr__(self) -> str:
        return "Redactor(…)"

    def text(self, text: str) -> str:
        """Return the text without its secrets."""
        if self._secrets is not None:
            text = self._secrets.sub(REDACTED, text)
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text

    def value(self, value: object, name: str = "", depth: int = 0) -> object:
        """Return a value that JSON can hold, without its secrets; `name` is what the value is called."""
        if name and _SENSITIVE_NAME.search(name):
            return REDACTED
        result: object
        match value:
            case None | bool() | int():
                result = value
            case float() if math.isfinite(value):
                result = value
            case str():
                result = self.text(value)
            case Mapping() if depth < _DEEPEST:
                items = ((str(key), item) for key, item in value.items())
                result = {self.text(key): self.value(item, key, depth + 1) for key, item in items}
            case list() | tuple() | set() | frozenset() if depth < _DEEPEST:
                result = [self.value(item, "", depth + 1) for item in value]
            case _:
                result = self.text(_shown(value))
        return result


def _shown(value: object) -> str:
    try:
        return str(value) if isinstance(value, BaseException) else repr(value)
    except Exception:  # noqa: BLE001 - a broken repr must not lose the log record
        return f"<{type(value).__name__}>"


def _spellings(secret: str) -> Iterable[str]:
    raw = secret.encode()
    yield secret
    yield repr(secret)[1:-1]
    yield json.dumps(secret)[1:-1]
    yield quote(secret, safe="")
    yield quote_plus(secret)
    yield raw.hex()
    for encode in (base64.standard_b64encode, base64.urlsafe_b64encode):
        # The last group depends on what follows the secret.
        yield encode(raw[: len(raw) // 3 * 3]).decode()
