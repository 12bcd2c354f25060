"""The emoji on buttons.

Every button has one, and one act has the same on every card: the class of a button names its sign, so no card chooses
another. Buttons that lead to a place among several, such as the next page or a step, are told theirs where they are
built.
"""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Sign(StrEnum):
    """What a button does, as one emoji; no two acts share one."""

    CONFIRM = "✅"
    CANCEL = "✖️"
    EDIT = "✏️"
    ADD = "\N{HEAVY PLUS SIGN}"
    FIX = "🪄"
    ACCEPT = "☑️"
    UNDO = "⏪"
    BACK = "↩️"
    REFRESH = "🔄"
    NEWER = "◀️"
    OLDER = "▶️"
    OPEN = "📂"
    MAKE = "🎬"
    PLAY = "🍿"
    POST = "📣"
    KEEP = "📥"
    AGAIN = "🔁"
    EXTEND = "⏩"
    JOIN = "🎞️"
    DELETE = "🗑️"
    REPORT = "🚩"
    EXPORT = "📦"
    HISTORY = "📜"
    CHANNELS = "📺"
    ROLES = "🎭"
    LIMITS = "🚦"
    ROLE_LIMIT = "🎚️"
