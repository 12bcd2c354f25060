"""Who is asking: a token signed with the secret key, or the API key."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jwt

from bot.sandbox.kling.answers import VendorError

if TYPE_CHECKING:
    from bot.clock import Clock

_TOKEN_PARTS = 3


@dataclass(frozen=True, slots=True)
class Credentials:
    """The keys that the stand-in accepts."""

    access_key: str
    secret_key: str
    api_key: str


def authenticate(header: str | None, credentials: Credentials, clock: Clock) -> None:
    """Check an `Authorization` header; raise `VendorError` with 1000 to 1004 if it is not acceptable.

    The vendor's codes are facts; the messages of 1000, 1003 and 1004 are assumed.
    """
    if header is None or not header.strip():
        raise VendorError(1001)
    scheme, _, token = header.partition(" ")
    if scheme != "Bearer":
        raise VendorError(1000)
    if hmac.compare_digest(token.encode(), credentials.api_key.encode()):
        return
    parts = token.count(".") + 1
    if parts != _TOKEN_PARTS:
        found = 0 if parts == 1 else parts
        raise VendorError(1002, f"The token was expected to have 3 parts, but got {found}")
    _check_times(_verified_claims(token, credentials), clock.now() / 1000)


def _verified_claims(token: str, credentials: Credentials) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            credentials.secret_key,
            algorithms=["HS256"],
            options={"require": ["iss", "exp"], "verify_exp": False, "verify_nbf": False, "verify_iat": False},
        )
    except jwt.PyJWTError as error:
        raise VendorError(1002) from error
    if claims["iss"] != credentials.access_key:
        raise VendorError(1002)
    return claims


def _check_times(claims: dict[str, Any], now: float) -> None:
    expiry, not_before = claims["exp"], claims.get("nbf", 0)
    if not isinstance(expiry, int | float) or not isinstance(not_before, int | float):
        raise VendorError(1002)
    if not_before > now:
        raise VendorError(1003)
    if expiry <= now:
        raise VendorError(1004)
