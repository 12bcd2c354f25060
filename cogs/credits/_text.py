"""How credits are put into words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.discord.escape import one_line
from bot.ledger import PostingKind

if TYPE_CHECKING:
    import discord

    from bot.credits import CapUse
    from bot.ledger import Balance, HistoryLine
    from bot.texts import Texts

_PERSON: Final = re.compile(r"person:([0-9]+)$", re.ASCII)
_ERASED: Final = "erased:"
_SANDBOX: Final = "sandbox"
_NOTE_LENGTH: Final = 100
_UNCHANGED: Final = "±0"


def balance_lines(texts: Texts, locale: discord.Locale, balance: Balance) -> str:
    """Say where somebody's credits are and when they expire."""
    lines = [texts.say(locale, "credits.balance.available", count=balance.available)]
    if balance.lots:
        lines.append(texts.say(locale, "credits.balance.permanent", count=balance.permanent))
    lines += [
        texts.say(locale, "credits.balance.lot", count=lot.amount, at=lot.expires_at // 1000) for lot in balance.lots
    ]
    if balance.held:
        lines.append(texts.say(locale, "credits.balance.held", count=balance.held))
    return "\n".join(lines)


def cap_lines(texts: Texts, locale: discord.Locale, uses: tuple[CapUse, ...]) -> str:
    """Say what today's limits are and how much of them is used."""
    lines = []
    for use in uses:
        kind, *rest = use.cap.scope.split(":")
        values = {"used": use.used, "limit": use.cap.limit, "role": rest[1] if kind == "role" else ""}
        lines.append(texts.say(locale, f"credits.cap.{kind}", **values))
    return "\n".join(lines)


def history_line(texts: Texts, locale: discord.Locale, line: HistoryLine) -> str:
    """Say what one posting was and how it changed what can be spent.

    Spending what was set aside changes nothing any more, and is not shown as if it cost twice.
    """
    kind = line.kind.value
    if line.kind is PostingKind.GIFT and line.available < 0:
        kind = "given"
    elif line.kind is PostingKind.GRANT and line.available < 0:
        kind = "corrected"
    elif line.kind is PostingKind.CAPTURE and line.available > 0:
        kind = "capture-part"
    spent = -line.held - line.available
    person = _person(texts, locale, line)
    what = texts.say(locale, f"credits.line.{kind}", person=person, subject=line.subject, spent=spent)
    amount = f"{line.available:+d}" if line.available else _UNCHANGED
    note = f" · {one_line(line.note, _NOTE_LENGTH)}" if line.note else ""
    return f"`{amount}` {what}{note} · <t:{line.at // 1000}:R>"


def _person(texts: Texts, locale: discord.Locale, line: HistoryLine) -> str:
    """Name the other person of a gift, or who granted: an administrator, or what stands for whoever runs the bot."""
    name = line.subject if line.kind is PostingKind.GIFT else line.actor
    if match := _PERSON.search(name):
        return f"<@{match[1]}>"
    if _ERASED in name:
        return texts.say(locale, "credits.line.erased")
    # Everything else was granted past Discord, which only somebody with access to the database can do.
    return texts.say(locale, f"credits.line.{'sandbox' if name == _SANDBOX else 'operator'}")
