"""Proving to Kling who calls: a signed token from a key pair, or an API key as it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jwt
from jwt.algorithms import HMACAlgorithm

from bot.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.clock import Clock

TOKEN_SECONDS = 1800
"""How long a token is good for; the lifetime that every official sample uses."""
RENEW_SECONDS = 300
"""A token is replaced this long before it expires."""
NOT_BEFORE_SECONDS = 5
"""How far a token is dated back, so that a slightly fast clock does no harm (official samples)."""
WIDE_NOT_BEFORE_SECONDS = 300
"""How far tokens are dated back once the vendor has called one too young."""
SKEW_SECONDS = 2
"""Differences to the vendor's clock up to this size are taken for travel time; its `Date` has whole seconds."""


@dataclass(frozen=True, slots=True)
class AccessKeyPair:
    """An access key with the secret that signs tokens for it."""

    access_key: str
    secret_key: str

    def __repr__(self) -> str:
        return "AccessKeyPair(…)"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A static key that is itself the bearer token."""

    key: str

    def __repr__(self) -> str:
        return "ApiKey(…)"


Credentials = AccessKeyPair | ApiKey


def credentials_from(*, access_key: str = "", secret_key: str = "", api_key: str = "") -> Credentials:
    """Choose the credentials from the settings: the API key where there is one, else the key pair.

    Raises `ConfigurationError` where neither is complete or a key holds characters that no key has.
    """
    for name, value in (("access_key", access_key), ("secret_key", secret_key), ("api_key", api_key)):
        if not (value.isascii() and value.isprintable()) or " " in value:
            raise ConfigurationError(f"kling.{name} contains spaces or special characters; copy it again.")
    if api_key:
        return ApiKey(api_key)
    if access_key and secret_key:
        return AccessKeyPair(access_key, secret_key)
    raise ConfigurationError("Kling needs kling.api_key, or kling.access_key together with kling.secret_key.")


class _VendorKeyAlgorithm(HMACAlgorithm):
    """HS256 without the warning about short keys: the vendor chooses their length."""

    def __init__(self) -> None:
        super().__init__(HMACAlgorithm.SHA256)

    def check_key_length(self, key: Any) -> str | None:
        """Accept a key of any length."""
        del key
        return None


def _signer() -> jwt.PyJWS:
    signer = jwt.PyJWS()
    signer.unregister_algorithm("HS256")
    signer.register_algorithm("HS256", _VendorKeyAlgorithm())
    return signer


class BearerSource:
    """Makes the `Authorization` header, signing a new token only when the old one is about to expire."""

    def __init__(self, credentials: Credentials, clock: Clock) -> None:
        self._credentials = credentials
        self._clock = clock
        self._signer = _signer()
        self._token = ""
        self._signed_at = 0
        self._skew_seconds = 0
        self._not_before_seconds = NOT_BEFORE_SECONDS

    def __repr__(self) -> str:
        return f"BearerSource({self._credentials!r})"

    def header(self) -> str:
        """Return the value of the `Authorization` header for a call made now."""
        if isinstance(self._credentials, ApiKey):
            return f"Bearer {self._credentials.key}"
        now = self._clock.now() // 1000
        age = now - self._signed_at
        if not self._token or not 0 <= age < TOKEN_SECONDS - RENEW_SECONDS:
            self._token = self._sign(self._credentials, now + self._skew_seconds)
            self._signed_at = now
        return f"Bearer {self._token}"

    def renew(self, vendor_time: int | None) -> bool:
        """Forget the token after the vendor called it too young or too old; say whether trying again can help.

        `vendor_time` is the vendor's own clock in Unix seconds where it told us: later tokens are dated by it.
        """
        if isinstance(self._credentials, ApiKey):
            return False
        self._token = ""
        self._not_before_seconds = WIDE_NOT_BEFORE_SECONDS
        if vendor_time is not None:
            skew = vendor_time - self._clock.now() // 1000
            self._skew_seconds = skew if abs(skew) > SKEW_SECONDS else 0
        return True

    def _sign(self, pair: AccessKeyPair, now: int) -> str:
        claims = {"iss": pair.access_key, "exp": now + TOKEN_SECONDS, "nbf": now - self._not_before_seconds}
        payload = json.dumps(claims, separators=(",", ":")).encode()
        return self._signer.encode(payload, pair.secret_key, algorithm="HS256")
