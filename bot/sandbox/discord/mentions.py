"""Who a text mentions, as far as the sender allows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.discord.checks.components import Part, walk

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.sandbox.discord.model import Json

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(everyone|here)\b")

EVERYTHING = ("users", "roles", "everyone")
"""What is parsed in ordinary messages when the sender says nothing."""

USERS_ONLY = ("users",)
"""What is parsed in interaction answers when the sender says nothing."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Who is really notified."""

    users: list[str]
    roles: list[str]
    everyone: bool


def find_mentions(body: Json, *, by_default: Collection[str]) -> Mentions:
    """Find mentions in the content and in text components, limited by `allowed_mentions`."""
    texts = [str(body.get("content") or "")]
    texts += [str(one.get("content", "")) for one in walk(body.get("components") or []) if one.get("type") == Part.TEXT]
    text = "\n".join(texts)
    allowed = body.get("allowed_mentions")
    parsed = by_default if allowed is None else allowed.get("parse") or ()
    users = [one for one in dict.fromkeys(_USER.findall(text)) if _may(one, "users", parsed, allowed)]
    roles = [one for one in dict.fromkeys(_ROLE.findall(text)) if _may(one, "roles", parsed, allowed)]
    return Mentions(users, roles, "everyone" in parsed and bool(_EVERYONE.search(text)))


def _may(mentioned: str, kind: str, parsed: Collection[str], allowed: Json | None) -> bool:
    return kind in parsed or mentioned in [str(one) for one in (allowed or {}).get(kind) or ()]
