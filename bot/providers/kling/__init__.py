"""The Kling HTTP API."""

from bot.providers.kling.auth import AccessKeyPair, ApiKey, Credentials, credentials_from
from bot.providers.kling.client import DEFAULT_BASE_URL
from bot.providers.kling.errors import KlingFailure
from bot.providers.kling.provider import KlingProvider

__all__ = [
    "DEFAULT_BASE_URL",
    "AccessKeyPair",
    "ApiKey",
    "Credentials",
    "KlingFailure",
    "KlingProvider",
    "credentials_from",
]
